/** One engine run under a progress notification with Cancel. Knows no document. */
import * as vscode from 'vscode';
import type { RunOutcome } from './panel/engineRuns.ts';
import type { PanelView } from './panel/panelView.ts';
import { failureOf } from './shared/failure.ts';
import type { RunOrder } from './shared/messages.ts';
import { t } from './shared/words.ts';

/** `quiet`: nobody asked for it by a command, so it gives way to what somebody asks for. */
export type RunManner = 'shown' | 'quiet';

export interface RunSetting {
  readonly manner?: RunManner;
  /** What the texts are of, for its folder's glossary; undefined where they are of no document. */
  readonly scope?: vscode.Uri | undefined;
}

interface Active {
  readonly manner: RunManner;
  readonly stopped: vscode.CancellationTokenSource;
  readonly ended: Promise<unknown>;
}

/** What the user wants translations to say, for a run that is about to start. */
export interface Wording {
  /** @param scope of the texts; undefined where they are of no document */
  completed(order: RunOrder, scope: vscode.Uri | undefined): Promise<RunOrder>;
}

/** The run in progress, for the Stop command; there is at most one. */
export class RunInProgress {
  private active: Active | undefined;
  private readonly changeEmitter = new vscode.EventEmitter<void>();
  readonly onChange = this.changeEmitter.event;

  constructor(private readonly wording: Wording) {}

  get running(): boolean {
    return this.active !== undefined;
  }

  /** Resolves when whatever ran has ended. */
  async stop(): Promise<void> {
    this.active?.stopped.cancel();
    await this.active?.ended;
  }

  /** Whether another run may start: where one is under way that the user knows of, he is asked whether to stop it. */
  async makeRoom(): Promise<boolean> {
    if (this.active?.manner === 'quiet') await this.stop();
    if (!this.running) return true;
    const stop = t('Stop It and Start This');
    const answer = await vscode.window.showInformationMessage(t('Saccade is still working on another text.'), stop);
    if (answer !== stop) return false;
    await this.stop();
    return true;
  }

  /** Ends when the run has ended; never rejects. Must not be called while one is running. */
  async run(panel: PanelView, title: string, order: RunOrder, { manner = 'shown', scope }: RunSetting = {}): Promise<RunOutcome> {
    const stopped = new vscode.CancellationTokenSource();
    const location = manner === 'shown' ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
    const ended = Promise.resolve(
      vscode.window.withProgress({ location, title, cancellable: manner === 'shown' }, (progress, token) => {
        token.onCancellationRequested(() => stopped.cancel());
        return runUntilEnd(panel, this.wording.completed(order, scope), progress, stopped.token);
      }),
    );
    this.setActive({ manner, stopped, ended });
    try {
      return await ended;
    } finally {
      this.setActive(undefined);
      stopped.dispose();
    }
  }

  private setActive(active: Active | undefined): void {
    this.active = active;
    void vscode.commands.executeCommand('setContext', 'saccade.running', active !== undefined);
    this.changeEmitter.fire();
  }
}

async function runUntilEnd(
  panel: PanelView,
  completing: Promise<RunOrder>,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<RunOutcome> {
  const listening = panel.onStatus((status) => {
    if (status.state === 'loading') progress.report({ message: `${status.stage} …` });
  });
  let reported = 0;
  try {
    const order = await completing;
    const { segments } = order;
    const starting = panel.start(order, ({ finished, text }) => {
      // Finished sentences move the bar; the text itself streams in the panel.
      const increment = (Math.max(0, finished - reported) / segments.length) * 100;
      reported = Math.max(reported, finished);
      progress.report({
        message: segments.length > 1 ? t('{0} of {1}: {2}', finished, segments.length, lastWords(text)) : lastWords(text),
        increment,
      });
    });
    const cancelled = new Promise<RunOutcome>((resolve) => token.onCancellationRequested(() => resolve({ kind: 'cancelled' })));
    const started = await Promise.race([starting, cancelled]);
    if ('kind' in started) {
      // The panel comes up after the user has given up: what it starts then is stopped at once.
      void starting.then((run) => run.cancel()).catch(() => undefined);
      return started;
    }
    token.onCancellationRequested(() => started.cancel());
    return await started.outcome;
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  } finally {
    listening.dispose();
  }
}

/** The end of a text that grows, short enough for one line of a notification. */
function lastWords(text: string): string {
  const limit = 60;
  return text.length <= limit ? text : `…${text.slice(-limit)}`;
}
