/** What was read as numbers that change threads without being copied; as objects, those of a long text would hold the thread up that gets them. */
import type { Comment, CommentSyntax } from '../comments.ts';
import type { ReadText } from './textReader.ts';

/** Of each comment: the index of its marks, then line and character of its start and its end. */
const FIELDS = 5;
/** Unpacked at once. */
const PIECE = 256;

type Marks = Pick<Comment, 'kind' | 'open' | 'close'>;

interface PackedComments {
  /** Each only once. */
  readonly marks: readonly Marks[];
  readonly numbers: Int32Array<ArrayBuffer>;
}

export interface PackedText {
  readonly syntax: CommentSyntax;
  readonly comments: PackedComments;
  readonly strings: PackedComments;
  readonly literalLines: Int32Array<ArrayBuffer>;
}

export function packed({ syntax, comments, strings, literalLines }: ReadText): PackedText {
  return { syntax, comments: packedComments(comments), strings: packedComments(strings), literalLines: Int32Array.from(literalLines) };
}

export function buffersOf({ comments, strings, literalLines }: PackedText): readonly ArrayBuffer[] {
  return [comments.numbers.buffer, strings.numbers.buffer, literalLines.buffer];
}

/** Yields now and then. */
export function* unpacked({ syntax, comments, strings, literalLines }: PackedText): Generator<void, ReadText> {
  return {
    syntax,
    comments: yield* unpackedComments(comments),
    strings: yield* unpackedComments(strings),
    literalLines: new Set(literalLines),
  };
}

function packedComments(comments: readonly Comment[]): PackedComments {
  const marks: Marks[] = [];
  const indices = new Map<string, number>();
  const numbers = new Int32Array(comments.length * FIELDS);
  let at = 0;
  for (const { kind, open, close, start, end } of comments) {
    const name = `${kind} ${open} ${close}`;
    let mark = indices.get(name);
    if (mark === undefined) {
      mark = marks.push({ kind, open, close }) - 1;
      indices.set(name, mark);
    }
    numbers[at++] = mark;
    numbers[at++] = start.line;
    numbers[at++] = start.character;
    numbers[at++] = end.line;
    numbers[at++] = end.character;
  }
  return { marks, numbers };
}

function* unpackedComments({ marks, numbers }: PackedComments): Generator<void, Comment[]> {
  const comments: Comment[] = [];
  for (let at = 0; at < numbers.length; at += FIELDS) {
    if (comments.length % PIECE === 0) yield;
    const { kind, open, close } = marks[numbers[at]!]!;
    const start = { line: numbers[at + 1]!, character: numbers[at + 2]! };
    const end = { line: numbers[at + 3]!, character: numbers[at + 4]! };
    comments.push({ kind, open, close, start, end });
  }
  return comments;
}
