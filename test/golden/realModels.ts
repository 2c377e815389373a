/** The real pretrained models beside the checkout, where they are. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../shared/real-models/', import.meta.url));

export const REAL_MODELS = ['bart-g2p-en-us', 'opennmt-transliteration-ar-en'] as const;
export type RealModel = (typeof REAL_MODELS)[number];

export const haveRealModels = REAL_MODELS.every((name) => existsSync(path.join(FOLDER, name, 'SOURCE.txt')));

export function folderOf(model: RealModel): string {
  return path.join(FOLDER, model);
}

export function graphOf(model: RealModel, name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(FOLDER, model, 'onnx', `${name}.onnx`)));
}
