/** What a task is called while it runs and when it is done. Pure. */
import { LANGUAGE_NAMES } from '../../src/shared/task.ts';
import type { Task } from '../../src/shared/task.ts';

export function taskName(task: Task): { readonly running: string; readonly done: string } {
  switch (task.kind) {
    case 'translate':
      return { running: `Translating to ${LANGUAGE_NAMES[task.to]}`, done: `Translated to ${LANGUAGE_NAMES[task.to]}` };
    case 'summarise':
      return { running: 'Summarising', done: 'Summarised' };
    case 'headline':
      return { running: 'Writing a headline', done: 'Headline written' };
    case 'reconstruct':
      return { running: 'Reconstructing', done: 'Reconstructed' };
    case 'text2text':
      return { running: 'Running the model', done: 'Written by the model' };
  }
}
