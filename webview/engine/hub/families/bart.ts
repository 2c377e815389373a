/** BART and Pegasus: one thing for each checkpoint, which for most is to summarise. */
import { plainBeginning } from '../beginnings.ts';
import { BART_SIZES, type Family } from '../family.ts';

const SUMMARISES = /cnn|xsum|samsum|dialogsum|summar|pegasus|newsroom/i;

export const bart: Family = {
  sizes: BART_SIZES,
  longest: 1024,
  tasks(settings) {
    const plain = plainBeginning(settings);
    return { tasks: { translate: {}, text2text: plain, ...(SUMMARISES.test(settings.modelId) ? { summarise: plain } : {}) } };
  },
};
