/** The forms that a model comes in: how its weights are stored, and how much that is. Knows no server. */
import { hubLayouts, type HubLayout, type Variant } from '../shared/hubLayout.ts';

export interface ModelVariant {
  readonly name: Variant;
  readonly layout: HubLayout;
  readonly bytes: number;
}

/** The files to be had, of one form or of several. */
export interface WantedFiles {
  /** "fp32", "fp32 + q8". */
  readonly name: string;
  /** Inside the model's folder. */
  readonly paths: readonly string[];
  readonly bytes: number;
}

/** As much as most people would wait for and have memory for. */
const FULL_PRECISION_BYTES = 600e6;

/** Those that are whole; the first is the one to be had unless somebody wants another. */
export function variantsOf(files: readonly { readonly path: string; readonly bytes: number }[]): ModelVariant[] {
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const variants = hubLayouts(sizes.keys()).map((layout) => ({
    name: layout.variant,
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

/** What several forms share is had once. */
export function filesOf(
  variants: readonly ModelVariant[],
  files: readonly { readonly path: string; readonly bytes: number }[],
): WantedFiles {
  const paths = new Set(variants.flatMap(({ layout }) => layout.paths));
  const bytes = files.reduce((sum, file) => sum + (paths.has(file.path) ? file.bytes : 0), 0);
  return { name: variants.map(({ name }) => name).join(' + '), paths: [...paths], bytes };
}
