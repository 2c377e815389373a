/** Models of the Hub that are known to be of use here. What they take is asked of the Hub before anything is fetched. */
import { LANGUAGES, type Language } from '../shared/task.ts';

export interface CuratedModel {
  readonly id: string;
  /** In millions. */
  readonly parameters: number;
  /** As its makers name it. */
  readonly licence: string;
  readonly does:
    | { readonly kind: 'translate'; readonly from: Language; readonly to: Language }
    /** Between each two of these, and of others that are not offered here. */
    | { readonly kind: 'translateAmong'; readonly languages: readonly Language[] }
    | { readonly kind: 'summarise'; readonly language: Language };
}

const PAIRS: readonly (readonly [Language, Language])[] = [
  ['en', 'de'],
  ['de', 'en'],
  ['en', 'fr'],
  ['fr', 'en'],
  ['en', 'es'],
  ['es', 'en'],
  ['de', 'fr'],
  ['fr', 'de'],
];

export const CURATED_MODELS: readonly CuratedModel[] = [
  ...PAIRS.map(([from, to]): CuratedModel => ({
    ...{ id: `Xenova/opus-mt-${from}-${to}`, parameters: 74, licence: 'CC-BY-4.0' },
    does: { kind: 'translate', from, to },
  })),
  { id: 'Xenova/m2m100_418M', parameters: 418, licence: 'MIT', does: { kind: 'translateAmong', languages: LANGUAGES } },
  {
    id: 'Xenova/nllb-200-distilled-600M',
    parameters: 600,
    licence: 'CC-BY-NC-4.0',
    does: { kind: 'translateAmong', languages: LANGUAGES },
  },
  { id: 'Xenova/t5-small', parameters: 60, licence: 'Apache-2.0', does: { kind: 'summarise', language: 'en' } },
  { id: 'Xenova/distilbart-cnn-6-6', parameters: 230, licence: 'Apache-2.0', does: { kind: 'summarise', language: 'en' } },
  { id: 'Xenova/bart-large-cnn', parameters: 406, licence: 'MIT', does: { kind: 'summarise', language: 'en' } },
];
