/** The graphs of a recorded step -> a decoder that uses them. */
import type { StepPrecision } from '../../src/shared/engineStatus.ts';
import { CapturedDecoder } from './capturedDecoder.ts';
import { CapturedDecoding } from './capturedDecoding.ts';
import { CapturedStep, type CrossStates } from './capturedStep.ts';
import type { OwnModelConfig } from './modelConfig.ts';
import { toHalfPrecision } from './halfPrecision.ts';
import { bytesOf, loadGraph, withoutGpuErrors } from './onnxRuntime.ts';
import { writesReference } from './selfCheck.ts';
import type { Weights } from './weights.ts';

export interface CaptureGraphs {
  readonly precision: StepPrecision;
  /** For few rows. */
  readonly step: Uint8Array;
  /** For many rows. */
  readonly batch: Uint8Array;
  readonly cross: Uint8Array;
  readonly zeros: Uint8Array;
}

/** From as many rows on a step in tiles of 32 rows is faster than one that computes each number by itself. */
const TILED_ROWS = 32;

/** Cross keys and values in the device's memory, until they are disposed of. */
interface Encoded {
  readonly crossKeyValues: CrossStates['keyValues'];
  readonly lengths: readonly number[];
  dispose(): void;
}

/** @throws SaccadeError of kind "device" where the device cannot record a step */
export async function loadCapturedDecoder(
  config: OwnModelConfig,
  graphs: CaptureGraphs,
  weights: Weights,
  encode: (sources: readonly (readonly number[])[]) => Promise<Encoded>,
): Promise<CapturedDecoder> {
  const device = 'webgpu';
  const { precision } = graphs;
  const options = { device, weights: bytesOf(weights.expanded()) } as const;
  const staticCross = Array.from({ length: config.decoderLayers }, (_, layer) =>
    ['key', 'value', 'bias'].map((kind) => `static_cross_${kind}.${layer}`),
  ).flat();
  const zeros = await loadGraph('zeros.onnx', graphs.zeros, { ...options, keepOnDevice: [precision, 'int32'] });
  const cross = await loadGraph('static_cross.onnx', graphs.cross, { ...options, keepOnDevice: staticCross });
  const load = (rows: number): Promise<CapturedStep> =>
    CapturedStep.load(config, rows, {
      precision,
      step: rows < TILED_ROWS ? graphs.step : graphs.batch,
      cross,
      zeros,
      weights: inPrecision(weights.expanded(), precision),
    });

  async function check(step: CapturedStep): Promise<boolean> {
    const { selfCheck } = config;
    const encoded = await encode([selfCheck.sourceIds]);
    try {
      return await withoutGpuErrors(async () => {
        const sources = new Array<number>(step.rows).fill(0);
        await step.begin({ keyValues: encoded.crossKeyValues, lengths: encoded.lengths }, sources);
        const noOther = (): never => {
          throw new Error('the reference is longer than the step has room for');
        };
        const alone = { take: () => Promise.resolve(undefined), giveBack: () => undefined };
        return writesReference(new CapturedDecoding(step, sources, [], noOther, alone), step.rows, selfCheck);
      });
    } finally {
      encoded.dispose();
    }
  }

  return new CapturedDecoder({ single: await load(1), load: (rows) => withoutGpuErrors(() => load(rows)), check });
}

function inPrecision(numbers: Float32Array, precision: StepPrecision): Uint8Array {
  return bytesOf(precision === 'float16' ? toHalfPrecision(numbers) : numbers);
}
