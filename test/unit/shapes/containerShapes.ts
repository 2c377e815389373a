/** Text that belongs to a line above it, and the prose that it holds. */
import type { Shape } from './shapes.ts';

export const CONTAINER_SHAPES: readonly Shape[] = [
  {
    name: 'admonitions and definitions of Markdown',
    language: 'markdown',
    text: `:::note
The file is read.
:::

::: warning Danger ahead
:::tip[A title] {.wide}
::: {.callout-note}
It is deleted.
:::

!!! danger highlight "It is deleted"
    The server deletes it
    for ever.

    Nothing is left.

        code in the body

!!! note

    The server reads it.

=== "Of the first kind"

    It is read.

!!! Do not do this, ever.

Term
: What it means
  and more.
:   Another meaning.

A note.[^one]

[^one]: It is here
    and goes on.

[one]: http://example.org

> [!WARNING] Of the user
> It is known.
`,
    prose: [
      'The file is read.',
      '::: warning ¦Danger ahead',
      'It is deleted.',
      '!!! danger highlight "¦It is deleted',
      'The server deletes it for ever.',
      'Nothing is left.',
      'The server reads it.',
      '=== "¦Of the first kind',
      'It is read.',
      '!!! Do not do this, ever.',
      'Term',
      ': ¦What it means and more.',
      ':   ¦Another meaning.',
      'A note.[^one]',
      '[^one]: ¦It is here and goes on.',
      '[!WARNING] ¦Of the user',
      'It is known.',
    ],
  },
  {
    name: 'code in lists of Markdown',
    language: 'markdown',
    text: '1. Do this:\n\n        run the program\n        twice\n\n   Then more.\n\n- item\n\n      code here\n\n  Of the item.\n\n    More of it.\n\n    - inner\n\n          code in it\n\n      Of the inner one.\n\nText after.\n',
    prose: ['1. ¦Do this:', 'Then more.', '- ¦item', 'Of the item.', 'More of it.', '- ¦inner', 'Of the inner one.', 'Text after.'],
  },
  {
    name: 'definitions and literal blocks of reStructuredText',
    language: 'restructuredtext',
    text: `term
    What it means.

    It goes on.

        code in it

other term
    The other
    meaning.

::

    literal words here

.. note::

    The file is read.

.. code-block:: sh

    not prose

A sentence that is over lines and
    hangs.
`,
    prose: [
      'term',
      'What it means.',
      'It goes on.',
      'other term',
      'The other meaning.',
      'The file is read.',
      'A sentence that is over lines and hangs.',
    ],
  },
  {
    name: 'quotations in comments of Markdown',
    language: 'rust',
    text: '/// Reads it.\n///\n/// > The quoted words\n/// > go on.\n/// >\n/// > > Twice.\n///\n/// It is more\n/// > 3 in the end.\nfn f() {}\n',
    prose: ['Reads it.', 'The quoted words go on.', 'Twice.', 'It is more > 3 in the end.'],
  },
  {
    name: 'code in comments of Haskell',
    language: 'haskell',
    text: '-- | Reads it:\n--\n-- > read the file\n-- > twice\n--\n-- It is read.\n',
    prose: ['| ¦Reads it:', 'It is read.'],
  },
  {
    name: "PowerShell's help",
    language: 'powershell',
    text: `<#
.SYNOPSIS
    Reads the file.

.DESCRIPTION
    Reads the file and
    sends it.

    It is sent once.
.PARAMETER Path
    The path of it.
.EXAMPLE
    $file = the first line of code
    Read-File with the path
    Reads it.
.EXAMPLE

    first line of code

    It reads.
.NOTES
Nothing else.
.LINK
about other things
https://example.org
.Outputs
The text.
#>
`,
    prose: [
      'Reads the file.',
      'Reads the file and sends it.',
      'It is sent once.',
      'The path of it.',
      'Reads it.',
      'It reads.',
      'Nothing else.',
      'The text.',
    ],
  },
  {
    name: 'short lines with others below them',
    language: 'c',
    text: '// Options\n//   The first of them.\n\n// Reads the file\n//   and closes it.\n\n// A separator _only_, and\n//   _never_ more.\n',
    prose: ['Options', 'The first of them.', 'Reads the file and closes it.', 'A separator _only_, and _never_ more.'],
  },
];
