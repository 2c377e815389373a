/** What the kinds of attention, and the rows and columns of their maps, are called in the language of the user. Knows no map. */
import type { RowStep } from '../inspection.ts';
import { t } from '../words.ts';
import type { AttentionKind } from './attentionKind.ts';

export function attentionName(kind: AttentionKind): string {
  switch (kind) {
    case 'cross':
      return t('Cross-attention');
    case 'encoder':
      return t('Encoder self-attention');
    case 'decoder':
      return t('Decoder self-attention');
  }
}

/** In a word, where there is no room for more. */
export function shortAttentionName(kind: AttentionKind): string {
  return { cross: t('Cross'), encoder: t('Encoder'), decoder: t('Decoder') }[kind];
}

/** What rows and columns are. @param step what the decoder's rows are */
export function axesExplanation(kind: AttentionKind, step: RowStep): string {
  switch (kind) {
    case 'cross':
      return step === 'predicts'
        ? t('Rows: target tokens when written (queries). Columns: source tokens (keys).')
        : t('Rows: target tokens when read (queries). Columns: source tokens (keys).');
    case 'encoder':
      return t('Rows: source tokens (queries). Columns: source tokens (keys).');
    case 'decoder':
      return step === 'predicts'
        ? t('Rows: target tokens when written (queries). Columns: tokens read before (keys).')
        : t('Rows: target tokens when read (queries). Columns: tokens read before (keys).');
  }
}
