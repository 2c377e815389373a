/** Which of the installed models does a task: what the user chose for it, else the bundled one. Knows no files. */
import { SaccadeError } from '../shared/failure.ts';
import { LANGUAGES, type Language, type Task, type TaskKind } from '../shared/task.ts';
import { t } from '../shared/words.ts';
import type { CatalogModel } from './catalog.ts';

/** Model ids by what they are chosen for: "translate", "translate:de", "translate:en-de", "summarise", … */
export type ModelDefaults = Readonly<Record<string, string>>;

/** Something that a model can be chosen for. */
export type Purpose =
  | { readonly kind: 'translate'; readonly from?: Language | undefined; readonly to: Language }
  | { readonly kind: Exclude<TaskKind, 'translate'> };

export function purposeKey(purpose: Purpose): string {
  if (purpose.kind !== 'translate') return purpose.kind;
  return `translate:${purpose.from === undefined ? '' : `${purpose.from}-`}${purpose.to}`;
}

/** What a model can be chosen for. */
export function purposesOf({ tasks, directions }: Pick<CatalogModel, 'tasks' | 'directions'>): Purpose[] {
  const others = tasks.flatMap((kind) => (kind === 'translate' || kind === 'text2text' ? [] : [{ kind }]));
  return [...directions.map(({ from, to }) => ({ kind: 'translate' as const, from, to })), ...others];
}

/**
 * @param models the bundled one first
 * @param from undefined where nobody knows it: then the only choice for a pair into the language holds
 * @throws SaccadeError of kind "badModel" where the chosen one is gone or cannot do it
 */
export function chooseModel<Model extends { readonly model: CatalogModel }>(
  models: readonly Model[],
  defaults: ModelDefaults,
  task: Task,
  from: Language | undefined,
): Model {
  const id = keysFor(task, from, defaults)
    .map((key) => defaults[key])
    .find((chosen) => chosen !== undefined);
  if (id === undefined) return models[0]!;
  const chosen = models.find(({ model }) => model.id === id);
  if (!chosen) {
    throw new SaccadeError(
      'badModel',
      t(
        'The model {0}, which you chose for this, is not there any more. Add it again, or choose another by the command Manage Models.',
        id,
      ),
    );
  }
  if (does(chosen.model, task, from)) return chosen;
  throw new SaccadeError('badModel', t('The model {0} cannot do this. Choose another by the command Manage Models.', id));
}

/** The most particular first. */
function keysFor(task: Task, from: Language | undefined, defaults: ModelDefaults): string[] {
  if (task.kind !== 'translate') return [task.kind];
  const { to } = task;
  const pairs = (from === undefined ? LANGUAGES : [from]).map((each) => purposeKey({ kind: 'translate', from: each, to }));
  const chosen = pairs.filter((key) => defaults[key] !== undefined);
  return [...(chosen.length === 1 ? chosen : []), purposeKey({ kind: 'translate', to }), 'translate'];
}

function does({ tasks, directions }: CatalogModel, task: Task, from: Language | undefined): boolean {
  if (task.kind !== 'translate') return tasks.includes(task.kind);
  return directions.some((each) => each.to === task.to && (from === undefined || each.from === undefined || each.from === from));
}
