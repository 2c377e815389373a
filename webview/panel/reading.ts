/** What the read-out tells of a pointer. Pure: knows the map's terms and no DOM. */
import { hasValueProducts } from '../../src/shared/inspection.ts';
import { t } from '../../src/shared/words.ts';
import { choiceName } from './mapOf.ts';
import { strongest } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Reading } from './readout.ts';
import type { ShownMap } from './shownMap.ts';
import { sourceSharesOf } from './sourceShareStrip.ts';
import { visibleLabel } from './tokenLabel.ts';

const LINKS = 3;
/** Beside the strongest, what is weaker than this is not worth its place. */
const LEAST_TOLD = 0.001;

export function readingOf(map: ShownMap, pointers: readonly [Pointer, ...Pointer[]]): Reading {
  const { rows, columns, values, choice } = map;
  const row = (index: number): string => visibleLabel(rows[index]?.label ?? '');
  const column = (index: number): string => visibleLabel(columns[index]?.label ?? '');
  const name = choiceName(choice);
  const [pointer] = pointers;
  if (pointers.length > 1) return readingOfSeveral(map, pointers, name);
  if (pointer.row === undefined) {
    const links = linksOf(map, pointers).map(({ index, weight }) => ({ token: row(index), weight }));
    return { token: column(pointer.column), relation: 'queries', links, facts: [t('key {0}', pointer.column), name] };
  }
  const note = noteOf(map, pointer.row);
  const facts = [
    t('query {0}', pointer.row),
    ...(pointer.column === undefined ? [] : [t('key {0}', pointer.column)]),
    name,
    ...(note === undefined ? [] : [note]),
  ];
  const links =
    pointer.column === undefined
      ? linksOf(map, pointers).map(({ index, weight }) => ({ token: column(index), weight }))
      : [{ token: column(pointer.column), weight: values[pointer.row * columns.length + pointer.column] ?? 0 }];
  return { token: row(pointer.row), relation: 'keys', links, facts };
}

/** Of rows, or of columns where there are no rows among them: the greatest weights of any of them. */
function readingOfSeveral(map: ShownMap, pointers: readonly Pointer[], name: string): Reading {
  const ofRows = pointers.some(({ row }) => row !== undefined);
  const [own, linked] = ofRows ? [map.rows, map.columns] : [map.columns, map.rows];
  const indices = new Set(pointers.flatMap(({ row, column }) => (ofRows ? row : column) ?? []));
  return {
    token: [...indices].map((index) => visibleLabel(own[index]!.label)).join(' '),
    relation: ofRows ? 'keys' : 'queries',
    links: linksOf(map, pointers).map(({ index, weight }) => ({ token: visibleLabel(linked[index]!.label), weight })),
    facts: [
      ofRows ? t('{0} queries, the greatest weight of any', indices.size) : t('{0} keys, the greatest weight of any', indices.size),
      name,
    ],
  };
}

function linksOf(map: ShownMap, pointers: readonly Pointer[]): ReturnType<typeof strongest> {
  return strongest(map, pointers, LINKS).filter(({ weight }, rank) => rank === 0 || weight >= LEAST_TOLD);
}

/** Of a row of the decoder the token before or after, how probable the one that it wrote was, and how much of it came from the source. */
function noteOf({ inspection, step, rows }: ShownMap, row: number): string | undefined {
  const tokens = rows[row]?.tokens;
  if (step === undefined || tokens === undefined) return undefined;
  const { decoderInput, target, logProbabilities } = inspection;
  const count = tokens.end - tokens.start;
  if (count > 1) return step === 'predicts' ? t('written as {0} tokens', count) : t('read as {0} tokens', count);
  const label = visibleLabel((step === 'predicts' ? decoderInput : target)[tokens.start]?.label ?? '');
  const probability = Math.exp(logProbabilities[tokens.start] ?? NaN).toFixed(3);
  const note =
    step === 'predicts'
      ? t('written after \u2068{0}\u2069, p = {1}', label, probability)
      : t('then written: \u2068{0}\u2069, p = {1}', label, probability);
  if (!hasValueProducts(inspection)) return note;
  return t('{0}, source share {1}', note, (sourceSharesOf(inspection)[tokens.start] ?? NaN).toFixed(2));
}
