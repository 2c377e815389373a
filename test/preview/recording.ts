/** Reads a canned run back: an inspection as JSON, its numbers in half precision, base64. Knows no field of an inspection. */
import type { Inspection } from '../../src/shared/inspection.ts';

export function inspectionOf(recording: string): Inspection {
  return JSON.parse(recording, (_, value: unknown) =>
    isRecorded(value) ? Float32Array.from(halves(value.half), numberOf) : value,
  ) as Inspection;
}

function isRecorded(value: unknown): value is { readonly half: string } {
  return typeof value === 'object' && value !== null && 'half' in value && typeof value.half === 'string';
}

function halves(text: string): Uint16Array {
  return new Uint16Array(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer);
}

function numberOf(half: number): number {
  const exponent = (half >>> 10) & 0x1f;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 0) return 0;
  return exponent === 31 ? sign * Infinity : sign * (1 + (half & 0x3ff) / 1024) * 2 ** (exponent - 15);
}
