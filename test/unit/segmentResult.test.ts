/** What of a segment's result takes the segment's place. */
import assert from 'node:assert/strict';
import { isIncomplete, usableText, type SegmentResult } from '../../src/shared/segmentResult.ts';

const whole: SegmentResult = {
  sourceText: 'Call `open()`.',
  targetText: '`open()` aufrufen.',
  sourceIds: [5, 2],
  targetIds: [6, 2],
  protectedTerms: [],
  overruled: [],
  truncated: false,
  lostSpans: [],
  nBest: [],
};
const translate = { kind: 'translate', to: 'de' } as const;

describe('segment result', () => {
  it('is the target where the translation is whole', () => {
    assert.equal(usableText(translate, whole), whole.targetText);
    assert.ok(!isIncomplete(translate, whole));
  });

  it('is the source where the translation lost code or was cut off', () => {
    for (const part of [{ lostSpans: ['`open()`'] }, { truncated: true }]) {
      assert.equal(usableText(translate, { ...whole, ...part }), whole.sourceText);
      assert.ok(isIncomplete(translate, { ...whole, ...part }));
    }
  });

  it('is always the target of a summary, which leaves things out', () => {
    assert.equal(usableText({ kind: 'summarise' }, { ...whole, lostSpans: ['`open()`'], truncated: true }), whole.targetText);
  });
});
