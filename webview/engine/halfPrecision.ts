/** IEEE 754 half precision to single and back, where there may be no Float16Array. */

/** Each of the 65,536 halves as a single, which is exact: a look-up is several times faster than the arithmetic. */
export const SINGLES: Float32Array = singlesOfHalves();

/** @param halves numbers in half precision, or their bits */
export function fromHalfPrecision(
  halves: ArrayLike<number> & { readonly buffer: ArrayBufferLike; readonly byteOffset: number },
): Float32Array {
  return Float32Array.from(new Uint16Array(halves.buffer, halves.byteOffset, halves.length), (half) => SINGLES[half]!);
}

/** The bits of the nearest halves, of two that are as near the even one. No number may be past the largest half. */
export function toHalfPrecision(singles: Float32Array): Uint16Array {
  const bits = new Uint32Array(singles.buffer, singles.byteOffset, singles.length);
  const halves = new Uint16Array(singles.length);
  const scratch = new Float32Array(1);
  const scratchBits = new Uint32Array(scratch.buffer);
  for (let i = 0; i < halves.length; i++) {
    const single = bits[i]!;
    const size = single & 0x7fffffff;
    let half: number;
    // From 2^-14 on, the exponent changes its bias, and 13 bits of the fraction are rounded away.
    if (size >= 0x38800000) half = (size - 0x38000000 + 0xfff + ((size >> 13) & 1)) >> 13;
    else {
      // Below it halves are multiples of 2^-24, as singles are between 0.5 and 1: adding rounds.
      scratch[0] = Math.abs(singles[i]!) + 0.5;
      half = scratchBits[0]! - 0x3f000000;
    }
    halves[i] = half | ((single >>> 16) & 0x8000);
  }
  return halves;
}

function singlesOfHalves(): Float32Array {
  return Float32Array.from({ length: 65536 }, (_, half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}
