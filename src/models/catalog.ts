/** Reads the catalogue of bundled models. The file is data: whatever does not fit is named. */
import { SaccadeError } from '../shared/failure.ts';
import { isLanguage, type Language } from '../shared/task.ts';
import { t } from '../shared/words.ts';

export interface CatalogFile {
  /** Path inside the model's folder. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A direction that the model translates well enough to be offered, and how well. */
export interface CatalogDirection {
  readonly from: Language;
  readonly to: Language;
  /** chrF2 on the held-out documentation, 0 to 100. */
  readonly chrf2: number;
}

export interface CatalogModel {
  readonly id: string;
  readonly name: string;
  readonly directions: readonly CatalogDirection[];
  readonly files: readonly CatalogFile[];
}

/** @throws SaccadeError of kind "badModel" */
export function parseCatalog(json: string): readonly CatalogModel[] {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    content = undefined;
  }
  const models = property(content, 'models');
  if (Array.isArray(models) && models.length > 0 && models.every(isModel)) return models;
  throw new SaccadeError('badModel', t('The model catalogue models/catalog.json is damaged. Reinstall the extension.'));
}

function isModel(value: unknown): value is CatalogModel {
  const lists = [property(value, 'files'), property(value, 'directions')];
  const [files, directions] = lists.map((list) => (Array.isArray(list) ? list : undefined));
  return (
    isFolderName(property(value, 'id')) &&
    typeof property(value, 'name') === 'string' &&
    files?.every(isFile) === true &&
    directions?.every(isDirection) === true
  );
}

function isDirection(value: unknown): value is CatalogDirection {
  const chrf2 = property(value, 'chrf2');
  return (
    isLanguage(property(value, 'from')) && isLanguage(property(value, 'to')) && typeof chrf2 === 'number' && chrf2 >= 0 && chrf2 <= 100
  );
}

function isFile(value: unknown): value is CatalogFile {
  const path = property(value, 'path');
  const sha256 = property(value, 'sha256');
  return (
    typeof path === 'string' &&
    path.split('/').every(isFolderName) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    Number.isSafeInteger(property(value, 'bytes'))
  );
}

/** Keeps every path inside the model's folder. */
function isFolderName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(value);
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
