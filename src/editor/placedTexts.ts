/** The texts of a run where they stand in documents: moved by edits, found at the cursor, decorated. Knows no run. */
import * as vscode from 'vscode';
import { levelOfLoss, levelsOf, TEXT_SIDES, type Highlight, type LossSpan, type SideSpan, type TextSide } from '../shared/highlight.ts';
import type { CursorPlace } from '../shared/messages.ts';
import type { Span } from '../shared/span.ts';
import type { DecoratedRange } from './attentionDecorations.ts';
import { documentSpans, segmentPlace, type LinkedText } from './linkedText.ts';
import { movedMap } from './movedMap.ts';

/** What the panel points at in a segment, which counts from 0. */
export interface SegmentHighlight {
  readonly segment: number;
  readonly highlight: Highlight;
}

/** How hard characters of a segment were to restore. */
export interface SegmentHeat {
  readonly segment: number;
  readonly spans: readonly LossSpan[];
}

export interface DecoratedDocument {
  readonly document: vscode.TextDocument;
  readonly ranges: readonly DecoratedRange[];
}

export interface Placed {
  readonly document: vscode.TextDocument;
  linked: LinkedText;
}

export type PlacedTexts = Partial<Record<TextSide, Placed>>;

/** The first selection says which segment; of the others those count that are in it too. */
export function cursorPlace(texts: PlacedTexts, document: vscode.TextDocument, selections: readonly Span[]): CursorPlace | undefined {
  let segment: number | undefined;
  const spans: SideSpan[] = [];
  for (const selected of selections) {
    for (const side of TEXT_SIDES) {
      const placed = texts[side];
      const place = placed?.document === document ? segmentPlace(placed.linked, selected) : undefined;
      if (place === undefined) continue;
      segment ??= place.segment;
      if (place.segment === segment && place.span.start < place.span.end) spans.push({ side, ...place.span });
      break;
    }
  }
  return segment === undefined ? undefined : { segment, spans };
}

/** Unmoved by what moves the others. */
export function copyOf(texts: PlacedTexts): PlacedTexts {
  return Object.fromEntries(Object.entries(texts).map(([side, placed]) => [side, { ...placed }]));
}

export function move(
  texts: PlacedTexts,
  document: vscode.TextDocument,
  { rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent,
): void {
  const change = { start: rangeOffset, end: rangeOffset + rangeLength, inserted: text.length };
  for (const side of TEXT_SIDES) {
    const placed = texts[side];
    if (placed?.document === document) placed.linked = { ...placed.linked, map: movedMap(placed.linked.map, change, placed.linked.text) };
  }
}

/** Characters of a segment and how they are decorated. */
type Mark = readonly [span: SideSpan, how: Omit<DecoratedRange, 'range'>];

export function decoratedDocuments(texts: PlacedTexts, shown: SegmentHighlight | SegmentHeat): DecoratedDocument[] {
  const documents = new Map<vscode.TextDocument, DecoratedRange[]>();
  for (const [{ side, start, end }, how] of 'highlight' in shown ? marksOf(shown.highlight) : marksOfHeat(shown.spans)) {
    const placed = texts[side];
    if (placed === undefined) continue;
    const { document, linked } = placed;
    const ranges = documents.get(document) ?? [];
    for (const span of documentSpans(linked, { segment: shown.segment, span: { start, end } }))
      ranges.push({ range: new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)), ...how });
    if (ranges.length > 0) documents.set(document, ranges);
  }
  return [...documents].map(([document, ranges]) => ({ document, ranges }));
}

function marksOf(highlight: Highlight): Mark[] {
  const levels = levelsOf(highlight);
  return [
    ...highlight.focus.map((span): Mark => [span, { measure: 'attention', level: 'focus', weight: undefined }]),
    ...highlight.attended.flatMap((span, index): Mark[] => {
      const level = levels[index]!;
      return level > 0 ? [[span, { measure: 'attention', level, weight: span.weight }]] : [];
    }),
  ];
}

function marksOfHeat(spans: readonly LossSpan[]): Mark[] {
  return spans.flatMap((span): Mark[] => {
    const level = levelOfLoss(span.loss);
    return level > 0 ? [[span, { measure: 'loss', level, weight: span.loss }]] : [];
  });
}
