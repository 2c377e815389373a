/** Counts what a worker asks of the GPU, by wrapping WebGPU's own methods. Must be imported before whatever uses WebGPU. */

export interface GpuCounts {
  readonly dispatches: number;
  readonly passes: number;
  readonly bufferWrites: number;
  readonly bindGroups: number;
  readonly maps: number;
  readonly submits: number;
}

type Mutable<Counts> = { -readonly [Name in keyof Counts]: Counts[Name] };

const counts: Mutable<GpuCounts> = { dispatches: 0, passes: 0, bufferWrites: 0, bindGroups: 0, maps: 0, submits: 0 };

function count(owner: object, method: string, counter: keyof GpuCounts): void {
  const original = Reflect.get(owner, method) as (...values: unknown[]) => unknown;
  Reflect.set(owner, method, function (this: unknown, ...values: unknown[]): unknown {
    counts[counter]++;
    return original.apply(this, values);
  });
}

if ('GPUDevice' in globalThis) {
  count(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', 'dispatches');
  count(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', 'dispatches');
  count(GPUCommandEncoder.prototype, 'beginComputePass', 'passes');
  count(GPUQueue.prototype, 'writeBuffer', 'bufferWrites');
  count(GPUQueue.prototype, 'submit', 'submits');
  count(GPUDevice.prototype, 'createBindGroup', 'bindGroups');
  count(GPUBuffer.prototype, 'mapAsync', 'maps');
}

export function gpuCounts(): GpuCounts {
  return { ...counts };
}

/** What was counted after `before`. */
export function countsSince(before: GpuCounts): GpuCounts {
  const since = gpuCounts() as Mutable<GpuCounts>;
  for (const name of Object.keys(since) as (keyof GpuCounts)[]) since[name] -= before[name];
  return since;
}
