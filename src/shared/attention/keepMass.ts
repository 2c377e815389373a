/** Which weights of a map matter: a threshold by mass instead of by height. Knows no tokens. */

/**
 * Each row's greatest weights that together have at least `mass` (0 to 1) of the row's sum, and 0 in the place of all others (top-p, Holtzman
 * et al. 2020). Never fewer than one of a row that has any; of equal weights the earlier keys are kept. `[queries, keys]`
 */
export function keepMass(values: Float32Array, keys: number, mass: number): Float32Array {
  const out = new Float32Array(values.length);
  const sorted = new Float32Array(keys);
  for (let row = 0; row < values.length; row += keys) {
    const weights = values.subarray(row, row + keys);
    sorted.set(weights);
    sorted.sort();
    let wanted = 0;
    for (let i = 0; i < keys; i++) wanted += sorted[i]!;
    wanted *= mass;
    let least = Infinity;
    let kept = 0;
    let equal = 0;
    for (let i = keys - 1; i >= 0 && sorted[i]! > 0 && (kept < wanted || least === Infinity); i--) {
      equal = sorted[i] === least ? equal + 1 : 1;
      least = sorted[i]!;
      kept += least;
    }
    for (let key = 0; key < keys; key++) {
      const weight = weights[key]!;
      if (weight > least || (weight === least && equal-- > 0)) out[row + key] = weight;
    }
  }
  return out;
}
