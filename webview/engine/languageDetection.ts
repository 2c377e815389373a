/** The languages of texts, as the head on the encoder tells them. Knows no search. */
import { UNSPACED_CHARACTER } from '../../src/shared/unspacedScripts.ts';
import { argmax } from './argmax.ts';
import type { Seq2SeqModel } from './seq2seqModel.ts';
import type { SourceTokens } from './sourceTokens.ts';

/** Three words, or as many characters as write them without spaces: one or two are not enough to tell. */
const LEAST_WORDS = new RegExp(`\\p{L}{2,}\\P{L}+\\p{L}{2,}\\P{L}+\\p{L}{2,}|(?:${UNSPACED_CHARACTER}\\P{L}*){5}`, 'u');

export class LanguageDetection {
  constructor(private readonly model: Seq2SeqModel) {}

  /** Whether the model has such a head. */
  get canTell(): boolean {
    return this.model.config.classifiers.languages.length > 0;
  }

  /** Those of `texts` that are long enough to tell and written in the language. */
  async thoseIn<Text extends SourceTokens>(language: string, texts: readonly Text[]): Promise<Set<Text>> {
    const long = texts.filter(({ protectedText }) => LEAST_WORDS.test(protectedText.text));
    const languages = await this.of(long);
    return new Set(long.filter((_, index) => languages[index] === language));
  }

  /** The language of each text, as a code, or "other". */
  async of(texts: readonly SourceTokens[]): Promise<string[]> {
    const { languages } = this.model.config.classifiers;
    const { mostTexts } = this.model.batches;
    const detected: string[] = [];
    for (let start = 0; start < texts.length; start += mostTexts) {
      const batch = texts.slice(start, start + mostTexts);
      const { languageScores } = await this.model.classify(batch.map(({ sourceIds }) => sourceIds));
      for (const row of batch.keys()) {
        detected.push(languages[argmax(languageScores.subarray(row * languages.length, (row + 1) * languages.length))]!);
      }
    }
    return detected;
  }
}
