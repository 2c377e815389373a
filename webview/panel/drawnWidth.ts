/** How wide a drawing is to be: as wide as its place, so that nothing in it is scaled and its words are as large as any others. Knows no drawing. */

/** For as long as the place is not on the page, in CSS pixels. */
const UNKNOWN = 280;

export interface DrawnWidth {
  /** In CSS pixels. */
  readonly width: number;
}

/** @param onChange told when the width has become another one */
export function drawnWidth(place: HTMLElement, onChange: () => void): DrawnWidth {
  let width = UNKNOWN;
  new ResizeObserver(() => {
    const next = place.clientWidth;
    if (next === 0 || next === width) return;
    width = next;
    onChange();
  }).observe(place);
  return {
    get width() {
      return width;
    },
  };
}
