/**
 * Values to JSON and back, from one description of both directions. Reading is total: whatever JSON does not fit the description is refused with
 * its place in the file. Knows no format.
 */

export interface Codec<Value> {
  write(value: Value): unknown;
  /** @throws Misfit */
  read(json: unknown, place: string): Value;
}

/** JSON that does not fit; the message says where and why. */
export class Misfit extends Error {}

function misfit(place: string, expected: string): never {
  throw new Misfit(`${place === '' ? 'the whole' : place} is not ${expected}`);
}

/** Any value that JSON has as it is, where `fits` says so. */
export function plain<Value>(expected: string, fits: (json: unknown) => json is Value): Codec<Value> {
  return { write: (value) => value, read: (json, place) => (fits(json) ? json : misfit(place, expected)) };
}

export function text(longest: number): Codec<string> {
  return plain(`a text of at most ${longest} characters`, (json): json is string => typeof json === 'string' && json.length <= longest);
}

export function integer(least: number, greatest: number): Codec<number> {
  return plain(
    `a whole number from ${least} to ${greatest}`,
    (json): json is number => Number.isInteger(json) && (json as number) >= least && (json as number) <= greatest,
  );
}

export const finite: Codec<number> = plain('a number', (json): json is number => Number.isFinite(json));

export function oneOf<const Value>(values: readonly Value[]): Codec<Value> {
  return plain(`one of ${JSON.stringify(values)}`, (json): json is Value => values.some((value) => value === json));
}

export function list<Item>(item: Codec<Item>, longest: number): Codec<readonly Item[]> {
  return {
    write: (items) => items.map((each) => item.write(each)),
    read: (json, place) =>
      Array.isArray(json) && json.length <= longest
        ? json.map((each, index) => item.read(each, `${place}[${index}]`))
        : misfit(place, `a list of at most ${longest}`),
  };
}

/** An object with exactly these members of the value; members that JSON has beside them are left alone. */
export function record<Value extends object>(members: { readonly [Name in keyof Value]-?: Codec<Value[Name]> }): Codec<Value> {
  const names = Object.keys(members) as (keyof Value & string)[];
  return {
    write: (value) => Object.fromEntries(names.map((name) => [name, members[name].write(value[name])])),
    read(json, place) {
      if (typeof json !== 'object' || json === null || Array.isArray(json)) misfit(place, 'an object');
      const read = (name: keyof Value & string): unknown => {
        const inner = place === '' ? name : `${place}.${name}`;
        return Object.hasOwn(json, name) ? members[name].read((json as Record<string, unknown>)[name], inner) : misfit(inner, 'there');
      };
      return Object.fromEntries(names.map((name) => [name, read(name)])) as Value;
    },
  };
}

/** Numbers of which JSON has nested lists, `shape.length` deep, the innermost last. */
export interface Nested {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Nested lists all of whose lists at one depth are of one length, which is at least 1 and at most `longest`. Exact in both directions. */
export function nested(depth: number, longest: readonly number[]): Codec<Nested> {
  return {
    write: ({ shape, data }) => nestedLists(data, shape),
    read(json, place) {
      const shape: number[] = [];
      let first = json;
      for (let axis = 0; axis < depth; axis++) {
        const most = longest[axis]!;
        if (!Array.isArray(first) || first.length === 0 || first.length > most) misfit(place, `lists in lists, ${depth} deep`);
        shape.push(first.length);
        first = (first as unknown[])[0];
      }
      const walk = (value: unknown, axis: number, visit: (number: number) => void): void => {
        if (axis === depth) {
          if (!Number.isFinite(value)) misfit(place, 'of numbers throughout');
          visit(value as number);
        } else if (Array.isArray(value) && value.length === shape[axis]) for (const each of value) walk(each, axis + 1, visit);
        else misfit(place, `lists of equal lengths, ${shape.join(' x ')}`);
      };
      // Looked through first: a small file may promise more numbers than there is memory for.
      walk(json, 0, () => undefined);
      const data = new Float32Array(shape.reduce((product, length) => product * length, 1));
      let filled = 0;
      walk(json, 0, (number) => (data[filled++] = number));
      return { shape, data };
    },
  };
}

function nestedLists(data: Float32Array, [length = 0, ...rest]: readonly number[]): unknown {
  if (rest.length === 0) return Array.from(data, shortest);
  const size = data.length / length;
  return Array.from({ length }, (_, index) => nestedLists(data.subarray(index * size, (index + 1) * size), rest));
}

/** A decimal with as few digits as any that is read back as the same 32-bit number: nine are always enough, and seven mostly. */
export function shortest(value: number): number {
  const short = Number(value.toPrecision(7));
  return Math.fround(short) === value ? short : Number(value.toPrecision(9));
}
