/** Properties of JSON that nobody vouches for, each of the type that is asked for. Knows no model. */
import { damagedFile } from './fileFailure.ts';

/** Reads properties of an object of unknown form; a wrong one is an error that says where. */
export class Fields {
  private readonly content: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    /** Of the model's files, for errors. */
    private readonly file: string,
    private readonly where = 'the file',
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail('is not an object');
    this.content = value as Record<string, unknown>;
  }

  private fail(what: string): never {
    throw damagedFile(this.file, `${this.where} ${what}`);
  }

  has(key: string): boolean {
    return Object.hasOwn(this.content, key);
  }

  keys(): readonly string[] {
    return Object.keys(this.content);
  }

  /** What `read` gives; undefined where the property is missing or null. */
  optional<Value>(key: string, read: (fields: Fields) => Value): Value | undefined {
    return this.content[key] === undefined || this.content[key] === null ? undefined : read(this);
  }

  isList(key: string): boolean {
    return Array.isArray(this.content[key]);
  }

  object(key: string): Fields {
    return new Fields(this.content[key], this.file, `${this.where}.${key}`);
  }

  integer(key: string): number {
    const value = this.content[key];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    return this.fail(`has no whole number "${key}"`);
  }

  share(key: string): number {
    const value = this.content[key];
    return typeof value === 'number' && value >= 0 && value <= 1 ? value : this.fail(`has no share "${key}"`);
  }

  text(key: string): string {
    const value = this.content[key];
    return typeof value === 'string' ? value : this.fail(`has no text "${key}"`);
  }

  numbers(key: string): readonly number[] {
    const value = this.content[key];
    return areNumbers(value) ? value : this.fail(`has no list of numbers "${key}"`);
  }

  texts(key: string): readonly string[] {
    const value = this.content[key];
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : this.fail(`has no list of texts "${key}"`);
  }

  rowsOfNumbers(key: string): readonly (readonly number[])[] {
    const value = this.content[key];
    return Array.isArray(value) && value.every(areNumbers) ? value : this.fail(`has no rows of numbers "${key}"`);
  }

  oneOf<Value extends string | number>(key: string, allowed: readonly Value[]): Value {
    const value = allowed.find((each) => each === this.content[key]);
    return value ?? this.fail(`has none of ${allowed.map((each) => JSON.stringify(each)).join(', ')} as "${key}"`);
  }

  integerOrNull(key: string): number | null {
    return this.content[key] === null ? null : this.integer(key);
  }
}

function areNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item));
}
