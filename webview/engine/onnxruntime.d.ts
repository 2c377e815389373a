/** Whichever build of onnxruntime-web package.json's `imports` chooses, its interface is the same. */
declare module '#onnxruntime' {
  export * from 'onnxruntime-web';
}
