/** The files of a model, some of them still on their way. Knows no model. */
import type { EnginePath } from '../../src/shared/engineStatus.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { LARGEST_SETTING_BYTES } from '../../src/shared/hubLayout.ts';
import type { ModelReference } from '../../src/shared/modelReference.ts';
import type { OnlyTask } from '../../src/shared/task.ts';
import { t } from '../../src/shared/words.ts';
import { unusableFile } from './fileFailure.ts';

/** What an engine is made of; what is still on its way is waited for where it is needed. */
export interface ArrivingFiles {
  readonly modelId: string;
  /** What it does, where its files do not tell. */
  readonly onlyTask?: OnlyTask | undefined;
  readonly wasm: ArrayBuffer | Promise<ArrayBuffer>;
  /** Path inside the model's folder -> content, checksums already verified where they are known. */
  readonly files: ReadonlyMap<string, ArrayBuffer | Promise<ArrayBuffer>>;
  readonly path: EnginePath;
  /** What a model without a reference of its own must say; undefined where nobody has asked it yet. */
  readonly reference?: ModelReference | undefined;
}

export interface EngineFiles extends ArrivingFiles {
  readonly wasm: ArrayBuffer;
  readonly files: ReadonlyMap<string, ArrayBuffer>;
}

export interface FileReader {
  /** @throws SaccadeError of kind "badModel" where the model has no such file */
  readonly bytes: (path: string) => Promise<ArrayBuffer>;
  /** @throws SaccadeError of kind "badModel" where the file is missing, too large or not JSON */
  readonly json: (path: string) => Promise<unknown>;
}

export function fileReader(modelId: string, files: ArrivingFiles['files']): FileReader {
  const bytes = async (path: string): Promise<ArrayBuffer> => {
    const content = await files.get(path);
    if (!content) throw new SaccadeError('badModel', t('{0} is missing from the model {1}. Reinstall the model.', path, modelId));
    return content;
  };
  return {
    bytes,
    async json(path) {
      const content = await bytes(path);
      if (content.byteLength > LARGEST_SETTING_BYTES) {
        const size = Math.ceil(content.byteLength / 2 ** 20);
        throw unusableFile(path, `has ${size} MB, which is too much`);
      }
      try {
        return JSON.parse(new TextDecoder().decode(content)) as unknown;
      } catch {
        throw unusableFile(path, 'is not JSON');
      }
    },
  };
}
