/** What reading a text means, on whichever thread it is done: its comments and strings, with the syntax that its language's comments have. */
import type { CommentSyntax } from '../comments.ts';
import type { ScopedText } from '../grammar/scopedComments.ts';
import type { LineFocus } from '../grammar/tokenizedLines.ts';

export type ReadText = ScopedText & { readonly syntax: CommentSyntax };

export interface TextToRead {
  /** Names a text that is read more than once, so that what is known of it is kept. */
  readonly key?: number;
  readonly languageId: string;
  /** Without line endings. */
  readonly lines: readonly string[];
}

export interface TextReader {
  /**
   * Every comment, or those down to the lines in focus, which may move while the text is read, and the strings there. What they are the language's
   * grammar says; where there is none, or it fails, its comment syntax. Undefined once `isOver` says so.
   */
  read(text: TextToRead, focus?: () => LineFocus, isOver?: () => boolean): Promise<ReadText | undefined>;
  /** Finds out what `read` will ask, unhurriedly, until `isOver` says so. */
  readAhead(text: TextToRead, isOver: () => boolean): Promise<void>;
  forget(key: number): void;
  dispose(): void;
}
