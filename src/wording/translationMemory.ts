/** The translation memory of this machine: a file in the extension's own storage, shared by all windows. Knows no editor. */
import * as vscode from 'vscode';
import type { Language } from '../shared/task.ts';
import { entriesOf, LONGEST_TEXT, mergedEntries, tidy, type MemoryEntry } from './memoryEntry.ts';
import { shapeOf, withPlaceablesOf } from './placeables.ts';

export interface RememberedTarget {
  readonly target: string;
  /** Of a sentence with other numbers or names, which were exchanged. */
  readonly isAdapted: boolean;
}

export class TranslationMemory {
  private readonly uri: vscode.Uri;
  /** Ends when every change that was asked for before is written. */
  private last: Promise<unknown> = Promise.resolve();
  private readonly changeEmitter = new vscode.EventEmitter<void>();
  /** Changed by this window. */
  readonly onChange = this.changeEmitter.event;

  constructor(private readonly storage: vscode.Uri) {
    this.uri = vscode.Uri.joinPath(storage, 'translationMemory.json');
  }

  /** Newest first. What another window has written is there too. */
  async entries(): Promise<readonly MemoryEntry[]> {
    await this.last;
    return this.read();
  }

  /** Of each text that has one, its remembered target; of equal texts but for numbers and names that of the other, with its own. */
  async targetsOf(texts: readonly string[], to: Language): Promise<ReadonlyMap<string, RememberedTarget>> {
    const entries = (await this.entries()).filter((entry) => entry.to === to);
    const known = new Map(entries.map(({ source, target }) => [source, target]));
    // The newest of a shape is the last to be set.
    const byShape = new Map(entries.toReversed().map((entry) => [shapeOf(entry.source), entry]));
    const found = new Map<string, RememberedTarget>();
    for (const text of texts) {
      const wanted = tidy(text);
      const exact = known.get(wanted);
      const like = exact === undefined ? byShape.get(shapeOf(wanted)) : undefined;
      const target = exact ?? (like && withPlaceablesOf(wanted, like));
      if (target !== undefined) found.set(text, { target, isAdapted: exact === undefined });
    }
    return found;
  }

  /** @returns how many there are then */
  remember(entries: readonly MemoryEntry[]): Promise<number> {
    const fitting = entries.filter(({ source, target }) => Math.max(source.length, target.length) <= LONGEST_TEXT);
    return this.change((before) => mergedEntries(before, fitting));
  }

  forget(entry: Pick<MemoryEntry, 'source' | 'to'>): Promise<number> {
    return this.change((before) => before.filter(({ source, to }) => source !== entry.source || to !== entry.to));
  }

  forgetAll(): Promise<number> {
    return this.change(() => []);
  }

  private change(changed: (before: readonly MemoryEntry[]) => readonly MemoryEntry[]): Promise<number> {
    const change = this.last.then(async () => {
      const entries = changed(await this.read());
      await vscode.workspace.fs.createDirectory(this.storage);
      await vscode.workspace.fs.writeFile(this.uri, new TextEncoder().encode(JSON.stringify(entries)));
      this.changeEmitter.fire();
      return entries.length;
    });
    this.last = change.catch(() => undefined);
    return change;
  }

  /** A file that cannot be read is put aside, not written over. */
  private async read(): Promise<MemoryEntry[]> {
    let bytes: Uint8Array;
    try {
      bytes = await vscode.workspace.fs.readFile(this.uri);
    } catch {
      return [];
    }
    const entries = entriesOf(parsed(bytes));
    if (entries) return entries;
    await vscode.workspace.fs.rename(this.uri, vscode.Uri.joinPath(this.storage, 'translationMemory.damaged.json'), { overwrite: true });
    return [];
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
