import tseslint from 'typescript-eslint';

/** Who may import what; the compiler's projects enforce the rest. */
const rooms = [
  { files: ['src/shared/**'], forbidden: ['vscode', 'onnxruntime-web*', '../*'] },
  { files: ['src/editor/**'], forbidden: ['onnxruntime-web*', '**/panel/**', '**/models/**', '**/webview/**'] },
  { files: ['src/panel/**'], forbidden: ['onnxruntime-web*', '**/editor/**', '**/webview/**'] },
  { files: ['webview/panel/**'], forbidden: ['vscode', 'onnxruntime-web*', '**/engine/**'] },
  { files: ['webview/engine/**'], ignores: ['webview/engine/onnxRuntime.ts'], forbidden: ['vscode', 'onnxruntime-web*', '**/panel/**'] },
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'test/output/**', 'test/fixtures/**', '.vscode-test/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: ['src/shared', 'src', 'webview/engine', 'webview/panel', 'webview', 'test'].map((room) => `./${room}/tsconfig.json`).concat('./src/tsconfig.cli.json') } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  ...rooms.map(({ files, ignores = [], forbidden }) => ({
    files,
    ignores,
    rules: { 'no-restricted-imports': ['error', { patterns: forbidden }] },
  })),
);
