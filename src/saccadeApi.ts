/** What other extensions can ask of this one, by `vscode.extensions.getExtension('saccade.saccade').exports`; the README shows how. */
import type { DecoratedDocument } from './editor/placedTexts.ts';
import type { EngineStatus } from './shared/engineStatus.ts';
import type { Language } from './shared/task.ts';

export interface SaccadeApi {
  status(): EngineStatus;
  /**
   * The text in another language, read as Markdown: lists, tables, code and links stay what they are. The model is loaded where it is not yet; calls wait for each other and for the user's runs.
   * @throws Error whose message says what to do
   */
  translate(text: string, to: Language): Promise<string>;
  /**
   * The text in a sentence.
   * @throws Error whose message says what to do
   */
  summarise(text: string): Promise<string>;
  /**
   * The text in another language with how its words align, as Markdown: both texts of each sentence, and the source word of each target word.
   * @throws Error whose message says what to do
   */
  inspect(text: string, to: Language): Promise<string>;
  /** What the panel or the cursor has decorated in editors now: the characters that were attended to, with their weights. */
  decoratedRanges(): readonly DecoratedDocument[];
}
