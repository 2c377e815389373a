/** Texts from nowhere in particular (another extension, an agent) through the engine, one at a time. Knows no document. */
import type * as vscode from 'vscode';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { SaccadeError } from './shared/failure.ts';
import { joinResults } from './shared/segmentResult.ts';
import { oneSegment, segment, segmentTexts } from './shared/segments.ts';
import type { Task } from './shared/task.ts';
import { beams } from './settings.ts';

/** More is a file, not a text to hand over in one call. */
const MOST_CHARACTERS = 1_000_000;

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
  run(task: Task, title: string, text: string): Promise<string> {
    const run = this.last.then(() => this.runNow(task, title, text));
    this.last = run.catch(() => undefined);
    return run;
  }

  private async runNow(task: Task, title: string, text: string): Promise<string> {
    if (!/\p{L}/u.test(text)) throw new SaccadeError('badInput', 'The text holds no words.');
    if (text.length > MOST_CHARACTERS)
      throw new SaccadeError('badInput', 'The text is longer than a million characters. Hand it over in parts.');
    await this.untilFree();
    const parts = task.kind === 'translate' ? text.split(/((?:\r?\n[ \t]*){2,})/) : [text];
    const segmentations = parts.map((part) => {
      if (part.trim() === '') return { text: part, segments: [] };
      const line = part.trim().replace(/\s+/g, ' ');
      return task.kind === 'translate' ? segment(line) : oneSegment(line);
    });
    const outcome = await this.inProgress.run(this.panel, title, { task, segments: segmentations.flatMap(segmentTexts), beams: beams() });
    if (outcome.kind === 'failed') throw new SaccadeError(outcome.failure.kind, outcome.failure.message);
    if (outcome.kind === 'cancelled') throw new SaccadeError('badInput', 'The user stopped it.');
    return joinResults(task, segmentations, outcome.results)
      .map((target) => target.text)
      .join('');
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
