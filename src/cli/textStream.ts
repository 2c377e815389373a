/** Text as it comes from a file or standard input: decoded, and divided into lines or paragraphs of which a few are held at a time. Knows no engine. */
import { createReadStream } from 'node:fs';
import { failureOf, SaccadeError } from '../shared/failure.ts';

type Texts = AsyncIterable<string>;

/**
 * @param file undefined for standard input
 * @throws SaccadeError of kind "badInput" where it cannot be read, or is no UTF-8
 */
export async function* readText(file: string | undefined): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new SaccadeError('badInput', `${file ?? 'Standard input'} is not UTF-8 text.`);
    }
  };
  const chunks = file === undefined ? process.stdin : createReadStream(file);
  try {
    for await (const chunk of chunks) yield decoded(chunk as Buffer);
  } catch (error) {
    if (error instanceof SaccadeError) throw error;
    throw new SaccadeError('badInput', `${file ?? 'Standard input'} cannot be read: ${failureOf(error).message}.`);
  }
  yield decoded();
}

/** @throws SaccadeError of kind "badInput" at the end of a text without a character that can be seen */
export async function* notEmpty(chunks: Texts): AsyncGenerator<string> {
  let isEmpty = true;
  for await (const chunk of chunks) {
    isEmpty &&= chunk.trim() === '';
    yield chunk;
  }
  if (isEmpty) throw new SaccadeError('badInput', 'The input is empty.');
}

export async function wholeText(chunks: Texts): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

/** A line break at the end ends the last line; a text without any character is one line. */
export async function* linesOf(chunks: Texts): AsyncGenerator<string> {
  let rest = '';
  let isFirst = true;
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop()!;
    for (const line of lines) yield line;
    isFirst &&= lines.length === 0;
  }
  if (isFirst || rest !== '') yield rest;
}

/** Two line breaks or more, with nothing but blanks between them. */
const PARTING = /(?:\r?\n[ \t]*){2,}/;

/** Paragraphs and the blank lines that part them, in turn; together they are the text. */
export async function* paragraphsOf(chunks: Texts): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    rest += chunk;
    for (let found = PARTING.exec(rest); found; found = PARTING.exec(rest)) {
      const end = found.index + found[0].length;
      // What comes next may belong to the blank lines.
      if (rest.slice(end, end + 2).replace(/\r$/, '') === '') break;
      yield rest.slice(0, found.index);
      yield found[0];
      rest = rest.slice(end);
    }
  }
  const [paragraph, ...blank] = rest.split(new RegExp(`(${PARTING.source})`));
  yield paragraph!;
  yield blank.join('');
}

/** Worked on together: enough sentences to find some of like length, few enough to see the first ones soon. */
const [MOST_TEXTS, MOST_CHARACTERS] = [128, 16_384];

/** A group has one text more than fit. */
export async function* inGroups(texts: Texts): AsyncGenerator<readonly string[]> {
  let group: string[] = [];
  let characters = 0;
  for await (const text of texts) {
    group.push(text);
    characters += text.length;
    if (group.length < MOST_TEXTS && characters < MOST_CHARACTERS) continue;
    yield group;
    [group, characters] = [[], 0];
  }
  if (group.length > 0) yield group;
}
