/** The grammars and language configurations of the real VS Code that the harness installs, read in Node, and documents read with them. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IOnigLib } from 'vscode-textmate';
import type { CommentSyntax } from '../../src/editor/comments.ts';
import { ContributedGrammars, type Manifest } from '../../src/editor/grammar/contributedGrammars.ts';
import { GrammarLibrary, type GrammarFiles } from '../../src/editor/grammar/grammarLibrary.ts';
import { scopedText } from '../../src/editor/grammar/scopedComments.ts';
import { KIND_COLOURS, KIND_THEME } from '../../src/editor/grammar/scopeKinds.ts';
import { parseRawGrammar, Registry, startOniguruma, type IGrammar } from '../../src/editor/grammar/textMate.ts';
import { TokenizedLines, type LineFocus } from '../../src/editor/grammar/tokenizedLines.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import { CommentSyntaxes } from '../../src/editor/reading/commentSyntaxes.ts';
import { LocalReader } from '../../src/editor/reading/localReader.ts';
import type { ReadText } from '../../src/editor/reading/textReader.ts';
import type { SourceDocument } from '../../src/editor/sourceText.ts';
import { builtInExtensions } from '../vscode/server.mjs';

const ENGINE = fileURLToPath(new URL('../../node_modules/vscode-oniguruma/release/onig.wasm', import.meta.url));

let installing: Promise<InstalledGrammars> | undefined;

/** The first call on a machine installs VS Code's server. */
export function installedGrammars(): Promise<InstalledGrammars> {
  installing ??= readExtensions().then((extensions) => new InstalledGrammars(extensions));
  return installing;
}

async function readExtensions(): Promise<Manifest<string>[]> {
  const parent = await builtInExtensions();
  const folders = (await readdir(parent))
    .map((name) => path.join(parent, name))
    .filter((folder) => existsSync(path.join(folder, 'package.json')));
  return Promise.all(
    folders.map(async (folder) => ({
      folder,
      json: JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as unknown,
    })),
  );
}

export class InstalledGrammars {
  readonly files: GrammarFiles<string>;
  readonly library: GrammarLibrary<string>;
  readonly contributed: ContributedGrammars<string>;
  private readonly syntaxes: CommentSyntaxes<string>;
  private readonly reader: LocalReader<string>;

  constructor(extensions: readonly Manifest<string>[]) {
    this.contributed = new ContributedGrammars(extensions);
    this.files = {
      manifests: extensions,
      read: (folder, file) => readFile(path.join(folder, file)),
      readEngine: () => readFile(ENGINE),
    };
    this.library = new GrammarLibrary(this.files);
    this.syntaxes = new CommentSyntaxes(this.files);
    this.reader = new LocalReader(this.files);
  }

  async grammarOf(languageId: string): Promise<IGrammar> {
    const grammar = await this.library.of(languageId);
    assert.ok(grammar, `VS Code has a grammar for ${languageId}`);
    return grammar;
  }

  /** The one of an installed extension, also where this extension has its own; for each call anew. @param engine instead of the extension's own */
  async contributedGrammar(languageId: string, engine?: IOnigLib): Promise<IGrammar> {
    const registry = new Registry({
      onigLib: engine === undefined ? startOniguruma(() => readFile(ENGINE)) : Promise.resolve(engine),
      theme: KIND_THEME,
      colorMap: [...KIND_COLOURS],
      loadGrammar: async (scopeName) => {
        const file = this.contributed.fileOf(scopeName);
        return file && parseRawGrammar(await readFile(path.join(file.folder, file.path), 'utf8'), file.path);
      },
    });
    const grammar = await registry.loadGrammar(this.contributed.scopeOf(languageId)!);
    assert.ok(grammar);
    return grammar;
  }

  syntaxOf(languageId: string): Promise<CommentSyntax> {
    return this.syntaxes.of(languageId);
  }

  /** As the extension reads it, every string too. @param isShort false: by the grammar alone */
  async read(languageId: string, text: string, isShort = true, withStrings = true): Promise<SourceDocument> {
    const lines = text.split(/\r\n|\r|\n/);
    const focus = withStrings ? (): LineFocus => ({ first: 0, last: lines.length }) : undefined;
    const found = isShort ? (await this.reader.read({ languageId, lines }, focus))! : await this.readByGrammar(languageId, lines, focus);
    return { lines, eol: text.includes('\r\n') ? '\r\n' : '\n', tabSize: 4, ...found };
  }

  private async readByGrammar(languageId: string, lines: readonly string[], focus: (() => LineFocus) | undefined): Promise<ReadText> {
    const syntax = await this.syntaxOf(languageId);
    const scopes = atOnce(new TokenizedLines(await this.grammarOf(languageId)).read(lines, focus));
    return { ...atOnce(scopedText(lines, scopes, syntax)), syntax };
  }
}
