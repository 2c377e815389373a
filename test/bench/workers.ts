/** Several workers at once, as the product starts them for a long run on the processor, against one of them with as many sentences. */
import { report, spread } from './report.ts';
import type { BenchSession } from './session.ts';

const WORKERS = 2;
/** Of each worker. */
const SENTENCES = 64;
const TURNS = 4;

export async function speedOfWorkers(session: BenchSession): Promise<void> {
  const browser = await session.open();
  try {
    for (let worker = 0; worker < WORKERS; worker++) await browser.startEngine('wasm');
    const shares = (first: number): string[][] =>
      Array.from({ length: WORKERS }, (_, worker) => session.sentences.take(SENTENCES, first + worker * SENTENCES));
    await browser.translateBeside(shares(0));
    const pairs: { readonly one: number; readonly several: number }[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      const texts = shares((1 + 2 * turn) * WORKERS * SENTENCES);
      const others = shares((2 + 2 * turn) * WORKERS * SENTENCES);
      const inTurn = [() => browser.translateBeside([texts.flat()]), () => browser.translateBeside(others)];
      const [first, second] = turn % 2 === 0 ? [0, 1] : [1, 0];
      const seconds = { [first]: await inTurn[first]!(), [second]: await inTurn[second]!() };
      pairs.push({ one: seconds[0]!, several: seconds[1]! });
    }
    const { median, low, high } = spread(pairs.map(({ one, several }) => one / several));
    report('speed', {
      device: 'wasm',
      workers: WORKERS,
      sentences: WORKERS * SENTENCES,
      unit: 's',
      ratio: median,
      ratioLow: low,
      ratioHigh: high,
      one: spread(pairs.map((pair) => pair.one)),
      several: spread(pairs.map((pair) => pair.several)),
    });
  } finally {
    await browser.close();
  }
}
