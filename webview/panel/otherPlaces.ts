/**
 * The segments beside the shown one that the editor's cursors or selections are on as well: what their words have to do with, on the map that is chosen
 * for the shown one. Knows neither engine nor elements.
 */
import type { Highlight, SegmentHighlight, SideSpan } from '../../src/shared/highlight.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import type { CursorPlace } from '../../src/shared/messages.ts';
import { highlightOf } from './highlightOf.ts';
import { validChoice } from './mapOf.ts';
import { pointedTexts, pointersAt } from './pointer.ts';
import { shownMap } from './shownMap.ts';
import type { ShownMap } from './shownMap.ts';

export interface OtherPlacesOptions {
  /** The maps of a segment; undefined where there are none. */
  readonly mapsOf: (segment: number) => Promise<Inspection | undefined>;
  /** There are other highlights now. */
  readonly onChange: () => void;
}

/** Each is a pass of the model, and its maps are kept for as long as it is selected. */
const MOST_SEGMENTS = 24;

type Chosen = Pick<ShownMap, 'kind' | 'choice' | 'options'>;

export class OtherPlaces {
  private places: readonly CursorPlace[] = [];
  private readonly inspections = new Map<number, Inspection>();
  private chosen: Chosen | undefined;
  private found: readonly SegmentHighlight[] = [];

  constructor(private readonly options: OtherPlacesOptions) {}

  get highlights(): readonly SegmentHighlight[] {
    return this.found;
  }

  /** Asks for the maps that are not there yet; what is lit grows as they come. */
  place(places: readonly CursorPlace[]): void {
    const asked = (this.places = places.filter(({ spans }) => spans.length > 0).slice(0, MOST_SEGMENTS));
    for (const segment of [...this.inspections.keys()])
      if (!asked.some((each) => each.segment === segment)) this.inspections.delete(segment);
    this.update();
    void this.inspect(asked);
  }

  /** Another map of the shown segment was chosen. */
  follow({ kind, choice, options }: Chosen): void {
    const { chosen } = this;
    if (chosen?.kind === kind && chosen.choice === choice && chosen.options === options) return;
    this.chosen = { kind, choice, options };
    this.update();
  }

  /** The segments are those of another run. */
  forget(): void {
    this.inspections.clear();
    this.place([]);
  }

  private async inspect(asked: readonly CursorPlace[]): Promise<void> {
    for (const { segment } of asked) {
      if (this.inspections.has(segment)) continue;
      // What goes wrong with maps the user is told of the segment that is shown.
      const inspection = await this.options.mapsOf(segment).catch(() => undefined);
      if (this.places !== asked) return;
      if (inspection === undefined) continue;
      this.inspections.set(segment, inspection);
      this.update();
      this.options.onChange();
    }
  }

  private update(): void {
    const { chosen } = this;
    this.found = this.places.flatMap(({ segment, spans }) => {
      const inspection = this.inspections.get(segment);
      const highlight = inspection && chosen && highlightAt(inspection, chosen, spans);
      return highlight === undefined ? [] : [{ segment, highlight }];
    });
  }
}

function highlightAt(inspection: Inspection, { kind, choice, options }: Chosen, spans: readonly SideSpan[]): Highlight | undefined {
  const map = shownMap(inspection, kind, validChoice(inspection, kind, choice), options);
  return highlightOf(map, pointedTexts(map, pointersAt(map, spans)));
}
