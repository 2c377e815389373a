/** What a model can be chosen for, in words. Knows no model. */
import type { Purpose } from '../models/chooseModel.ts';
import { languageName } from '../shared/task.ts';
import { t } from '../shared/words.ts';

export function purposeName(purpose: Purpose): string {
  switch (purpose.kind) {
    case 'translate':
      return purpose.from === undefined
        ? t('Translate into {0}', languageName(purpose.to))
        : t('Translate from {0} into {1}', languageName(purpose.from), languageName(purpose.to));
    case 'summarise':
      return t('Summarise');
    case 'headline':
      return t('Headlines and commit messages');
    case 'reconstruct':
      return t('Reconstruct');
    case 'text2text':
      return t('What the model does by itself');
  }
}
