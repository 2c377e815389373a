/** Several source texts, of one document or of many, translated in one run; what is in the target language already stays. Knows no place for them. */
import type * as vscode from 'vscode';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { editsOf, segmentsOf, targetsOf, workOf } from './selectionWork.ts';
import { beams } from './settings.ts';
import type { SourceText } from './editor/sourceText.ts';
import type { TargetEdit, TargetOptions } from './editor/targetText.ts';
import { isIncomplete } from './shared/segmentResult.ts';
import type { Task } from './shared/task.ts';
import { t } from './shared/words.ts';

export interface TranslatedSources {
  readonly runId: number;
  /** Of each source; none where nothing changes. */
  readonly edits: readonly (readonly TargetEdit[])[];
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
  const targets = targetsOf(works, task, outcome.results);
  return {
    runId: outcome.runId,
    edits: works.map((work, index) => editsOf('replace', work, targets[index]!, sources[index]!.options).edits),
    left: outcome.results.filter((result) => isIncomplete(task, result)).length,
  };
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
