/** The bytes of a folder in Hugging Face layout -> a checked engine. The files are untrusted. */
import type { EnginePath } from '../../../src/shared/engineStatus.ts';
import { SaccadeError } from '../../../src/shared/failure.ts';
import { hubLayout } from '../../../src/shared/hubLayout.ts';
import { fileReader, type ArrivingFiles } from '../arrivingFiles.ts';
import { Engine } from '../engine.ts';
import { readOnnx } from '../onnxGraph/onnxFile.ts';
import { provideWasm, withoutGpuErrors } from '../onnxRuntime.ts';
import type { Seq2SeqModel } from '../seq2seqModel.ts';
import { loadHubModel } from './hubModel.ts';
import type { HubTokenizer } from './hubTokenizer.ts';
import { readHubSettings } from './readHubSettings.ts';

/** Steps that are looked at before a device is trusted: the first has no cache, the next ones have. */
const CHECKED_STEPS = 3;

/** @throws SaccadeError of kind "badModel", or of kind "device" where the device does not run the graphs or gives no numbers */
export async function loadHubEngine({ modelId, wasm, files, path }: ArrivingFiles): Promise<Engine> {
  const layout = hubLayout(files.keys());
  const { bytes } = fileReader(modelId, files);
  const { tokenizer, ...own } = await readHubSettings(modelId, files);
  const contents = new Map<string, Uint8Array>();
  for (const name of layout.paths.filter((each) => each.startsWith('onnx/'))) contents.set(name, new Uint8Array(await bytes(name)));
  const contentOf = (name: string): Uint8Array => {
    const content = contents.get(name);
    if (content) return content;
    throw new SaccadeError('badModel', `${name} is missing from the model ${modelId}. Download the model again.`);
  };
  provideWasm(await wasm);
  const load = async (): Promise<Seq2SeqModel> => {
    const model = await loadHubModel(
      own,
      { layout, open: (name) => readOnnx(name, contentOf(name)), content: (name) => contentOf(`onnx/${name}`) },
      path,
    );
    await assertNumbers(model, tokenizer, path);
    return model;
  };
  return new Engine(await (path === 'wasm' ? load() : withoutGpuErrors(load)), tokenizer);
}

async function assertNumbers(model: Seq2SeqModel, tokenizer: HubTokenizer, path: EnginePath): Promise<void> {
  const { tasks } = model.config;
  const beginning = tasks.text2text ?? tasks.summarise ?? Object.values(tasks.translate)[0];
  if (!beginning)
    throw new SaccadeError('badModel', 'The model knows none of the tasks or languages that Saccade has. Choose another model.');
  const encoded = await model.encode([tokenizer.tokenize('a').ids]);
  const decoding = await model.decode(encoded, [0]);
  try {
    let token = beginning.startToken;
    for (let step = 0; step < CHECKED_STEPS; step++) {
      const { next, logits } = await decoding.step([token], { logits: true });
      if (logits?.length !== model.config.vocabularySize) {
        throw new SaccadeError(
          'badModel',
          `The model scores ${logits?.length ?? 0} tokens, but config.json says ${model.config.vocabularySize}.`,
        );
      }
      // What must not be written has a score of minus infinity.
      if (logits.some((score) => Number.isNaN(score) || score === Infinity)) {
        throw new SaccadeError('device', `The model does not give numbers on ${path}. Choose another variant of it.`);
      }
      token = next[0]!;
    }
  } finally {
    decoding.dispose();
    encoded.dispose();
  }
}
