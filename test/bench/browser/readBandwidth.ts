/** How fast one wasm thread can read memory: the limit of a decode step, which reads every weight once and does little else with it. */

const [I32, V128] = [0x7f, 0x7b];
const ADD = [0xfd, 0xae, 0x01];
const section = (id: number, ...content: number[]): number[] => [id, content.length, ...content];
const text = (word: string): number[] => [word.length, ...new TextEncoder().encode(word)];
/** sums[register] += the 16 bytes at `offset` behind the cursor */
const addSixteenBytes = (register: number, offset: number): number[] => [
  0x20,
  2 + register,
  0x20,
  1,
  0xfd,
  0x00,
  4,
  offset,
  ...ADD,
  0x21,
  2 + register,
];

/** (func (param $end i32) (result i32)): adds up memory [0, end) in four vectors, 64 bytes a turn. Local 1 is the cursor, 2 to 5 are the sums. */
const body = [
  ...[2, 1, I32, 4, V128],
  ...[0x03, 0x40],
  ...[0, 1, 2, 3].flatMap((register) => addSixteenBytes(register, 16 * register)),
  // cursor += 64 (signed LEB128: 0xc0 0x00); again while cursor < end
  ...[0x20, 1, 0x41, 0xc0, 0x00, 0x6a, 0x22, 1, 0x20, 0, 0x49, 0x0d, 0, 0x0b],
  ...[0x20, 2, 0x20, 3, ...ADD, 0x20, 4, ...ADD, 0x20, 5, ...ADD, 0xfd, 0x1b, 0, 0x0b],
];

const READER = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, 1, 0x60, 1, I32, 1, I32),
  ...section(3, 1, 0),
  ...section(5, 1, 0, 1),
  ...section(7, 2, ...text('memory'), 2, 0, ...text('read'), 0, 0),
  ...section(10, 1, body.length, ...body),
]);

const PAGE_BYTES = 65536;

/** A worker's clock has steps of 0.1 ms: one measure reads this many bytes, again and again the same ones. */
const BYTES_OF_MEASURE = 256 * 2 ** 20;

/** Bytes a second of reading the same `bytes` again and again, measured `rounds` times. */
export function readBandwidth(bytes: number, rounds: number): number[] {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(READER));
  const [memory, read] = [exports['memory'] as WebAssembly.Memory, exports['read'] as (end: number) => number];
  memory.grow(Math.ceil(bytes / PAGE_BYTES));
  // Memory that was never written is one page of zeros to the processor.
  new Uint8Array(memory.buffer).fill(1);
  const end = bytes - (bytes % 64);
  read(end);
  const times = Math.ceil(BYTES_OF_MEASURE / end);
  return Array.from({ length: rounds }, () => {
    const begun = performance.now();
    for (let time = 0; time < times; time++) read(end);
    return (times * end) / ((performance.now() - begun) / 1000);
  });
}
