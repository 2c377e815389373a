/** What the model looked at while it wrote each segment of a run, in words. Knows neither panel nor workers. */
import { runMarkdown } from '../src/shared/export/runMarkdown.ts';
import type { SavedModel } from '../src/shared/export/savedRun.ts';
import type { SegmentResult } from '../src/shared/segmentResult.ts';
import type { Task } from '../src/shared/task.ts';
import type { Questions } from './questions.ts';

/**
 * Markdown: both texts of each segment, and how their words align.
 * @throws SaccadeError where the model does not answer
 */
export async function runReport(
  questions: Questions,
  { task, results, model }: { readonly task: Task; readonly results: readonly SegmentResult[]; readonly model: SavedModel },
): Promise<string> {
  const parts: string[] = [];
  for (const segment of results) {
    if (segment.targetIds.length === 0) continue;
    const answered = await questions.ask(task, segment, { kind: 'maps' });
    if (answered) parts.push(runMarkdown({ model, inspection: answered.answer.inspection }));
  }
  return parts.join('\n');
}
