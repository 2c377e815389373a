/** The kinds of error a user can meet, each with a message that says what to do. Crosses every boundary as plain data. */

export type FailureKind =
  | 'badInput' // the text or the arguments cannot be used
  | 'badModel' // a model file is missing, damaged or of an unknown form
  | 'download' // a model could not be fetched, or not be put on the disk
  | 'device' // WebGPU or wasm failed
  | 'engineLost' // the worker died
  | 'internal'; // a defect of ours

export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
}

/** An error whose message is fit to be shown to the user as it is. */
export class SaccadeError extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
  ) {
    super(message);
    this.name = 'SaccadeError';
  }
}

/** What a thrown value says, as data that survives `postMessage`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SaccadeError) return { kind: error.kind, message: error.message };
  return { kind: 'internal', message: error instanceof Error ? error.message : String(error) };
}
