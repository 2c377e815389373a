/** How much arithmetic the kernels' matrix product does a second on one wasm thread: the limit of a batch. */
import { Kernels } from '../../../webview/engine/processor/kernels.ts';

/** Numbers of rows and columns. */
export interface ProductShape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** Long enough for a worker's clock, which has steps of 0.1 ms. */
const MULTIPLICATIONS_OF_MEASURE = 2e8;

/** Floating-point operations a second of [rows, inner] x [inner, columns], measured `rounds` times; the right matrix is of integers, as weights are. */
export async function multiplyRate({ rows, inner, columns }: ProductShape, rounds: number): Promise<number[]> {
  const kernels = await Kernels.open(0);
  const { run } = kernels;
  const x = kernels.allocateWith(new Float32Array(rows * inner).fill(0.5));
  const weights = kernels.allocateWith(new Uint8Array(inner * columns).fill(1));
  const scales = kernels.allocateWith(new Float32Array((inner * columns) / 32).fill(1));
  const [sums, work] = [kernels.allocateFloats(rows * columns), kernels.allocateFloats(run.productWork(rows, inner))];
  const operations = 2 * rows * inner * columns;
  const times = Math.ceil((2 * MULTIPLICATIONS_OF_MEASURE) / operations);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    kernels.floats(sums, rows * columns).fill(0);
    const begun = performance.now();
    for (let time = 0; time < times; time++) run.addProduct(x, rows, inner, columns, weights, scales, sums, work);
    rates.push((times * operations) / ((performance.now() - begun) / 1000));
  }
  return rates;
}
