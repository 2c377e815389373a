/** What webview/kernels/compile.mjs writes: the module in base64, for processors with relaxed SIMD and for others. */
declare module '#kernels' {
  export const relaxed: string;
  export const plain: string;
}
