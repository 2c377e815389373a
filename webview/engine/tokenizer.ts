/** Text <-> token ids, with the characters that each token stands for. Knows no task and no network. */
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import type { Protection } from '../../src/shared/protectedSpans.ts';
import type { Span } from '../../src/shared/span.ts';
import { damagedFile } from './fileFailure.ts';
import type { SentinelTokens } from './keepSpans.ts';

export interface Tokenized {
  readonly ids: readonly number[];
  /** Per id, the characters of the text; empty for control tokens. */
  readonly spans: readonly Span[];
  /** How many control tokens stand in front of the text's own, and behind them. */
  readonly opening: number;
  readonly closing: number;
}

export interface Detokenized {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** What a model's texts are read and written with. */
export type TextTokenizer = Pick<Tokenizer, keyof Tokenizer>;

const WORD_START = '▁';
const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/;
const CONTINUES_WORD = /^[\p{L}\p{M}\p{N}]|^<0x/u;

export class Tokenizer {
  private readonly tokenizer: HuggingFaceTokenizer;
  private readonly control: ReadonlySet<number>;
  private readonly tokenOfId: ReadonlyMap<number, string>;

  /**
   * @param json the content of tokenizer.json
   * @throws SaccadeError of kind "badModel"
   */
  constructor(
    json: unknown,
    config: unknown,
    private readonly endToken: number,
  ) {
    if (typeof json !== 'object' || json === null || !('added_tokens' in json) || !Array.isArray(json.added_tokens)) {
      throw damagedFile('tokenizer.json', 'has no added tokens');
    }
    const added: readonly { id: number; content: string }[] = json.added_tokens;
    this.control = new Set(added.map((token) => token.id));
    // Without added tokens the library cannot take "</s>" in a user's text for the end of the text.
    this.tokenizer = new HuggingFaceTokenizer({ ...json, added_tokens: [], post_processor: null }, config ?? {});
    this.tokenOfId = new Map([...this.tokenizer.get_vocab(false)].map(([token, id]) => [id, token]));
  }

  /** The ids of `text` and the closing `</s>`. Nothing is normalised, so the spans cover the text without a gap. */
  tokenize(text: string): Tokenized {
    const ids = [...this.tokenizer.encode(text, { add_special_tokens: false }).ids];
    // A text that starts with a space has that space in its first token; any other is given one that is not there.
    const invented = text.length > 0 && !text.startsWith(' ') && !text.startsWith(WORD_START) ? 1 : 0;
    const { spans } = this.surfaces(ids, invented);
    return { ids: [...ids, this.endToken], spans: [...spans, { start: text.length, end: text.length }], opening: 0, closing: 1 };
  }

  /** The text of `ids`; the space before its first word and control tokens stand for nothing. */
  detokenize(ids: readonly number[]): Detokenized {
    return this.surfaces(ids, 1);
  }

  /** A control token's own name, such as `</s>`; undefined for tokens that stand for characters. */
  controlName(id: number): string | undefined {
    return this.control.has(id) ? this.tokenOfId.get(id) : undefined;
  }

  /** What one token stands for, or its name where it is a control token or a byte of a character. */
  surface(id: number): string {
    return this.controlName(id) ?? (this.tokenOfId.get(id) ?? '').replaceAll(WORD_START, ' ');
  }

  /** The tokens that write a sentinel, alone or behind a space. */
  sentinelTokens({ firstSentinel, sentinels }: Pick<Protection, 'firstSentinel' | 'sentinels'>): SentinelTokens {
    const sentinelOf = new Map<number, number>();
    const continuing = new Set<number>();
    for (const [id, token] of this.tokenOfId) {
      const sentinel = token.charCodeAt(token.length - 1) - firstSentinel;
      if (sentinel >= 0 && sentinel < sentinels) sentinelOf.set(id, sentinel);
      if (CONTINUES_WORD.test(token) && !this.control.has(id)) continuing.add(id);
    }
    return { sentinelOf, standsApart: (token) => !continuing.has(token) };
  }

  /** Joins what the tokens stand for, less `stripped` leading spaces. The bytes of one character share its span. */
  private surfaces(ids: readonly number[], stripped: number): Detokenized {
    let text = '';
    const spans: Span[] = [];
    let bytes: number[] = [];
    const flush = (): void => {
      for (const { text: character, length } of decodeUtf8(bytes)) {
        const span = { start: text.length, end: text.length + character.length };
        text += character;
        for (let i = 0; i < length; i++) spans.push(span);
      }
      bytes = [];
    };
    for (const id of ids) {
      const token = this.control.has(id) ? '' : (this.tokenOfId.get(id) ?? '');
      const byte = BYTE_TOKEN.exec(token);
      if (byte) {
        bytes.push(parseInt(byte[1]!, 16));
        continue;
      }
      flush();
      let surface = token.replaceAll(WORD_START, ' ');
      if (stripped > 0 && text === '' && surface.startsWith(' ')) {
        surface = surface.slice(1);
        stripped = 0;
      }
      spans.push({ start: text.length, end: text.length + surface.length });
      text += surface;
    }
    flush();
    return { text, spans };
  }
}

/** Splits bytes into characters and how many bytes each took; as in the reference, a run with a bad byte becomes U+FFFD per byte. */
function decodeUtf8(bytes: readonly number[]): { text: string; length: number }[] {
  if (bytes.length === 0) return [];
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
    return Array.from(text, (character) => ({ text: character, length: new TextEncoder().encode(character).length }));
  } catch {
    return bytes.map(() => ({ text: '\uFFFD', length: 1 }));
  }
}
