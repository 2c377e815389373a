/** T5, FLAN-T5 and mT5: a task is told in words in front of the source. */
import { LANGUAGE_NAMES, type Language } from '../../../../src/shared/task.ts';
import { byLanguage, plainBeginning } from '../beginnings.ts';
import type { Family } from '../family.ts';

/** The others are none that it was told of. */
const TOLD: readonly Language[] = ['en', 'de', 'fr', 'es'];

export const t5: Family = {
  sizes: {
    hiddenSize: 'd_model',
    encoderLayers: 'num_layers',
    decoderLayers: 'num_decoder_layers',
    encoderHeads: 'num_heads',
    decoderHeads: 'num_heads',
  },
  // Its positions are relative, so that it reads more; it was trained on so many.
  longest: 512,
  tasks(settings) {
    const plain = plainBeginning(settings);
    const isMultilingual = settings.config.optional('model_type', (fields) => fields.text('model_type')) === 'mt5';
    // mT5 was trained on no task: whatever it does, it was tuned for.
    if (isMultilingual) return { tasks: { translate: {}, text2text: plain } };
    const told = (words: string): typeof plain => ({ ...plain, sourcePrefix: words });
    return {
      tasks: {
        translate: byLanguage((language) =>
          TOLD.includes(language)
            ? told(`translate ${language === 'en' ? 'German' : 'English'} to ${LANGUAGE_NAMES[language]}: `)
            : undefined,
        ),
        summarise: told('summarize: '),
        text2text: plain,
      },
    };
  },
};
