/** What the panel's pointer means in the two texts, as the editor decorates it. Pure. */
import { TEXT_SIDES } from '../../src/shared/highlight.ts';
import type { Highlight, SideSpan, TextSide } from '../../src/shared/highlight.ts';
import type { PointedTexts } from './pointer.ts';
import type { ShownMap } from './shownMap.ts';

/** Undefined where nothing is pointed at. */
export function highlightOf({ texts }: Pick<ShownMap, 'texts'>, pointed: PointedTexts): Highlight | undefined {
  const spanOf = (side: TextSide, unit: number): SideSpan[] => {
    const span = texts[side][unit]?.span;
    return span === undefined ? [] : [{ side, ...span }];
  };
  const focus = TEXT_SIDES.flatMap((side) => pointed[side].pointed.flatMap((unit) => spanOf(side, unit)));
  const attended = TEXT_SIDES.flatMap((side) =>
    [...(pointed[side].weights ?? [])].flatMap((weight, unit) => spanOf(side, unit).map((span) => ({ ...span, weight }))),
  );
  return focus.length === 0 && attended.length === 0 ? undefined : { focus, attended };
}

/** What of it is in the source; undefined where nothing is. */
export function sourceOnly({ focus, attended }: Highlight): Highlight | undefined {
  const isSource = ({ side }: SideSpan): boolean => side === 'source';
  const left = { focus: focus.filter(isSource), attended: attended.filter(isSource) };
  return left.focus.length === 0 && left.attended.length === 0 ? undefined : left;
}
