/** What a model of somebody else's says of a short text on the processor, in its most exact form: every other way of running it is compared with that. */

/** One step of the decoder. */
export interface ReferenceStep {
  /** The most probable next token. */
  readonly chosen: number;
  /** How far the scores of the step are apart, those that are out of the question left out. */
  readonly spread: number;
  /** The tokens whose scores are compared: the most probable ones, and others all over the vocabulary. */
  readonly tokens: readonly number[];
  readonly scores: readonly number[];
}

/** The first steps, each reading what the one before it chose. */
export type ModelReference = readonly ReferenceStep[];
