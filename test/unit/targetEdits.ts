/** A document whose prose was replaced, or has something below or above it. */
import { original } from '../../src/editor/mappedText.ts';
import { insertionAbove, insertionBelow, replacement } from '../../src/editor/targetText.ts';
import { documentAfter, source } from './editorText.ts';

export const asIs = { wrapColumn: 0 };

export const upper = (text: string): string => text.toUpperCase();

export function replaced(language: string, text: string, target: (text: string) => string, wrapColumn = 0): string {
  const from = source(language, text);
  const targets = from.paragraphs.map((paragraph) => target(paragraph.text));
  return documentAfter(from, replacement(from, targets, { wrapColumn }));
}

export function below(language: string, text: string, target: (text: string) => string): string {
  const from = source(language, text);
  const targets = from.paragraphs.map((paragraph) => target(paragraph.text));
  return documentAfter(from, insertionBelow(from, targets, asIs));
}

export function above(language: string, text: string, summary: string): string {
  const from = source(language, text);
  return documentAfter(from, insertionAbove(from, original(summary), asIs));
}
