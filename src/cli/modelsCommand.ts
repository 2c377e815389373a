/** `saccade models add|list|remove`: the store from the command line. What is fetched is said first, and waits for a yes. */
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { modelBytes, type CatalogModel } from '../models/catalog.ts';
import { purposeKey, purposesOf } from '../models/chooseModel.ts';
import { HUB_ENDPOINT } from '../models/hubEndpoint.ts';
import { addModel } from '../models/store/addModel.ts';
import { folderSource } from '../models/store/folderSource.ts';
import { hubSource, PATIENCE_SECONDS } from '../models/store/hubSource.ts';
import type { ModelSource } from '../models/store/modelSource.ts';
import { ModelStore } from '../models/store/modelStore.ts';
import { filesOf, variantsOf, type WantedFiles } from '../models/variants.ts';
import { SaccadeError } from '../shared/failure.ts';
import { isOnlyTask, type OnlyTask } from '../shared/task.ts';
import { storeFolder } from './storeFolder.ts';

interface ModelsRequest {
  readonly action: string | undefined;
  readonly target: string | undefined;
  readonly store: ModelStore;
  readonly variant: string | undefined;
  readonly does: OnlyTask | undefined;
  readonly endpoint: string;
  readonly yes: boolean;
}

/** @throws SaccadeError in one line */
export async function modelsCommand(words: readonly string[], write: (text: string) => Promise<void>): Promise<void> {
  const request = parse(words);
  if (request.action === 'list') return write(await listed(request.store));
  const { target, store } = request;
  if (request.action !== 'add' && request.action !== 'remove') throw new SaccadeError('badInput', 'models needs add, list or remove.');
  if (target === undefined) throw new SaccadeError('badInput', `models ${request.action} needs a model.`);
  if (request.action === 'add') return add(target, request);
  const found = (await store.models()).find(({ model }) => model.id === target);
  if (!found) throw new SaccadeError('badInput', `${target} is no model of the store. "saccade models list" shows them.`);
  await store.remove(found);
}

function parse(words: readonly string[]): ModelsRequest {
  const options = {
    store: { type: 'string' },
    variant: { type: 'string' },
    does: { type: 'string' },
    endpoint: { type: 'string' },
    yes: { type: 'boolean' },
  } as const;
  const { values, positionals } = ((): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> => {
    try {
      return parseArgs({ args: [...words], allowPositionals: true, options });
    } catch (error) {
      throw new SaccadeError('badInput', (error as Error).message.split('\n')[0]!);
    }
  })();
  const [action, target, ...rest] = positionals;
  if (rest.length > 0) throw new SaccadeError('badInput', `One model at a time: "${rest[0]!}" is one too many.`);
  const endpoint = (values.endpoint ?? process.env['HF_ENDPOINT'] ?? HUB_ENDPOINT).replace(/\/+$/, '');
  const does = values.does === undefined ? undefined : onlyTaskOf(values.does);
  return {
    action,
    target,
    store: new ModelStore(storeFolder(values.store)),
    variant: values.variant,
    does,
    endpoint,
    yes: values.yes ?? false,
  };
}

async function listed(store: ModelStore): Promise<string> {
  const line = (model: CatalogModel): string =>
    [model.id, megabytes(modelBytes(model)), model.licence ?? '?', purposesOf(model).map(purposeKey).join(' ')].join('\t');
  const models = (await store.models()).map(({ model }) => line(model));
  const remains = (await store.remains()).map(({ folder, bytes }) => `unfinished: ${folder}\t${megabytes(bytes)}`);
  return [...models, ...remains].map((each) => `${each}\n`).join('');
}

async function add(target: string, request: ModelsRequest): Promise<void> {
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort(new SaccadeError('download', 'Cancelled; what has come is kept.')));
  const source = await sourceOf(target, request, cancel.signal);
  const wanted = chosenForms(source, request.variant);
  const { id, licence = 'unknown' } = source;
  process.stderr.write(`${id} (${wanted.name}): ${megabytes(wanted.bytes)} into ${request.store.folder}; licence: ${licence}\n`);
  if (!request.yes && !(await confirmed())) throw new SaccadeError('badInput', 'Nothing was fetched: say yes, or --yes.');
  const added = await addModel(request.store, source, wanted, { name: id, signal: cancel.signal, onProgress: progressLine() });
  if (request.does) await request.store.note(added, request.does);
}

/** "translate:de" or "summarise". */
function onlyTaskOf(words: string): OnlyTask {
  const [kind, to] = words.split(':');
  const task: unknown = { kind, to };
  if (isOnlyTask(task) && purposeKey(task) === words) return task;
  throw new SaccadeError('badInput', `--does ${words} is neither translate:LANGUAGE nor summarise.`);
}

/** A folder that is there is one, whatever the Hub has of that name. */
async function sourceOf(target: string, { endpoint }: ModelsRequest, signal: AbortSignal): Promise<ModelSource> {
  const isFolder = await stat(target).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return folderSource(target);
  return hubSource(target, { endpoint, token: process.env['HF_TOKEN'], fetch, patienceSeconds: PATIENCE_SECONDS }, signal);
}

/** @param names such as "fp32,q8" */
function chosenForms({ id, files }: ModelSource, names: string | undefined): WantedFiles {
  const variants = variantsOf(files);
  const wanted = (names ?? variants[0]?.name ?? '').split(',');
  const found = wanted.flatMap((name) => variants.find((each) => each.name === name) ?? []);
  if (found.length === wanted.length) return filesOf(found, files);
  const offered = variants.map(({ name }) => name).join(', ');
  throw new SaccadeError(
    'badModel',
    variants.length === 0
      ? `${id} has no encoder-decoder in ONNX: it needs onnx/encoder_model.onnx and a decoder.`
      : `${id} has: ${offered}.`,
  );
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Fetch it? [y/N] ');
  terminal.close();
  return /^y/i.test(answer.trim());
}

/** In one place of a terminal; nothing where nobody looks. */
function progressLine(): (done: number, total: number) => void {
  let shown = '';
  return (done, total) => {
    const line = `\r${megabytes(done)} of ${megabytes(total)}`;
    if (!process.stderr.isTTY || line === shown) return;
    shown = line;
    process.stderr.write(done === total ? `${line}\n` : line);
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
