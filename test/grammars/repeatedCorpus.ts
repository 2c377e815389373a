/** Long texts in languages of which a machine has no long ones: the corpus' files again and again, with other names each time. Knows no grammar. */
import { corpusFiles } from './corpus/corpusFiles.ts';

/** Keywords are shorter. */
const LONG_NAME = /\b[A-Za-z]{11,}\b/g;

/** Undefined for a language that the corpus does not have. */
export function repeatedCorpus(language: string, length: number): string | undefined {
  const files = corpusFiles().filter((file) => file.language === language);
  if (files.length === 0) return undefined;
  let text = '';
  for (let turn = 0; text.length < length; turn++)
    for (const file of files) text += file.text.replace(LONG_NAME, (name) => `${name}${turn}`);
  return text.slice(0, length);
}
