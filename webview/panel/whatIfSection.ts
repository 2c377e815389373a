/** "What if": heads out, a source token hidden, another token forced, the encoder silenced; runs under that, kept and compared. Knows no engine. */
import type { Alternative, Inspection } from '../../src/shared/inspection.ts';
import { changesNothing, isSameHead, NO_INTERVENTION } from '../../src/shared/intervention.ts';
import type { Intervention } from '../../src/shared/intervention.ts';
import type { WhatIf } from '../../src/shared/question.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { createHeadSwitches } from './headSwitches.ts';
import { interventionName } from './interventionName.ts';
import type { OpenedRun } from './openedRun.ts';
import { createRunHistory } from './runHistory.ts';
import { section } from './section.ts';
import { segmented } from './segmented.ts';
import { tokenButtons, tokenName } from './tokenRow.ts';
import { button, progressRing } from './toolkit.ts';

export interface WhatIfOptions {
  /** Undefined where it was stopped; rejects with a message fit for the user. */
  readonly run: (intervention: Intervention) => Promise<WhatIf | undefined>;
  readonly stop: () => void;
  /** Shows a run's maps in the place of those of the run that the others set out from; undefined: those again. */
  readonly open: (run: OpenedRun | undefined) => void;
}

export interface WhatIfSection {
  readonly element: HTMLElement;
  /** Begins anew with an inspection of another text. */
  show(inspection: Inspection): void;
}

/** A beginning of the target that ends with a token that the model did not choose. */
interface Forced {
  readonly position: number;
  readonly alternative: Alternative;
}

