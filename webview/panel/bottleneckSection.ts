/** "Bottleneck": what the decoder still says when it reads fewer of the encoder's states, or less of each. Knows no engine. */
import type { Inspection } from '../../src/shared/inspection.ts';
import type { EncoderUse } from '../../src/shared/intervention.ts';
import type { Bottleneck, WhatIf } from '../../src/shared/question.ts';
import { meanLogProbability } from '../../src/shared/runDifference.ts';
import { t } from '../../src/shared/words.ts';
import { createAsking } from './asking.ts';
import { element } from './element.ts';
import { createFoldedTable } from './figuresTable.ts';
import { helpButton } from './help.ts';
import { createLossCurve, lossTable } from './lossCurve.ts';
import type { Kept } from './lossCurve.ts';
import { signed, textDifference, tokenLosses } from './runComparison.ts';
import { section } from './section.ts';
import { segmented } from './segmented.ts';
import { tokenName } from './tokenRow.ts';

export interface BottleneckOptions {
  /** Undefined where it was stopped; rejects with a message fit for the user. */
  readonly measure: (counts: readonly number[]) => Promise<Bottleneck | undefined>;
  /** The same of what is written under it. */
  readonly write: (encoder: EncoderUse) => Promise<WhatIf | undefined>;
  readonly stop: () => void;
}

export interface BottleneckSection {
  readonly element: HTMLElement;
  /** Begins anew with an inspection of another text. */
  show(inspection: Inspection): void;
}

/** Each is a pass of the decoder for states and one for components. */
const MOST_COUNTS = 25;
const NAMED_STATES = 8;

interface Measured {
  readonly inspection: Inspection;
  readonly bottleneck: Bottleneck;
}

export function createBottleneckSection({ measure, write, stop }: BottleneckOptions): BottleneckSection {
  let inspection: Inspection | undefined;
  let measured: Measured | undefined;
  let kept: Kept = 'states';
  /** Which of the points. */
  let at = 0;

  const measuring = createAsking({
    label: t('Measure'),
    running: t('Measuring'),
    ask: () => measure(countsUpTo(inspection!.source.length)),
    onFound(bottleneck) {
      measured = { inspection: inspection!, bottleneck };
      at = Math.floor(bottleneck.points.length / 2);
      table.show(() => lossTable(lossesOf(bottleneck)));
      draw();
      return '';
    },
    stop,
  });
  const choice = segmented(
    t('What is kept'),
    [
      { value: 'states', text: t('States') },
      { value: 'components', text: t('Components') },
    ],
    (value) => {
      kept = value;
      draw();
    },
  );
  const slider = element('input', { type: 'range', class: 'slider bottleneck-slider', step: '1', 'aria-label': t('How many are kept') });
  slider.addEventListener('input', () => {
    at = Number(slider.value);
    draw();
  });
  const curve = createLossCurve();
  const table = createFoldedTable();
  const told = element('p', { class: 'bottleneck-told figures' });
  const names = element('p', { class: 'muted' });
  const losses = element('div');
  const difference = element('div');
  const writing = createAsking({
    label: t('Write'),
    running: t('Writing'),
    ask: async () => {
      const name = amount();
      const written = await write(encoderUse());
      return written && { name, inspection: written.inspection };
    },
    onFound({ name, inspection: written }) {
      difference.replaceChildren(textDifference(inspection!, written));
      return t('With {0}: {1}', name, written.targetText || t('(nothing)'));
    },
    stop,
  });
  const found = element(
    'div',
    { class: 'bottleneck-found' },
    choice.element,
    slider,
    told,
    curve.element,
    table.element,
    element('h3', { class: 'overline' }, t('What is lost'), ' ', helpButton('bottleneck')),
    names,
    element('p', { class: 'muted' }, t('How the log-probability of each token of the text changes, in nats.')),
    losses,
    element('h3', { class: 'overline' }, t('What it writes')),
    writing.element,
    difference,
  );
  const content = element(
    'div',
    { class: 'bottleneck' },
    element(
      'p',
      { class: 'muted' },
      t(
        'The decoder reads only some of the encoder’s states, those with most cross-attention first, or all of them on their leading principal components.',
      ),
    ),
    measuring.element,
    found,
  );
  const root = section(t('Bottleneck'), content);
  root.classList.add('bottleneck-section');

  function encoderUse(): EncoderUse {
    const { mostAttended, points } = measured!.bottleneck;
    const { count } = points[at]!;
    return kept === 'states' ? { kind: 'states', positions: mostAttended.slice(0, count) } : { kind: 'components', count };
  }

  function amount(): string {
    const { count } = measured!.bottleneck.points[at]!;
    if (kept === 'states') return count === 1 ? t('1 state') : t('{0} states', count);
    return count === 1 ? t('1 component') : t('{0} components', count);
  }

  function draw(): void {
    found.hidden = measured === undefined;
    if (measured === undefined) return;
    const { inspection: original, bottleneck } = measured;
    const { mostAttended, points } = bottleneck;
    const least = points.findIndex((point) => point[kept] !== undefined);
    at = Math.max(least, at);
    slider.min = String(least);
    slider.max = String(points.length - 1);
    slider.value = String(at);
    choice.choose(kept);
    const point = points[at]!;
    const whole = -meanLogProbability(original.logProbabilities);
    const shown = lossesOf(bottleneck);
    const loss = shown[at]![kept]!;
    told.textContent = t(
      '{0} of {1}: {2} nats a token, {3} against everything',
      amount(),
      mostAttended.length,
      loss.toFixed(2),
      signed(loss - whole),
    );
    slider.setAttribute('aria-valuetext', told.textContent);
    names.hidden = kept !== 'states';
    names.textContent = keptStates(original, mostAttended.slice(0, point.count));
    curve.show({ points: shown, chosen: shown[at]!, kept, whole });
    losses.replaceChildren(tokenLosses(original, point[kept]!));
    writing.rename(t('Write with {0}', amount()));
  }

  return {
    element: root,
    show(next) {
      inspection = next;
      measured = undefined;
      measuring.reset();
      writing.reset();
      difference.replaceChildren();
      draw();
    },
  };
}

/** All from 0, or as many as are quick to measure, evenly spread. */
function countsUpTo(most: number): number[] {
  const steps = Math.min(most, MOST_COUNTS - 1);
  return Array.from({ length: steps + 1 }, (_, step) => Math.round((step * most) / steps));
}

function lossesOf({ points }: Bottleneck): { count: number; states: number | undefined; components: number }[] {
  return points.map(({ count, states, components }) => ({
    count,
    states: states && -meanLogProbability(states),
    components: -meanLogProbability(components),
  }));
}

function keptStates({ source }: Inspection, positions: readonly number[]): string {
  const named = positions.slice(0, NAMED_STATES).map((position) => `“${tokenName(source[position]!)}”`);
  const rest = positions.length - named.length;
  return rest > 0
    ? t('Kept, most attended first: {0} and {1} more.', named.join(', '), rest)
    : t('Kept, most attended first: {0}.', named.join(', '));
}
