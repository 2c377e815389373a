/** How much arithmetic the runtime's matrix product does a second on one wasm thread: the limit of a batch. */
import * as ort from '#onnxruntime';

/** Numbers of rows and columns. */
export interface ProductShape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** Long enough for a worker's clock, which has steps of 0.1 ms. */
const MULTIPLICATIONS_OF_MEASURE = 2e8;

/** Floating-point operations a second of [rows, inner] x [inner, columns], measured `rounds` times; the right matrix is a constant, as weights are. */
export async function multiplyRate({ rows, inner, columns }: ProductShape, rounds: number): Promise<number[]> {
  const session = await ort.InferenceSession.create(matMulModel(inner, columns), { executionProviders: ['wasm'] });
  const x = new ort.Tensor('float32', new Float32Array(rows * inner).fill(0.5), [rows, inner]);
  const operations = 2 * rows * inner * columns;
  const times = Math.ceil((2 * MULTIPLICATIONS_OF_MEASURE) / operations);
  const multiply = async (): Promise<void> => (await session.run({ x }))['y']!.dispose();
  await multiply();
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    for (let time = 0; time < times; time++) await multiply();
    rates.push((times * operations) / ((performance.now() - begun) / 1000));
  }
  await session.release();
  return rates;
}

const text = (word: string): number[] => [...new TextEncoder().encode(word)];
const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const bytes = (field: number, content: readonly number[]): number[] => [...varint(8 * field + 2), ...varint(content.length), ...content];
const integer = (field: number, value: number): number[] => [...varint(8 * field), ...varint(value)];

/** As protocol buffers (onnx.proto): y = MatMul(x, w), where w is of ones. */
function matMulModel(inner: number, columns: number): Uint8Array {
  const FLOAT = 1;
  const node = [...bytes(1, text('x')), ...bytes(1, text('w')), ...bytes(2, text('y')), ...bytes(4, text('MatMul'))];
  const value = (name: string, width: number): number[] => {
    const shape = [...bytes(1, bytes(2, text('rows'))), ...bytes(1, integer(1, width))];
    return [...bytes(1, text(name)), ...bytes(2, bytes(1, [...integer(1, FLOAT), ...bytes(2, shape)]))];
  };
  const weight = [...integer(1, inner), ...integer(1, columns), ...integer(2, FLOAT), ...bytes(8, text('w'))];
  const ones = new Uint8Array(new Float32Array(inner * columns).fill(1).buffer);
  const before = [...bytes(1, node), ...bytes(2, text('graph'))];
  const after = [...bytes(11, value('x', inner)), ...bytes(12, value('y', columns))];
  // The initializer's raw data is put in by hand: it is too long for a list of numbers.
  const rawHead = [...varint(8 * 9 + 2), ...varint(ones.length)];
  const initializerLength = weight.length + rawHead.length + ones.length;
  const initializerHead = [...varint(8 * 5 + 2), ...varint(initializerLength)];
  const graphLength = before.length + initializerHead.length + initializerLength + after.length;
  const head = [...integer(1, 8), ...bytes(8, integer(2, 17)), ...varint(8 * 7 + 2), ...varint(graphLength)];
  return Uint8Array.from([...head, ...before, ...initializerHead, ...weight, ...rawHead, ...ones, ...after]);
}
