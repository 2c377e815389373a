/** package.json and the command table say the same, and every command has its place in the menus. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { COMMANDS } from '../../src/commandTable.ts';
import { DESTINATIONS } from '../../src/destinations/destination.ts';
import { DOCUMENTED_LANGUAGES } from '../../src/editor/docStyle.ts';
import { LANGUAGES } from '../../src/shared/task.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly enablement?: string;
    }[];
    readonly keybindings: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly when?: string }[]>>;
    readonly configuration: {
      readonly properties: Readonly<Record<'saccade.targetLanguage' | 'saccade.destination', { readonly enum: readonly string[] }>>;
    };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly description: string; readonly media: { readonly markdown: string } }[];
    }[];
  };
}

const words = JSON.parse(readFileSync(new URL('../../package.nls.json', import.meta.url), 'utf8')) as Readonly<Record<string, string>>;
/** What a key of package.json stands for. */
const english = (text: string): string | undefined => words[text.slice(1, -1)];
const { contributes } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest;

describe('command table', () => {
  it('are each run in a real VS Code', () => {
    const suites = ['host', 'e2e'].flatMap((folder) => {
      const place = new URL(`../${folder}/`, import.meta.url);
      return readdirSync(place)
        .filter((name) => /\.test\.m?[jt]s$/.test(name))
        .map((name) => readFileSync(new URL(name, place), 'utf8'));
    });
    assert.deepEqual(
      Object.keys(COMMANDS).filter((command) => !suites.some((suite) => suite.includes(`'${command}'`))),
      [],
    );
  });

  it('equals the commands of package.json', () => {
    assert.deepEqual(Object.fromEntries(contributes.commands.map(({ command, title }) => [command, english(title)])), COMMANDS);
    assert.ok(contributes.commands.every(({ category }) => category === 'Saccade'));
  });

  it('knows every command of the menus and keybindings', () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].flatMap(({ command }) => command ?? []);
    for (const command of used) assert.ok(Object.hasOwn(COMMANDS, command), command);
  });

  it('leads through commands and pages that exist', () => {
    const ignored = readFileSync(new URL('../../.vscodeignore', import.meta.url), 'utf8');
    assert.ok(ignored.includes('!media/walkthrough/*.md'));
    for (const { description, media } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      for (const [, command] of english(description)!.matchAll(/command:(saccade\.\w+)/g))
        assert.ok(Object.hasOwn(COMMANDS, command!), command);
      assert.match(media.markdown, /^media\/walkthrough\//);
      assert.ok(readFileSync(new URL(`../../${media.markdown}`, import.meta.url), 'utf8').length > 0);
    }
  });

  it('offers docstrings where the code knows how they are written', () => {
    const wanted = `editorLangId =~ /^(${DOCUMENTED_LANGUAGES.join('|')})$/`;
    const places = Object.values(contributes.menus).flat();
    for (const { command, when } of places) if (command === 'saccade.summariseToDocstring') assert.equal(when, wanted);
    assert.ok(contributes.commands.find(({ command }) => command === 'saccade.summariseToDocstring')?.enablement?.endsWith(wanted));
  });

  it('offers the destinations that the code knows', () => {
    assert.deepEqual(contributes.configuration.properties['saccade.destination'].enum, [...DESTINATIONS]);
  });

  it('offers the target languages that the code knows', () => {
    assert.deepEqual(contributes.configuration.properties['saccade.targetLanguage'].enum, [...LANGUAGES]);
  });
});
