/** The forms that a model is there in, and the files of each. Knows no device. */
import { hubLayouts, type Variant } from '../src/shared/hubLayout.ts';
import type { PageFile } from '../src/shared/messages.ts';

export interface ModelForms {
  /** Where there is a choice: those that any device runs first, the most exact before the smaller. */
  readonly variants: readonly Variant[];
  /** Undefined where the files do not tell. */
  readonly only: Variant | undefined;
  /** @param variant undefined where there is one form */
  filesOf(variant: Variant | undefined): readonly PageFile[];
}

export function modelForms(files: readonly PageFile[]): ModelForms {
  const layouts = hubLayouts(files.map(({ path }) => path));
  return {
    variants: layouts.length > 1 ? layouts.map(({ variant }) => variant) : [],
    only: layouts.length === 1 ? layouts[0]!.variant : undefined,
    filesOf(variant) {
      const layout = layouts.find((each) => each.variant === variant);
      return layout ? files.filter(({ path }) => layout.paths.includes(path)) : files;
    },
  };
}
