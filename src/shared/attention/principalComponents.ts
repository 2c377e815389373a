/** Principal component analysis of hidden states, exact and the same on every machine. Knows no tokens. */

export interface PrincipalComponents {
  readonly positions: number;
  readonly size: number;
  /** How many there are: the number asked for, or fewer where the states do not spread in more directions. */
  readonly count: number;
  /** `[size]` */
  readonly mean: Float32Array;
  /** Unit vectors, the direction of greatest variance first: `[count, size]`. The entry of greatest magnitude of each is positive. */
  readonly directions: Float32Array;
  /** Where each position lies along each direction, from the mean: `[positions, count]`. */
  readonly scores: Float32Array;
  /** Share of the states' variance along each direction; at most 1 together. `[count]` */
  readonly shares: Float32Array;
}

/** A direction with less than this share of the variance is rounding. */
const LEAST_SHARE = 1e-12;
/** The cosine between two rows below which they count as at a right angle; rounding alone leaves about 1e-14. */
const CONVERGED = 1e-12;
const MOST_SWEEPS = 60;

/**
 * By one-sided Jacobi rotations (Hestenes 1958) of the centred states, or of their transpose if that has fewer rows: rows are turned in
 * pairs until each is at a right angle to all others; they then are singular vectors times singular values.
 * @param states `[positions, size]`
 */
export function principalComponents(states: Float32Array, positions: number, size: number, wanted: number): PrincipalComponents {
  const mean = new Float64Array(size);
  for (let i = 0; i < positions * size; i++) mean[i % size]! += states[i]! / positions;
  const centred = Float64Array.from({ length: positions * size }, (_, i) => states[i]! - mean[i % size]!);
  const total = squareOf(centred, 0, centred.length);

  const isWide = positions <= size;
  const [rows, length] = isWide ? [positions, size] : [size, positions];
  const matrix = isWide ? centred.slice() : transposed(centred, positions, size);
  makeRowsOrthogonal(matrix, rows, length, LEAST_SHARE ** 2 * total);
  const squares = Float64Array.from({ length: rows }, (_, row) => squareOf(matrix, row * length, length));
  const order = [...squares.keys()]
    .sort((one, other) => squares[other]! - squares[one]!)
    .filter((row) => squares[row]! > LEAST_SHARE * total)
    .slice(0, wanted);

  const count = order.length;
  const directions = new Float64Array(count * size);
  const scores = new Float32Array(positions * count);
  for (const [component, row] of order.entries()) {
    const direction = directions.subarray(component * size, (component + 1) * size);
    const vector = matrix.subarray(row * length, (row + 1) * length);
    if (isWide) direction.set(vector);
    else for (let i = 0; i < centred.length; i++) direction[i % size]! += centred[i]! * vector[Math.floor(i / size)]!;
    makeUnit(direction);
    for (let position = 0; position < positions; position++) {
      let score = 0;
      for (let i = 0; i < size; i++) score += centred[position * size + i]! * direction[i]!;
      scores[position * count + component] = score;
    }
  }
  return {
    positions,
    size,
    count,
    mean: Float32Array.from(mean),
    directions: Float32Array.from(directions),
    scores,
    shares: Float32Array.from(order, (row) => squares[row]! / total),
  };
}

/** The states as far as the first `count` components tell: `[positions, size]`. */
export function fromComponents(components: PrincipalComponents, count = components.count): Float32Array {
  const { positions, size, mean, directions, scores } = components;
  const out = new Float32Array(positions * size);
  for (let position = 0; position < positions; position++) {
    const state = out.subarray(position * size, (position + 1) * size);
    state.set(mean);
    for (let component = 0; component < Math.min(count, components.count); component++) {
      const score = scores[position * components.count + component]!;
      for (let i = 0; i < size; i++) state[i]! += score * directions[component * size + i]!;
    }
  }
  return out;
}

/** Turns the rows of `matrix` `[rows, length]`, in place. A row whose square is at most `negligible` is as good as zero. */
function makeRowsOrthogonal(matrix: Float64Array, rows: number, length: number, negligible: number): void {
  for (let sweep = 0, turned = true; turned && sweep < MOST_SWEEPS; sweep++) {
    turned = false;
    for (let a = 0; a < rows - 1; a++) {
      for (let b = a + 1; b < rows; b++) if (turnApart(matrix, a * length, b * length, length, negligible)) turned = true;
    }
  }
}

/** Turns two rows in their plane so that their dot product is 0; false where it is so already. */
function turnApart(matrix: Float64Array, a: number, b: number, length: number, negligible: number): boolean {
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = 0; i < length; i++) {
    const x = matrix[a + i]!;
    const y = matrix[b + i]!;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  if (aa <= negligible || bb <= negligible || Math.abs(ab) <= CONVERGED * Math.sqrt(aa * bb)) return false;
  // The smaller root of t^2 + 2 zeta t - 1 = 0 is the tangent of the smaller angle.
  const zeta = (bb - aa) / (2 * ab);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < length; i++) {
    const x = matrix[a + i]!;
    const y = matrix[b + i]!;
    matrix[a + i] = cosine * x - sine * y;
    matrix[b + i] = sine * x + cosine * y;
  }
  return true;
}

/** Scales to length 1, and turns it about if its entry of greatest magnitude is negative. */
function makeUnit(vector: Float64Array): void {
  let greatest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(greatest)) greatest = value;
  const scale = Math.sign(greatest) / Math.sqrt(squareOf(vector, 0, vector.length));
  for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(matrix.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) out[column * rows + row] = matrix[row * columns + column]!;
  return out;
}

function squareOf(values: Float64Array, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i++) sum += values[i]! ** 2;
  return sum;
}
