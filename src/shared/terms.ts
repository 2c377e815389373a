/** Terms of a glossary in a text: where they stand, and whether a translation has what they are to become. Knows no file and no model. */
import type { Span } from './span.ts';
import { UNSPACED_CHARACTER } from './unspacedScripts.ts';

/** A word or phrase and its wanted translation, which is the same where it is never translated. */
export interface Term {
  readonly source: string;
  readonly target: string;
}

export interface PlacedTerm {
  readonly span: Span;
  readonly target: string;
}

/** A word, or a character that is no part of one; what scripts without spaces write is taken character by character. */
interface Piece extends Span {
  readonly text: string;
  readonly kind: 'word' | 'character' | 'symbol';
}

/** What may follow a piece in the terms that begin alike. */
interface Branch {
  readonly next: Map<string, Branch>;
  target?: string;
}

const PIECE = /[\p{L}\p{M}\p{N}_]+|\S/gu;
const WORD = /^[\p{L}\p{M}\p{N}_]/u;
const UNSPACED = new RegExp(UNSPACED_CHARACTER, 'u');
const UNSPACED_OR_NOT = new RegExp(`${UNSPACED.source}|(?:(?!${UNSPACED.source})[^])+`, 'gu');
/** Below it are no scripts without spaces, so that most words need not be looked at. */
const FIRST_UNSPACED = /[\u0E00-\uFFFF]/;
/** Between two words they make one longer word. */
const JOINS = /^[-‐‑'’]$/;
/** Directly behind a word they are a part of it: C++, C#. */
const CLINGS = /^[+#]$/;
/** What inflection adds to the last word of a translation; a shorter word would become another word by it. */
const ENDING = /^(?:e|e?[mnrs]|ns|x)$/;
const SHORTEST_WITH_ENDING = 4;

/**
 * The terms of a glossary. A term stands in a text where its words do, one after the other whatever space is between them, and no word goes on at
 * either end: "file" is not in "files", "file-based" or "file's", but French "option" is in "l'option". Case counts, but for the first letter of a
 * term that begins with a small one, which may be a capital as at the beginning of a sentence. Inflected forms are terms of their own. Where
 * several terms begin at a place the longest counts, and of equal ones the last.
 */
export class TermIndex {
  private readonly root: Branch = { next: new Map() };

  constructor(terms: Iterable<Term>) {
    const exact = [...terms];
    // As written goes before a capital that only a sentence's beginning would have.
    for (const { source, target } of exact) if (withCapital(source) !== source) this.add({ source: withCapital(source), target });
    for (const term of exact) this.add(term);
  }

  /** In their order and apart. Takes a time that grows with the text and the longest term, not with the number of terms. */
  find(text: string): PlacedTerm[] {
    if (this.root.next.size === 0) return [];
    const pieces = piecesOf(text);
    const found: PlacedTerm[] = [];
    for (let first = 0; first < pieces.length; first++) {
      let end: number | undefined;
      let target = '';
      for (let at = first, branch = this.branchAt(this.root, pieces, first); branch; branch = this.branchAt(branch, pieces, ++at)) {
        if (branch.target === undefined || !endsAt(pieces, at)) continue;
        [end, target] = [at, branch.target];
      }
      if (end === undefined || !beginsAt(pieces, first)) continue;
      found.push({ span: { start: pieces[first]!.start, end: pieces[end]!.end }, target });
      first = end;
    }
    return found;
  }

  private branchAt({ next }: Branch, pieces: readonly Piece[], at: number): Branch | undefined {
    return next.get(pieces[at]?.text ?? '');
  }

  private add({ source, target }: Term): void {
    let branch = this.root;
    for (const { text } of piecesOf(source)) {
      let next = branch.next.get(text);
      if (!next) branch.next.set(text, (next = { next: new Map() }));
      branch = next;
    }
    if (branch !== this.root) branch.target = target;
  }
}

/**
 * The wanted translations that a target has less often than its source has the terms. A translation counts with a capital first letter too, and with
 * an ending of inflection at its last word: "Dateien" has "Datei".
 */
export function missingTargets(wanted: readonly PlacedTerm[], target: string): Set<string> {
  const counts = new Map<string, number>();
  for (const { target: each } of wanted) counts.set(each, (counts.get(each) ?? 0) + 1);
  const pieces = counts.size > 0 ? piecesOf(target) : [];
  return new Set([...counts].filter(([each, count]) => countOf(piecesOf(each), pieces) < count).map(([each]) => each));
}

function countOf(wanted: readonly Piece[], pieces: readonly Piece[]): number {
  let count = 0;
  for (let first = 0; first + wanted.length <= pieces.length; first++) {
    const isThere = wanted.every(({ text }, index) => {
      const piece = pieces[first + index]!;
      const isLast = index === wanted.length - 1;
      return matches(piece.text, text, isLast) || (index === 0 && matches(piece.text, withCapital(text), isLast));
    });
    if (isThere && beginsAt(pieces, first) && endsAt(pieces, first + wanted.length - 1)) count++;
  }
  return count;
}

function matches(piece: string, wanted: string, mayHaveEnding: boolean): boolean {
  if (piece === wanted) return true;
  return mayHaveEnding && wanted.length >= SHORTEST_WITH_ENDING && piece.startsWith(wanted) && ENDING.test(piece.slice(wanted.length));
}

/** With a capital first letter, where that is one letter too. */
export function withCapital(text: string): string {
  const [first = ''] = text;
  const capital = first.toUpperCase();
  return capital.length === first.length ? capital + text.slice(first.length) : text;
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { 0: piece, index: start } of text.matchAll(PIECE)) {
    const kind = WORD.test(piece) ? 'word' : 'symbol';
    if (kind === 'symbol' || !FIRST_UNSPACED.test(piece)) pieces.push({ text: piece, kind, start, end: start + piece.length });
    else pieces.push(...parted(piece, start));
  }
  return pieces;
}

/** A word's characters that need no spaces each by itself, and what stands between them. */
function parted(word: string, start: number): Piece[] {
  return Array.from(word.matchAll(UNSPACED_OR_NOT), ({ 0: text, index }) => ({
    ...{ text, start: start + index, end: start + index + text.length },
    kind: UNSPACED.test(text) ? 'character' : 'word',
  }));
}

/** Whether no word that began before goes on at a piece. */
function beginsAt(pieces: readonly Piece[], at: number): boolean {
  const before = neighbour(pieces, at, -1);
  if (before === undefined || before.kind === 'character') return true;
  if (before.kind === 'word') return pieces[at]!.kind === 'character';
  return !(/^[-‐‑]$/.test(before.text) && neighbour(pieces, at - 1, -1)?.kind === 'word');
}

function endsAt(pieces: readonly Piece[], at: number): boolean {
  const behind = neighbour(pieces, at, 1);
  if (behind === undefined || behind.kind === 'character') return true;
  if (behind.kind === 'word') return pieces[at]!.kind === 'character';
  if (CLINGS.test(behind.text)) return false;
  return !(JOINS.test(behind.text) && neighbour(pieces, at + 1, 1)?.kind === 'word');
}

/** The piece directly beside another, without a space between them. */
function neighbour(pieces: readonly Piece[], at: number, step: 1 | -1): Piece | undefined {
  const [piece, other] = [pieces[at]!, pieces[at + step]];
  return other && (step > 0 ? other.start === piece.end : other.end === piece.start) ? other : undefined;
}
