/** How much memory wasm modules have, whoever made them. */

const heaps: WeakRef<WebAssembly.Memory>[] = [];

export function noteHeap(memory: WebAssembly.Memory): void {
  heaps.push(new WeakRef(memory));
}

/** Of all of them; each grows and never shrinks. */
export function heapBytes(): number {
  return heaps.reduce((sum, heap) => sum + (heap.deref()?.buffer.byteLength ?? 0), 0);
}
