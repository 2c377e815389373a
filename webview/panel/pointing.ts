/** What is pointed at: by the pointer, else by a pin, else by the editor's cursor. Knows no map and no events. */
import type { Pointer } from './pointer.ts';

export class Pointing {
  private hovered: Pointer | undefined;
  private pinned: Pointer | undefined;
  private placed: Pointer | undefined;

  /** @param onChange told whether the keyboard did it, so that it is announced */
  constructor(private readonly onChange: (byKeyboard: boolean) => void) {}

  get current(): Pointer | undefined {
    return this.hovered ?? this.pinned ?? this.placed;
  }

  /** Undefined when the pointer has left. */
  hover(pointer: Pointer | undefined, byKeyboard: boolean): void {
    if (!byKeyboard && isSame(this.hovered, pointer)) return;
    this.hovered = pointer;
    this.onChange(byKeyboard);
  }

  /** Kept until another is pinned or, with the pointer, the same again. */
  pin(pointer: Pointer | undefined, byKeyboard: boolean): void {
    this.pinned = !byKeyboard && isSame(this.pinned, pointer) ? undefined : pointer;
    if (pointer === undefined || byKeyboard) this.hovered = undefined;
    this.onChange(byKeyboard);
  }

  place(pointer: Pointer | undefined): void {
    this.placed = pointer;
    this.onChange(false);
  }

  clear(): void {
    this.forget();
    this.onChange(false);
  }

  /** Clears and tells nobody: of another map. A pin survives where `keepPin` says that its rows and columns are still there. */
  forget({ keepPin = false } = {}): void {
    this.hovered = undefined;
    if (!keepPin) [this.pinned, this.placed] = [undefined, undefined];
  }
}

function isSame(one: Pointer | undefined, other: Pointer | undefined): boolean {
  return one?.row === other?.row && one?.column === other?.column && (one === undefined) === (other === undefined);
}
