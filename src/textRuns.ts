/** Texts from nowhere in particular (another extension, an agent) through the engine, one at a time. Knows no document. */
import type * as vscode from 'vscode';
import type { RunOutcome } from './panel/engineRuns.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { SaccadeError } from './shared/failure.ts';
import { joinResults, type SegmentText } from './shared/segmentResult.ts';
import { oneSegment, segment, segmentTexts, type Segmentation } from './shared/segments.ts';
import type { Task } from './shared/task.ts';
import { partsOf } from './summaries/parts.ts';
import { summaryLevels, type SummaryOutcome } from './summaries/summaryLevels.ts';
import { beams } from './settings.ts';

/** More is a file, not a text to hand over in one call. */
const MOST_CHARACTERS = 1_000_000;
/** Each sentence costs a pass of its own, and its report is ten times as long as itself. */
const MOST_INSPECTED_CHARACTERS = 5_000;

interface TextOrder {
  readonly task: Task;
  readonly title: string;
  readonly text: string;
  /** Characters. */
  readonly most: number;
  readonly report: boolean;
}

interface TextOutcome {
  readonly segmentations: readonly Segmentation[];
  readonly results: readonly SegmentText[];
  readonly report: string | undefined;
}

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
  async run(task: Task, title: string, text: string): Promise<string> {
    const { segmentations, results } = await this.whenFree({ task, title, text, most: MOST_CHARACTERS, report: false });
    return joinResults(task, segmentations, results)
      .map((target) => target.text)
      .join('');
  }

  /**
   * Both texts of each sentence with how their words align, as Markdown.
   * @throws SaccadeError whose message says what to do
   */
  async inspect(task: Task, title: string, text: string): Promise<string> {
    const { report = '' } = await this.whenFree({ task, title, text, most: MOST_INSPECTED_CHARACTERS, report: true });
    return report;
  }

  private whenFree(order: TextOrder): Promise<TextOutcome> {
    const run = this.last.then(() => this.runNow(order));
    this.last = run.catch(() => undefined);
    return run;
  }

  private async runNow({ task, title, text, most, report }: TextOrder): Promise<TextOutcome> {
    if (!/\p{L}/u.test(text)) throw new SaccadeError('badInput', 'The text holds no words.');
    if (text.length > most)
      throw new SaccadeError('badInput', `The text is longer than ${most.toLocaleString('en')} characters. Hand it over in parts.`);
    await this.untilFree();
    const run = (levelTask: Task, segments: readonly string[]): Promise<RunOutcome> =>
      this.inProgress.run(this.panel, title, { task: levelTask, segments, beams: beams(), report, ...(report ? { remembered: [] } : {}) });
    const line = (part: string): string => part.trim().replace(/\s+/g, ' ');
    if (!report && (task.kind === 'summarise' || task.kind === 'headline')) {
      const last = finished(await summaryLevels([partsOf(line(text))], task, run)).levels.at(-1)!;
      return { segmentations: last.sources, results: last.results, report: undefined };
    }
    const parts = task.kind === 'translate' ? text.split(/((?:\r?\n[ \t]*){2,})/) : [text];
    const segmentations = parts.map((part) => {
      if (part.trim() === '') return { text: part, segments: [] };
      return task.kind === 'translate' ? segment(line(part)) : oneSegment(line(part));
    });
    const outcome = finished(await run(task, segmentations.flatMap(segmentTexts)));
    return { segmentations, results: outcome.results, report: outcome.report };
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
function finished<Outcome extends RunOutcome | SummaryOutcome>(outcome: Outcome): Extract<Outcome, { readonly kind: 'finished' }> {
  if (outcome.kind === 'failed') throw new SaccadeError(outcome.failure.kind, outcome.failure.message);
  if (outcome.kind === 'cancelled') throw new SaccadeError('badInput', 'The user stopped it.');
  return outcome as Extract<Outcome, { readonly kind: 'finished' }>;
}
