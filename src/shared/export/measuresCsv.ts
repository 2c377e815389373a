/** What measures say of every head, as comma-separated values (RFC 4180), a line for each head. Knows no files. */
import { attentionsOf } from '../attention/attentionKind.ts';
import { HEAD_MEASURES, headMeasure } from '../attention/headMeasures.ts';
import type { Inspection } from '../inspection.ts';
import { shortest } from './codec.ts';

/** Layers and heads count from 0; a measure that a kind of attention does not have is left empty. */
export function measuresCsv(inspection: Inspection): string {
  const lines = [['attention', 'layer', 'head', ...HEAD_MEASURES]];
  for (const attention of ['cross', 'encoder', 'decoder'] as const) {
    const { layers, heads } = attentionsOf(inspection, attention);
    const measured = HEAD_MEASURES.map((measure) => headMeasure(inspection, attention, measure));
    for (let index = 0; index < layers * heads; index++) {
      const values = measured.map((of) => (of === undefined ? '' : String(shortest(of[index]!))));
      lines.push([attention, String(Math.floor(index / heads)), String(index % heads), ...values]);
    }
  }
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}
