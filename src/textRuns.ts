/** Texts from nowhere in particular (another extension, an agent) through the engine, one at a time. Knows no document. */
import type * as vscode from 'vscode';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import type { RunOutcome } from './panel/engineRuns.ts';
import { SaccadeError, type Failure } from './shared/failure.ts';
import { joinResults } from './shared/segmentResult.ts';
import { segment, segmentTexts } from './shared/segments.ts';
import type { Task } from './shared/task.ts';
import { partsOf } from './summaries/parts.ts';
import { summaryLevels, type SummaryTask } from './summaries/summaryLevels.ts';
import { beams } from './settings.ts';

/** More is a file, not a text to hand over in one call. */
const MOST_CHARACTERS = 1_000_000;

type TextTask = SummaryTask | Extract<Task, { readonly kind: 'translate' }>;

export class TextRuns {
  /** Ends when everything that was asked for before has. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly panel: PanelView,
    private readonly inProgress: RunInProgress,
  ) {}

  /**
   * The target of the whole text; blank lines stay as they are.
   * @throws SaccadeError whose message says what to do
   */
  run(task: TextTask, title: string, text: string): Promise<string> {
    const run = this.last.then(() => this.runNow(task, title, text));
    this.last = run.catch(() => undefined);
    return run;
  }

  private async runNow(task: TextTask, title: string, text: string): Promise<string> {
    if (!/\p{L}/u.test(text)) throw new SaccadeError('badInput', 'The text holds no words.');
    if (text.length > MOST_CHARACTERS)
      throw new SaccadeError('badInput', 'The text is longer than a million characters. Hand it over in parts.');
    await this.untilFree();
    const line = (part: string): string => part.trim().replace(/\s+/g, ' ');
    if (task.kind !== 'translate') {
      const run = (levelTask: Task, segments: readonly string[]): Promise<RunOutcome> => this.untilEnd(levelTask, title, segments);
      const levels = finished(await summaryLevels([partsOf(line(text))], task, run)).levels;
      return levels.at(-1)!.targets[0]!.text;
    }
    const segmentations = text
      .split(/((?:\r?\n[ \t]*){2,})/)
      .map((part) => (part.trim() === '' ? { text: part, segments: [] } : segment(line(part))));
    const { results } = finished(await this.untilEnd(task, title, segmentations.flatMap(segmentTexts)));
    return joinResults(task, segmentations, results)
      .map((target) => target.text)
      .join('');
  }

  private untilEnd(task: Task, title: string, segments: readonly string[]): Promise<RunOutcome> {
    return this.inProgress.run(this.panel, title, { task, segments, beams: beams() });
  }

  /** A user's run goes first; between its end and our turn another may begin. */
  private async untilFree(): Promise<void> {
    while (this.inProgress.running) {
      await new Promise<void>((resolve) => {
        const listening: vscode.Disposable = this.inProgress.onChange(() => {
          listening.dispose();
          resolve();
        });
      });
    }
  }
}

/** @throws SaccadeError for what did not end well */
function finished<Outcome extends { readonly kind: string }>(outcome: Outcome): Extract<Outcome, { readonly kind: 'finished' }> {
  const { kind, failure } = outcome as { readonly kind: string; readonly failure?: Failure };
  if (failure !== undefined) throw new SaccadeError(failure.kind, failure.message);
  if (kind === 'cancelled') throw new SaccadeError('badInput', 'The user stopped it.');
  return outcome as Extract<Outcome, { readonly kind: 'finished' }>;
}
