/** What the linear heads on the encoder's states answer: the language of the text, and of each token whether it is prose, code or a name. */
import type { HeadAnswers, Inspection } from '../../src/shared/inspection.ts';
import { isLanguage, languageName } from '../../src/shared/task.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { foldedTable } from './figuresTable.ts';
import { helpButton } from './help.ts';
import { segmented } from './segmented.ts';
import { tokenFigures, tokenName } from './tokenRow.ts';

export interface HeadAnswersView {
  readonly element: HTMLElement;
  show(inspection: Pick<Inspection, 'source' | 'language' | 'classes'>): void;
}

export function createHeadAnswersView(): HeadAnswersView {
  const languages = element('ul', { class: 'answers', 'aria-label': t('Language of the source') });
  const classes = element('div', { class: 'answers-classes' });
  const root = element(
    'div',
    { class: 'head-answers' },
    element('h3', { class: 'overline' }, t('Language'), ' ', helpButton('headAnswers')),
    languages,
    element('h3', { class: 'overline' }, t('Prose, code or identifier')),
    classes,
  );
  return {
    element: root,
    show({ source, language, classes: answers }) {
      root.hidden = language.names.length === 0;
      if (root.hidden) return;
      languages.replaceChildren(...language.names.map((name, index) => answer(name, language.probabilities[index]!)));
      classes.replaceChildren(...classesOf(source, answers));
    },
  };
}

function answer(name: string, probability: number): HTMLElement {
  const made = element(
    'li',
    { class: 'answer' },
    element('span', {}, answerName(name)),
    element('span', { class: 'alternative-bar', 'aria-hidden': 'true' }),
    element('span', { class: 'figures' }, percent(probability)),
  );
  made.style.setProperty('--share', probability.toFixed(3));
  return made;
}

function classesOf(source: Inspection['source'], { names, probabilities }: HeadAnswers): HTMLElement[] {
  const ofToken = (position: number): Float32Array => probabilities.subarray(position * names.length, (position + 1) * names.length);
  const row = element('div');
  const draw = (shaded: string): void => {
    const column = names.indexOf(shaded);
    const tokens = source.map(({ label }, position) => {
      const likeliest = ofToken(position).reduce((best, value, index, all) => (value > all[best]! ? index : best), 0);
      return { label, share: ofToken(position)[column]!, figure: answerName(names[likeliest]!) };
    });
    row.replaceChildren(
      tokenFigures(t('Likeliest class of each source token, shaded by how likely it is {0}', answerName(shaded)), tokens),
    );
  };
  const shade = segmented(
    t('Shaded by how likely a token is'),
    names.map((name) => ({ value: name, text: answerName(name) })),
    draw,
  );
  // Prose is what is expected: the rest is worth the shade.
  const [, first = names[0]!] = names;
  shade.choose(first);
  draw(first);
  const table = foldedTable(() => ({
    caption: t('How likely each source token is of each class'),
    columns: [t('Token'), ...names.map(answerName)],
    rows: source.map((token, position) => [tokenName(token), ...Array.from(ofToken(position), percent)]),
  }));
  return [
    element('p', { class: 'muted' }, t('Below each token what it most likely is; shaded by how likely it is:')),
    shade.element,
    row,
    table,
  ];
}

/** A head's answer in the user's language; an answer that only the model knows is told as the model names it. */
function answerName(answer: string): string {
  if (isLanguage(answer)) return languageName(answer);
  const names: Readonly<Record<string, string>> = { other: t('Other'), prose: t('Prose'), code: t('Code'), identifier: t('Identifier') };
  return names[answer] ?? answer;
}

function percent(probability: number): string {
  return `${(100 * probability).toFixed(0)} %`;
}
