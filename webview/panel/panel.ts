/** The panel: puts the sections together and shows what it is told. Knows neither the engine nor VS Code. */
import type { EngineStatus } from '../../src/shared/engineStatus.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import { element } from './element.ts';
import { emptyState } from './emptyState.ts';
import { icon } from './icon.ts';
import { createInspectionSection } from './inspectionSection.ts';
import type { InspectionSection, InspectionSectionOptions } from './inspectionSection.ts';
import { createRunSection } from './runSection.ts';
import type { RunShown } from './runSection.ts';
import { statusStrip } from './statusStrip.ts';
import { progressRing, registerToolkit } from './toolkit.ts';

export interface PanelActions {
  /** The user asked for the attention of a segment of the run that is shown; segments count from 0. */
  readonly inspect: (segmentIndex: number) => void;
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
  /** `message` stands alone, fit for the user; the next run or inspection takes it away. */
  showFailure(message: string): void;
  readonly showPlace: InspectionSection['showPlace'];
  readonly clear: InspectionSection['clear'];
}

/**
 * Call it before the window's `load` event; the toolkit takes its first colours from the theme there. `inspection` is where other views join:
 * `sections` below the maps, `onPoint` for what is pointed at, `knockedOut` for the overview.
 */
export function createPanel(root: HTMLElement, actions: PanelActions, inspection: InspectionSectionOptions = {}): Panel {
  registerToolkit();
  let run: RunShown | undefined;
  let requested: number | undefined;
  let inspected = false;

  const status = element('div');
  const runSection = createRunSection({
    inspect(segment) {
      requested = segment;
      actions.inspect(segment);
    },
    stop: actions.stop,
  });
  const notice = element('div');
  const inspectionSection = createInspectionSection(inspection);
  const empty = emptyState();
  root.classList.add('panel');
  root.replaceChildren(status, runSection.element, notice, inspectionSection.element, empty);

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
        requested = undefined;
        runSection.mark(undefined);
      }
      run = next;
      runSection.show(next);
      arrange();
    },
    showPlace: (spans) => inspectionSection.showPlace(spans),
    clear: () => inspectionSection.clear(),
    showInspection(inspection, seconds) {
      notice.replaceChildren();
      inspected = inspection !== undefined;
      inspectionSection.element.classList.remove('stale');
      // Shown first: the heatmap takes its size from the page.
      arrange();
      if (inspection !== undefined) inspectionSection.show(inspection, seconds);
      runSection.mark(inspection && segmentOf(inspection));
    },
    showInspecting() {
      notice.replaceChildren(
        element(
          'div',
          { class: 'inspecting', role: 'status' },
          progressRing('Reading the attention'),
          element('span', {}, 'Reading the attention…'),
        ),
      );
      // The texts and maps of the segment before stay, dimmed, so that the page does not jump.
      inspectionSection.element.classList.add('stale');
      runSection.mark(requested ?? 0);
      arrange();
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
