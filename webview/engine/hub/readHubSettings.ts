/** The files beside the graphs -> what the model is made for and its tokenizer. The files are untrusted. Knows no graphs. */
import { LANGUAGES, TASK_KINDS, type Language, type OnlyTask, type TaskKind } from '../../../src/shared/task.ts';
import { fileReader, type ArrivingFiles } from '../arrivingFiles.ts';
import type { ModelConfig } from '../modelConfig.ts';
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

/**
 * @param onlyTask what somebody says that the model does, where its files do not tell
 * @throws SaccadeError of kind "badModel" that names the file and what is wrong with it
 */
export async function readHubSettings(modelId: string, files: ArrivingFiles['files'], onlyTask?: OnlyTask): Promise<HubSettingsRead> {
  const { json } = fileReader(modelId, files);
  const optional = async (name: string): Promise<unknown> => (files.has(name) ? json(name) : undefined);
  const tokenizer = new HubTokenizer(await json('tokenizer.json'), await optional('tokenizer_config.json'));
  const { config, rules } = hubConfig(modelId, await json('config.json'), await optional('generation_config.json'), tokenizer);
  return { tokenizer, rules, config: onlyTask ? withOnlyTask(config, onlyTask) : config };
}

function withOnlyTask(config: ModelConfig, onlyTask: OnlyTask): ModelConfig {
  const { tasks } = config;
  if (!tasks.text2text) return config;
  if (onlyTask.kind === 'summarise') return { ...config, tasks: { ...tasks, summarise: tasks.text2text } };
  return { ...config, languages: [onlyTask.to], tasks: { ...tasks, translate: { [onlyTask.to]: tasks.text2text } } };
}

export function hubAbilities({ config: { tasks, languages, sourceWraps } }: Pick<HubConfig, 'config'>): HubAbilities {
  const sources = sourceWraps && LANGUAGES.filter((language) => sourceWraps[language] !== undefined);
  const directions = languages.flatMap((to) => sources?.filter((from) => from !== to).map((from) => ({ from, to })) ?? [{ to }]);
  const isKnown = (kind: TaskKind): boolean => (kind === 'translate' ? directions.length > 0 : tasks[kind] !== undefined);
  return { tasks: TASK_KINDS.filter(isKnown), directions };
}
