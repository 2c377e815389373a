/** The few names of the peer that the bench uses: its own types are there only once the bench has installed it. */
declare module '@huggingface/transformers' {
  export class Tensor {
    constructor(type: 'int64', data: BigInt64Array, dims: readonly number[]);
    tolist(): bigint[][];
  }
  export interface TokenizedBatch {
    readonly input_ids: Tensor;
    readonly attention_mask: Tensor;
  }
  export interface Tokenizer {
    (texts: readonly string[], options: { readonly padding: boolean; readonly truncation: boolean }): TokenizedBatch;
    batch_decode(ids: Tensor, options: { readonly skip_special_tokens: boolean }): string[];
  }
  export interface Seq2SeqModel {
    generate(options: {
      readonly inputs: Tensor;
      readonly attention_mask: Tensor;
      readonly decoder_start_token_id: number;
      readonly max_new_tokens: number;
      readonly do_sample: false;
      readonly num_beams: 1;
    }): Promise<Tensor>;
    readonly config: { readonly eos_token_id: number; readonly pad_token_id: number } & Readonly<Record<string, unknown>>;
  }
  export const AutoTokenizer: { from_pretrained(modelId: string): Promise<Tokenizer> };
  export const AutoModelForSeq2SeqLM: {
    from_pretrained(modelId: string, options: { readonly device: string; readonly dtype: string }): Promise<Seq2SeqModel>;
  };
  export const env: {
    allowRemoteModels: boolean;
    allowLocalModels: boolean;
    localModelPath: string;
    useBrowserCache: boolean;
    useWasmCache: boolean;
    readonly backends: { readonly onnx: { readonly wasm: { wasmPaths: { mjs: string; wasm: string }; numThreads: number } } };
  };
}

/** The same interface as onnxruntime-web. */
declare module 'onnxruntime-node' {
  export { InferenceSession, Tensor } from 'onnxruntime-web';
}
