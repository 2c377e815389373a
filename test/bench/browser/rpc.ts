/** Questions to a worker and their answers, one type for both ends. Knows no bench. */

/** What a worker can be asked: each method has one argument. */
export type Methods<Vocabulary> = { readonly [Name in keyof Vocabulary]: (argument: never) => unknown };

interface Question {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** A result whose buffers are handed over instead of copied. */
export class Transferred<Value> {
  constructor(
    readonly value: Value,
    readonly transfer: readonly ArrayBuffer[],
  ) {}
}

type Returned<Method> = Method extends (argument: never) => infer Result ? Plain<Awaited<Result>> : never;
type Plain<Result> = Result extends Transferred<infer Value> ? Value : Result;

/** In the worker. A method that throws is an answer too. */
export function answer<Vocabulary extends Methods<Vocabulary>>(methods: Vocabulary): void {
  const reply = (message: Answer, transfer: readonly ArrayBuffer[] = []): void => self.postMessage(message, { transfer: [...transfer] });
  self.onmessage = async ({ data }: MessageEvent<Question>) => {
    try {
      const method = methods[data.method as keyof Vocabulary] as unknown as (argument: unknown) => unknown;
      const result = await method(data.argument);
      if (result instanceof Transferred) reply({ id: data.id, result: result.value }, result.transfer);
      else reply({ id: data.id, result });
    } catch (error) {
      reply({ id: data.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
}

export type Ask<Vocabulary> = <Name extends keyof Vocabulary & string>(
  method: Name,
  argument: Vocabulary[Name] extends (argument: infer Argument) => unknown ? Argument : never,
  transfer?: readonly ArrayBuffer[],
) => Promise<Returned<Vocabulary[Name]>>;

/** In the page. Every open question fails when the worker cannot be started. */
export function asker<Vocabulary extends Methods<Vocabulary>>(worker: Worker): Ask<Vocabulary> {
  const open = new Map<number, { readonly resolve: (result: never) => void; readonly reject: (error: Error) => void }>();
  let asked = 0;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const waiting = open.get(data.id);
    open.delete(data.id);
    if (data.error === undefined) waiting?.resolve(data.result as never);
    else waiting?.reject(new Error(data.error));
  };
  worker.onerror = (event) => {
    for (const { reject } of open.values()) reject(new Error(`The worker failed: ${event.message}`));
    open.clear();
  };
  return (method, argument, transfer = []) =>
    new Promise((resolve, reject) => {
      open.set(++asked, { resolve, reject });
      worker.postMessage({ id: asked, method, argument } satisfies Question, [...transfer]);
    });
}
