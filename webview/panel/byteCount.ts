/** Numbers of bytes as users read them. Pure. */

const MEGABYTE = 1e6;

/** "3.1 of 41.0 MB"; without a total only what is there. */
export function byteProgress(loaded: number, total: number): string {
  return total > 0 ? `${megabytes(loaded)} of ${megabytes(total)} MB` : `${megabytes(loaded)} MB`;
}

/** "105.0 + 98.2 MB" */
export function byteSum(parts: readonly number[]): string {
  return `${parts.map(megabytes).join(' + ')} MB`;
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
