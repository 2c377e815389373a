/** The bytes of a folder in Hugging Face layout -> a checked engine. The files are untrusted. */
import { SaccadeError } from '../../../src/shared/failure.ts';
import { deviceOf } from '../../../src/shared/engineStatus.ts';
import { hubLayout } from '../../../src/shared/hubLayout.ts';
import { t } from '../../../src/shared/words.ts';
import { fileReader, type ArrivingFiles } from '../arrivingFiles.ts';
import { Engine } from '../engine.ts';
import { readOnnx } from '../onnxGraph/onnxFile.ts';
import { provideWasm, withoutGpuErrors } from '../onnxRuntime.ts';
import type { Seq2SeqModel } from '../seq2seqModel.ts';
import { loadStarter } from './chooseRows.ts';
import type { HubConfig } from './hubConfig.ts';
import { loadHubModel, type HubFiles } from './hubModel.ts';
import { assertSame, chosenTokens, firstScores, type FirstScores } from './hubSelfCheck.ts';
import { readHubSettings } from './readHubSettings.ts';

/** Any words: what is looked at before a device is trusted. */
const SAMPLE = 'a file';

/** @throws SaccadeError of kind "badModel", or of kind "device" where the device does not run the graphs, or not as the processor does */
export async function loadHubEngine({ modelId, onlyTask, wasm, files, path }: ArrivingFiles): Promise<Engine> {
  const layout = hubLayout(files.keys());
  const { bytes } = fileReader(modelId, files);
  const { tokenizer, ...own } = await readHubSettings(modelId, files, onlyTask);
  const contents = new Map<string, Uint8Array>();
  for (const name of layout.paths.filter((each) => each.startsWith('onnx/'))) contents.set(name, new Uint8Array(await bytes(name)));
  const contentOf = (name: string): Uint8Array => {
    const content = contents.get(name);
    if (content) return content;
    throw new SaccadeError('badModel', t('{0} is missing from the model {1}. Download the model again.', name, modelId));
  };
  provideWasm(await wasm);
  const hubFiles: HubFiles = { layout, open: (name) => readOnnx(name, contentOf(name)), content: (name) => contentOf(`onnx/${name}`) };
  const sample = tokenizer.tokenize(SAMPLE).ids;
  if (path === 'wasm') {
    const model = await loadHubModel(own, hubFiles, path);
    await firstScores(model, sample);
    return new Engine(model, tokenizer);
  }
  const reference = await processorScores(own, hubFiles, sample);
  const checked = async (): Promise<Seq2SeqModel> => {
    const model = await loadHubModel(own, hubFiles, path);
    try {
      assertSame(reference, await firstScores(model, sample, chosenTokens(reference)));
    } catch (error) {
      await model.release();
      throw error;
    }
    return model;
  };
  const starter = await loadStarter(deviceOf(path));
  try {
    return new Engine(await withoutGpuErrors(checked), tokenizer);
  } finally {
    // Not earlier: a GPU goes with its last session.
    await starter.release();
  }
}

/** What the model says on the processor, which gives its memory back before the GPU is given the model. */
async function processorScores(config: HubConfig, files: HubFiles, sample: readonly number[]): Promise<FirstScores> {
  const model = await loadHubModel(config, files, 'wasm');
  try {
    return await firstScores(model, sample);
  } finally {
    await model.release();
  }
}
