/** All that is said between the extension host and the thread that reads texts, as two vocabularies. */
import type { Manifest } from '../grammar/contributedGrammars.ts';
import type { LineFocus } from '../grammar/tokenizedLines.ts';
import type { JoinedLines } from './joinedLines.ts';
import type { PackedText } from './packedText.ts';

/** A file of an installed extension, of which `folder` is the index of its manifest. */
export interface ThreadFile {
  readonly folder: number;
  readonly path: string;
}

export interface HostToThread {
  /** Once, before anything else. */
  open: { readonly manifests: readonly Manifest<number>[] };
  /** Lines of a text instead of others; of a text that is new, all of them. */
  change: { readonly text: number; readonly first: number; readonly removed: number; readonly added: JoinedLines };
  forget: { readonly text: number };
  read: { readonly id: number; readonly text: number; readonly languageId: string; readonly focus: LineFocus | undefined };
  /** A text that is not kept. */
  readOnce: { readonly id: number; readonly lines: JoinedLines; readonly languageId: string; readonly focus: LineFocus | undefined };
  readAhead: { readonly id: number; readonly text: number; readonly languageId: string };
  /** Nobody waits for the answer any more; it may still come. */
  cancel: { readonly id: number };
  /** Undefined where it cannot be read. */
  file: { readonly id: number; readonly content: Uint8Array<ArrayBuffer> | undefined };
}

export interface ThreadToHost {
  ready: object;
  /** `engine`: the WebAssembly that runs expressions. */
  needFile: { readonly id: number; readonly file: ThreadFile | 'engine' };
  read: { readonly id: number; readonly text: PackedText };
  /** A text was read ahead, or what was asked is cancelled. */
  ended: { readonly id: number };
  failed: { readonly id: number; readonly message: string };
}
