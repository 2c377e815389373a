/** What is known of a model without loading it: the bundled ones by models/catalog.json, added ones by a file of the same form. Whatever does not fit is named. */
import { SaccadeError } from '../shared/failure.ts';
import { isLanguage, isOnlyTask, TASK_KINDS, type Language, type OnlyTask, type TaskKind } from '../shared/task.ts';
import { t } from '../shared/words.ts';

export interface CatalogFile {
  /** Path inside the model's folder. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A direction that the model translates well enough to be offered, and how well. */
export interface CatalogDirection {
  /** Undefined where the model does not say what it reads. */
  readonly from?: Language | undefined;
  readonly to: Language;
  /** chrF2 on the held-out documentation, 0 to 100; undefined where nobody has measured it. */
  readonly chrf2?: number | undefined;
}

export interface CatalogModel {
  /** Of a model of the Hub as there: owner and name. */
  readonly id: string;
  readonly name: string;
  readonly tasks: readonly TaskKind[];
  readonly directions: readonly CatalogDirection[];
  /** Undefined where the model's own files tell what it does. */
  readonly onlyTask?: OnlyTask | undefined;
  /** As the Hub names it; undefined where nobody says. */
  readonly licence?: string | undefined;
  readonly files: readonly CatalogFile[];
}

/** @throws SaccadeError of kind "badModel" */
export function parseCatalog(json: string): readonly CatalogModel[] {
  const models = property(parsed(json), 'models');
  if (Array.isArray(models) && models.length > 0 && models.every(isModel)) return models;
  throw new SaccadeError('badModel', t('The model catalogue models/catalog.json is damaged. Reinstall the extension.'));
}

/** What a model was added with; undefined where that is damaged. */
export function parseCatalogModel(json: string): CatalogModel | undefined {
  const model = parsed(json);
  return isModel(model) ? model : undefined;
}

/** Of the folder that the model's files are in. */
export function folderName({ id }: Pick<CatalogModel, 'id'>): string {
  return id.replace('/', '--');
}

export function modelBytes({ files }: Pick<CatalogModel, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function isModelId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 150 && /^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)?$/.test(value);
}

/** Keeps every path inside the model's folder. */
export function isModelPath(value: unknown): value is string {
  return typeof value === 'string' && value.split('/').every((name) => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isModel(value: unknown): value is CatalogModel {
  const lists = [property(value, 'files'), property(value, 'directions'), property(value, 'tasks')];
  const [files, directions, tasks] = lists.map((list) => (Array.isArray(list) ? list : undefined));
  const [licence, onlyTask] = [property(value, 'licence'), property(value, 'onlyTask')];
  return (
    isModelId(property(value, 'id')) &&
    typeof property(value, 'name') === 'string' &&
    (licence === undefined || typeof licence === 'string') &&
    (onlyTask === undefined || isOnlyTask(onlyTask)) &&
    files !== undefined &&
    files.length > 0 &&
    files.every(isFile) &&
    directions?.every(isDirection) === true &&
    tasks?.every((task) => TASK_KINDS.some((kind) => kind === task)) === true
  );
}

function isDirection(value: unknown): value is CatalogDirection {
  const [from, chrf2] = [property(value, 'from'), property(value, 'chrf2')];
  return (
    (from === undefined || isLanguage(from)) &&
    isLanguage(property(value, 'to')) &&
    (chrf2 === undefined || (typeof chrf2 === 'number' && chrf2 >= 0 && chrf2 <= 100))
  );
}

function isFile(value: unknown): value is CatalogFile {
  const sha256 = property(value, 'sha256');
  return (
    isModelPath(property(value, 'path')) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    Number.isSafeInteger(property(value, 'bytes'))
  );
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
