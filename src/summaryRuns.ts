/** One summary, in as many runs as its length takes, and the page that shows how it was made. Knows no documents. */
import * as vscode from 'vscode';
import type { SummaryPages } from './destinations/summaryPages.ts';
import { offerAgain } from './offerElsewhere.ts';
import type { PanelView } from './panel/panelView.ts';
import type { RunInProgress } from './runWithProgress.ts';
import { beams } from './settings.ts';
import type { Segmentation } from './shared/segments.ts';
import { t } from './shared/words.ts';
import { summaryLevels, type SummaryLevel, type SummaryTask } from './summaries/summaryLevels.ts';
import { summaryPage } from './summaries/summaryPage.ts';

export interface SummaryRunRooms {
  readonly panel: PanelView;
  readonly inProgress: RunInProgress;
  readonly pages: SummaryPages;
}

/** The last one is the summary, those before are of its parts. */
export type Levels = readonly [SummaryLevel, ...SummaryLevel[]];

export interface SummaryRun {
  /** What the progress says. */
  readonly title: string;
  readonly texts: readonly Segmentation[];
  readonly task: SummaryTask;
  /** The command that is offered once more where it fails. */
  readonly again: () => Promise<void>;
}

export class SummaryRuns {
  constructor(private readonly rooms: SummaryRunRooms) {}

  /** The runs that it takes. Undefined where they have not ended well, which the user has been told. */
  async levels({ title, texts, task, again }: SummaryRun): Promise<Levels | undefined> {
    const { panel, inProgress } = this.rooms;
    const outcome = await summaryLevels(texts, task, (levelTask, segments) =>
      inProgress.run(panel, title, { task: levelTask, segments, beams: beams() }),
    );
    if (outcome.kind === 'failed') void offerAgain(outcome.failure.message, again);
    if (outcome.kind !== 'finished') return undefined;
    if (outcome.levels.some(({ results }) => results.some(({ truncated }) => truncated))) {
      void vscode.window.showWarningMessage(
        t('A part of the text was longer than the model reads at once, so the summary leaves out its end.'),
      );
    }
    return outcome.levels;
  }

  /** @param places of the paragraphs that were read, one space apart */
  async showPage(
    title: string,
    read: string,
    places: readonly { readonly length: number; readonly place: string }[],
    levels: Levels,
  ): Promise<void> {
    const placeOf = (offset: number): string | undefined => {
      let end = 0;
      return places.find(({ length }) => (end += length + 1) > offset)?.place;
    };
    // That of a Markdown file ends so already.
    await this.rooms.pages.open(title.endsWith('.md') ? title : `${title}.md`, summaryPage({ title, read, placeOf }, levels));
  }
}

export function summaryOf(levels: Levels): string {
  return levels.at(-1)!.targets[0]!.text;
}
