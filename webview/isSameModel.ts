/** Whether two models have the same files and are for the same: of one name there may be another version. */
import type { PageModel } from '../src/shared/messages.ts';

export function isSameModel(one: PageModel | undefined, other: PageModel): boolean {
  const mark = ({ id, onlyTask, files }: PageModel): string => JSON.stringify([id, onlyTask, files.map(({ sha256 }) => sha256)]);
  return one !== undefined && mark(one) === mark(other);
}
