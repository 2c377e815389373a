/** Every family, by the `model_type` of config.json. */
import type { Family } from './family.ts';
import { bart } from './families/bart.ts';
import { m2m100 } from './families/m2m100.ts';
import { marian } from './families/marian.ts';
import { mbart } from './families/mbart.ts';
import { t5 } from './families/t5.ts';

export const FAMILIES: Readonly<Record<string, Family>> = {
  marian,
  t5,
  mt5: t5,
  bart,
  pegasus: bart,
  mbart,
  m2m_100: m2m100,
};
