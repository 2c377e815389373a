/**
 * Reads texts on a thread of its own, which is started by `startThread`, or when a text is first read. It is told of a text what has changed, and reads the files of extensions
 * through this one. Once the thread is lost, whatever is asked fails.
 */
import type { Send } from '../../shared/channel.ts';
import { changedLines } from '../changedLines.ts';
import type { GrammarFiles } from '../grammar/grammarLibrary.ts';
import type { LineFocus } from '../grammar/tokenizedLines.ts';
import { inSlices } from '../inSlices.ts';
import type { StartThread } from '../thread/thread.ts';
import { joined } from './joinedLines.ts';
import { openThread, type OpenThread } from './openThread.ts';
import { unpacked, type PackedText } from './packedText.ts';
import { servedFiles } from './servedFiles.ts';
import type { ReadText, TextReader, TextToRead } from './textReader.ts';
import type { HostToThread } from './threadMessages.ts';

/** How often somebody who waits is asked whether he still does. */
const ASK_MILLISECONDS = 20;

interface Waiting {
  readonly resolve: (text: PackedText | undefined) => void;
  readonly reject: (error: Error) => void;
}

type Ask = (send: Send<HostToThread>, id: number) => void;

export class ThreadReader<Folder> implements TextReader {
  private readonly waiting = new Map<number, Waiting>();
  /** The lines of each text that the thread has. */
  private readonly told = new Map<number, readonly string[]>();
  private lastId = 0;
  private thread: OpenThread | undefined;
  private lost: Error | undefined;

  constructor(
    private readonly files: GrammarFiles<Folder>,
    private readonly start: StartThread,
  ) {}

  /**
   * Starts the thread before there is a text, so that the first one need not wait for it.
   * @throws Error where it cannot be started; so does whatever is asked then
   */
  async startThread(): Promise<void> {
    await this.open();
  }

  async read(text: TextToRead, focus?: () => LineFocus, isOver: () => boolean = () => false): Promise<ReadText | undefined> {
    for (;;) {
      const wanted = focus?.();
      const read = await this.readWith(text, wanted, isOver);
      if (read === undefined) return undefined;
      const now = focus?.();
      if (now?.first === wanted?.first && now?.last === wanted?.last) return inSlices(unpacked(read), isOver);
    }
  }

  async readAhead({ key, languageId, lines }: TextToRead, isOver: () => boolean): Promise<void> {
    if (key !== undefined) await this.askOf(key, lines, (send, id) => send('readAhead', { id, text: key, languageId }), isOver);
  }

  forget(key: number): void {
    if (this.told.delete(key)) this.thread?.opened.then((send) => send('forget', { text: key })).catch(() => undefined);
  }

  dispose(): void {
    this.lose(new Error('Nothing is read any more.'));
    this.thread?.end();
  }

  private async readWith({ key, languageId, lines }: TextToRead, focus: LineFocus | undefined, isOver: () => boolean) {
    if (key !== undefined) return this.askOf(key, lines, (send, id) => send('read', { id, text: key, languageId, focus }), isOver);
    const all = await inSlices(joined(lines), isOver);
    return all && this.ask(await this.open(), (send, id) => send('readOnce', { id, lines: all, languageId, focus }), isOver);
  }

  /** Asks when the thread has just these lines. */
  private async askOf(key: number, lines: readonly string[], ask: Ask, isOver: () => boolean): Promise<PackedText | undefined> {
    const send = await this.open();
    for (;;) {
      const before = this.told.get(key);
      const { first, removed, added } = changedLines(before ?? [], lines);
      const pieces = await inSlices(joined(lines, first, first + added), isOver);
      if (pieces === undefined) return undefined;
      // Somebody else may have told it other lines meanwhile.
      if (this.told.get(key) !== before) continue;
      if (removed + added > 0) send('change', { text: key, first, removed, added: pieces });
      this.told.set(key, lines);
      return this.ask(send, ask, isOver);
    }
  }

  /** Undefined once `isOver` says so, or where the answer has no text. */
  private ask(send: Send<HostToThread>, ask: Ask, isOver: () => boolean): Promise<PackedText | undefined> {
    // It may have been lost while the text was joined.
    if (this.lost !== undefined) return Promise.reject(this.lost);
    const id = ++this.lastId;
    return new Promise<PackedText | undefined>((resolve, reject) => {
      const timer = setInterval(() => {
        if (!isOver()) return;
        send('cancel', { id });
        settle(() => resolve(undefined));
      }, ASK_MILLISECONDS);
      const settle = (then: () => void): void => {
        clearInterval(timer);
        this.waiting.delete(id);
        then();
      };
      this.waiting.set(id, { resolve: (text) => settle(() => resolve(text)), reject: (error) => settle(() => reject(error)) });
      ask(send, id);
    });
  }

  private open(): Promise<Send<HostToThread>> {
    if (this.lost !== undefined) return Promise.reject(this.lost);
    this.thread ??= this.openNow();
    return this.thread.opened;
  }

  private openNow(): OpenThread {
    const served = servedFiles(this.files);
    const thread = openThread(
      this.start,
      {
        needFile: ({ id, file }) =>
          void served.read(file).then(async (content) => (await thread.opened)('file', { id, content }, content && [content.buffer])),
        read: ({ id, text }) => this.waiting.get(id)?.resolve(text),
        ended: ({ id }) => this.waiting.get(id)?.resolve(undefined),
        failed: ({ id, message }) => this.waiting.get(id)?.reject(new Error(message)),
      },
      (error) => this.lose(error),
    );
    // Nobody else has the promise yet, so this is said before anything else.
    thread.opened.then(
      (send) => send('open', { manifests: served.manifests }),
      () => undefined,
    );
    return thread;
  }

  private lose(error: Error): void {
    this.lost ??= error;
    for (const { reject } of this.waiting.values()) reject(this.lost);
  }
}
