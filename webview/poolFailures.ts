/** What a user is told where the engine was lost, or is not to be had. */
import type { Failure } from '../src/shared/failure.ts';
import { t } from '../src/shared/words.ts';

export const lostAtWork = (): Failure => ({
  kind: 'engineLost',
  message: t('The engine stopped unexpectedly and was started again. Your text is unchanged; run the command again.'),
});
export const notAnswered = (): Failure => ({
  kind: 'engineLost',
  message: t('The engine was started again before it could answer. Ask again.'),
});
export const usedByAnother = (): Failure => ({
  kind: 'badInput',
  message: t('Another model is at work on another text. Ask again when it is done.'),
});
export const restarted = (): Failure => ({
  kind: 'engineLost',
  message: t('The engine was started again with other settings. Run the command again.'),
});
