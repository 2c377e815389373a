/** Tables, lists of options and lines of usage, in comments and in documents, and the prose that they hold. */
import type { Shape } from './shapes.ts';

export const TABLE_SHAPES: readonly Shape[] = [
  {
    name: 'columns that are aligned',
    language: 'python',
    text: '# Flags:\n# verbose   print what is done\n# quiet     print nothing\n# very-long print only the\n#           errors\n# colour    use colour\n# Text goes\n# on here.\n',
    prose: [
      'Flags:',
      'verbose   ¦print what is done',
      'quiet     ¦print nothing',
      'very-long ¦print only the errors',
      'colour    ¦use colour',
      'Text goes on here.',
    ],
  },
  {
    name: 'columns of which only the last one is prose',
    language: 'shellscript',
    text: '# name    type  meaning\n# foo     int   the number of files\n# barbaz  str   the name of a file\n#\n# a   b   c\n# 1   2   3\n',
    prose: ['foo     int   ¦the number of files', 'barbaz  str   ¦the name of a file'],
  },
  {
    name: 'columns that are set apart by tabs and marks',
    language: 'c',
    text: '/*\n * READ\t\t: opens the file\n * WRITE\t: writes into the file\n * @a   - the first one\n * @bcd - the second one\n */\n',
    prose: ['READ\t\t: ¦opens the file', 'WRITE\t: ¦writes into the file', '@a   - ¦the first one', '@bcd - ¦the second one'],
  },
  {
    name: 'spaces that are no columns',
    language: 'c',
    text: '/*\n * One sentence.  Another one\n * goes here now.  And it is\n * the  last of  them all and\n ** as in   another\n ** one goes   on\n */\n',
    prose: ['One sentence.  Another one goes here now.  And it is the  last of  them all and', 'as in   another one goes   on'],
  },
  {
    name: 'options of a command',
    language: 'go',
    text: '// The options are\n// -h, --help   Show this help\n// -o FILE      Write to the\n//              file\n//\n// --quiet\n//     Print nothing.\n//\n// Some prose with --flags\n// and more of it.\n',
    prose: [
      'The options are',
      '-h, --help   ¦Show this help',
      '-o FILE      ¦Write to the file',
      'Print nothing.',
      'Some prose with --flags and more of it.',
    ],
  },
  {
    name: 'the usage of a command that docopt reads',
    language: 'python',
    text: 'def f():\n    """Naval fate.\n\n    Usage:\n      prog ship new <name>...\n      prog -h | --help\n\n    Options:\n      -h --help     Show this screen.\n      --speed=<kn>  Speed in knots [default: 10].\n    """\n',
    prose: ['Naval fate.', '-h --help     ¦Show this screen.', '--speed=<kn>  ¦Speed in knots'],
  },
  {
    name: 'usage on a line, and as a heading of prose',
    language: 'shellscript',
    text: '# Usage: backup [options] DIR\n#        backup --list\n#\n# Usage:\n#   Call this with the name of a folder.\n#\n# Usage: Run "make <target>" here\n# and wait.\n',
    prose: ['Call this with the name of a folder.', 'Usage: Run "make <target>" here and wait.'],
  },
  {
    name: 'tables with rules',
    language: 'python',
    text: '# name | meaning\n# --- | ---\n# a | the first one\n#\n# It has  rows\n# ------  ------------\n# a       the first\n# b       the second\n#\n# ====  ======\n# Name  Meaning\n# ====  ======\n# a     the first\n#\n# b     the second\n# ====  ======\n#\n# Behind it\n# is prose.\n',
    prose: ['Behind it is prose.'],
  },
  {
    name: 'Markdown with a table without outer bars',
    language: 'markdown',
    text: 'Some text.\n\nname | meaning\n:-- | --:\na | the first one\nb | the second one\n\nMore text with a | b\nin it.\n',
    prose: ['Some text.', 'More text with a | b in it.'],
  },
];
