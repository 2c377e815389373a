/** Where a model comes from, before it is in the store: the Hub, or a folder of this machine. */

export interface SourceFile {
  /** Path inside the model's folder. */
  readonly path: string;
  readonly bytes: number;
}

export interface BringOptions {
  readonly signal: AbortSignal;
  /** How many more bytes are there. */
  readonly onBytes: (count: number) => void;
}

export interface ModelSource {
  readonly id: string;
  /** Tells this version of the model from others: what has come of another one is of no use. */
  readonly version: string;
  readonly licence: string | undefined;
  readonly files: readonly SourceFile[];
  /**
   * Completes `target`, which may have the beginning of the file already.
   * @returns its SHA-256, in lower-case hexadecimal, once it is known to be the source's
   * @throws SaccadeError; the signal's reason once aborted
   */
  bring(path: string, target: string, options: BringOptions): Promise<string>;
}
