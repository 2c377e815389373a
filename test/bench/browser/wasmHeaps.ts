/** Watches the wasm memories of a worker, which only grow. Must be imported before whatever makes one. */

const memories = new Set<WebAssembly.Memory>();
const { instantiate, Memory } = WebAssembly;

WebAssembly.Memory = new Proxy(Memory, {
  construct(target, values: [WebAssembly.MemoryDescriptor]) {
    const memory = new target(...values);
    memories.add(memory);
    return memory;
  },
});

WebAssembly.instantiate = (async (...values: Parameters<typeof instantiate>) => {
  const made: unknown = await instantiate(...values);
  const instance = (made instanceof WebAssembly.Instance ? made : (made as WebAssembly.WebAssemblyInstantiatedSource).instance).exports;
  for (const value of Object.values(instance)) if (value instanceof Memory) memories.add(value);
  return made;
}) as typeof instantiate;

/** Bytes of all of them. */
export function wasmHeapBytes(): number {
  return [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
