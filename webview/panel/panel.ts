/** The panel: puts the sections together and shows what it is told. Knows neither the engine nor VS Code. */
import type { EngineStatus } from '../../src/shared/engineStatus.ts';
import type { Highlight, SegmentHighlight } from '../../src/shared/highlight.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import type { CursorPlace } from '../../src/shared/messages.ts';
import type { ExportedMap } from '../../src/shared/export/exportedMap.ts';
import type { SavedRun } from '../../src/shared/export/savedRun.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { exportedOf } from './exportedOf.ts';
import type { ExportChoice } from './exportMenu.ts';
import { emptyState } from './emptyState.ts';
import { highlightOf, sourceOnly } from './highlightOf.ts';
import { icon } from './icon.ts';
import type { OpenedRun } from './openedRun.ts';
import { createInspectionSection } from './inspectionSection.ts';
import type { InspectionSectionOptions } from './inspectionSection.ts';
import { OtherPlaces } from './otherPlaces.ts';
import { createRunSection } from './runSection.ts';
import type { RunShown } from './runSection.ts';
import { taskName } from './taskName.ts';
import { statusStrip } from './statusStrip.ts';
import { progressRing, registerToolkit } from './toolkit.ts';

export interface PanelActions {
  /** The user asked for the attention of a segment of the run that is shown; segments count from 0. */
  readonly inspect: (segmentIndex: number) => void;
  /** The maps of another segment of that run; undefined where there are none. */
  readonly mapsOf: (segmentIndex: number) => Promise<Inspection | undefined>;
  /** Characters of these segments are pointed at; of none, no longer. */
  readonly highlight: (highlights: readonly SegmentHighlight[]) => void;
  /** The user wants the inspection that is shown, or this map of it, in a format. */
  readonly export: (choice: ExportChoice, inspection: Inspection, map: ExportedMap) => void;
  readonly openSavedRun: () => void;
  readonly stop: () => void;
  readonly showStatus: () => void;
}

export interface Panel {
  showStatus(status: EngineStatus): void;
  /** A run that runs takes the inspection and failure before it off the panel. */
  showRun(run: RunShown | undefined): void;
  /** `seconds` is how long the inspect pass took. */
  showInspection(inspection: Inspection | undefined, seconds?: number): void;
  showInspecting(): void;
  /** A run out of a file, in the place of any other. */
  showSavedRun(name: string, run: SavedRun): void;
  /** `message` stands alone, fit for the user; the next run or inspection takes it away. */
  showFailure(message: string): void;
  /** The editor's cursors are there: shows the first of these segments unless one of them is shown, and which tokens have to do with those at the cursors. */
  showPlaces(places: readonly CursorPlace[]): void;
  /** Nothing is pointed at, pinned or placed any more. */
  clearHighlight(): void;
  /** A run of what if in the place of the inspection that is shown; undefined: back to that. */
  openRun(run: OpenedRun | undefined): void;
}

/**
 * Call it before the window's `load` event; the toolkit takes its first colours from the theme there. `inspection` is where other views join:
 * `sections` below the maps.
 */
