/** "Encoder and decoder": the three kinds of model that are in one, each looked at by itself: encoder only, decoder only, and both. Knows no engine. */
import type { Inspection } from '../../src/shared/inspection.ts';
import type { WhatIf } from '../../src/shared/question.ts';
import { t } from '../../src/shared/words.ts';
import { createAsking } from './asking.ts';
import { element } from './element.ts';
import { createEncoderOnly } from './encoderOnly.ts';
import type { EncoderOnly } from './encoderOnly.ts';
import { helpButton } from './help.ts';
import { interventionName } from './interventionName.ts';
import { openedRun } from './openedRun.ts';
import type { OpenedRun } from './openedRun.ts';
import { section } from './section.ts';
import { segmented } from './segmented.ts';
import { decoderAlone, lossWithoutEncoder } from './silencedView.ts';
import { sourceShareStrip } from './sourceShareStrip.ts';

export interface KindsOptions {
  /** What the model writes with the encoder silenced. Undefined where it was stopped; rejects with a message fit for the user. */
  readonly silence: () => Promise<WhatIf | undefined>;
  readonly stop: () => void;
  /** Shows a run's maps in the place of those of the inspection. */
  readonly open: (run: OpenedRun) => void;
}

export interface KindsSection {
  readonly element: HTMLElement;
  /** Begins anew with an inspection of another text. */
  show(inspection: Inspection): void;
}

type Kind = 'encoder' | 'decoder' | 'both';

const kinds = (): readonly { readonly value: Kind; readonly text: string }[] => [
  { value: 'encoder', text: t('Encoder') },
  { value: 'decoder', text: t('Decoder') },
  { value: 'both', text: t('Both') },
];

const says = (): Readonly<Record<Kind, string>> => ({
  encoder: t('An encoder alone, like BERT: it writes nothing, but its states tell what a text is and which words are alike.'),
  decoder: t('A decoder alone, like GPT: with the encoder silenced it writes on from its own tokens, and knows no source.'),
  both: t('Encoder and decoder: each token is written from the source and from what was written before. What each of them is worth:'),
});

/** Without options there is no model to ask: only what an inspection has is shown. */
export function createKindsSection(options?: KindsOptions): KindsSection {
  let inspection: Inspection | undefined;
  let kind: Kind = 'encoder';
  let whatIf: WhatIf | undefined;
  /** Made when the section is first unfolded, and with it its maps. */
  let encoder: EncoderOnly | undefined;
  const asking =
    options &&
    createAsking({
      label: t('Silence the encoder'),
      running: t('Writing'),
      ask: options.silence,
      onFound(found) {
        whatIf = found;
        draw();
        return t('Without the source: {0}', found.inspection.targetText || t('(nothing)'));
      },
      stop: options.stop,
    });
  const openMaps = (): void => {
    if (whatIf !== undefined) options?.open(openedRun(interventionName(whatIf.intervention, whatIf.inspection, []), whatIf));
  };
  const said = element('p', { class: 'muted' });
  const body = element('div', { class: 'kinds-body' });
  const choice = segmented(t('Kind of model'), options ? kinds() : kinds().filter(({ value }) => value !== 'decoder'), (value) => {
    kind = value;
    draw();
  });
  choice.choose(kind);
  const root = section(t('Encoder and decoder'), element('div', { class: 'kinds' }, choice.element, said, body), { onOpen: draw });
  root.classList.add('kinds-section');

  function draw(): void {
    if (!root.open || inspection === undefined) return;
    said.textContent = says()[kind];
    body.replaceChildren(...contentOf(inspection, kind));
  }

  function contentOf(shown: Inspection, kind: Kind): HTMLElement[] {
    const asked = asking === undefined ? [] : [asking.element];
    switch (kind) {
      case 'encoder':
        encoder ??= createEncoderOnly();
        encoder.show(shown);
        return [encoder.element];
      case 'decoder':
        return [...asked, ...(whatIf === undefined ? [] : [decoderAlone(shown, whatIf, openMaps)])];
      case 'both':
        return [
          element('h3', { class: 'overline' }, t('Source or target before'), ' ', helpButton('sourceShare')),
          sourceShareStrip(shown),
          ...(asking === undefined
            ? []
            : [element('h3', { class: 'overline' }, t('Loss without the encoder'), ' ', helpButton('silenced'))]),
          ...asked,
          ...(whatIf === undefined ? [] : [lossWithoutEncoder(shown, whatIf)]),
        ];
    }
  }

  return {
    element: root,
    show(next) {
      inspection = next;
      whatIf = undefined;
      asking?.reset();
      draw();
    },
  };
}
