/** A summary as a page of Markdown: the sentence, what it is of, and the summaries of the parts that it was made from. */
import { plainMarkdown } from '../shared/plainMarkdown.ts';
import { segmentTexts } from '../shared/segments.ts';
import { t } from '../shared/words.ts';
import type { SummaryLevel } from './summaryLevels.ts';

export interface PageSubject {
  /** "Summary of log.py". */
  readonly title: string;
  /** What was read, and what was not: a sentence or two. */
  readonly read: string;
  /** Where in what was read the part from `offset` on stands, for its heading; nothing where that says nothing. */
  readonly placeOf: (offset: number) => string | undefined;
}

/** Of one text. */
export function summaryPage({ title, read, placeOf }: PageSubject, levels: readonly [SummaryLevel, ...SummaryLevel[]]): string {
  const [first] = levels;
  const source = first.sources[0]!;
  const count = source.segments.length;
  const lines = [`# ${plainMarkdown(title)}`, '', plainMarkdown(levels.at(-1)!.targets[0]!.text), ''];
  lines.push(`> ${read}`, '');
  if (count > 1) {
    const told = t('The model read it in {0} parts and then read their summaries, in {1} rounds.', count, levels.length);
    lines.push(`> ${told}`, '', `## ${t('Parts')}`, '');
    segmentTexts(first.targets[0]!).forEach((summary, index) => {
      const { start } = source.segments[index]!;
      const place = placeOf(start);
      lines.push(`### ${index + 1}${place === undefined ? '' : ` · ${plainMarkdown(place)}`}`, '', plainMarkdown(summary), '');
    });
    for (const [index, level] of levels.slice(1, -1).entries()) {
      lines.push(
        `## ${t('Round {0}', index + 2)}`,
        '',
        ...segmentTexts(level.targets[0]!).flatMap((summary) => [`- ${plainMarkdown(summary)}`]),
        '',
      );
    }
  }
  return lines.join('\n');
}
