/** Decides where texts are read: on a thread of their own, and on this one what that thread fails to read, such as all of it where none can be started. */
import type { GrammarFiles } from '../grammar/grammarLibrary.ts';
import type { LineFocus } from '../grammar/tokenizedLines.ts';
import type { StartThread } from '../thread/thread.ts';
import { LocalReader } from './localReader.ts';
import type { ReadText, TextReader, TextToRead } from './textReader.ts';
import { ThreadReader } from './threadReader.ts';

export class FallbackReader<Folder> implements TextReader {
  private readonly onThread: ThreadReader<Folder>;
  private here: LocalReader<Folder> | undefined;

  constructor(
    private readonly files: GrammarFiles<Folder>,
    start: StartThread,
  ) {
    this.onThread = new ThreadReader(files, start);
  }

  /** Starts the thread before there is a text. Where that fails, who reads the first one is told. */
  startThread(): void {
    this.onThread.startThread().catch(() => undefined);
  }

  read(text: TextToRead, focus?: () => LineFocus, isOver?: () => boolean): Promise<ReadText | undefined> {
    return this.onThread.read(text, focus, isOver).catch((error: unknown) => this.instead(error).read(text, focus, isOver));
  }

  readAhead(text: TextToRead, isOver: () => boolean): Promise<void> {
    return this.onThread.readAhead(text, isOver).catch((error: unknown) => this.instead(error).readAhead(text, isOver));
  }

  forget(key: number): void {
    this.onThread.forget(key);
    this.here?.forget(key);
  }

  /** What is being read is read to its end. */
  dispose(): void {
    this.onThread.dispose();
  }

  private instead(error: unknown): LocalReader<Folder> {
    if (this.here === undefined) console.warn('Saccade reads texts on the thread of the extension host:', error);
    return (this.here ??= new LocalReader(this.files));
  }
}
