/** The texts of a run where they stand in documents: moved by edits, found at the cursor, decorated. Knows no run. */
import * as vscode from 'vscode';
import { levelOfLoss, levelsOf, TEXT_SIDES } from '../shared/highlight.ts';
import type { Highlight, LossSpan, SegmentHighlight, SideSpan, TextSide } from '../shared/highlight.ts';
import type { CursorPlace } from '../shared/messages.ts';
import type { Span } from '../shared/span.ts';
import type { DecoratedRange } from './attentionDecorations.ts';
import { documentSpans, segmentPlaces, type LinkedText } from './linkedText.ts';
import { movedMap } from './movedMap.ts';

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

/** The segments that are selected, wholly or in part, in the order in which the selections come to them. */
export function cursorPlaces(texts: PlacedTexts, document: vscode.TextDocument, selections: readonly Span[]): CursorPlace[] {
  const found = new Map<number, SideSpan[]>();
  for (const selected of selections) {
    for (const side of TEXT_SIDES) {
      const placed = texts[side];
      if (placed?.document !== document) continue;
      for (const { segment, span } of segmentPlaces(placed.linked, selected)) {
        const spans = found.get(segment) ?? [];
        found.set(segment, spans);
        if (span.start < span.end) spans.push({ side, ...span });
      }
    }
  }
  return [...found].map(([segment, spans]) => ({ segment, spans }));
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

export function decoratedDocuments(texts: PlacedTexts, shown: readonly (SegmentHighlight | SegmentHeat)[]): DecoratedDocument[] {
  const documents = new Map<vscode.TextDocument, DecoratedRange[]>();
  const marks = shown.flatMap((each) =>
    ('highlight' in each ? marksOf(each.highlight) : marksOfHeat(each.spans)).map((mark) => ({ segment: each.segment, mark })),
  );
  for (const {
    segment,
    mark: [{ side, start, end }, how],
  } of marks) {
    const placed = texts[side];
    if (placed === undefined) continue;
    const { document, linked } = placed;
    const ranges = documents.get(document) ?? [];
    for (const span of documentSpans(linked, { segment, span: { start, end } }))
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
