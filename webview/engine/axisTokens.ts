/** Token ids with the characters that they stand for, as the user wrote or reads them. Knows no maps. */
import type { AxisToken } from '../../src/shared/inspection.ts';
import { restore, writtenSpan, type ProtectedText, type Protection, type SourceProtectedText } from '../../src/shared/protectedSpans.ts';
import type { Span } from '../../src/shared/span.ts';
import type { TaskBeginning } from './modelConfig.ts';
import { tokenizeSource } from './sourceTokens.ts';
import type { TextTokenizer } from './tokenizer.ts';

export class AxisTokens {
  /** @param sourceText what the source's ids were made of */
  constructor(
    private readonly tokenizer: TextTokenizer,
    private readonly sourceText: SourceProtectedText,
    private readonly protection: Protection,
    private readonly beginning: TaskBeginning,
  ) {}

  source(ids: readonly number[]): AxisToken[] {
    const { spans } = tokenizeSource(this.sourceText.text, this.beginning, this.tokenizer);
    return ids.map((id, position) => this.token(id, this.sourceText, spans[position]!));
  }

  target(ids: readonly number[]): AxisToken[] {
    const { text, spans } = this.tokenizer.detokenize(ids);
    const restored = restore(text, this.sourceText, this.protection);
    return ids.map((id, position) => this.token(id, restored, spans[position]!));
  }

  /** What a token stands for by itself, whatever is around it. */
  labelOf(id: number): string {
    const { spans } = this.sourceText;
    return restore(this.tokenizer.surface(id), { spans, spansAtStart: spans }, this.protection).written;
  }

  /** @param spanInText the token's characters in the text with sentinels */
  private token(id: number, text: ProtectedText, spanInText: Span): AxisToken {
    const span = writtenSpan(text, spanInText);
    return { id, label: this.tokenizer.controlName(id) ?? text.written.slice(span.start, span.end), span };
  }
}
