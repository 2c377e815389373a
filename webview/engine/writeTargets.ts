/** The search that was asked for, greedy or with beams; either way with every protected span kept. Knows no text. */
import { beamSearch } from './beamSearch.ts';
import type { GenerateOptions } from './generate.ts';
import { generateKeepingSpans, spanRules, type KeptTarget, type KeptTargetRequest, type SentinelTokens } from './keepSpans.ts';
import type { EncodedSources, Seq2SeqModel } from './seq2seqModel.ts';

/** @throws the signal's reason once it is aborted */
export async function writeTargets(
  model: Seq2SeqModel,
  encoded: EncodedSources,
  requests: readonly KeptTargetRequest[],
  tokens: SentinelTokens,
  beams: number,
  options: GenerateOptions,
): Promise<readonly KeptTarget[]> {
  if (beams === 1) return generateKeepingSpans(model, encoded, requests, tokens, options);
  const { endToken } = model.config;
  const ruled = requests.map((request) => ({ ...request, allows: spanRules(request, tokens, endToken) }));
  const found = await beamSearch(model, encoded, ruled, beams, options);
  // What beam search cuts off at the limit is decoded greedily, which needs fewer tokens to place every protected span.
  const isCut = (index: number): boolean => found[index]![0]?.targetIds.at(-1) !== endToken;
  const cut = requests.filter((_, index) => isCut(index));
  const again = cut.length > 0 ? await generateKeepingSpans(model, encoded, cut, tokens, { signal: options.signal }) : [];
  let done = 0;
  return requests.map((_, index) => (isCut(index) ? again[done++]! : found[index]![0]!));
}
