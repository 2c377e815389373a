/** A run as Markdown, for a message or an issue: the two texts, how their words align and what the model was. Knows no files. */
import { mutualAlignment } from '../attention/wordAlignment.ts';
import { wordsOf } from '../attention/words.ts';
import { MEASURES } from '../attention/measures.ts';
import { attentionMap } from '../inspection.ts';
import { LANGUAGE_NAMES, type Task } from '../task.ts';
import type { SavedModel, SavedRun } from './savedRun.ts';

export function runMarkdown({ model, inspection }: SavedRun): string {
  const { sourceText, targetText, crossAttentions, defaultCrossAttention, task } = inspection;
  const { layer, head, step } = defaultCrossAttention;
  const words = { source: wordsOf(sourceText, inspection.source), target: wordsOf(targetText, inspection.target) };
  const links = mutualAlignment({ weights: attentionMap(crossAttentions, layer, head), ...words, step });
  const rows = links.map((link) => {
    const [source, target] = [words.source[link.source]!.label, words.target[link.target]!.label];
    return `| ${escaped(target)} | ${escaped(source)} | ${link.weight.toFixed(2)} |`;
  });
  return [
    `**${taskTitle(task)}**`,
    quoted(sourceText),
    quoted(targetText),
    ...(rows.length === 0 ? [] : [['| target word | source word | attention |', '|---|---|---:|', ...rows].join('\n')]),
    `${MEASURES.alignment.definition} ${MEASURES.weights.caveat}`,
    creditOf(model, `cross-attention of layer ${layer}, ${head === null ? 'mean of heads' : `head ${head}`}`),
  ]
    .map((block) => `${block}\n`)
    .join('\n');
}

/** What the numbers are of. */
export function creditOf({ id, sha256 }: SavedModel, what?: string): string {
  return `${what === undefined ? '' : `${what[0]!.toUpperCase()}${what.slice(1)}. `}Model ${id}, weights ${sha256.slice(0, 12)}. Made with Saccade.`;
}

export function taskTitle(task: Task): string {
  switch (task.kind) {
    case 'translate':
      return `Translation into ${LANGUAGE_NAMES[task.to]}`;
    case 'summarise':
      return 'Summary';
    case 'headline':
      return 'Headline';
    case 'reconstruct':
      return 'Reconstruction';
    case 'text2text':
      return 'Output of the model';
  }
}

function quoted(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${escaped(line)}`)
    .join('\n');
}

/** With a backslash before what Markdown or HTML would read as its own. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>&|~$]/g, '\\$&')
    .replace(/^(\s*)(#|[-+]\s|\d+(?=[.)]))/, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    );
}
