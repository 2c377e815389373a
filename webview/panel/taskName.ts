/** What a task is called while it runs and when it is done. Pure. */
import { languageName } from '../../src/shared/task.ts';
import type { Task } from '../../src/shared/task.ts';
import { t } from '../../src/shared/words.ts';

export function taskName(task: Task): { readonly running: string; readonly done: string } {
  switch (task.kind) {
    case 'translate':
      return { running: t('Translating to {0}', languageName(task.to)), done: t('Translated to {0}', languageName(task.to)) };
    case 'summarise':
      return { running: t('Summarising'), done: t('Summarised') };
    case 'headline':
      return { running: t('Writing a headline'), done: t('Headline written') };
    case 'reconstruct':
      return { running: t('Reconstructing'), done: t('Reconstructed') };
    case 'text2text':
      return { running: t('Running the model'), done: t('Written by the model') };
  }
}
