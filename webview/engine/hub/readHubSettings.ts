/** The files beside the graphs -> what the model is made for and its tokenizer. The files are untrusted. Knows no graphs. */
import { LANGUAGES, TASK_KINDS, type Language, type TaskKind } from '../../../src/shared/task.ts';
import { fileReader, type ArrivingFiles } from '../arrivingFiles.ts';
import { hubConfig, type HubConfig } from './hubConfig.ts';
import { HubTokenizer } from './hubTokenizer.ts';

export interface HubSettingsRead extends HubConfig {
  readonly tokenizer: HubTokenizer;
}

/** What a model says that it does. */
export interface HubAbilities {
  readonly tasks: readonly TaskKind[];
  /** Without a source where the model does not say what it reads. */
  readonly directions: readonly { readonly from?: Language; readonly to: Language }[];
}

/** @throws SaccadeError of kind "badModel" that names the file and what is wrong with it */
export async function readHubSettings(modelId: string, files: ArrivingFiles['files']): Promise<HubSettingsRead> {
  const { json } = fileReader(modelId, files);
  const optional = async (name: string): Promise<unknown> => (files.has(name) ? json(name) : undefined);
  const tokenizer = new HubTokenizer(await json('tokenizer.json'), await optional('tokenizer_config.json'));
  return { tokenizer, ...hubConfig(modelId, await json('config.json'), await optional('generation_config.json'), tokenizer) };
}

export function hubAbilities({ config: { tasks, languages, sourceWraps } }: Pick<HubConfig, 'config'>): HubAbilities {
  const sources = sourceWraps && LANGUAGES.filter((language) => sourceWraps[language] !== undefined);
  const directions = languages.flatMap((to) => sources?.filter((from) => from !== to).map((from) => ({ from, to })) ?? [{ to }]);
  const isKnown = (kind: TaskKind): boolean => (kind === 'translate' ? directions.length > 0 : tasks[kind] !== undefined);
  return { tasks: TASK_KINDS.filter(isKnown), directions };
}