export function createPanel(
  root: HTMLElement,
  actions: PanelActions,
  inspection: Omit<InspectionSectionOptions, 'onPoint' | 'onExport'> = {},
): Panel {
  registerToolkit();
  let run: RunShown | undefined;
  let requested: number | undefined;
  /** The segment whose inspection is shown. */
  let shown: number | undefined;
  let places: readonly CursorPlace[] = [];
  /** What is pointed at in the segment that is shown. */
  let pointed: { readonly highlight: Highlight | undefined; readonly isPlaced: boolean } | undefined;
  let current: Inspection | undefined;
  let inspected = false;

  const status = element('div');
  const runSection = createRunSection({
    inspect,
    stop: actions.stop,
  });
  const notice = element('div');
  const inspectionSection = createInspectionSection({
    ...inspection,
    onPoint(map, texts, isPlaced) {
      if (shown === undefined) return;
      const highlight = highlightOf(map, texts);
      // The target of an opened run stands nowhere.
      pointed = { highlight: map.inspection === current ? highlight : highlight && sourceOnly(highlight), isPlaced };
      others.follow(map);
      tellHighlights();
    },
    onExport: (choice, map) => actions.export(choice, map.inspection, exportedOf(map)),
  });
  const others = new OtherPlaces({ mapsOf: actions.mapsOf, onChange: tellHighlights });
  const empty = emptyState(actions.openSavedRun);
  root.classList.add('panel');
  root.replaceChildren(status, runSection.element, notice, inspectionSection.element, empty);

  function inspect(segment: number): void {
    requested = segment;
    actions.inspect(segment);
  }

  function tellHighlights(): void {
    if (shown === undefined || pointed === undefined) return;
    const { highlight, isPlaced } = pointed;
    actions.highlight([...(highlight ? [{ segment: shown, highlight }] : []), ...(isPlaced ? others.highlights : [])]);
  }

  /** What the cursors are on: nothing, unless that is in the segment that is shown as well. */
  function showPlacesHere(): void {
    const here = places.find(({ segment }) => segment === shown);
    others.place(here === undefined ? [] : places.filter((place) => place !== here));
    inspectionSection.showPlace(here?.spans ?? []);
  }

  function forgetSegments(): void {
    [requested, shown, places, pointed] = [undefined, undefined, [], undefined];
    others.forget();
  }

  function arrange(): void {
    inspectionSection.element.hidden = !inspected;
    empty.hidden = inspected || run !== undefined || notice.hasChildNodes();
  }

  /** The segment that an inspection is of: the one the user asked for, else the first with these texts. */
  function segmentOf({ sourceText, targetText }: Inspection): number | undefined {
    const isOf = (segment: RunShown['segments'][number] | undefined): boolean =>
      segment?.sourceText === sourceText && segment.targetText === targetText;
    if (requested !== undefined && isOf(run?.segments[requested])) return requested;
    const found = run?.segments.findIndex(isOf) ?? -1;
    return found < 0 ? undefined : found;
  }

  arrange();
  return {
    showStatus(next) {
      const wasOpen = status.querySelector('details')?.open ?? false;
      status.replaceChildren(statusStrip(next, actions.showStatus));
      // Told anew after each run, which is no reason to fold what the user unfolded.
      const details = status.querySelector('details');
      if (details) details.open = wasOpen;
    },
    showRun(next) {
      if (next?.running) {
        notice.replaceChildren();
        inspected = false;
        forgetSegments();
        runSection.mark(undefined);
      }
      run = next;
      runSection.show(next);
      arrange();
    },
    showPlaces(next) {
      places = next;
      const [first] = next;
      if (first === undefined || next.some(({ segment }) => segment === shown)) showPlacesHere();
      else if (run?.running === false && first.segment !== requested) inspect(first.segment);
    },
    clearHighlight() {
      places = [];
      others.place([]);
      inspectionSection.clear();
    },
    showInspection(inspection, seconds) {
      notice.replaceChildren();
      inspected = inspection !== undefined;
      inspectionSection.element.classList.remove('stale');
      // Shown first: the heatmap takes its size from the page.
      arrange();
      current = inspection;
      shown = inspection && segmentOf(inspection);
      if (inspection !== undefined) inspectionSection.show(inspection, seconds);
      showPlacesHere();
      runSection.mark(shown);
    },
    openRun: (opened) => inspectionSection.open(opened),
    showInspecting() {
      notice.replaceChildren(
        element(
          'div',
          { class: 'inspecting', role: 'status' },
          progressRing(t('Reading the attention')),
          element('span', {}, t('Reading the attention…')),
        ),
      );
      // The texts and maps of the segment before stay, dimmed, so that the page does not jump.
      inspectionSection.element.classList.add('stale');
      runSection.mark(requested ?? 0);
      arrange();
    },
    showSavedRun(name, { model, inspection }) {
      run = undefined;
      forgetSegments();
      runSection.show(undefined);
      inspected = true;
      inspectionSection.element.classList.remove('stale');
      notice.replaceChildren(
        element(
          'div',
          { class: 'notice', role: 'status' },
          icon('saved'),
          element(
            'div',
            { class: 'notice-body' },
            element('p', {}, element('bdi', {}, name)),
            element(
              'p',
              { class: 'muted' },
              t('{0} by {1}. Shown from the file, without the model.', taskName(inspection.task).done, model.id),
            ),
          ),
        ),
      );
      arrange();
      inspectionSection.show(inspection, undefined);
    },
    showFailure(message) {
      inspected = false;
      runSection.mark(undefined);
      notice.replaceChildren(
        element(
          'div',
          { class: 'notice error', role: 'alert' },
          icon('error'),
          element('div', { class: 'notice-body' }, element('p', {}, message)),
        ),
      );
      arrange();
    },
  };
}
