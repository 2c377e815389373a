import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  // onnx_pb.ts is generated.
  {
    ignores: ['dist/**', 'node_modules/**', 'test/output/**', 'test/fixtures/**', '.vscode-test/**', 'webview/engine/onnxGraph/onnx_pb.ts'],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        tsconfigRootDir: fileURLToPath(new URL('..', import.meta.url)),
        project: ['src/shared', 'src', 'webview/engine', 'webview/panel', 'webview/schedule', 'webview', 'test']
          .map((room) => `./${room}/tsconfig.json`)
          .concat('./src/tsconfig.cli.json'),
      },
    },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
);
