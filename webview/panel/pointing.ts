/** What is pointed at: by the pointer, else by pins, else by the editor's cursors. Knows no map and no events. */
import type { Pointer } from './pointer.ts';

export interface PinOptions {
  readonly byKeyboard: boolean;
  /** Beside what is pinned already, or no longer if it is. */
  readonly add?: boolean;
}

export class Pointing {
  private hovered: Pointer | undefined;
  private pinned: readonly Pointer[] = [];
  private placed: readonly Pointer[] = [];

  /** @param onChange told whether the keyboard did it, so that it is announced */
  constructor(private readonly onChange: (byKeyboard: boolean) => void) {}

  get current(): readonly Pointer[] {
    if (this.isPlaced) return this.placed;
    return this.hovered === undefined ? this.pinned : [this.hovered];
  }

  /** Neither the pointer nor a pin says what is pointed at. */
  get isPlaced(): boolean {
    return this.hovered === undefined && this.pinned.length === 0;
  }

  /** Undefined when the pointer has left. */
  hover(pointer: Pointer | undefined, byKeyboard: boolean): void {
    if (!byKeyboard && isSame(this.hovered, pointer)) return;
    this.hovered = pointer;
    this.onChange(byKeyboard);
  }

  /** Kept until another is pinned or, with the pointer, the same again. Undefined: no pins. */
  pin(pointer: Pointer | undefined, { byKeyboard, add = false }: PinOptions): void {
    const others = this.pinned.filter((other) => !isSame(other, pointer));
    const wasPinned = others.length < this.pinned.length;
    if (pointer === undefined) this.pinned = [];
    else if (add) this.pinned = wasPinned ? others : [...others, pointer];
    else this.pinned = wasPinned && others.length === 0 && !byKeyboard ? [] : [pointer];
    if (pointer === undefined || byKeyboard) this.hovered = undefined;
    this.onChange(byKeyboard);
  }

  place(pointers: readonly Pointer[]): void {
    this.placed = pointers;
    this.onChange(false);
  }

  clear(): void {
    this.forget();
    this.onChange(false);
  }

  /** Clears and tells nobody: of another map. Pins survive where `keepPin` says that their rows and columns are still there. */
  forget({ keepPin = false } = {}): void {
    this.hovered = undefined;
    if (!keepPin) [this.pinned, this.placed] = [[], []];
  }
}

function isSame(one: Pointer | undefined, other: Pointer | undefined): boolean {
  return one?.row === other?.row && one?.column === other?.column && (one === undefined) === (other === undefined);
}
