/** Principal components of a handful of vectors, by the eigenvectors of their inner products. Knows nothing of models. */

export interface PrincipalComponents {
  /** How many there can be: one less than the vectors, or fewer. */
  readonly count: number;
  /** Each vector's share along each component, largest variance first: row-major `[vectors, count]`; of hidden vectors 0. */
  readonly scores: Float64Array;
  /** Share of the variance of each component. */
  readonly variances: Float64Array;
  /** The vectors with only the `kept` leading components around their mean; of hidden vectors the mean. Row-major, as they were given. */
  project(kept: number): Float32Array;
}

/**
 * Of vectors `[n, size]`, row-major, n small. The components of X = U S Vᵀ, centred, are had from the n x n matrix X Xᵀ = U S² Uᵀ,
 * and X on the first k of them is U_k U_kᵀ X (Jolliffe, Principal Component Analysis, 2002, section 3.5).
 * @param mask 0 for a vector that does not count
 */
export function principalComponents(vectors: Float32Array, size: number, mask: Float32Array): PrincipalComponents {
  const rows = [...mask.keys()].filter((row) => mask[row] !== 0);
  const mean = new Float64Array(size);
  for (const row of rows) for (let i = 0; i < size; i++) mean[i]! += vectors[row * size + i]! / rows.length;
  const centred = rows.map((row) => Float64Array.from({ length: size }, (_, i) => vectors[row * size + i]! - mean[i]!));
  const n = rows.length;
  const products = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) products[i]![j] = products[j]![i] = dot(centred[i]!, centred[j]!);
  }
  const { values, vectors: eigenvectors } = eigenOfSymmetric(products);
  const order = [...values.keys()].sort((one, other) => values[other]! - values[one]!);
  const count = Math.min(size, Math.max(0, n - 1));
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0) || 1;
  const scores = new Float64Array(mask.length * count);
  rows.forEach((row, i) => {
    for (let k = 0; k < count; k++) {
      scores[row * count + k] = eigenvectors[i]![order[k]!]! * Math.sqrt(Math.max(0, values[order[k]!]!));
    }
  });
  return {
    count,
    scores,
    variances: Float64Array.from({ length: count }, (_, k) => Math.max(0, values[order[k]!]!) / total),
    project(kept) {
      const projected = new Float32Array(mask.length * size);
      for (let row = 0; row < mask.length; row++) projected.set(mean, row * size);
      for (const component of order.slice(0, Math.min(kept, count))) {
        const direction = new Float64Array(size);
        centred.forEach((vector, i) => {
          for (let d = 0; d < size; d++) direction[d]! += eigenvectors[i]![component]! * vector[d]!;
        });
        rows.forEach((row, i) => {
          for (let d = 0; d < size; d++) projected[row * size + d]! += eigenvectors[i]![component]! * direction[d]!;
        });
      }
      return projected;
    },
  };
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!;
  return sum;
}

const MOST_SWEEPS = 60;
const SMALLEST = 1e-24;

/** Eigenvalues, and eigenvectors as columns, of a symmetric matrix: cyclic Jacobi rotations (Golub & Van Loan, Matrix Computations, 8.5). */
function eigenOfSymmetric(matrix: readonly Float64Array[]): { readonly values: Float64Array; readonly vectors: readonly Float64Array[] } {
  const n = matrix.length;
  const a = matrix.map((row) => row.slice());
  const vectors = a.map((_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  const scale = a.reduce((sum, row) => sum + dot(row, row), 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = 0; q < p; q++) off += a[p]![q]! ** 2;
    if (off <= SMALLEST * scale) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, vectors, p, q);
    }
  }
  return { values: Float64Array.from(a, (row, i) => row[i]!), vectors };
}

/** Makes a[p][q] zero. */
function rotate(a: readonly Float64Array[], vectors: readonly Float64Array[], p: number, q: number): void {
  const apq = a[p]![q]!;
  if (apq === 0) return;
  const tau = (a[q]![q]! - a[p]![p]!) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
  const [rowP, rowQ] = [a[p]!, a[q]!];
  for (let i = 0; i < a.length; i++) [rowP[i], rowQ[i]] = [c * rowP[i]! - s * rowQ[i]!, s * rowP[i]! + c * rowQ[i]!];
  for (const row of vectors) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
}
