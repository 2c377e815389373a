/** The texts of a run where they stand in documents: moved by edits, found at the cursor, decorated. Knows no run. */
import * as vscode from 'vscode';
import { levelsOf, TEXT_SIDES, type Highlight, type SideSpan, type TextSide } from '../shared/highlight.ts';
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

export function decoratedDocuments(texts: PlacedTexts, { segment, highlight }: SegmentHighlight): DecoratedDocument[] {
  const documents = new Map<vscode.TextDocument, DecoratedRange[]>();
  const decorate = ({ side, start, end }: SideSpan, how: Pick<DecoratedRange, 'level' | 'weight'>): void => {
    const placed = texts[side];
    if (placed === undefined) return;
    const { document, linked } = placed;
    const ranges = documents.get(document) ?? [];
    for (const span of documentSpans(linked, { segment, span: { start, end } }))
      ranges.push({ range: new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)), ...how });
    if (ranges.length > 0) documents.set(document, ranges);
  };
  const levels = levelsOf(highlight);
  for (const span of highlight.focus) decorate(span, { level: 'focus', weight: undefined });
  highlight.attended.forEach((span, index) => {
    const level = levels[index]!;
    if (level > 0) decorate(span, { level, weight: span.weight });
  });
  return [...documents].map(([document, ranges]) => ({ document, ranges }));
}
