import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  // onnx_pb.ts is generated; webview/kernels/ is AssemblyScript, where numbers have types that a linter of TypeScript takes for mistakes.
  {
    ignores: [
      ...['dist/**', 'node_modules/**', 'test/output/**', 'test/fixtures/**', '.vscode-test/**'],
      ...['webview/engine/onnxGraph/onnx_pb.ts', 'webview/kernels/*.ts'],
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        tsconfigRootDir: fileURLToPath(new URL('..', import.meta.url)),
        // A file is checked as part of the first that has it: the store of models needs Node's types, which the rest of src/ does without.
        project: [
          ...['src/shared/tsconfig.json', 'webview/engine/tsconfig.json', 'src/tsconfig.cli.json', 'src/tsconfig.json'],
          ...['webview/panel', 'webview/schedule', 'webview', 'test'].map((room) => `${room}/tsconfig.json`),
        ].map((project) => `./${project}`),
      },
    },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
);
