/** Sentences of a paragraph, their offsets, and the time that long and odd texts take. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinSegments, segment, segmentTexts } from '../../src/shared/segments.ts';
import { unbreakableSpans } from '../../src/shared/unbreakableSpans.ts';

function sentencesOf(text: string, options?: Parameters<typeof segment>[1]): string[] {
  return segment(text, options).segments.map(({ start, end }) => text.slice(start, end));
}

describe('segments', () => {
  const kept: readonly (readonly [locale: string, text: string])[] = [
    ['en', 'Returns a number, e.g. The answer, i.e. 42.'],
    ['en', 'It takes 3.5 seconds on Node.js 20.1 at most.'],
    ['en', 'See Fig. A and Eq. B of Dr. J. Smith et al. Their work is cited.'],
    ['en', 'Read main.rs or foo.bar.Baz first.'],
    ['en', 'Wait ... for it.'],
    ['en', 'Use `a. B` and <a title="X. Y"> here.'],
    ['en', 'Say {@link Foo. Bar} twice.'],
    ['de', 'Es gibt z. B. Dateien, d. h. Ordner und bzw. Texte.'],
    ['de', 'Am 3. Mai wird es gemacht.'],
    ['es', 'Hay varios, p. ej. Este, en EE. UU. Hoy.'],
    ['fr', 'Voir p. ex. Le manuel de M. Dupont.'],
    ['pt', 'A Sra. Silva e os Srs. Costa saíram.'],
    ['ru', 'Это файлы, т. е. Данные, см. Рис. 5 и стр. 3.'],
    ['ja', '「はい。」と答えた。'],
  ];
  for (const [locale, text] of kept) {
    it(`keeps whole: ${text}`, () => assert.deepEqual(sentencesOf(text, { locale }), [text]));
  }

  it('splits sentences', () => {
    assert.deepEqual(sentencesOf('1. Returns 0. Otherwise 1. Then x. Done'), ['1. Returns 0.', 'Otherwise 1.', 'Then x.', 'Done']);
    assert.deepEqual(sentencesOf('First one.  Second (one)? "Third!" Fourth'), ['First one.', 'Second (one)?', '"Third!"', 'Fourth']);
    assert.deepEqual(sentencesOf('Done... Then more. Use `x`. Go on.'), ['Done...', 'Then more.', 'Use `x`.', 'Go on.']);
    assert.deepEqual(sentencesOf('これは文です。次の文です。', { locale: 'ja' }), ['これは文です。', '次の文です。']);
    assert.deepEqual(sentencesOf('זה משפט. זה עוד משפט.', { locale: 'he' }), ['זה משפט.', 'זה עוד משפט.']);
    assert.deepEqual(sentencesOf('One line\nanother line\r\nthird'), ['One line', 'another line', 'third']);
  });

  it('leaves out what has no letter', () => {
    assert.deepEqual(sentencesOf(''), []);
    assert.deepEqual(sentencesOf(' \t '), []);
    assert.deepEqual(sentencesOf('1234 -- 5!'), []);
    assert.deepEqual(sentencesOf('x'), ['x']);
    assert.deepEqual(sentencesOf('\0'), []);
  });

  it('puts targets where the sources were', () => {
    const parts = segment('  One.  Two. 3! ');
    assert.equal(joinSegments(parts, ['Eins.', 'Zwei.']).text, '  Eins.  Zwei. 3! ');
    assert.equal(joinSegments(parts, ['Eins.']).text, '  Eins.  Two. 3! ');
    assert.deepEqual(segmentTexts(joinSegments(parts, ['Eins.', 'Zwei.'])), ['Eins.', 'Zwei.']);
  });

  it('puts no space between sentences of Chinese and Japanese, and one between others', () => {
    const english = segment('One. Two.\nThree. 3! Four.');
    assert.equal(joinSegments(english, ['第一。', '第二。', '三个。', '第四。']).text, '第一。第二。\n三个。 3! 第四。');
    assert.equal(joinSegments(english, ['第一。', 'Two.', '三个。', 'Four.']).text, '第一。Two.\n三个。 3! Four.');
    const chinese = segment('第一。第二！“第三。”第四');
    assert.equal(joinSegments(chinese, ['One.', 'Two!', '“Three.”', 'Four']).text, 'One. Two! “Three.” Four');
    assert.equal(joinSegments(chinese, ['一つ。', '二つ！', '「三つ。」', '四つ']).text, '一つ。二つ！「三つ。」四つ');
    assert.deepEqual(segmentTexts(joinSegments(chinese, ['One.', '', 'Three.', 'Four'])), ['One.', '', 'Three.', 'Four']);
    assert.equal(joinSegments(chinese, segmentTexts(chinese)).text, chinese.text);
  });

  it('parts long Chinese where as many tokens are as in long English, after clauses where it can', () => {
    const clause = '这是一个足够长的从句用来测试';
    assert.deepEqual(sentencesOf(`${clause}，`.repeat(4), { limit: 84 }), [`${clause}，${clause}，`, `${clause}，${clause}，`]);
    for (const part of sentencesOf('字'.repeat(1000))) assert.ok(part.length <= 170, `${part.length}`);
    assert.deepEqual(sentencesOf('a word '.repeat(50)), ['a word '.repeat(50).trim()]);
  });

  it('parts long sentences after clauses, then at spaces, then between graphemes', () => {
    const clause = 'a clause that is long enough to be cut off somewhere';
    const long = `${clause}, ${clause}; ${clause}, ${clause}`;
    assert.deepEqual(sentencesOf(long, { limit: 120 }), [`${clause}, ${clause};`, `${clause}, ${clause}`]);
    const words = 'word '.repeat(60).trim();
    for (const part of sentencesOf(words, { limit: 100 })) assert.match(part, /^(word )*word$/);
    const family = '👨‍👩‍👧‍👦';
    for (const part of sentencesOf(`é${family}`.repeat(50), { limit: 40 })) assert.match(part, new RegExp(`^(?:é?${family})+é?$`, 'u'));
  });

  it('does not part inline code for its length', () => {
    const code = '`f(aaaa, bbbb, cccc, dddd)`';
    const parts = sentencesOf(`${'word '.repeat(8)}${code} ${'word '.repeat(20)}`, { limit: 60 });
    assert.ok(parts.some((part) => part.includes(code)));
  });

  it('parts nothing that models get as one span, however long it is, and counts it for little', () => {
    const data = `data:image/png;base64,${'iVBORw0KGgo/AAA+'.repeat(4000)}`;
    const url = `https://bucket.example.org/a.tgz?X-Amz-Credential=${'AKIA%2F2024&b='.repeat(30)}x`;
    for (const whole of [
      `See ![the picture](${data}) for it.`,
      `<img src="${data}" alt="A picture. Here"> is shown.`,
      `Download it from ${url} before noon.`,
      `The picture <${data}> is shown.`,
    ])
      assert.deepEqual(sentencesOf(`${whole} Then close it.`), [whole, 'Then close it.']);
    const calls = '`f(aaaa, bbbb, cccc, dddd)`'.repeat(30);
    for (const part of sentencesOf(calls)) assert.match(part, /^(?:`f\(aaaa, bbbb, cccc, dddd\)`)+$/);
    for (const part of sentencesOf(`${'中'.repeat(165)}\`a b\`${'中'.repeat(165)}`)) assert.match(part, /^[^`]*(?:`a b`)?[^`]*$/);
  });

  it('leaves ticks, boxes and pictures at the edges where they are', () => {
    assert.deepEqual(sentencesOf('✓ The file. 🚀 Getting started 👩‍💻🚀'), ['The file.', 'Getting started']);
    assert.deepEqual(sentencesOf('│ Reads it. │  ├── Writes it │'), ['Reads it.', 'Writes it']);
    assert.deepEqual(sentencesOf('½ of it → x, ✓-marked'), ['½ of it → x, ✓-marked']);
    assert.deepEqual(sentencesOf('✓ ✗ 🚀'), []);
  });

  it('puts every text together again, and cuts nothing in two that may not be', () => {
    const piece = fc.constantFrom(
      'A word',
      ' ',
      '. ',
      '✓',
      '🚀 ',
      '`a. b`',
      '`',
      '<a b="c d">',
      '<a ',
      '](x/y) ',
      'a'.repeat(120),
      '中',
      '。',
      '{% if a %}',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const parts = segment(text, { limit: 60 });
        assert.equal(joinSegments(parts, segmentTexts(parts)).text, text);
        const edges = parts.segments.flatMap(({ start, end }) => [start, end]);
        assert.deepEqual(
          [...edges].sort((one, other) => one - other),
          edges,
        );
        const spans = unbreakableSpans(text).filter((span) => /[`a]/.test(text.slice(span.start, span.end)));
        for (const { start, end } of spans) assert.ok(!edges.some((edge) => edge > start && edge < end));
      }),
    );
  });

  const odd = [
    'a',
    'Foo bar. ',
    'e.g. ',
    '.',
    ' ',
    '1.',
    '"',
    '👍🏽',
    'e\u0301',
    '\u0301',
    'a! ',
    '. ',
    '`',
    '`a ',
    '<a ',
    '{',
    '。',
    'あ',
    '\0',
    '\r\n',
    'word ',
    '\ud83d',
  ];
  for (const unit of odd) {
    it(`takes little time for 200,000 times ${JSON.stringify(unit)}, and keeps every character`, () => {
      const text = unit.repeat(Math.ceil(200_000 / unit.length));
      const begin = performance.now();
      const parts = segment(text);
      const took = performance.now() - begin;
      assert.ok(took < 3000, `${took} ms`);
      assert.equal(joinSegments(parts, []).text, text);
      let before = 0;
      for (const { start, end } of parts.segments) {
        // A run of letters that is no word is data, and stays whole.
        assert.ok(start >= before && end > start && (end - start <= 400 || unit === 'a'));
        before = end;
        const unitBefore = text.charCodeAt(end - 1);
        const pairCut = unitBefore >= 0xd800 && unitBefore <= 0xdbff && text.charCodeAt(end) >= 0xdc00 && text.charCodeAt(end) <= 0xdfff;
        assert.ok(!pairCut);
      }
    });
  }
});
