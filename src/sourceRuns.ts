/** Several source texts, of one document or of many, translated in one run; what is in the target language already stays. Knows no place for them. */
import type * as vscode from 'vscode';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { editsOf, linkedAfter, segmentsOf, targetsOf, workOf, type Work } from './selectionWork.ts';
import { beams } from './settings.ts';
import type { SourceText } from './editor/sourceText.ts';
import type { TargetEdit, TargetOptions } from './editor/targetText.ts';
import { isIncomplete, type SegmentText } from './shared/segmentResult.ts';
import type { Task } from './shared/task.ts';
import { t } from './shared/words.ts';
import { writtenSegments, type WrittenSegment } from './writtenSegments.ts';

/** What a run made of one source. */
export interface SourceTranslation {
  /** None where nothing changes. */
  readonly edits: readonly TargetEdit[];
  /** The sentences that stand in the document with those of the edits that were taken. */
  readonly writtenBy: (taken: readonly TargetEdit[]) => readonly WrittenSegment[];
}

export interface TranslatedSources {
  readonly runId: number;
  /** Of each source. */
  readonly translations: readonly SourceTranslation[];
  /** Sentences that stay because a translation would have lost something. */
  readonly left: number;
}

/**
 * @param options of each source
 * @param scope what they are of, for its folder's glossary
 */
export async function translateSources(
  panel: PanelView,
  inProgress: RunInProgress,
  title: string,
  task: Task,
  sources: readonly { readonly source: SourceText; readonly options: TargetOptions }[],
  scope: vscode.Uri | undefined,
): Promise<TranslatedSources | { readonly failure: string | undefined }> {
  const works = sources.map(({ source }) => workOf(source, task.kind));
  const order = { task, segments: segmentsOf(works), beams: beams(), leaveTarget: true };
  const outcome = await inProgress.run(panel, title, order, { scope });
  if (outcome.kind !== 'finished') return { failure: outcome.kind === 'failed' ? outcome.failure.message : undefined };
  return {
    runId: outcome.runId,
    translations: translationsOf(
      works,
      task,
      outcome.results,
      sources.map(({ options }) => options),
    ),
    left: outcome.results.filter((result) => isIncomplete(task, result)).length,
  };
}

/** @param options of each work */
export function translationsOf(
  works: readonly Work[],
  task: Task,
  results: readonly SegmentText[],
  options: readonly TargetOptions[],
): SourceTranslation[] {
  const targets = targetsOf(works, task, results);
  let done = 0;
  return works.map((work, index) => {
    const own = results.slice(done, (done += segmentsOf([work]).length));
    const all = editsOf('replace', work, targets[index]!, options[index]!);
    const writtenBy = (taken: readonly TargetEdit[]): readonly WrittenSegment[] =>
      writtenSegments(own, linkedAfter([work], [targets[index]!], [{ ...all, edits: taken }], task, own).target);
    return { edits: all.edits, writtenBy };
  });
}

/** What is told, and how many sentences were left as they were, if any. */
export function withKept(told: string, left: number): string {
  if (left === 0) return told;
  const kept =
    left === 1
      ? t('One sentence could not be translated without a loss and stayed.')
      : t('{0} sentences could not be translated without a loss and stayed.', left);
  return `${told} ${kept}`;
}
