/** Messages reach their handler; anything else is left alone. */
import assert from 'node:assert/strict';
import { dispatch, sender } from '../../src/shared/channel.ts';

interface Vocabulary {
  add: { readonly value: number };
  stop: object;
}

describe('channel', () => {
  it('carries a message from sender to handler', () => {
    const heard: unknown[] = [];
    const send = sender<Vocabulary>((message) =>
      dispatch<Vocabulary>({ add: ({ value }) => heard.push(value), stop: () => heard.push('stop') }, structuredClone(message)),
    );
    send('add', { value: 2 });
    send('stop', {});
    assert.deepEqual(heard, [2, 'stop']);
  });

  it('leaves alone what is not of the vocabulary', () => {
    const handlers = { add: () => assert.fail(), stop: () => assert.fail() };
    for (const foreign of [null, undefined, 'add', 7, {}, { type: 'toString' }, { type: 'unknown' }, { type: 1 }])
      dispatch<Vocabulary>(handlers, foreign);
  });
});
