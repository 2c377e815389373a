/** Which model the user has chosen for what, kept in his settings. Knows no store. */
import { purposeKey, type Purpose } from '../models/chooseModel.ts';
import { modelDefaults, setModelDefaults } from '../settings.ts';

export function isChosenFor({ id }: { readonly id: string }, purpose: Purpose): boolean {
  return modelDefaults()[purposeKey(purpose)] === id;
}

export async function chooseFor({ id }: { readonly id: string }, purposes: readonly Purpose[]): Promise<void> {
  await setModelDefaults({ ...modelDefaults(), ...Object.fromEntries(purposes.map((purpose) => [purposeKey(purpose), id])) });
}

/** The bundled model does it again. */
export async function unchoose(purpose: Purpose): Promise<void> {
  await setModelDefaults(Object.fromEntries(Object.entries(modelDefaults()).filter(([key]) => key !== purposeKey(purpose))));
}

/** Of a model that is gone. */
export async function forgetChoices({ id }: { readonly id: string }): Promise<void> {
  const others = Object.entries(modelDefaults()).filter(([, chosen]) => chosen !== id);
  if (others.length < Object.keys(modelDefaults()).length) await setModelDefaults(Object.fromEntries(others));
}
