/** The line that says whether an inspect pass reproduced the produced tokens, that is, whether the maps are of the text on screen. */
import type { Inspection } from '../../src/shared/inspection.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';

const POSITIONS_NAMED = 8;

export function reproduction(inspection: Inspection, seconds: number | undefined): HTMLElement {
  const { overruled, mismatches, target } = inspection;
  const time = seconds === undefined ? undefined : element('span', { class: 'muted' }, ` · ${seconds.toFixed(2)} s`);
  if (mismatches.length === 0) {
    const all = target.length === 1 ? 'its only token' : `all ${target.length} tokens`;
    const some = `${target.length - overruled.length} of ${target.length} tokens, ${overruled.length} chosen over the model’s first choice`;
    const text = overruled.length === 0 ? all : some;
    return element(
      'p',
      { class: 'reproduction', role: 'status', title: 'The inspect pass put out the very tokens of the text.' },
      icon('check'),
      element('span', {}, `Maps reproduce ${text}`, time),
    );
  }
  const named = mismatches.slice(0, POSITIONS_NAMED).join(', ') + (mismatches.length > POSITIONS_NAMED ? ', …' : '');
  const text = `${mismatches.length} of ${target.length} tokens not reproduced: at target position ${named} the model now prefers another token. Read these rows with care.`;
  return element('p', { class: 'reproduction warning', role: 'status' }, icon('warning'), element('span', {}, text, time));
}
