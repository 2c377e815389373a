/** Languages that are read without those that they embed: their own comments are found, and none in code that they quote. */
import assert from 'node:assert/strict';
import { installedGrammars } from './installedGrammars.ts';

const CASES: readonly { readonly language: string; readonly text: string; readonly comments: readonly string[] }[] = [
  {
    language: 'ruby',
    text: "# Asks for the rows.\nsql = <<-SQL\n  select 1 -- not Ruby's\nSQL\nputs sql # Shows them.\n",
    comments: ['# Asks for the rows.', '# Shows them.'],
  },
  {
    language: 'perl',
    text: "# Makes a page.\nmy $page = <<'HTML';\n<!-- not Perl's -->\nHTML\nprint $page; # Shows it.\n",
    comments: ['# Makes a page.', '# Shows it.'],
  },
  {
    language: 'julia',
    text: '# Calls another language.\npy"""\n# not Julia\'s\n"""\nx = 1 # One.\n',
    comments: ['# Calls another language.', '# One.'],
  },
  {
    language: 'fsharp',
    text: '/// Adds **one**.\nlet next x = x + 1 // No check.\n(* Both\n   lines. *)\n',
    comments: ['/// Adds **one**.', '// No check.', '(* Both\n   lines. *)'],
  },
  { language: 'latex', text: '% Not printed.\nProse. % Nor this.\n', comments: ['% Not printed.', '% Nor this.'] },
];

describe('languages that are read without those that they embed', () => {
  for (const { language, text, comments } of CASES) {
    it(`has the comments of ${language}`, async () => {
      const grammars = await installedGrammars();
      const lines = text.split('\n');
      const found = (await grammars.read(language, text)).comments.map(({ start, end }) =>
        lines
          .slice(start.line, end.line + 1)
          .map((line, index, all) => line.slice(index === 0 ? start.character : 0, index === all.length - 1 ? end.character : undefined))
          .join('\n'),
      );
      assert.deepEqual(found, comments);
    });
  }
});
