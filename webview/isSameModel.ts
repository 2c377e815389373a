/** Whether two models have the same files: of one name there may be another version. */
import type { PageModel } from '../src/shared/messages.ts';

export function isSameModel(one: PageModel | undefined, other: PageModel): boolean {
  const checksums = ({ files }: PageModel): string => files.map(({ sha256 }) => sha256).join();
  return one?.id === other.id && checksums(one) === checksums(other);
}
