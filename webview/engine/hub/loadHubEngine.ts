/** The bytes of a folder in Hugging Face layout -> a checked engine. The files are untrusted. */
import { SaccadeError } from '../../../src/shared/failure.ts';
import { deviceOf } from '../../../src/shared/engineStatus.ts';
import { hubLayout, type HubLayout } from '../../../src/shared/hubLayout.ts';
import type { ModelReference } from '../../../src/shared/modelReference.ts';
import { t } from '../../../src/shared/words.ts';
import { fileReader, type ArrivingFiles } from '../arrivingFiles.ts';
import { Engine } from '../engine.ts';
import { readOnnx } from '../onnxGraph/onnxFile.ts';
import { provideWasm, withoutGpuErrors } from '../onnxRuntime.ts';
import { loadStarter } from './chooseRows.ts';
import type { HubConfig } from './hubConfig.ts';
import { loadHubModel, type HubFiles } from './hubModel.ts';
import { assertSame, firstScores, referenceOf } from './hubSelfCheck.ts';
import { readHubSettings } from './readHubSettings.ts';

/** Any words: what is looked at before a device is trusted. */
const SAMPLE = 'a file';

/**
 * On the processor a model without a reference becomes one; on another device the processor is asked first.
 * @throws SaccadeError of kind "badModel", or of kind "device" where the graphs do not run, or not as the reference says
 */
export async function loadHubEngine({ modelId, onlyTask, wasm, files, path, reference: given }: ArrivingFiles): Promise<Engine> {
  const layout = hubLayout(files.keys());
  const { tokenizer, ...own } = await readHubSettings(modelId, files, onlyTask);
  const hubFiles = await arrivedGraphs(modelId, files, layout);
  provideWasm(await wasm);
  const sample = tokenizer.tokenize(SAMPLE).ids;
  const checked = async (reference: ModelReference | undefined): Promise<Engine> => {
    const model = await loadHubModel(own, hubFiles, path);
    try {
      const scores = await firstScores(
        model,
        sample,
        reference?.map(({ chosen }) => chosen),
      );
      if (reference) assertSame(reference, scores, layout.variant);
      return new Engine(model, tokenizer, reference ?? referenceOf(scores));
    } catch (error) {
      await model.release();
      throw error;
    }
  };
  if (path === 'wasm') return checked(given);
  const reference = given ?? (await processorReference(own, hubFiles, sample));
  const starter = await loadStarter(deviceOf(path));
  try {
    return await withoutGpuErrors(() => checked(reference));
  } finally {
    // Not earlier: a GPU goes with its last session.
    await starter.release();
  }
}

async function arrivedGraphs(modelId: string, files: ArrivingFiles['files'], layout: HubLayout): Promise<HubFiles> {
  const { bytes } = fileReader(modelId, files);
  const contents = new Map<string, Uint8Array>();
  for (const name of layout.paths.filter((each) => each.startsWith('onnx/'))) contents.set(name, new Uint8Array(await bytes(name)));
  const contentOf = (name: string): Uint8Array => {
    const content = contents.get(name);
    if (content) return content;
    throw new SaccadeError('badModel', t('{0} is missing from the model {1}. Download the model again.', name, modelId));
  };
  return { layout, open: (name) => readOnnx(name, contentOf(name)), content: (name) => contentOf(`onnx/${name}`) };
}

/** What the model says on the processor, which gives its memory back before the GPU is given the model. */
async function processorReference(config: HubConfig, files: HubFiles, sample: readonly number[]): Promise<ModelReference> {
  const model = await loadHubModel(config, files, 'wasm');
  try {
    return referenceOf(await firstScores(model, sample));
  } finally {
    await model.release();
  }
}
