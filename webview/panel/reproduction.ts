/** The line that says whether an inspect pass reproduced the produced tokens, that is, whether the maps are of the text on screen. */
import type { Inspection } from '../../src/shared/inspection.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';

const POSITIONS_NAMED = 8;

export function reproduction(inspection: Inspection, seconds: number | undefined): HTMLElement {
  const { overruled, mismatches, target } = inspection;
  const time = seconds === undefined ? undefined : element('span', { class: 'muted' }, ` · ${seconds.toFixed(2)} s`);
  if (mismatches.length === 0) {
    const all = target.length === 1 ? t('Maps reproduce its only token') : t('Maps reproduce all {0} tokens', target.length);
    const some = t(
      'Maps reproduce {0} of {1} tokens, {2} chosen over the model’s first choice',
      target.length - overruled.length,
      target.length,
      overruled.length,
    );
    const text = overruled.length === 0 ? all : some;
    return element(
      'p',
      { class: 'reproduction', role: 'status', title: t('The inspect pass put out the very tokens of the text.') },
      icon('check'),
      element('span', {}, text, time),
    );
  }
  const named = mismatches.slice(0, POSITIONS_NAMED).join(', ') + (mismatches.length > POSITIONS_NAMED ? ', …' : '');
  const text =
    mismatches.length === 1
      ? t(
          '1 of {0} tokens not reproduced: at target position {1} the model now prefers another token. Read this row with care.',
          target.length,
          named,
        )
      : t(
          '{0} of {1} tokens not reproduced: at target positions {2} the model now prefers other tokens. Read these rows with care.',
          mismatches.length,
          target.length,
          named,
        );
  return element('p', { class: 'reproduction warning', role: 'status' }, icon('warning'), element('span', {}, text, time));
}
