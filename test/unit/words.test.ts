/** Every text that a user reads has its words in every language of the interface: those of package.json, and those that the sources hand to `t`. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { setWords, t } from '../../src/shared/words.ts';
import { damagedFile } from '../../webview/engine/fileFailure.ts';
import { INTERFACE_LANGUAGES } from '../interfaceLanguages.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

type Texts = Readonly<Record<string, string>>;

function text(name: string): string {
  return readFileSync(path.join(ROOT, name), 'utf8');
}

function read(name: string): Texts {
  return JSON.parse(text(name)) as Texts;
}

interface Spoken {
  /** Undefined where it is not written out. */
  readonly english: string | undefined;
  readonly values: number;
  readonly place: string;
  readonly isWhileLoading: boolean;
}

/** The text of a literal, or of literals that are put together. */
function written(node: ts.Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [written(node.left), written(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

function isInFunction(node: ts.Node): boolean {
  for (let outer = node.parent as ts.Node | undefined; outer !== undefined; outer = outer.parent as ts.Node | undefined)
    if (ts.isFunctionLike(outer)) return true;
  return false;
}

function spokenIn(file: string): Spoken[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Spoken[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const place = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      const [english, ...values] = node.arguments;
      found.push({ english: written(english), values: values.length, place, isWhileLoading: !isInFunction(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\d+\}/g))].sort();
}

/** The targets of Markdown links, which a translation must keep. */
function links(text: string): string[] {
  return (text.match(/\]\([^)]*\)/g) ?? []).sort();
}

/** What is in one but not in the other, as it is to be added. */
function without(wanted: Iterable<string>, given: Texts): string[] {
  return [...wanted].filter((key) => !given[key]);
}

const spoken = ['src', 'webview']
  .flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.posix.join(folder, name)),
  )
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .flatMap(spokenIn);

describe('words of the user interface', () => {
  it('are whole texts with all their values, written out where they are shown and not while a module is loaded', () => {
    assert.ok(spoken.length > 100);
    for (const { english, values, place, isWhileLoading } of spoken) {
      assert.notEqual(english, undefined, `${place}: the text is not written out`);
      assert.equal(isWhileLoading, false, `${place}: no language is known yet while a module is loaded`);
      const wanted = Array.from({ length: values }, (_, index) => `{${index}}`);
      assert.deepEqual(placeholders(english!), wanted, `${place}: the placeholders are not those of the values`);
    }
  });

  for (const language of INTERFACE_LANGUAGES) {
    it(`are all there in ${language}, and no others`, () => {
      const file = `l10n/bundle.l10n.${language}.json`;
      const words = read(file);
      const english = new Set(spoken.map((each) => each.english!));
      assert.deepEqual(without(english, words), [], `${file} lacks these`);
      assert.deepEqual(
        Object.keys(words).filter((key) => !english.has(key)),
        [],
        `nobody says these of ${file}`,
      );
      for (const [key, text] of Object.entries(words)) {
        assert.deepEqual(placeholders(text), placeholders(key), `${file}: ${key}`);
        assert.deepEqual(links(text), links(key), `${file}: ${key}`);
      }
    });
  }

  it('are taken from what the root has set, with the values in their places', () => {
    try {
      setWords({ '{0} of {1}': '{1} → {0}' });
      assert.equal(t('{0} of {1}', 3, 'four {0}'), 'four {0} → 3');
      assert.equal(t('Stop'), 'Stop');
      setWords(read('l10n/bundle.l10n.de.json'));
      assert.match(damagedFile('a.bin', 'is cut off').message, /^a\.bin ist beschädigt \(is cut off\)\. /, 'the engine says them too');
    } finally {
      setWords({});
    }
  });
});

describe('words of package.json', () => {
  const manifest = text('package.json');
  const used = [...manifest.matchAll(/"%([^"%]+)%"/g)].map(([, key = '']) => key);
  const english = read('package.nls.json');

  it('are those of package.nls.json', () => {
    assert.ok(used.length > 50);
    assert.deepEqual(without(used, english), [], 'package.nls.json lacks these');
    assert.deepEqual(
      Object.keys(english).filter((key) => !used.includes(key)),
      [],
      'package.json does not use these of package.nls.json',
    );
  });

  it('are keys wherever a user reads them', () => {
    const { contributes } = JSON.parse(manifest) as { readonly contributes: Readonly<Record<string, unknown>> };
    // What tools say to a model is no part of the interface.
    const read = JSON.stringify({ ...contributes, languageModelTools: undefined });
    const bare = [...read.matchAll(/"(title|description|markdownDescription|name|displayName|userDescription)":"([^"%][^"]*)"/g)];
    assert.deepEqual(
      bare.map(([, , text]) => text).filter((text) => text !== 'Saccade'),
      [],
    );
  });

  for (const language of INTERFACE_LANGUAGES) {
    it(`are all there in ${language}, and no others`, () => {
      const file = `package.nls.${language}.json`;
      const words = read(file);
      assert.deepEqual(without(Object.keys(english), words), [], `${file} lacks these`);
      assert.deepEqual(without(Object.keys(words), english), [], `nobody says these of ${file}`);
      for (const [key, text] of Object.entries(words)) assert.deepEqual(links(text), links(english[key]!), `${file}: ${key}`);
    });

    it(`are in ${language} in the walkthrough's pages too`, () => {
      const pages = [...manifest.matchAll(/"markdown": "([^"]+)\.md"/g)].map(([, page = '']) => page);
      assert.ok(pages.length > 0);
      // VS Code looks for these names.
      for (const page of pages) assert.notEqual(text(`${page}.nls.${language}.md`), text(`${page}.md`));
    });
  }
});
