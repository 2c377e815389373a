/** The peer in a worker: @huggingface/transformers as its own guide uses it, on the same weights. */
import { countsSince, gpuCounts } from './gpuCounters.ts';
import { AutoModelForSeq2SeqLM, AutoTokenizer, env, type Seq2SeqModel, type Tokenizer } from '@huggingface/transformers';
import { parseModelConfig, type ModelConfig } from '../../../webview/engine/modelConfig.ts';
import { answer } from './rpc.ts';
import type { Peer, PeerOptions, Translated, TranslateRequest } from './translator.ts';

let peer: { readonly model: Seq2SeqModel; readonly tokenizer: Tokenizer; readonly config: ModelConfig } | undefined;

answer<Peer>({
  async load({ device, models, modelId, runtime }: PeerOptions) {
    const begun = performance.now();
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.localModelPath = models;
    env.useBrowserCache = false;
    env.useWasmCache = false;
    const name = `${runtime}ort-wasm-simd-threaded.asyncify`;
    env.backends.onnx.wasm.wasmPaths = { mjs: `${name}.mjs`, wasm: `${name}.wasm` };
    env.backends.onnx.wasm.numThreads = 1;
    const tokenizer = await AutoTokenizer.from_pretrained(modelId);
    const model = await AutoModelForSeq2SeqLM.from_pretrained(modelId, { device, dtype: 'fp32' });
    peer = { model, tokenizer, config: parseModelConfig(model.config) };
    return { seconds: (performance.now() - begun) / 1000 };
  },

  async translate({ to, texts, maxTargetTokens }: TranslateRequest): Promise<Translated> {
    if (!peer) throw new Error('The peer was asked to work before it was loaded.');
    const { model, tokenizer, config } = peer;
    const task = config.tasks.translate[to]?.startToken;
    if (task === undefined) throw new Error(`The model does not translate into "${to}".`);
    const gpu = gpuCounts();
    const begun = performance.now();
    const { input_ids, attention_mask } = tokenizer(texts, { padding: true, truncation: true });
    const sourceIds = input_ids.tolist().map((row) => row.map(Number).filter((id) => id !== config.padToken));
    const limits = sourceIds.map(({ length }) => maxTargetTokens ?? Math.min(config.maxTargetTokens, 16 + 2 * length));
    const generating = performance.now();
    const generated = await model.generate({
      inputs: input_ids,
      attention_mask,
      decoder_start_token_id: task,
      max_new_tokens: Math.max(...limits),
      do_sample: false,
      num_beams: 1,
    });
    const generatedAt = performance.now();
    tokenizer.batch_decode(generated, { skip_special_tokens: true });
    const seconds = (performance.now() - begun) / 1000;
    const targetIds = generated.tolist().map((row, index) => {
      const target = row.slice(1).map(Number);
      const end = target.indexOf(config.endToken);
      // It has one limit for the whole batch; what it writes beyond a row's own is not asked for.
      return target.slice(0, Math.min(limits[index]!, end < 0 ? target.length : end + 1));
    });
    return {
      sourceIds,
      targetIds,
      overruled: targetIds.map(() => []),
      seconds,
      modelSeconds: (generatedAt - generating) / 1000,
      gpu: countsSince(gpu),
    };
  },
});
