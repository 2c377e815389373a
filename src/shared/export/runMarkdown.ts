/** A run as Markdown, for a message or an issue: the two texts, how their words align and what the model was. Knows no files. */
import { mutualAlignment } from '../attention/wordAlignment.ts';
import { wordsOf } from '../attention/words.ts';
import { measures } from '../attention/measures.ts';
import { attentionMap } from '../inspection.ts';
import { plainMarkdown } from '../plainMarkdown.ts';
import { languageName, type Task } from '../task.ts';
import { t } from '../words.ts';
import type { SavedModel, SavedRun } from './savedRun.ts';

export function runMarkdown({ model, inspection }: SavedRun): string {
  const { sourceText, targetText, crossAttentions, defaultCrossAttention, task } = inspection;
  const { layer, head, step } = defaultCrossAttention;
  const words = { source: wordsOf(sourceText, inspection.source), target: wordsOf(targetText, inspection.target) };
  const links = mutualAlignment({ weights: attentionMap(crossAttentions, layer, head), ...words, step });
  const rows = links.map((link) => {
    const [source, target] = [words.source[link.source]!.label, words.target[link.target]!.label];
    return `| ${plainMarkdown(target)} | ${plainMarkdown(source)} | ${link.weight.toFixed(2)} |`;
  });
  return [
    `**${taskTitle(task)}**`,
    quoted(sourceText),
    quoted(targetText),
    ...(rows.length === 0
      ? []
      : [[`| ${t('target word')} | ${t('source word')} | ${t('attention')} |`, '|---|---|---:|', ...rows].join('\n')]),
    `${measures().alignment.definition} ${measures().weights.caveat}`,
    `${head === null ? t('Cross-attention of layer {0}, mean of heads.', layer) : t('Cross-attention of layer {0}, head {1}.', layer, head)} ${creditOf(model)}`,
  ]
    .map((block) => `${block}\n`)
    .join('\n');
}

/** What the numbers are of. */
export function creditOf({ id, sha256 }: SavedModel): string {
  return t('Model {0}, weights {1}. Made with Saccade.', id, sha256.slice(0, 12));
}

export function taskTitle(task: Task): string {
  switch (task.kind) {
    case 'translate':
      return t('Translation into {0}', languageName(task.to));
    case 'summarise':
      return t('Summary');
    case 'headline':
      return t('Headline');
    case 'reconstruct':
      return t('Reconstruction');
    case 'text2text':
      return t('Output of the model');
  }
}

function quoted(text: string): string {
  return plainMarkdown(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
