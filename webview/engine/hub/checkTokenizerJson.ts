/** Looks at a tokenizer.json before the library does: its size and types, and patterns that could take for ever. Knows no model. */
import { unusableFile } from '../fileFailure.ts';
import { isSafePattern } from './safePattern.ts';

export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
}

export interface TokenizerJson {
  readonly added_tokens: readonly AddedToken[];
}

const DEEPEST = 64;

/** @throws SaccadeError of kind "badModel" */
export function checkTokenizerJson(json: unknown): TokenizerJson {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return refuse('is no object');
  if (!('model' in json) || typeof json.model !== 'object' || json.model === null) return refuse('has no model');
  const added = 'added_tokens' in json ? json.added_tokens : [];
  if (!Array.isArray(added) || !added.every(isAddedToken)) return refuse('has added tokens that are none');
  for (const part of ['normalizer', 'pre_tokenizer', 'post_processor', 'decoder']) {
    if (part in json) checkPatterns((json as Readonly<Record<string, unknown>>)[part], part, 0);
  }
  return { ...json, added_tokens: added };
}

/** Patterns stand as `{"Regex": "…"}` wherever a part has one. */
function checkPatterns(value: unknown, place: string, depth: number): void {
  if (depth > DEEPEST) refuse(`nests too deeply in ${place}`);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Regex' && typeof inner === 'string') {
      if (!isSafePattern(inner)) refuse(`has a pattern in ${place} that could take for ever: ${inner.slice(0, 60)}`);
    } else checkPatterns(inner, place, depth + 1);
  }
}

function isAddedToken(value: unknown): value is AddedToken {
  if (typeof value !== 'object' || value === null) return false;
  const { id, content, special } = value as Readonly<Record<string, unknown>>;
  return Number.isInteger(id) && (id as number) >= 0 && typeof content === 'string' && content !== '' && typeof special === 'boolean';
}

function refuse(what: string): never {
  throw unusableFile('tokenizer.json', what);
}
