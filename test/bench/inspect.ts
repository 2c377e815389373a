/** The inspect pass and the way of its maps to the page, at several lengths, against generating as many target tokens. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Device } from '../../src/shared/engineStatus.ts';
import type { Task } from '../../src/shared/task.ts';
import { Tokenizer } from '../../webview/engine/tokenizer.ts';
import { root } from './places.ts';
import { report, spread, sum } from './report.ts';
import type { InspectSeconds } from './browser/page.ts';
import { TARGET } from './benchBrowser.ts';
import type { BenchSession } from './session.ts';

/** Source and target tokens. Longer than what the model is given (config.json), as long as its table of positions. */
const LENGTHS = [64, 128, 256, 512];
const ROUNDS = 5;
const SENTENCES_OF_ROUND = 5;
const TASK: Task = { kind: 'translate', to: TARGET };

export async function inspect(session: BenchSession, device: Device): Promise<void> {
  const { text: longText, ids } = await longIds(session);
  const browser = await session.open({ webgpu: device === 'webgpu' });
  // A source of that many tokens and, as its target, as many.
  const pass = (length: number): Promise<InspectSeconds> => browser.inspect(TASK, longText, ids.slice(0, length), ids.slice(0, length));
  try {
    await browser.startEngine(device);
    await browser.translate('engine', session.sentences.take(SENTENCES_OF_ROUND));
    await pass(LENGTHS[0]!);
    const passes = new Map(LENGTHS.map((length): [number, (InspectSeconds & { readonly generate: number })[]] => [length, []]));
    for (let round = 0; round < ROUNDS; round++) {
      const seconds: number[] = [];
      const tokens: number[] = [];
      for (const text of session.sentences.take(SENTENCES_OF_ROUND, (1 + round) * SENTENCES_OF_ROUND)) {
        const { targetIds, modelSeconds } = await browser.translate('engine', [text]);
        seconds.push(modelSeconds);
        tokens.push(targetIds[0]!.length);
      }
      for (const [length, measured] of passes) measured.push({ ...(await pass(length)), generate: (sum(seconds) / sum(tokens)) * length });
    }
    for (const [tokens, measured] of passes) {
      const { median, low, high } = spread(measured.map(({ pass, generate }) => pass / generate));
      report('inspect', {
        device,
        tokens,
        unit: 's',
        ratio: median,
        ratioLow: low,
        ratioHigh: high,
        pass: spread(measured.map((one) => one.pass)),
        transfer: spread(measured.map((one) => one.transfer)),
        generatingAsMany: spread(measured.map((one) => one.generate)),
        megabytesOfMaps: measured[0]!.bytes / 1e6,
      });
    }
  } finally {
    await browser.close();
  }
}

interface LongIds {
  readonly text: string;
  /** Of `text`; at least the largest of LENGTHS. */
  readonly ids: readonly number[];
}

async function longIds(session: BenchSession): Promise<LongIds> {
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(root, 'models', session.model.id, name), 'utf8')) as unknown;
  const tokenizer = new Tokenizer(await json('tokenizer.json'), await json('tokenizer_config.json'), session.config.endToken);
  const text = session.sentences.take(LENGTHS.at(-1)!).join(' ');
  return { text, ids: tokenizer.tokenize(text).ids };
}
