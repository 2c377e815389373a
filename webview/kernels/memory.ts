/** Room in the module's memory, which grows as it is needed and never shrinks. */

/** @returns the address of `bytes` bytes, a multiple of 16; what is there before is anything */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function free(address: usize): void {
  heap.free(address);
}