export function createWhatIfSection({ run, stop, open: openMaps }: WhatIfOptions): WhatIfSection {
  let inspection: Inspection | undefined;
  let draft = NO_INTERVENTION;
  let forced: Forced | undefined;
  /** The target position whose alternatives are shown. */
  let open: number | undefined;
  let running = 0;

  const heads = createHeadSwitches((place) => {
    const others = draft.knockedOut.filter((other) => !isSameHead(place, other));
    const isOut = others.length < draft.knockedOut.length;
    change({ knockedOut: isOut ? others : [...draft.knockedOut, place] });
  });
  const source = element('div');
  const target = element('div');
  const encoder = segmented(
    t('Encoder'),
    [
      { value: 'whole', text: t('Whole') },
      { value: 'silenced', text: t('Silenced') },
    ],
    (kind) => change({ encoder: { kind } }),
  );
  const told = element('p', { class: 'what-if-told', role: 'status' });
  const actions = element('div', { class: 'what-if-actions' });
  const history = createRunHistory(openMaps);
  const part = (title: string, hint: string, ...content: HTMLElement[]): HTMLElement =>
    element(
      'div',
      { class: 'what-if-part' },
      element('h3', { class: 'what-if-title' }, title),
      element('p', { class: 'muted' }, hint),
      ...content,
    );
  const content = element(
    'div',
    { class: 'what-if' },
    part(t('Knock out heads'), t('Rows are layers. A head that is out adds nothing to its layer.'), heads.element),
    part(t('Hide a source token'), t('Nothing attends to it.'), source),
    part(t('Force another token'), t('Choose a token to see what else was likely there; the model writes on from it.'), target),
    part(t('Encoder'), t('Silenced, the decoder writes from its own tokens alone.'), encoder.element),
    actions,
    told,
    history.element,
  );
  const root = section(t('What if'), content);
  root.classList.add('what-if-section');

  function intervention(): Intervention {
    const written = inspection?.target.slice(0, forced?.position).map(({ id }) => id) ?? [];
    return { ...draft, forcedPrefix: forced === undefined ? [] : [...written, forced.alternative.id] };
  }

  function change(part: Partial<Intervention>): void {
    draft = { ...draft, ...part };
    draw();
  }

  function nameOf(chosen: Intervention): string {
    const labels = chosen.forcedPrefix.map((_, position) => {
      return position === forced?.position ? forced.alternative.label : (inspection?.target[position]?.label ?? '');
    });
    return interventionName(chosen, inspection!, labels);
  }

  function draw(): void {
    if (inspection === undefined) return;
    heads.show(inspection, draft.knockedOut);
    keepFocus(source, sourceTokens(inspection));
    keepFocus(target, targetTokens(inspection), ...(open === undefined ? [] : [alternatives(inspection, open)]));
    encoder.choose(draft.encoder.kind === 'silenced' ? 'silenced' : 'whole');
    drawActions();
  }

  function sourceTokens({ source: tokens }: Inspection): HTMLElement {
    const { maskedSource } = draft;
    return tokenButtons(
      t('Source tokens'),
      'crossed',
      tokens.map((token, position) => ({
        ...token,
        action: t('Hide'),
        isPressed: maskedSource.includes(position),
        onPress() {
          const rest = maskedSource.filter((other) => other !== position);
          const masked = rest.length < maskedSource.length ? rest : [...rest, position].sort((one, other) => one - other);
          if (masked.length < tokens.length) change({ maskedSource: masked });
          else told.textContent = t('One token at least must stay.');
        },
      })),
    );
  }

  function targetTokens({ target: tokens }: Inspection): HTMLElement {
    const shown =
      forced === undefined
        ? tokens
        : [...tokens.slice(0, forced.position), { ...tokens[forced.position]!, label: forced.alternative.label }];
    return tokenButtons(
      t('Target tokens'),
      'forced',
      shown.map((token, position) => ({
        ...token,
        action: t('Alternatives'),
        isPressed: position === (open ?? forced?.position),
        onPress() {
          open = open === position ? undefined : position;
          draw();
        },
      })),
    );
  }

  function alternatives({ alternatives: all, target: tokens }: Inspection, position: number): HTMLElement {
    const items = (all[position] ?? []).map((alternative) => {
      const isForced = forced?.position === position && forced.alternative.id === alternative.id;
      const isWritten = tokens[position]!.id === alternative.id;
      const made = element(
        'button',
        { type: 'button', class: 'alternative', 'aria-pressed': String(isForced) },
        element('bdi', { class: 'alternative-label' }, tokenName(alternative)),
        element('span', { class: 'alternative-bar', 'aria-hidden': 'true' }),
        element('span', { class: 'figures' }, percent(alternative.logProbability)),
        isWritten ? element('span', { class: 'muted' }, t('written')) : undefined,
      );
      made.style.setProperty('--share', Math.exp(alternative.logProbability).toFixed(3));
      made.addEventListener('click', () => {
        forced = isForced ? undefined : { position, alternative };
        draw();
      });
      return element('li', {}, made);
    });
    return element('ol', { class: 'alternatives', 'aria-label': t('Likeliest tokens at position {0}', position) }, ...items);
  }

  function drawActions(): void {
    const chosen = intervention();
    const isNothing = changesNothing(chosen);
    if (running > 0) {
      actions.replaceChildren(progressRing(t('Writing')), element('span', {}, t('Writing…')), button(t('Stop'), 'secondary', stop));
      return;
    }
    const start = button(t('Run'), 'primary', () => void write(chosen));
    if (isNothing) start.setAttribute('disabled', '');
    const reset = button(t('Reset'), 'secondary', () => {
      forced = undefined;
      open = undefined;
      change(NO_INTERVENTION);
    });
    if (isNothing) reset.setAttribute('disabled', '');
    actions.replaceChildren(
      start,
      reset,
      element('span', { class: 'muted what-if-draft' }, isNothing ? t('Nothing is changed yet.') : nameOf(chosen)),
    );
  }

  async function write(chosen: Intervention): Promise<void> {
    const [name, of] = [nameOf(chosen), inspection];
    running++;
    told.textContent = '';
    drawActions();
    try {
      const written = await run(chosen);
      if (inspection !== of) return;
      if (written === undefined) told.textContent = t('Stopped.');
      else {
        const { inspection: found, originalLogProbabilities } = written;
        history.add({ name, intervention: chosen, inspection: found, originalLogProbabilities });
        told.textContent = t('Written: {0}', found.targetText || t('(nothing)'));
      }
    } catch (error) {
      if (inspection === of) told.textContent = error instanceof Error ? error.message : String(error);
    } finally {
      running--;
      drawActions();
    }
  }

  return {
    element: root,
    show(next) {
      inspection = next;
      draft = NO_INTERVENTION;
      forced = undefined;
      open = undefined;
      told.textContent = '';
      history.begin({ name: t('As it was'), intervention: NO_INTERVENTION, inspection: next, originalLogProbabilities: undefined });
      draw();
    },
  };
}

/** Replaces what is in `place`; the button that had the focus has it again. */
function keepFocus(place: HTMLElement, ...children: HTMLElement[]): void {
  const focused = [...place.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement);
  place.replaceChildren(...children);
  [...place.querySelectorAll('button')][focused]?.focus();
}

function percent(logProbability: number): string {
  const share = 100 * Math.exp(logProbability);
  return share < 0.1 ? '< 0.1 %' : `${share.toFixed(share < 10 ? 1 : 0)} %`;
}
