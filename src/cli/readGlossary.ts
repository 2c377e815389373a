/** The glossary that the command line is given: a file in, the terms for a task out. */
import { SaccadeError } from '../shared/failure.ts';
import { parseGlossary, termsFor } from '../shared/glossary.ts';
import type { Task } from '../shared/task.ts';
import type { Term } from '../shared/terms.ts';
import { readText, wholeText } from './textStream.ts';

/**
 * @param file undefined where there is none
 * @throws SaccadeError of kind "badInput" where it cannot be read; one line, which names the first bad line of the file
 */
export async function readGlossary(file: string | undefined, task: Task): Promise<readonly Term[]> {
  if (file === undefined || task.kind !== 'translate') return [];
  const { entries, problems } = parseGlossary(await wholeText(readText(file)));
  const [first, ...more] = problems;
  if (first === undefined) return termsFor(entries, task.to);
  const others = more.length === 0 ? '' : ` ${more.length} more ${more.length === 1 ? 'line is' : 'lines are'} wrong.`;
  throw new SaccadeError('badInput', `${file}, line ${first.line + 1}: ${first.message}${others}`);
}
