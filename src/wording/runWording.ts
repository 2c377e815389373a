/** Completes a run's order with what the user wants its translations to say: terms, and what was corrected before. Knows no engine. */
import * as vscode from 'vscode';
import type { Wording } from '../runWithProgress.ts';
import { usesTranslationMemory } from '../settings.ts';
import { t } from '../shared/words.ts';
import type { Corrections } from './corrections.ts';
import type { Glossaries } from './glossaries.ts';
import type { RememberedTarget, TranslationMemory } from './translationMemory.ts';

export function runWording(glossaries: Glossaries, memory: TranslationMemory, corrections: Corrections): Wording {
  return {
    async completed(order, scope) {
      const { task, segments } = order;
      if (task.kind !== 'translate') return order;
      await corrections.lookEverywhere();
      const terms = await glossaries.termsFor(scope, task.to, segments);
      const known =
        order.remembered || !usesTranslationMemory() ? new Map<string, RememberedTarget>() : await memory.targetsOf(segments, task.to);
      const remembered = [...known].map(([source, { target }]) => ({ source, target }));
      const adapted = [...known.values()].filter(({ isAdapted }) => isAdapted).length;
      if (remembered.length > 0) {
        const told =
          adapted === 0
            ? t('$(history) Saccade: sentences from your translation memory: {0}', remembered.length)
            : t(
                '$(history) Saccade: sentences from your translation memory: {0}, of them with other numbers or names: {1}',
                remembered.length,
                adapted,
              );
        vscode.window.setStatusBarMessage(told, 10_000);
      }
      return { ...order, terms, remembered };
    },
  };
}
