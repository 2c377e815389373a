/** `fetch` that does not wait for ever for an answer to begin. */

/** The server said nothing for so long. */
export class SilentServerError extends Error {
  constructor(readonly seconds: number) {
    super(`No answer within ${seconds} s`);
    this.name = 'SilentServerError';
  }
}

export function timedFetch(fetchNow: typeof fetch, signal: AbortSignal, seconds: number): typeof fetch {
  return async (input, init) => {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(new SilentServerError(seconds)), seconds * 1000);
    try {
      return await fetchNow(input, { ...init, signal: AbortSignal.any([signal, silence.signal]) });
    } finally {
      clearTimeout(timer);
    }
  };
}
