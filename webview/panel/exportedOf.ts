/** The map that the panel shows as what is exported of it. Pure. */
import { attentionName } from '../../src/shared/attention/attentionNames.ts';
import type { ExportedMap } from '../../src/shared/export/exportedMap.ts';
import { choiceName } from './mapOf.ts';
import type { ShownMap, Unit } from './shownMap.ts';

export function exportedOf({ kind, choice, explanation, rows, columns, values, shares }: ShownMap): ExportedMap {
  return {
    attention: kind,
    layer: choice.layer === null ? 'all' : String(choice.layer),
    head: String(choice.head),
    title: `${attentionName(kind)}, ${choiceName(choice)}`,
    explanation,
    rows: rows.map(labelOf),
    columns: columns.map(labelOf),
    values,
    shares,
  };
}

function labelOf({ label }: Unit): string {
  return label;
}
