/** Texts from nowhere in particular (another extension, an agent) through the engine, one at a time. Knows no editor. */
import type * as vscode from 'vscode';
import type { RunOutcome } from './panel/engineRuns.ts';
import { everyComment } from './editor/everyComment.ts';
import { inSlices } from './editor/inSlices.ts';
import { MARKDOWN } from './editor/markdownText.ts';
import type { SourceDocuments } from './editor/sourceDocuments.ts';
import { editedText } from './editor/targetText.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { SaccadeError } from './shared/failure.ts';
import { joinResults, type SegmentText } from './shared/segmentResult.ts';
import { segment, segmentTexts, type Segmentation } from './shared/segments.ts';
import type { Task } from './shared/task.ts';
import { editsOf, segmentsOf, targetsOf, workOf } from './selectionWork.ts';
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

/** What the engine reads of a text, and the text with what it writes. */
interface TextParts {
  readonly segments: readonly string[];
  readonly textOf: (results: readonly SegmentText[]) => string;
}

interface TextOutcome {
  readonly text: string;
  readonly report: string | undefined;
}

export class TextRuns {
  /** Ends when everything that was asked for before has. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly panel: PanelView,
    private readonly documents: SourceDocuments,
    private readonly inProgress: RunInProgress,
  ) {}

  /**
   * The target of the whole text.
   * @throws SaccadeError whose message says what to do
   */
  async run(task: Task, title: string, text: string): Promise<string> {
    const outcome = await this.whenFree({ task, title, text, most: MOST_CHARACTERS, report: false });
    return outcome.text;
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
    const run = (levelTask: Task, segments: readonly string[]): Promise<RunOutcome> =>
      this.inProgress.run(this.panel, title, { task: levelTask, segments, beams: beams(), report, ...(report ? { remembered: [] } : {}) });
    if (!report && (task.kind === 'summarise' || task.kind === 'headline')) {
      await this.untilFree();
      const last = finished(await summaryLevels([partsOf(onOneLine(text))], task, run)).levels.at(-1)!;
      return { text: textIn(task, last.sources, last.results), report: undefined };
    }
    const { segments, textOf } = (report ? undefined : await this.markdownParts(task, text)) ?? plainParts(task, text);
    await this.untilFree();
    const outcome = finished(await run(task, segments));
    return { text: textOf(outcome.results), report: outcome.report };
  }

  /** What people and agents write is Markdown: its lists, tables and code stay what they are. Undefined where all of it would be code. */
  private async markdownParts(task: Task, text: string): Promise<TextParts | undefined> {
    const source = await inSlices(everyComment(await this.documents.readText(MARKDOWN, text)));
    if (source === undefined || 'nothingToDo' in source) return undefined;
    const work = workOf(source, task.kind);
    return {
      segments: segmentsOf([work]),
      textOf: (results) => {
        const [targets] = targetsOf([work], task, results);
        return editedText(source, editsOf('replace', work, targets!, { wrapColumn: 0 }).edits);
      },
    };
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

/** Paragraph by paragraph. */
function plainParts(task: Task, text: string): TextParts {
  const segmentations = text.split(/((?:\r?\n[ \t]*){2,})/).map((part): Segmentation => {
    return part.trim() === '' ? { text: part, segments: [] } : segment(onOneLine(part));
  });
  return { segments: segmentations.flatMap(segmentTexts), textOf: (results) => textIn(task, segmentations, results) };
}

function textIn(task: Task, segmentations: readonly Segmentation[], results: readonly SegmentText[]): string {
  return joinResults(task, segmentations, results)
    .map((target) => target.text)
    .join('');
}

function onOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
