/** Compiles this room with asc into dist/kernels.js, twice: relaxed SIMD has a multiply-add, but not every browser, nor Node 20, has relaxed SIMD. */
import { writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

/** Vectors never leave the module, so nobody needs to be warned that they cannot (AS112). */
const OPTIONS = [
  'webview/kernels/index.ts',
  '-O3',
  '--noAssert',
  '--runtime',
  'minimal',
  '--disableWarning',
  '112',
  '--outFile',
  'kernels.wasm',
];

async function compile(/** @type {string[]} */ features) {
  /** @type {Uint8Array | undefined} */
  let module;
  const { error, stderr } = await asc.main([...OPTIONS, ...features.flatMap((feature) => ['--enable', feature])], {
    writeFile: (_name, contents) => void (module = contents),
  });
  if (error || !module) throw new Error(stderr.toString() || String(error));
  return Buffer.from(module).toString('base64');
}

export async function compileKernels() {
  const plain = await compile(['simd']);
  const relaxed = await compile(['simd', 'relaxed-simd']);
  await writeFile('dist/kernels.js', `export const plain = '${plain}';\nexport const relaxed = '${relaxed}';\n`);
}
