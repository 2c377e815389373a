/** What the second line of a paragraph begins with that has but one. Knows the kind of its markup, not the markup. */
import { displayWidth } from '../displayWidth.ts';
import type { LeadKind } from './markup.ts';

/** `item`: of a section such as Google's `Args`; `row`: of a table or a list of options. */
export type OpenKind = LeadKind | 'item' | 'row';

export function hangOf(prefix: string, lead: string, kind: OpenKind | undefined): string {
  if (kind === 'list' || kind === 'row') return prefix + ' '.repeat(displayWidth(prefix + lead) - displayWidth(prefix));
  return kind === 'item' || kind === 'field' ? prefix + (/\t\s*$/.test(prefix) ? '\t' : '    ') : prefix;
}
