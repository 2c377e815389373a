/** Translations for what follows the user around, such as hovers: from memory, or by runs that give way to his commands. Knows no document. */
import * as vscode from 'vscode';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress, RunManner } from './runWithProgress.ts';
import { beams } from './settings.ts';
import type { SegmentText } from './shared/segmentResult.ts';
import type { Language } from './shared/task.ts';
import { folderOf } from './wording/glossaries.ts';

export interface Wanted {
  readonly to: Language;
  /** The document that the texts are of: its folder's glossary counts. */
  readonly scope: vscode.Uri;
}

const MOST_KEPT = 10_000;

export class QuietTranslations {
  /** By language, folder and text; the longest unused first. */
  private readonly kept = new Map<string, SegmentText>();

  constructor(
    private readonly panel: PanelView,
    private readonly inProgress: RunInProgress,
  ) {}

  /** What is remembered of the texts; of others their own text, as if it could not be translated. */
  known(wanted: Wanted, texts: readonly string[]): { readonly results: readonly SegmentText[]; readonly isComplete: boolean } {
    const found = texts.map((text) => this.get(wanted, text));
    const results = found.map((result, index) => result ?? untranslated(texts[index]!));
    return { results, isComplete: found.every((result) => result !== undefined) };
  }

  /** `unasked`: nobody has asked for the model yet. `busy`: it is being loaded, works for the user, or cannot be had. */
  get readiness(): 'ready' | 'unasked' | 'busy' {
    const { state } = this.panel.status;
    if (this.inProgress.running) return 'busy';
    if (state === 'idle') return 'unasked';
    return state === 'ready' || state === 'released' ? 'ready' : 'busy';
  }

  /** Remembers those of the texts that it does not know. False where a run is in the way, failed or was cancelled. */
  async learn(
    wanted: Wanted,
    texts: readonly string[],
    title: string,
    manner: RunManner,
    token: vscode.CancellationToken,
  ): Promise<boolean> {
    const missing = [...new Set(texts.filter((text) => this.get(wanted, text) === undefined))];
    if (missing.length === 0) return true;
    if (this.inProgress.running) return false;
    const listening = token.onCancellationRequested(() => void this.inProgress.stop());
    const order = { task: { kind: 'translate' as const, to: wanted.to }, segments: missing, beams: beams(), leaveTarget: true };
    const outcome = await this.inProgress.run(this.panel, title, order, { manner, scope: wanted.scope });
    listening.dispose();
    if (outcome.kind !== 'finished') return false;
    outcome.results.forEach((result, index) => this.kept.set(keyOf(wanted, missing[index]!), result));
    for (const key of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(key);
    }
    return true;
  }

  /** What was written before is not what would be written now. */
  forget(): void {
    this.kept.clear();
  }

  private get(wanted: Wanted, text: string): SegmentText | undefined {
    const key = keyOf(wanted, text);
    const result = this.kept.get(key);
    if (result === undefined) return undefined;
    this.kept.delete(key);
    this.kept.set(key, result);
    return result;
  }
}

function keyOf({ to, scope }: Wanted, text: string): string {
  return `${to} ${folderOf(scope)?.uri.toString() ?? ''} ${text}`;
}

function untranslated(text: string): SegmentText {
  return { sourceText: text, targetText: text, truncated: false, lostSpans: [] };
}
