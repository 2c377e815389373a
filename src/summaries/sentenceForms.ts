/** The forms that a summary takes where it is the first line of something. Knows no language but punctuation. */
import { segment, segmentTexts } from '../shared/segments.ts';

/** The first sentence, with a capital and a full stop. */
export function docSentence(summary: string): string {
  const sentence = capital(firstSentence(summary));
  return sentence === '' || /[.!?…。！？]["'”’»)\]`]*$/u.test(sentence) ? sentence : `${sentence.replace(/[,;:\s]+$/, '')}.`;
}

/** By common use no longer than this, so that every tool shows it whole. */
export const LONGEST_SUBJECT = 72;

/** The first sentence with a capital and without a full stop, cut at a clause or a word where it is too long. */
export function commitSubject(summary: string, longest = LONGEST_SUBJECT): string {
  const sentence = capital(firstSentence(summary)).replace(/[\s.。]+$/u, '');
  if (sentence.length <= longest) return sentence;
  const start = sentence.slice(0, longest + 1);
  const clause = lastIndexOf(start, /[,;:–—](?=\s)|[，、；：]/g);
  const word = start.lastIndexOf(' ');
  const cut = clause >= longest / 2 ? clause : word > 0 ? word : longest;
  const kept = sentence.slice(0, cut);
  // Inline code is not parted.
  const open = (kept.match(/`/g)?.length ?? 0) % 2 === 1 ? kept.lastIndexOf('`') : kept.length;
  return kept.slice(0, open > 0 ? open : kept.length).replace(/[\s,;:–—([{，、；：（「]+$/u, '');
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return segmentTexts(segment(line))[0] ?? line;
}

/** A name in code keeps its first letter. */
function capital(sentence: string): string {
  const word = /^\p{L}+(?![\p{N}_.(:])/u.exec(sentence)?.[0] ?? '';
  const isName = /\p{Lu}/u.test(word.slice(1));
  return word === '' || isName ? sentence : sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function lastIndexOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].at(-1)?.index ?? -1;
}
