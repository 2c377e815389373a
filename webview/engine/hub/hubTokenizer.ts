/**
 * Text <-> token ids by a tokenizer.json of any make, with the characters that each token stands for. What it does to a text is the library's
 * business; spans are found by comparing what tokens say with what was there. Knows no task and no network.
 */
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { SaccadeError } from '../../../src/shared/failure.ts';
import type { Span } from '../../../src/shared/span.ts';
import { unusableFile } from '../fileFailure.ts';
import type { SentinelTokens } from '../keepSpans.ts';
import type { Detokenized, TextTokenizer, Tokenized } from '../tokenizer.ts';
import { alignTexts } from './alignTexts.ts';
import { checkTokenizerJson } from './checkTokenizerJson.ts';

/** Any word: what stands around its tokens stands around those of every text. */
const SAMPLE = 'a';

export class HubTokenizer implements TextTokenizer {
  /** Tokens that the source may have of itself at most. */
  readonly longest: number;
  private readonly tokenizer: HuggingFaceTokenizer;
  private readonly control: ReadonlyMap<number, string>;
  private readonly before: readonly number[];
  private readonly after: readonly number[];

  /** @throws SaccadeError of kind "badModel" */
  constructor(json: unknown, settings: unknown) {
    const checked = checkTokenizerJson(json);
    const own = typeof settings === 'object' && settings !== null ? settings : {};
    const limit = 'model_max_length' in own ? own.model_max_length : undefined;
    this.longest = typeof limit === 'number' && Number.isFinite(limit) && limit >= 2 ? Math.floor(limit) : Infinity;
    const control = checked.added_tokens.filter(({ special }) => special);
    this.control = new Map(control.map(({ id, content }) => [id, content]));
    try {
      // Without its control tokens the library cannot take "</s>" in a user's text for the end of the text.
      this.tokenizer = new HuggingFaceTokenizer({ ...checked, added_tokens: checked.added_tokens.filter(({ special }) => !special) }, own);
      const whole = new HuggingFaceTokenizer(checked, own);
      [this.before, this.after] = around(whole.encode(SAMPLE).ids, this.encode(SAMPLE));
    } catch (error) {
      if (error instanceof SaccadeError) throw error;
      throw unusableFile('tokenizer.json', `is not understood: ${String(error).slice(0, 200)}`);
    }
  }

  tokenize(text: string): Tokenized {
    const ids = this.encode(text);
    const { text: said, spans } = this.detokenize(ids);
    const offsets = alignTexts(said, text);
    const own = spans.map(({ start, end }) => ({ start: offsets[start]!, end: offsets[end]! }));
    const { before, after } = this;
    return {
      ids: [...before, ...ids, ...after],
      spans: [...before.map(() => ({ start: 0, end: 0 })), ...own, ...after.map(() => ({ start: text.length, end: text.length }))],
      opening: before.length,
      closing: after.length,
    };
  }

  /** A token that says nothing by itself, such as one byte of a character, has the characters of the token that completes it. */
  detokenize(ids: readonly number[]): Detokenized {
    const own = ids.filter((id) => !this.control.has(id));
    const text = this.decode(own);
    const ends = [0];
    for (const count of own.keys()) ends.push(Math.max(ends.at(-1)!, commonStart(this.decode(own.slice(0, count + 1)), text)));
    const ownSpans = own.map((_, position): Span => {
      const start = ends[position]!;
      return { start, end: ends.find((end) => end > start) ?? start };
    });
    let read = 0;
    const spans = ids.map((id): Span => (this.control.has(id) ? { start: ends[read]!, end: ends[read]! } : ownSpans[read++]!));
    return { text, spans };
  }

  controlName(id: number): string | undefined {
    return this.control.get(id);
  }

  surface(id: number): string {
    return this.control.get(id) ?? this.decode([id]);
  }

  /** The model knows none: what is to be kept is looked for afterwards. */
  sentinelTokens(): SentinelTokens {
    return { sentinelOf: new Map(), standsApart: () => true };
  }

  tokenId(token: string): number | undefined {
    for (const [id, content] of this.control) if (content === token) return id;
    return this.tokenizer.token_to_id(token);
  }

  private encode(text: string): number[] {
    return text === '' ? [] : [...this.tokenizer.encode(text, { add_special_tokens: false }).ids];
  }

  private decode(ids: readonly number[]): string {
    return ids.length === 0 ? '' : this.tokenizer.decode([...ids], { clean_up_tokenization_spaces: false });
  }
}

/** What stands in front of a text's own tokens, and behind them. */
function around(whole: readonly number[], own: readonly number[]): [readonly number[], readonly number[]] {
  for (let start = 0; start + own.length <= whole.length; start++) {
    if (own.every((id, position) => whole[start + position] === id)) return [whole.slice(0, start), whole.slice(start + own.length)];
  }
  throw unusableFile('tokenizer.json', 'changes a text’s own tokens when it closes it');
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
