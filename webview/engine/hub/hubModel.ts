/** A model of the Hub behind the interface of every model: its own graphs, one step at a time. Knows no text. */
import { deviceOf, type EnginePath } from '../../../src/shared/engineStatus.ts';
import { SaccadeError } from '../../../src/shared/failure.ts';
import type { HubLayout } from '../../../src/shared/hubLayout.ts';
import { t } from '../../../src/shared/words.ts';
import { argmax } from '../argmax.ts';
import type { BatchLimits } from '../likeLength.ts';
import type { OnnxFile } from '../onnxGraph/onnxFile.ts';
import { disposeAll, int64Tensor, type Tensor, type Tensors } from '../onnxRuntime.ts';
import {
  watchedStep,
  type DecodeOptions,
  type Decoding,
  type EncodedSources,
  type Inspector,
  type Seq2SeqModel,
  type Step,
} from '../seq2seqModel.ts';
import { RowChooser } from './chooseRows.ts';
import type { HubConfig } from './hubConfig.ts';
import { loadHubDecoder, type DecoderState, type HubDecoder } from './hubDecoder.ts';
import { feedsOf, loadHubGraph, type ExternalContent } from './hubGraph.ts';
import { loadHubInspector } from './hubInspector.ts';
import { applyScoreRules, type ScoreRules } from './scoreRules.ts';

export interface HubFiles {
  readonly layout: HubLayout;
  /** Reads a graph anew at each call: whoever has it may change it. */
  readonly open: (path: string) => OnnxFile;
  readonly content: ExternalContent;
}

interface HubEncoded extends EncodedSources {
  /** What decoder steps read of the sources, by the names of their inputs; the first dimension is the source. */
  readonly memory: Tensors;
}

/** Its encoder works on the padding too; a product of fewer than eight rows does less arithmetic a second. */
const BATCHES: BatchLimits = { leastTexts: 8, mostTexts: 32, mostTokens: 1024 };

/** @throws SaccadeError of kind "badModel" or "device" */
export async function loadHubModel({ config, rules }: HubConfig, files: HubFiles, path: EnginePath): Promise<Seq2SeqModel> {
  const device = deviceOf(path);
  const { layout, open, content } = files;
  const encoder = await loadHubGraph(open(layout.encoder), device, content);
  const decoder = await loadHubDecoder(layout.decoder, open, device, content);
  const chooser = new RowChooser(device);
  let inspector: Promise<Inspector & { release(): Promise<void> }> | undefined;

  async function encode(sources: readonly (readonly number[])[]): Promise<HubEncoded> {
    const longest = Math.max(...sources.map(({ length }) => length));
    const padded = (of: (ids: readonly number[], position: number) => number): Tensor =>
      int64Tensor(
        sources.flatMap((ids) => Array.from({ length: longest }, (_, position) => of(ids, position))),
        [sources.length, longest],
      );
    const mask = padded((ids, position) => (position < ids.length ? 1 : 0));
    const ids = padded((own, position) => own[position] ?? config.padToken);
    const feeds = feedsOf(encoder, layout.encoder, { input_ids: ids, attention_mask: mask });
    const states = (await encoder.graph.run(feeds, ['last_hidden_state']))['last_hidden_state']!;
    return {
      count: sources.length,
      memory: { encoder_hidden_states: states, encoder_attention_mask: mask },
      dispose: () => states.dispose(),
    };
  }

  async function decode(encoded: EncodedSources, sources: readonly number[], options: DecodeOptions = {}): Promise<Decoding> {
    const { memory } = encoded as HubEncoded;
    return new HubDecoding(decoder, chooser, rules, await chooser.choose(memory, sources), options.watched ?? []);
  }

  return {
    config,
    batches: BATCHES,
    encode,
    decode,
    classify() {
      throw new SaccadeError('badInput', t('The model does not tell languages apart.'));
    },
    inspector: () => (inspector ??= loadHubInspector(config, rules, files, device)),
    async release() {
      await Promise.all([encoder.graph.release(), decoder.release(), chooser.release(), inspector?.then((own) => own.release())]);
    },
  };
}

class HubDecoding implements Decoding {
  private state: DecoderState = { read: [], past: {} };

  constructor(
    private readonly decoder: HubDecoder,
    private readonly chooser: RowChooser,
    private readonly rules: ScoreRules,
    private memory: Tensors,
    private readonly watched: readonly number[],
  ) {}

  async step(tokens: readonly number[], wanted: { readonly logits: boolean }): Promise<Step> {
    const written = this.state.read[0]?.length ?? 0;
    const { logits, state } = await this.decoder.step(this.state, tokens, this.memory);
    this.state = state;
    const rows = tokens.length;
    applyScoreRules(logits, rows, written, this.rules);
    const width = logits.length / rows;
    const next = Int32Array.from(tokens, (_, row) => argmax(logits.subarray(row * width, (row + 1) * width)));
    return { next, logits: wanted.logits ? logits : undefined };
  }

  async greedy(tokens: readonly number[]): Promise<readonly [ReturnType<typeof watchedStep>]> {
    return [watchedStep(await this.step(tokens, { logits: this.watched.length > 0 }), this.watched)];
  }

  async select(rows: readonly number[]): Promise<void> {
    const { read, past } = this.state;
    const [chosen, memory] = [await this.chooser.choose(past, rows), await this.chooser.choose(this.memory, rows)];
    this.dispose();
    this.state = { read: rows.map((row) => read[row] ?? []), past: chosen };
    this.memory = memory;
  }

  dispose(): void {
    disposeAll([...Object.values(this.state.past), ...Object.values(this.memory)]);
  }
}
