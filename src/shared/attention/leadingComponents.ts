/** The few directions in which hidden states differ most, found fast enough to follow a slider. Knows no tokens. */
import { principalComponents } from './principalComponents.ts';

export interface LeadingComponents {
  /** How many there are: the number asked for, or fewer where the states do not spread in more directions. */
  readonly count: number;
  /** Where each position lies along each direction, from the mean: `[positions, count]`. */
  readonly scores: Float32Array;
  /** Share of the states' variance along each direction. `[count]` */
  readonly shares: Float32Array;
}

/** How many directions are followed until the first look at what has been found; each further look has twice as many. */
const FIRST_LOOK = 16;
/** Once scores move by less than this share of the largest from one look to the next, they are found. */
const CONVERGED = 1e-6;
/** A square that is left of this share of itself is rounding. */
const NEGLIGIBLE = 1e-24;

/**
 * The first of the `principalComponents`, from a Krylov subspace of the states' covariance (Lanczos 1950, with every direction made orthogonal to all
 * before it): a direction costs `positions * size`, where all components at once cost that times the smaller of the two.
 * @param states `[positions, size]`
 */
export function leadingComponents(states: Float32Array, positions: number, size: number, wanted: number): LeadingComponents {
  const centred = centredOf(states, positions, size);
  const most = Math.min(positions, size);
  const directions = new Float64Array(most * size);
  const scores = new Float64Array(positions * most);
  let found: LeadingComponents | undefined;
  for (let count = 0, look = Math.min(FIRST_LOOK, most); ;) {
    const next =
      count === 0 ? startingDirection(size) : pulledBack(centred, scores.subarray((count - 1) * positions, count * positions), size);
    const isNew = addOrthonormal(directions, count, next);
    if (isNew) {
      scoresOf(centred, directions.subarray(count * size, (count + 1) * size), scores.subarray(count * positions));
      count++;
    }
    if (isNew && count < look) continue;
    const seen = withinSpan(centred, directions.subarray(0, count * size), scores.subarray(0, count * positions), size, wanted);
    if (!isNew || count === most || (found !== undefined && isClose(found.scores, seen.scores))) return seen;
    found = seen;
    look = Math.min(2 * look, most);
  }
}

/** The components of what the directions span: those of the scores along them, which are far fewer numbers than the states. */
function withinSpan(
  centred: Float64Array,
  directions: Float64Array,
  scores: Float64Array,
  size: number,
  wanted: number,
): LeadingComponents {
  const [positions, width] = [centred.length / size, directions.length / size];
  const inside = Float32Array.from({ length: scores.length }, (_, i) => scores[(i % width) * positions + Math.floor(i / width)]!);
  const { count, directions: parts, scores: along, shares } = principalComponents(inside, positions, width, wanted);
  for (let component = 0; component < count; component++) {
    if (!isTurnedAbout(directions, parts.subarray(component * width, (component + 1) * width), size)) continue;
    for (let at = component; at < along.length; at += count) along[at] = -along[at]!;
  }
  const share = squareOf(scores) / squareOf(centred);
  return { count, scores: along, shares: shares.map((each) => each * share) };
}

/** Whether the entry of greatest magnitude of a direction, given by its parts of `directions`, is negative: then it points the other way. */
function isTurnedAbout(directions: Float64Array, parts: Float32Array, size: number): boolean {
  let greatest = 0;
  for (let i = 0; i < size; i++) {
    let entry = 0;
    for (const [row, part] of parts.entries()) entry += part * directions[row * size + i]!;
    if (Math.abs(entry) > Math.abs(greatest)) greatest = entry;
  }
  return greatest < 0;
}

function centredOf(states: Float32Array, positions: number, size: number): Float64Array {
  const mean = new Float64Array(size);
  for (let i = 0; i < positions * size; i++) mean[i % size]! += states[i]! / positions;
  return Float64Array.from({ length: positions * size }, (_, i) => states[i]! - mean[i % size]!);
}

/** Any will do that no component is at a right angle to; the same on every machine. */
function startingDirection(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => Math.sin((i + 1) * (i + 1) * 0.618034));
}

/** Where each position lies along the direction; fills the first entries of `out`. */
function scoresOf(centred: Float64Array, direction: Float64Array, out: Float64Array): void {
  const size = direction.length;
  for (let start = 0, position = 0; start < centred.length; start += size, position++) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += centred[start + i]! * direction[i]!;
    out[position] = sum;
  }
}

/** The sum of the states, each times its score: where the covariance takes the direction that the scores are along. `[size]` */
function pulledBack(centred: Float64Array, scores: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size);
  for (const [position, score] of scores.entries()) {
    for (let i = 0, from = position * size; i < size; i++) out[i]! += score * centred[from + i]!;
  }
  return out;
}

/** Puts what of `next` is at right angles to the first `count` directions behind them, at length 1 (Gram & Schmidt, twice); false if that is nothing. */
function addOrthonormal(directions: Float64Array, count: number, next: Float64Array): boolean {
  const size = next.length;
  const before = squareOf(next);
  for (let again = 0; again < 2; again++) {
    for (let other = 0; other < count * size; other += size) {
      let dot = 0;
      for (let i = 0; i < size; i++) dot += next[i]! * directions[other + i]!;
      for (let i = 0; i < size; i++) next[i]! -= dot * directions[other + i]!;
    }
  }
  const square = squareOf(next);
  if (square <= NEGLIGIBLE * before) return false;
  const scale = 1 / Math.sqrt(square);
  for (let i = 0; i < size; i++) directions[count * size + i] = next[i]! * scale;
  return true;
}

function isClose(one: Float32Array, other: Float32Array): boolean {
  if (one.length !== other.length) return false;
  let [largest, difference] = [0, 0];
  for (const [i, value] of one.entries()) {
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Math.abs(value - other[i]!));
  }
  return difference <= CONVERGED * largest;
}

function squareOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
