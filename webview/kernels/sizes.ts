/** How many bytes numbers are. */

/** fp32 */
export function bytes(numbers: i32): usize {
  return (<usize>numbers) << 2;
}

/** int16 */
export function halves(numbers: i32): usize {
  return (<usize>numbers) << 1;
}
