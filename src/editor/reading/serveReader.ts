/** The thread's side of reading texts: keeps them as the host tells their changes, reads them when it asks. Does not know what thread it is on. */
import type { Handlers, Send } from '../../shared/channel.ts';
import type { GrammarFiles } from '../grammar/grammarLibrary.ts';
import { startOniguruma } from '../grammar/textMate.ts';
import type { LineFocus } from '../grammar/tokenizedLines.ts';
import { separated } from './joinedLines.ts';
import { LocalReader } from './localReader.ts';
import { buffersOf, packed } from './packedText.ts';
import type { TextToRead } from './textReader.ts';
import type { HostToThread, ThreadFile, ThreadToHost } from './threadMessages.ts';

/** Nobody else is on this thread but cancellations and other questions. */
const SLICE_MILLISECONDS = 30;

export function serveReader(send: Send<ThreadToHost>): Handlers<HostToThread> {
  const texts = new Map<number, readonly string[]>();
  const cancelled = new Map<number, boolean>();
  const files = new Map<number, (content: Uint8Array | undefined) => void>();
  let lastFile = 0;
  let reader: LocalReader<number> | undefined;

  const readFile = async (file: ThreadFile | 'engine'): Promise<Uint8Array> => {
    const id = ++lastFile;
    const content = await new Promise<Uint8Array | undefined>((resolve) => {
      files.set(id, resolve);
      send('needFile', { id, file });
    });
    if (content === undefined) throw new Error(`${file === 'engine' ? 'Oniguruma' : file.path} cannot be read.`);
    return content;
  };

  const answer = async (id: number, work: (known: LocalReader<number>, isOver: () => boolean) => Promise<void>): Promise<void> => {
    cancelled.set(id, false);
    try {
      await work(reader!, () => cancelled.get(id) === true);
    } catch (error) {
      send('failed', { id, message: String(error) });
    } finally {
      cancelled.delete(id);
    }
  };

  const read = (id: number, text: TextToRead, focus: LineFocus | undefined): void =>
    void answer(id, async (known, isOver) => {
      const found = await known.read(text, focus && (() => focus), isOver);
      if (found === undefined) {
        send('ended', { id });
        return;
      }
      const content = packed(found);
      send('read', { id, text: content }, buffersOf(content));
    });

  return {
    open: ({ manifests }) => {
      const grammarFiles: GrammarFiles<number> = {
        manifests,
        read: (folder, path) => readFile({ folder, path }),
        readEngine: () => readFile('engine'),
      };
      reader = new LocalReader(grammarFiles, { sliceMilliseconds: SLICE_MILLISECONDS });
      // Nearly every language needs it. Where it cannot be read, who asks first is told.
      startOniguruma(grammarFiles.readEngine).catch(() => undefined);
    },
    change: ({ text, first, removed, added }) => {
      const before = texts.get(text) ?? [];
      texts.set(text, [...before.slice(0, first), ...separated(added), ...before.slice(first + removed)]);
    },
    forget: ({ text }) => {
      texts.delete(text);
      reader?.forget(text);
    },
    read: ({ id, text, languageId, focus }) => read(id, { key: text, languageId, lines: texts.get(text)! }, focus),
    readOnce: ({ id, lines, languageId, focus }) => read(id, { languageId, lines: separated(lines) }, focus),
    readAhead: ({ id, text, languageId }) =>
      void answer(id, async (known, isOver) => {
        await known.readAhead({ key: text, languageId, lines: texts.get(text)! }, isOver);
        send('ended', { id });
      }),
    cancel: ({ id }) => {
      if (cancelled.has(id)) cancelled.set(id, true);
    },
    file: ({ id, content }) => {
      files.get(id)?.(content);
      files.delete(id);
    },
  };
}
