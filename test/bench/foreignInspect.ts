/**
 * The inspect pass on a model in the Hub's layout, whose attentions were found by structure, against the peer's generation of the same text.
 *
 * The model is what the peer has too: the bundled one as the Hub's usual exporter writes it. Its settings are those of a model that does one thing.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PageFile } from '../../src/shared/messages.ts';
import type { OnlyTask } from '../../src/shared/task.ts';
import { hub } from './places.ts';
import { report, spread } from './report.ts';
import { TARGET } from './benchBrowser.ts';
import type { BenchSession } from './session.ts';

const SENTENCES = 30;
const TASK: OnlyTask = { kind: 'translate', to: TARGET };

export async function foreignInspect(session: BenchSession): Promise<void> {
  const browser = await session.open();
  try {
    await browser.startEngine('wasm', { files: await filesFor(session), onlyTask: TASK });
    await browser.startPeer('wasm');
    const [first, ...texts] = session.sentences.take(SENTENCES + 1);
    const generate = async (text: string): Promise<number> => (await browser.translate('peer', [text])).modelSeconds;
    const inspected = async (text: string): Promise<{ pass: number; targetIds: readonly number[] }> => {
      const { sourceIds, targetIds } = await browser.translate('engine', [text]);
      const { pass } = await browser.inspect(TASK, text, sourceIds[0]!, targetIds[0]!);
      return { pass, targetIds: targetIds[0]! };
    };
    // Finds the attentions and loads the graphs that tell them.
    const { pass: firstPass } = await inspected(first!);
    await generate(first!);
    const measured: { pass: number; generating: number; tokens: number }[] = [];
    for (const [index, text] of texts.entries()) {
      const before = index % 2 === 0 ? await generate(text) : undefined;
      const { pass, targetIds } = await inspected(text);
      measured.push({ pass, generating: before ?? (await generate(text)), tokens: targetIds.length });
    }
    const ratio = spread(measured.map(({ pass, generating }) => pass / generating));
    report('surgery', {
      device: 'wasm',
      of: 'inspect pass on a foreign model',
      unit: 's',
      ratio: ratio.median,
      ratioLow: ratio.low,
      ratioHigh: ratio.high,
      pass: spread(measured.map((each) => each.pass)),
      generatingByPeer: spread(measured.map((each) => each.generating)),
      targetTokens: spread(measured.map((each) => each.tokens)),
      firstPass,
    });
  } finally {
    await browser.close();
  }
}

/** Those that the server has, and in place of config.json one that begins every target with the task. */
async function filesFor({ model, config }: BenchSession): Promise<PageFile[]> {
  const folder = path.join(hub, model.id);
  const settings = JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')) as object;
  const start = config.tasks.translate[TARGET]!.startToken;
  const changed = Buffer.from(JSON.stringify({ ...settings, model_type: 'bart', decoder_start_token_id: start }));
  const described = (name: string, content: Buffer, url: string): PageFile => ({
    path: name,
    url,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  });
  const names = [
    'generation_config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'onnx/encoder_model.onnx',
    'onnx/decoder_model_merged.onnx',
  ];
  const files = names.map(async (name) => described(name, await readFile(path.join(folder, name)), `/hub/${model.id}/${name}`));
  return [described('config.json', changed, `data:application/json;base64,${changed.toString('base64')}`), ...(await Promise.all(files))];
}
