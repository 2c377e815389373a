/** Numbers of bytes as users read them. Pure. */

const MEGABYTE = 1e6;

/** "3.1 of 41.0 MB"; without a total only what is there. */
export function byteProgress(loaded: number, total: number): string {
  const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);
  return total > 0 ? `${megabytes(loaded)} of ${megabytes(total)} MB` : `${megabytes(loaded)} MB`;
}
