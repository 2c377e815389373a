/** The matrix that takes what the heads of a layer have gathered back into the model's width. Knows float and int8 products. */
import { attribute, type GraphIndex } from './graphIndex.ts';
import type { NodeProto } from './onnx_pb.ts';

export interface OutputProjection {
  /** `[heads * headSize, hiddenSize]`, or the other way round. */
  readonly weight: string;
  readonly isTransposed: boolean;
  /** Where the weight is quantised: what makes numbers of it. */
  readonly quantized: { readonly scale: string; readonly zeroPoint: string } | undefined;
}

const ON_THE_WAY = new Set([
  'Transpose',
  'Reshape',
  'Cast',
  'Identity',
  'Squeeze',
  'Mul',
  'DynamicQuantizeLinear',
  'QuantizeLinear',
  'DequantizeLinear',
]);
const DEEPEST_WALK = 16;

/** @param gathered what the heads have gathered */
export function outputProjection(index: GraphIndex, gathered: string): OutputProjection | undefined {
  let value = gathered;
  for (let depth = 0; depth < DEEPEST_WALK; depth++) {
    for (const reader of index.readersOf(value)) {
      const found = projectionBy(index, reader, value);
      if (found) return found;
    }
    const next = index.readersOf(value).find(({ opType, input }) => ON_THE_WAY.has(opType) && input[0] === value);
    if (!next) return undefined;
    value = next.output[0]!;
  }
  return undefined;
}

function projectionBy(index: GraphIndex, reader: NodeProto, value: string): OutputProjection | undefined {
  const [left, weight] = reader.input;
  if (left !== value || weight === undefined || !index.isConstant(weight)) return undefined;
  switch (reader.opType) {
    case 'MatMul':
      return { weight, isTransposed: false, quantized: undefined };
    case 'Gemm':
      return { weight, isTransposed: attribute(reader, 'transB')?.i === 1n, quantized: undefined };
    case 'MatMulInteger': {
      const zeroPoint = reader.input[3];
      const scale = weightScale(index, reader.output[0]!);
      return scale !== undefined && zeroPoint !== undefined ? { weight, isTransposed: false, quantized: { scale, zeroPoint } } : undefined;
    }
    default:
      return undefined;
  }
}

/** An integer product is multiplied with the scale of its left side times that of the weight, which is constant. */
function weightScale(index: GraphIndex, integers: string): string | undefined {
  const floats = index.readersOf(integers).find(({ opType }) => opType === 'Cast')?.output[0];
  const scaled = floats === undefined ? undefined : index.readersOf(floats).find(({ opType }) => opType === 'Mul');
  const scales = scaled?.input.find((value) => value !== floats);
  return scales === undefined ? undefined : index.producer(scales)?.input.find((value) => index.isConstant(value));
}
