/** The search that was asked for, greedy or with beams; either way with every protected span kept. Knows no text. */
import { beamSearch, type BeamTarget } from './beamSearch.ts';
import type { GenerateOptions } from './generate.ts';
import { generateKeepingSpans, spanRule, type KeptTarget, type KeptTargetRequest, type SentinelTokens } from './keepSpans.ts';
import { repetitionRule } from './repetition.ts';
import type { EncodedSources, Seq2SeqModel } from './seq2seqModel.ts';
import { allOf, prefixRule } from './tokenRule.ts';

export interface WrittenTarget extends KeptTarget {
  /** What beam search found, best first; the first is this one. */
  readonly nBest?: readonly BeamTarget[];
}

/** @throws the signal's reason once it is aborted */
export async function writeTargets(
  model: Seq2SeqModel,
  encoded: EncodedSources,
  requests: readonly KeptTargetRequest[],
  tokens: SentinelTokens,
  beams: number,
  options: GenerateOptions,
): Promise<readonly WrittenTarget[]> {
  if (beams === 1) return generateKeepingSpans(model, encoded, requests, tokens, options);
  const { endToken, noRepeatNgram } = model.config;
  const ruled = requests.map((request) => ({
    ...request,
    rule: allOf([prefixRule(request.prefix ?? []), spanRule(request, tokens, endToken), repetitionRule(request.sourceIds, noRepeatNgram)]),
  }));
  const found = await beamSearch(model, encoded, ruled, beams, options);
  // What beam search cuts off at the limit is decoded greedily, which needs fewer tokens to place every protected span.
  const isCut = (index: number): boolean => found[index]![0]?.targetIds.at(-1) !== endToken;
  const cut = requests.filter((_, index) => isCut(index));
  const again = cut.length > 0 ? await generateKeepingSpans(model, encoded, cut, tokens, { signal: options.signal }) : [];
  let done = 0;
  return requests.map((_, index) => {
    if (isCut(index)) return again[done++]!;
    const nBest = found[index]!;
    return { ...nBest[0]!, nBest };
  });
}
