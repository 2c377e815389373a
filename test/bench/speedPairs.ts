/** This engine and @huggingface/transformers on the same weights and texts, in turn, and the line that compares them. Knows no device. */
import type { Device } from '../../src/shared/engineStatus.ts';
import type { BenchBrowser } from './benchBrowser.ts';
import type { Translated } from './browser/translator.ts';
import { report, spread, sum } from './report.ts';

export interface Pair {
  readonly engine: Translated;
  readonly peer: Translated;
}

/** Both sides on the same texts, one after the other; who is first changes with every turn. */
export async function both(browser: BenchBrowser, texts: readonly string[], turn: number, maxTargetTokens?: number): Promise<Pair> {
  const run = (side: 'engine' | 'peer'): Promise<Translated> => browser.translate(side, texts, maxTargetTokens);
  if (turn % 2 === 0) {
    const engine = await run('engine');
    return { engine, peer: await run('peer') };
  }
  const peer = await run('peer');
  return { engine: await run('engine'), peer };
}

/** Of all targets. */
export const tokens = ({ targetIds }: Translated): number => sum(targetIds.map(({ length }) => length));
const perSecond = (side: Translated): number => tokens(side) / side.modelSeconds;
const same = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((id, index) => id === other[index]);

/** Whether the row has the peer's tokens, as far as no rule of ours (repetition.ts) has taken another one. */
function isGreedy({ targetIds, overruled }: Translated, peer: Translated, row: number): boolean {
  const [ours, theirs, ruled] = [targetIds[row]!, peer.targetIds[row]!, overruled[row]![0]];
  return ruled === undefined ? same(ours, theirs) : same(ours.slice(0, ruled), theirs.slice(0, ruled));
}

export function reportSpeed(device: Device, batch: number, pairs: readonly Pair[], also: Readonly<Record<string, unknown>> = {}): void {
  const rows = pairs.flatMap(({ engine, peer }) => engine.targetIds.map((_, row) => isGreedy(engine, peer, row)));
  const sources = pairs.flatMap(({ engine, peer }) => engine.sourceIds.map((ids, row) => same(ids, peer.sourceIds[row]!)));
  const { median, ...ratio } = spread(pairs.map(({ engine, peer }) => perSecond(engine) / perSecond(peer)));
  report('speed', {
    device,
    batch,
    ratio: median,
    ratioLow: ratio.low,
    ratioHigh: ratio.high,
    endToEndRatio: spread(pairs.map(({ engine, peer }) => tokens(engine) / engine.seconds / (tokens(peer) / peer.seconds))).median,
    unit: 'target tokens/s, encoder included',
    engine: spread(pairs.map(({ engine }) => perSecond(engine))),
    peer: spread(pairs.map(({ peer }) => perSecond(peer))),
    outputs: rows.length,
    equalOutputs: rows.filter(Boolean).length,
    overruledOutputs: sum(pairs.map(({ engine }) => engine.overruled.filter(({ length }) => length > 0).length)),
    equalSources: sources.filter(Boolean).length,
    ...also,
  });
}
