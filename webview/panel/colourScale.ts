/** The sequential colour scale of a heatmap: share of the scale to colour, linear in sRGB. Pure arithmetic: knows neither themes nor the DOM. */
import type { WeightScale } from '../../src/shared/attention/weightScale.ts';

/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

export interface ColourScale {
  /** Colour of share 0. */
  readonly low: Colour;
  /** Colour of share 1 and above. */
  readonly high: Colour;
  /** The weight at share 1; of a row-relative scale, the largest of all rows. */
  readonly maximum: number;
  readonly scale: WeightScale;
}

type Ends = Pick<ColourScale, 'low' | 'high'>;

/** Opaque RGBA pixels, one per share in the same order: `[shares, 4]`. */
export function pixelsOf({ low, high }: Ends, shares: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(shares.length * 4);
  const [red, green, blue] = low;
  const [dRed, dGreen, dBlue] = [high[0] - red, high[1] - green, high[2] - blue];
  // Uint8ClampedArray clamps, Math.round because it would round half to even.
  for (let i = 0, p = 0; i < shares.length; i++, p += 4) {
    const share = Math.min(1, Math.max(0, shares[i]!));
    pixels[p] = Math.round(red + dRed * share);
    pixels[p + 1] = Math.round(green + dGreen * share);
    pixels[p + 2] = Math.round(blue + dBlue * share);
    pixels[p + 3] = 255;
  }
  return pixels;
}
