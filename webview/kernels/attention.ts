/** One position attends to others. */
import { exponential } from './exponential';
import { largestOf, multiplyAdd, sumOf } from './multiplyAdd';

/** For so many fp32 numbers `attend` needs room at `work`. */
export function attendWork(length: i32): i32 {
  return (length + 3) & ~3;
}

/**
 * softmax(query * keys / sqrt(headSize)) * values of each head, `[heads * headSize]` at `to`.
 * @param keys those of `length` positions, `[length, heads * headSize]`, and so are the values
 * @param headSize a multiple of 16
 */
export function attend(query: usize, keys: usize, values: usize, length: i32, heads: i32, headSize: i32, to: usize, work: usize): void {
  const stride = (<usize>(heads * headSize)) << 2;
  const headBytes = (<usize>headSize) << 2;
  const scale: f32 = <f32>1 / sqrt<f32>(<f32>headSize);
  for (let head = 0; head < heads; head++) {
    compare(query, keys, length, stride, headBytes, scale, work);
    const share = <f32>1 / softenedSum(work, length);
    for (let part: usize = 0; part < headBytes; part += 64) gather(work, share, values + part, length, stride, to + part);
    query += headBytes;
    keys += headBytes;
    values += headBytes;
    to += headBytes;
  }
}

/** Scores `[length]` of the keys. */
function compare(query: usize, keys: usize, length: i32, stride: usize, headBytes: usize, scale: f32, to: usize): void {
  for (const end = to + ((<usize>length) << 2); to < end; to += 4) {
    let a = f32x4.splat(0);
    let b = a;
    for (let at: usize = 0; at < headBytes; at += 32) {
      a = multiplyAdd(v128.load(query + at), v128.load(keys + at), a);
      b = multiplyAdd(v128.load(query + at, 16), v128.load(keys + at, 16), b);
    }
    f32.store(to, scale * sumOf(f32x4.add(a, b)));
    keys += stride;
  }
}

/** exp() of the scores less the largest, in their place. @returns their sum */
function softenedSum(scores: usize, length: i32): f32 {
  const end = scores + ((<usize>length) << 2);
  const padded = scores + ((<usize>attendWork(length)) << 2);
  for (let at = end; at < padded; at += 4) f32.store(at, -Infinity);
  let largest = f32x4.splat(-Infinity);
  for (let at = scores; at < padded; at += 16) largest = f32x4.pmax(largest, v128.load(at));
  const best = f32x4.splat(largestOf(largest));
  for (let at = scores; at < padded; at += 16) v128.store(at, exponential(f32x4.sub(v128.load(at), best)));
  let sum: f32 = 0;
  for (let at = scores; at < end; at += 4) sum += f32.load(at);
  return sum;
}

/** 16 numbers: the sum of the values, each times its weight. */
function gather(weights: usize, share: f32, values: usize, length: i32, stride: usize, to: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (const end = weights + ((<usize>length) << 2); weights < end; weights += 4) {
    const weight = v128.load32_splat(weights);
    a = multiplyAdd(weight, v128.load(values), a);
    b = multiplyAdd(weight, v128.load(values, 16), b);
    c = multiplyAdd(weight, v128.load(values, 32), c);
    d = multiplyAdd(weight, v128.load(values, 48), d);
    values += stride;
  }
  const shares = f32x4.splat(share);
  v128.store(to, f32x4.mul(shares, a));
  v128.store(to, f32x4.mul(shares, b), 16);
  v128.store(to, f32x4.mul(shares, c), 32);
  v128.store(to, f32x4.mul(shares, d), 48);
}
