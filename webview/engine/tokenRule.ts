/** What may come next in a target: rules of beam search, and several of them as one. */

/** Whether a token may come next. */
export type TokenRule = (token: number) => boolean;

/** Looks at what was written once, for all the tokens that may come next. */
export type TargetRule = (written: readonly number[]) => TokenRule;

/** A target begins with these tokens. */
export function prefixRule(prefix: readonly number[]): TargetRule | undefined {
  if (prefix.length === 0) return undefined;
  return (written) => (token) => written.length >= prefix.length || token === prefix[written.length];
}

/** Undefined where there is no rule. */
export function allOf(rules: readonly (TargetRule | undefined)[]): TargetRule | undefined {
  const defined = rules.filter((rule) => rule !== undefined);
  if (defined.length <= 1) return defined[0];
  return (written) => {
    const each = defined.map((rule) => rule(written));
    return (token) => each.every((rule) => rule(token));
  };
}
