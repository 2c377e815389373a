/** Which offset of a text belongs to each offset of what a tokenizer made of it: spaces, case and letters may have changed. Pure. */

/** How far either text is looked ahead for where both agree again. */
const LOOK_AHEAD = 24;

/** @returns for each offset of `made`, its end included, an offset of `text`; never decreasing */
export function alignTexts(made: string, text: string): number[] {
  const offsets = new Array<number>(made.length + 1).fill(text.length);
  let [inMade, inText] = [0, 0];
  while (inMade < made.length) {
    const [skipMade, skipText] = nextAgreement(made, inMade, text, inText);
    // What has no counterpart stands for nothing, before what is left out.
    for (let skipped = 0; skipped < skipMade; skipped++) offsets[inMade++] = inText;
    inText += skipText;
    if (inMade >= made.length) break;
    offsets[inMade++] = inText;
    if (inText < text.length) inText++;
  }
  offsets[made.length] = Math.max(inText, offsets[made.length - 1] ?? 0);
  return offsets;
}

/** How many characters of each are to be left out so that the next ones are the same, as few as possible. */
function nextAgreement(made: string, inMade: number, text: string, inText: number): [number, number] {
  for (let sum = 0; sum <= LOOK_AHEAD; sum++) {
    for (let skipMade = 0; skipMade <= sum; skipMade++) {
      const [one, other] = [made[inMade + skipMade], text[inText + sum - skipMade]];
      if (one !== undefined && other !== undefined && folded(one) === folded(other)) return [skipMade, sum - skipMade];
    }
  }
  return [0, 0];
}

function folded(character: string): string {
  return character.normalize('NFKD').charAt(0).toLowerCase();
}
