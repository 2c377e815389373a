/** The forms that a model comes in: how its weights are stored, and how much that is. Knows no server. */
import { hubLayouts, type HubLayout, type Variant } from '../shared/hubLayout.ts';

export interface ModelVariant {
  readonly name: string;
  readonly layout: HubLayout;
  readonly bytes: number;
}

const NAMES: Readonly<Record<Variant, string>> = {
  '': 'fp32',
  ...{ _fp16: 'fp16', _quantized: 'q8', _int8: 'int8', _uint8: 'uint8', _q4: 'q4', _q4f16: 'q4f16', _bnb4: 'bnb4' },
};

/** As much as most people would wait for and have memory for. */
const FULL_PRECISION_BYTES = 600e6;

/** Those that are whole; the first is the one to be had unless somebody wants another. */
export function variantsOf(files: readonly { readonly path: string; readonly bytes: number }[]): ModelVariant[] {
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const variants = hubLayouts(sizes.keys()).map((layout) => ({
    name: NAMES[layout.variant],
    layout,
    bytes: layout.paths.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0),
  }));
  // In their order all that any device runs come first, the most exact before the smaller.
  const small = variants.findIndex(({ name, bytes }) => name === 'fp32' && bytes <= FULL_PRECISION_BYTES);
  const chosen =
    small >= 0
      ? small
      : Math.max(
          0,
          variants.findIndex(({ name }) => name !== 'fp32'),
        );
  return variants.length === 0 ? [] : [variants[chosen]!, ...variants.filter((_, index) => index !== chosen)];
}
