/** Which files of a folder in Hugging Face layout make a model. Knows names, not what is in the files. */
import { SaccadeError } from './failure.ts';
import { t } from './words.ts';

/** The ends of file names by how the weights are stored; those that any device runs first, the most exact before the smaller. */
const SUFFIXES = {
  ...{ fp32: '', q8: '_quantized', int8: '_int8', uint8: '_uint8', q4: '_q4' },
  ...{ fp16: '_fp16', q4f16: '_q4f16', bnb4: '_bnb4' },
} as const;

/** How the weights of a model are stored. */
export type Variant = keyof typeof SUFFIXES;

/** Whether numbers of this kind round the weights so far that scores move. */
export function isQuantized(variant: Variant): boolean {
  return variant !== 'fp32' && variant !== 'fp16';
}

export type DecoderFiles =
  /** One graph with a branch for the first step and one for those after it. */
  | { readonly kind: 'merged'; readonly merged: string }
  /** One graph for the first step, one for those after it. */
  | { readonly kind: 'pair'; readonly first: string; readonly further: string }
  /** No cache: every step reads the whole target again. */
  | { readonly kind: 'whole'; readonly first: string };

export interface HubLayout {
  readonly variant: Variant;
  readonly encoder: string;
  readonly decoder: DecoderFiles;
  /** The decoder without a cache, from which maps are read: by itself or as a branch. */
  readonly inspected: string;
  /** All paths that the engine reads. */
  readonly paths: readonly string[];
}

export const HUB_SETTINGS = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;

/** The largest tokenizer.json in use, of NLLB and mT5, has some 33 MB. */
export const LARGEST_SETTING_BYTES = 64 * 2 ** 20;

/** Whether the folder has graphs named as exporters of the Hub name them. */
export function isHubLayout(paths: Iterable<string>): boolean {
  return [...paths].some((path) => /^onnx\/encoder_model(_[a-z0-9]+)?\.onnx$/.test(path));
}

/**
 * The first of the variants that are whole.
 * @param paths inside the model's folder
 * @throws SaccadeError of kind "badModel" where none is
 */
export function hubLayout(paths: Iterable<string>): HubLayout {
  const [first] = hubLayouts(paths);
  if (first) return first;
  throw new SaccadeError(
    'badModel',
    t(
      'The folder has no whole model: it needs onnx/encoder_model.onnx and onnx/decoder_model_merged.onnx, or decoder_model.onnx beside it.',
    ),
  );
}

/**
 * The variants that are whole, those that any device runs first.
 * @param paths inside the model's folder
 */
export function hubLayouts(paths: Iterable<string>): HubLayout[] {
  const present = new Set(paths);
  return (Object.keys(SUFFIXES) as Variant[]).flatMap((variant) => {
    const [encoder, merged, first, further] = ['encoder_model', 'decoder_model_merged', 'decoder_model', 'decoder_with_past_model'].map(
      (name) => `onnx/${name}${SUFFIXES[variant]}.onnx`,
    ) as [string, string, string, string];
    if (!present.has(encoder)) return [];
    const decoder = ((): DecoderFiles | undefined => {
      if (present.has(merged)) return { kind: 'merged', merged };
      if (present.has(first) && present.has(further)) return { kind: 'pair', first, further };
      return present.has(first) ? { kind: 'whole', first } : undefined;
    })();
    if (!decoder) return [];
    const inspected = decoder.kind === 'merged' ? decoder.merged : decoder.first;
    const graphs = [encoder, ...Object.values(decoder).filter((path) => path.endsWith('.onnx'))];
    const external = [...present].filter((path) => graphs.some((graph) => path.startsWith(`${graph}_data`)));
    const paths = [...HUB_SETTINGS.filter((path) => present.has(path)), ...graphs, ...external];
    return [{ variant, encoder, decoder, inspected, paths }];
  });
}
