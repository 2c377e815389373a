/** A typed two-way channel over anything that posts and receives. Knows no message by name. */

export type Handlers<Vocabulary> = { readonly [Type in keyof Vocabulary]: (message: Vocabulary[Type]) => void };

export type Send<Vocabulary> = <Type extends keyof Vocabulary>(
  type: Type,
  payload: Vocabulary[Type],
  transfer?: readonly ArrayBuffer[],
) => void;

/** Turns `post` into a sender that can only say what the vocabulary has. */
export function sender<Vocabulary>(post: (message: unknown, transfer: readonly ArrayBuffer[]) => void): Send<Vocabulary> {
  return (type, payload, transfer = []) => post({ ...payload, type }, transfer);
}

/** Hands a received value to its handler; what is not a message of the vocabulary is not ours and is left alone. */
export function dispatch<Vocabulary>(handlers: Handlers<Vocabulary>, received: unknown): void {
  if (typeof received !== 'object' || received === null || !('type' in received)) return;
  const { type } = received;
  if (typeof type !== 'string' || !Object.hasOwn(handlers, type)) return;
  handlers[type as keyof Vocabulary](received as Vocabulary[keyof Vocabulary]);
}
