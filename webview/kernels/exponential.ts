/** exp() of four numbers, off by at most two units in the last place: Cody and Waite's reduction, then the polynomial of Cephes' expf. */
import { multiplyAdd } from './multiplyAdd';

const LOG2_E: f32 = 1.44269504088896341;
/** ln 2 in two parts, of which the first has few enough bits for its products to be exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;
/** Below it exp() is no normal number of fp32. */
const LEAST: f32 = -87;

/** @param x at most 88 each; below -87 they count as -87, whose exp() is 1.6e-38 */
export function exponential(x: v128): v128 {
  x = f32x4.pmax(x, f32x4.splat(LEAST));
  const power = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)));
  const rest = multiplyAdd(power, f32x4.splat(-LN2_LOW), multiplyAdd(power, f32x4.splat(-LN2_HIGH), x));
  let sum = f32x4.splat(1.98756915e-4);
  sum = multiplyAdd(sum, rest, f32x4.splat(1.3981999507e-3));
  sum = multiplyAdd(sum, rest, f32x4.splat(8.3334519073e-3));
  sum = multiplyAdd(sum, rest, f32x4.splat(4.1665795894e-2));
  sum = multiplyAdd(sum, rest, f32x4.splat(1.6666665459e-1));
  sum = multiplyAdd(sum, rest, f32x4.splat(5.0000001201e-1));
  sum = f32x4.add(multiplyAdd(f32x4.mul(rest, rest), sum, rest), f32x4.splat(1));
  // 2 ** power has nothing but its exponent.
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23);
  return f32x4.mul(sum, exponent);
}
