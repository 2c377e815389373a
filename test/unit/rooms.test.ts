/** Who may import what: the deliberate absences that keep the three machines apart. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The imports of every TypeScript file below `folder`: repository paths for files, names for packages. */
function importsBelow(folder: string): { readonly file: string; readonly imported: string }[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name))
    .flatMap((file) =>
      [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map(([, specifier = '']) => ({
        file,
        imported: specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier,
      })),
    );
}

const RULES: readonly { readonly room: string; readonly may: RegExp; readonly except?: RegExp }[] = [
  { room: 'src/shared', may: /^src\/shared\// },
  {
    room: 'src/editor',
    may: /^(src\/(shared|editor)\/|vscode$|#thread$|vscode-textmate$|vscode-oniguruma$|jsonc-parser$|get-east-asian-width$)/,
    except: /^src\/editor\/thread\//,
  },
  // What runs on a thread of its own knows no VS Code.
  {
    room: 'src/editor/reading',
    may: /^src\/(shared\/|editor\/(reading|grammar|thread)\/|editor\/(changedLines|comments|inSlices|languageConfiguration|markdownText)\.ts$)/,
  },
  { room: 'src/editor/thread', may: /^(src\/editor\/thread\/thread\.ts$|node:)/ },
  { room: 'src/panel', may: /^(src\/(shared|panel|models)\/|vscode$)/ },
  { room: 'src/summaries', may: /^src\/(shared\/|summaries\/|panel\/engineRuns\.ts$)/ },
  { room: 'src/folder', may: /^(src\/folder\/|vscode$)/ },
  { room: 'src/git', may: /^(src\/(shared|editor|git|summaries)\/|vscode$)/ },
  {
    room: 'src/wording',
    may: /^(src\/(shared|editor|wording)\/|src\/(settings|writtenSegments|runWithProgress)\.ts$|vscode$|saxes$)/,
  },
  { room: 'src/models', may: /^src\/(shared|models)\//, except: /^src\/models\/store\// },
  {
    room: 'src/models/store',
    may: /^(src\/(shared|models)\/|node:|@huggingface\/hub$|webview\/engine\/hub\/readHubSettings\.ts$)/,
  },
  { room: 'webview/panel', may: /^(src\/shared\/|webview\/panel\/|@vscode\/webview-ui-toolkit$)/ },
  { room: 'webview/schedule', may: /^(src\/shared|webview\/schedule)\// },
  {
    room: 'webview/engine',
    may: /^(src\/shared\/|webview\/engine\/|#kernels$|@huggingface\/tokenizers$|@bufbuild\/protobuf(\/|$))/,
    except: /^webview\/engine\/onnx[rR]untime\.(d\.)?ts$/,
  },
];

describe('rooms', () => {
  for (const { room, may, except } of RULES) {
    it(`${room} imports only what it may`, () => {
      const imports = importsBelow(room).filter(({ file }) => !except?.test(file));
      assert.ok(imports.length > 0);
      for (const { file, imported } of imports) assert.match(imported, may, `${file} imports ${imported}`);
    });
  }

  it('has one file that knows onnxruntime-web', () => {
    const files = ['src', 'webview']
      .flatMap(importsBelow)
      .filter(({ file, imported }) => /^(#onnxruntime|onnxruntime-web)/.test(imported) && !file.endsWith('.d.ts'));
    assert.deepEqual([...new Set(files.map(({ file }) => file))], ['webview/engine/onnxRuntime.ts']);
  });

  it('never imports a root', () => {
    const roots = ['src/extension.ts', 'src/readerThread.ts', 'src/cli.ts', 'webview/main.ts', 'webview/engine/worker.ts'];
    for (const { file, imported } of ['src', 'webview'].flatMap(importsBelow))
      assert.ok(!roots.includes(imported), `${file} imports ${imported}`);
  });
});
