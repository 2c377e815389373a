/** What the panel and the editor point out to each other: characters of a segment's two texts, and how much each was attended to. */
import type { Span } from './span.ts';

export const TEXT_SIDES = ['source', 'target'] as const;
export type TextSide = (typeof TEXT_SIDES)[number];

/** Characters of one of the texts of a segment. */
export interface SideSpan extends Span {
  readonly side: TextSide;
}

export interface AttendedSpan extends SideSpan {
  /** Attention probability, 0 to 1. */
  readonly weight: number;
}

/** A token, or a few, and what was attended to there; or which tokens attended to it. */
export interface Highlight {
  readonly focus: readonly SideSpan[];
  readonly attended: readonly AttendedSpan[];
}

/** What is pointed out in a segment of a run; segments count from 0. */
export interface SegmentHighlight {
  readonly segment: number;
  readonly highlight: Highlight;
}

/** How strongly a span is shown: 0 is not at all. */
export const HIGHLIGHT_LEVELS = 4;

/** From here on, as a share of the largest weight, a span is shown at level 1, 2, 3, 4. */
const LEAST_SHARES = [0.08, 0.25, 0.5, 0.75];
/** Where even the largest weight is below this, nothing of the text was looked at to speak of. */
const LEAST_LARGEST = 0.1;

/** Of each attended span, from 0 to `HIGHLIGHT_LEVELS`. Tokens without characters, such as `</s>`, do not count, however much they drew. */
export function levelsOf({ attended }: Highlight): number[] {
  const shown = attended.map(({ start, end, weight }) => (start < end ? weight : 0));
  const largest = shown.reduce((most, weight) => Math.max(most, weight), LEAST_LARGEST);
  return shown.map((weight) => LEAST_SHARES.filter((share) => weight >= share * largest).length);
}

/** Characters that were hard to restore. */
export interface LossSpan extends SideSpan {
  /** Negative log-probability, in nats. */
  readonly loss: number;
}

/** Losing so many nats is shown in full: the token has become 20 times less likely. */
export const FULL_LOSS = 3;

/** How strongly a loss is shown, from 0 to `HIGHLIGHT_LEVELS`: each level is a quarter of the full loss. */
export function levelOfLoss(loss: number): number {
  return Math.max(0, Math.min(HIGHLIGHT_LEVELS, Math.floor((HIGHLIGHT_LEVELS * loss) / FULL_LOSS)));
}
