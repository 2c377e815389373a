/** Stored weights -> the fp32 bytes that the graphs read. What is stored is a decision about size, what is run about speed. */
import { damagedFile } from './fileFailure.ts';

/** In the model's folder; its checksum tells one training from another. */
export const WEIGHTS_PATH = 'onnx/weights.fp16.bin';

/**
 * Expands IEEE 754 half-precision numbers (little endian) to single precision; every half is exact as a single.
 * @throws SaccadeError of kind "badModel" where the file ends inside a number.
 */
export function expandHalfPrecision(stored: ArrayBuffer): Uint8Array {
  if (stored.byteLength % 2 !== 0) throw damagedFile('weights.fp16.bin', 'is cut off');
  const halves = new Uint16Array(stored);
  const single = new Uint32Array(halves.length);
  const table = singleBitsOfHalves();
  for (let i = 0; i < halves.length; i++) single[i] = table[halves[i]!]!;
  return new Uint8Array(single.buffer);
}

/** @param halves numbers in half precision, or their bits */
export function fromHalfPrecision(
  halves: ArrayLike<number> & { readonly buffer: ArrayBufferLike; readonly byteOffset: number },
): Float32Array {
  const bits = new Uint16Array(halves.buffer, halves.byteOffset, halves.length);
  const table = singleBitsOfHalves();
  return new Float32Array(Uint32Array.from(bits, (half) => table[half]!).buffer);
}

/** The single-precision bits of each of the 65,536 halves: a look-up is several times faster than the arithmetic. */
function singleBitsOfHalves(): Uint32Array {
  const table = new Uint32Array(65536);
  const scratch = new DataView(new ArrayBuffer(4));
  for (let half = 0; half < 65536; half++) {
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0x1f) table[half] = sign | 0x7f800000 | (fraction << 13);
    else if (exponent !== 0) table[half] = sign | ((exponent + 112) << 23) | (fraction << 13);
    else {
      scratch.setFloat32(0, fraction * 2 ** -24);
      table[half] = sign | scratch.getUint32(0);
    }
  }
  return table;
}
