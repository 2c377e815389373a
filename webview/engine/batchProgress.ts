/** How far a batch is while its targets are written. */
import { countPlaces, type BatchText } from './batchText.ts';
import type { RunProgress } from './taskRun.ts';

/**
 * @param finished texts before the batch
 * @param targets so far, one for each text
 * @param textOf a target as it is written
 */
export function batchProgress(
  batch: readonly BatchText[],
  finished: number,
  targets: readonly (readonly number[])[],
  endToken: number,
  textOf: (targetIds: readonly number[], index: number) => string,
): RunProgress {
  // What may have to be written once more is not finished.
  const isOpen = (index: number): boolean =>
    targets[index]!.at(-1) !== endToken || batch[index]!.wanted.length > batch[index]!.protectedTerms.length;
  const open = [...batch.keys()].filter(isOpen);
  const current = (): { segment: number; text: string } => {
    const first = open.reduce((one, other) => (batch[other]!.places[0]! < batch[one]!.places[0]! ? other : one), open[0] ?? 0);
    // Of a character of several tokens, the last ones may be still to come.
    return { segment: batch[first]!.places[0]!, text: textOf(targets[first]!, first).replace(/\uFFFD+$/, '') };
  };
  return { finished: finished + countPlaces(batch) - countPlaces(open.map((index) => batch[index]!)), current };
}
