/** Writes, copies and reads tensors that lie in the GPU's memory, without a graph. Knows no model. */
import type { Tensor } from './onnxRuntime.ts';

/** @param offset where the data goes, in elements of 4 bytes */
export function writeTensor(
  device: GPUDevice,
  tensor: Tensor,
  data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  offset = 0,
): void {
  device.queue.writeBuffer(tensor.gpuBuffer, offset * 4, data);
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
    const bytes = (from.size / from.dims[0]!) * 4;
    for (const [source, target] of rows) encoder.copyBufferToBuffer(from.gpuBuffer, source * bytes, to.gpuBuffer, target * bytes, bytes);
  }
  device.queue.submit([encoder.finish()]);
}

/** Elements `[start, start + count)` of a tensor with elements of 4 bytes, once everything that was asked of the GPU before is done. */
export async function readTensor(device: GPUDevice, tensor: Tensor, start: number, count: number): Promise<ArrayBuffer> {
  const bytes = count * 4;
  const staging = device.createBuffer({ size: bytes, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  try {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(tensor.gpuBuffer, start * 4, staging, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    return staging.getMappedRange().slice(0);
  } finally {
    staging.destroy();
  }
}
