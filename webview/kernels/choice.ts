/** What a step makes of its logits. */
import { exponential } from './exponential';
import { sumOf } from './multiplyAdd';

/** Index of the first of the largest of `count` numbers. */
export function indexOfLargest(x: usize, count: i32): i32 {
  let best = 0;
  let largest = f32.load(x);
  for (let index = 1; index < count; index++) {
    const value = f32.load(x + ((<usize>index) << 2));
    if (value > largest) {
      largest = value;
      best = index;
    }
  }
  return best;
}

/** The probability that the logit `best` has among `count` of them. */
export function probabilityOf(best: f32, logits: usize, count: i32): f32 {
  const subtrahend = f32x4.splat(best);
  const end = logits + ((<usize>count) << 2);
  let sums = f32x4.splat(0);
  for (; logits + 16 <= end; logits += 16) sums = f32x4.add(sums, exponential(f32x4.sub(v128.load(logits), subtrahend)));
  let sum = sumOf(sums);
  for (; logits < end; logits += 4) sum += f32x4.extract_lane(exponential(f32x4.splat(f32.load(logits) - best)), 0);
  return <f32>1 / sum;
}
