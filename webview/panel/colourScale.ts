/** The sequential colour scale of a heatmap: weight to colour, linear in sRGB. Pure arithmetic: knows neither themes nor the DOM. */

/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

export interface ColourScale {
  /** Colour of weight 0. */
  readonly low: Colour;
  /** Colour of weight `maximum` and above. */
  readonly high: Colour;
  readonly maximum: number;
}

export function colourAt(scale: ColourScale, weight: number): Colour {
  const share = scale.maximum > 0 ? Math.min(1, Math.max(0, weight / scale.maximum)) : 0;
  const channel = (c: 0 | 1 | 2): number => Math.round(scale.low[c] + (scale.high[c] - scale.low[c]) * share);
  return [channel(0), channel(1), channel(2)];
}

/** Opaque RGBA pixels, one per value in the same order: `[values, 4]`. */
export function pixelsOf(scale: ColourScale, values: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(values.length * 4);
  const factor = scale.maximum > 0 ? 1 / scale.maximum : 0;
  const [red, green, blue] = scale.low;
  const [dRed, dGreen, dBlue] = [scale.high[0] - red, scale.high[1] - green, scale.high[2] - blue];
  // The same formula as colourAt without an array per cell; Uint8ClampedArray clamps, Math.round because it would round half to even.
  for (let i = 0, p = 0; i < values.length; i++, p += 4) {
    const share = Math.min(1, Math.max(0, values[i]! * factor));
    pixels[p] = Math.round(red + dRed * share);
    pixels[p + 1] = Math.round(green + dGreen * share);
    pixels[p + 2] = Math.round(blue + dBlue * share);
    pixels[p + 3] = 255;
  }
  return pixels;
}

/** The largest value, 0 for none. A loop, because spreading a large map over Math.max overflows the stack. */
export function largest(values: Float32Array): number {
  let maximum = 0;
  for (const value of values) if (value > maximum) maximum = value;
  return maximum;
}
