/** Writes, copies and reads tensors that lie in the GPU's memory, without a graph. Knows no model. */
import type { Tensor } from './onnxRuntime.ts';

function elementBytes({ type }: Tensor): number {
  return type === 'float16' ? 2 : 4;
}

/**
 * @param data of the tensor's type; numbers in half precision as their bits
 * @param offset where the data goes, in elements
 */
export function writeTensor(
  device: GPUDevice,
  tensor: Tensor,
  data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>,
  offset = 0,
): void {
  device.queue.writeBuffer(tensor.gpuBuffer, offset * elementBytes(tensor), data);
}

/** Copies rows of the first dimension from one tensor to another, whose rows are as long: `[row of from, row of to]`. */
export interface RowCopy {
  readonly from: Tensor;
  readonly to: Tensor;
  readonly rows: readonly (readonly [number, number])[];
}

export function copyRows(device: GPUDevice, copies: readonly RowCopy[]): void {
  const encoder = device.createCommandEncoder();
  for (const { from, to, rows } of copies) {
    const bytes = (from.size / from.dims[0]!) * elementBytes(from);
    for (const [source, target] of rows) encoder.copyBufferToBuffer(from.gpuBuffer, source * bytes, to.gpuBuffer, target * bytes, bytes);
  }
  device.queue.submit([encoder.finish()]);
}

/** Elements `[start, start + count)` of a tensor, once everything that was asked of the GPU before is done. */
export async function readTensor(device: GPUDevice, tensor: Tensor, start: number, count: number): Promise<ArrayBuffer> {
  const bytes = count * elementBytes(tensor);
  const staging = device.createBuffer({ size: bytes, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  try {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(tensor.gpuBuffer, start * elementBytes(tensor), staging, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    return staging.getMappedRange().slice(0);
  } finally {
    staging.destroy();
  }
}
