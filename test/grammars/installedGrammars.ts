/** The grammars and language configurations of the real VS Code that the harness installs, read in Node, and documents read with them. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IOnigLib } from 'vscode-textmate';
import type { CommentSyntax } from '../../src/editor/comments.ts';
import { ContributedGrammars } from '../../src/editor/grammar/contributedGrammars.ts';
import { GrammarLibrary } from '../../src/editor/grammar/grammarLibrary.ts';
import { shortcutOf } from '../../src/editor/grammar/lineShortcut.ts';
import { scopedText, type ScopedText } from '../../src/editor/grammar/scopedComments.ts';
import { KIND_COLOURS, KIND_THEME } from '../../src/editor/grammar/scopeKinds.ts';
import { parseRawGrammar, Registry, startOniguruma, type IGrammar } from '../../src/editor/grammar/textMate.ts';
import { TokenizedLines, type LineFocus } from '../../src/editor/grammar/tokenizedLines.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import { configuredComments, syntaxOf } from '../../src/editor/languageConfiguration.ts';
import { MARKDOWN, markdownText } from '../../src/editor/markdownText.ts';
import type { SourceDocument } from '../../src/editor/sourceText.ts';
import { builtInExtensions } from '../vscode/server.mjs';

const ENGINE = fileURLToPath(new URL('../../node_modules/vscode-oniguruma/release/onig.wasm', import.meta.url));

interface Extension {
  readonly folder: string;
  readonly json: { readonly contributes?: { readonly languages?: readonly { readonly id: string; readonly configuration?: string }[] } };
}

let installing: Promise<InstalledGrammars> | undefined;

/** The first call on a machine installs VS Code's server. */
export function installedGrammars(): Promise<InstalledGrammars> {
  installing ??= readExtensions().then((extensions) => new InstalledGrammars(extensions));
  return installing;
}

async function readExtensions(): Promise<Extension[]> {
  const parent = await builtInExtensions();
  const folders = (await readdir(parent))
    .map((name) => path.join(parent, name))
    .filter((folder) => existsSync(path.join(folder, 'package.json')));
  return Promise.all(
    folders.map(async (folder) => ({
      folder,
      json: JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Extension['json'],
    })),
  );
}

export class InstalledGrammars {
  readonly library: GrammarLibrary<string>;
  readonly contributed: ContributedGrammars<string>;

  constructor(private readonly extensions: readonly Extension[]) {
    this.contributed = new ContributedGrammars(extensions);
    this.library = new GrammarLibrary({
      manifests: extensions,
      read: (folder, file) => readFile(path.join(folder, file)),
      readEngine: () => readFile(ENGINE),
    });
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

  async syntaxOf(languageId: string): Promise<CommentSyntax> {
    const files = this.extensions.flatMap(({ folder, json }) =>
      (json.contributes?.languages ?? []).flatMap(({ id, configuration }) =>
        id === languageId && configuration !== undefined ? [path.join(folder, configuration)] : [],
      ),
    );
    const configured = await Promise.all(files.map(async (file) => configuredComments(await readFile(file, 'utf8'))));
    return syntaxOf(
      languageId,
      configured.filter((comments) => comments !== undefined),
    );
  }

  /** As the extension reads it, every string too. @param isShort false: by the grammar alone */
  async read(languageId: string, text: string, isShort = true, withStrings = true): Promise<SourceDocument> {
    const lines = text.split(/\r\n|\r|\n/);
    const syntax = await this.syntaxOf(languageId);
    const all: LineFocus = { first: 0, last: lines.length };
    const found =
      languageId === MARKDOWN && isShort
        ? await markdownText(lines, syntax, withStrings ? (): LineFocus => all : undefined, (name, code) => this.readCode(name, code))
        : await this.readByGrammar(languageId, lines, isShort, withStrings ? all : undefined);
    return { lines, eol: text.includes('\r\n') ? '\r\n' : '\n', tabSize: 4, syntax, ...found! };
  }

  private async readByGrammar(languageId: string, lines: readonly string[], isShort: boolean, focus?: LineFocus): Promise<ScopedText> {
    const tokenized = new TokenizedLines(await this.grammarOf(languageId), isShort ? shortcutOf(languageId) : undefined);
    return atOnce(scopedText(lines, atOnce(tokenized.read(lines, focus && ((): LineFocus => focus))), await this.syntaxOf(languageId)));
  }

  private async readCode(name: string, lines: readonly string[]): Promise<ScopedText | undefined> {
    const languageId = this.library.languages.named(name);
    const isRead = languageId !== undefined && languageId !== MARKDOWN && (await this.library.of(languageId)) !== undefined;
    return isRead ? this.readByGrammar(languageId, lines, true, { first: 0, last: lines.length }) : undefined;
  }
}
