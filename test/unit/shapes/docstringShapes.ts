/** Docstrings of Python in each of its styles, and the prose that they hold. */
import type { Shape } from './shapes.ts';

export const DOCSTRING_SHAPES: readonly Shape[] = [
  {
    name: 'Google docstring',
    language: 'python',
    text: `def f(a, b):
    """Adds two numbers, and does it
    well.

    Args:
        a (int): The first one,
            with continuation.
        b: The second.
        *args: The rest.
        fn (Callable[[int], str]): Note: called
            often.

    Returns:
        dict[str, int]: The sum, or
            nothing.

    Raises:
        ValueError: If a is bad.

    Example:
        >>> f(1, 2)
        3

    Note:
        Be careful here.
    """
    return a + b
`,
    prose: [
      'Adds two numbers, and does it well.',
      'a (int): ¦The first one, with continuation.',
      'b: ¦The second.',
      '*args: ¦The rest.',
      'fn (Callable[[int], str]): ¦Note: called often.',
      'dict[str, int]: ¦The sum, or nothing.',
      'ValueError: ¦If a is bad.',
      'Be careful here.',
    ],
  },
  {
    name: 'NumPy docstring',
    language: 'python',
    text: `def f(x):
    r"""
    Sum of x.

    Parameters
    ----------
    x : array_like
        Input data, which is
        long.

    Returns
    -------
    ndarray
        The sum.

    See Also
    --------
    numpy.sum : Other thing.

    Notes
    -----
    Some prose notes:

    .. math:: a + b

    Example::

        code = here
    """
`,
    prose: ['Sum of x.', 'Input data, which is long.', 'The sum.', 'Some prose notes:', 'Example'],
  },
  {
    name: 'Sphinx docstring',
    language: 'python',
    text: `'''Opens it.

:param str name: The name
    of the file.
:type name: str
:returns: the thing
:rtype: int
:raises OSError: if it is gone
.. note:: Be aware.
.. deprecated:: 1.2
   Use something else.
.. code-block:: python

   x = 1

See :ref:\`label\`.
'''
`,
    prose: [
      'Opens it.',
      ':param str name: ¦The name of the file.',
      ':returns: ¦the thing',
      ':raises OSError: ¦if it is gone',
      '.. note:: ¦Be aware.',
      'Use something else.',
      'See :ref:`label`.',
    ],
  },
  {
    name: 'a docstring of Julia, which is Markdown',
    language: 'julia',
    text: '"""\n    read_all(path; force=false)\n\nRead all\nfiles.\n\n    julia> read_all("here")\n    a list of files\n\n- An item\n\n    of two paragraphs.\n\nMore.\n"""\nf() = 1\n\n"""\n    nothing_else(to; read=1)\n"""\n',
    prose: ['Read all files.', '- ¦An item', 'of two paragraphs.', 'More.'],
  },
  {
    name: 'documentation of Elixir, which is Markdown',
    language: 'elixir',
    text: 'defmodule A do\n  @doc """\n  Opens the\n  file.\n\n      iex> A.open("the file")\n      the words of it\n\n  More.\n  """\n  def open(x), do: x\nend\n',
    prose: ['Opens the file.', 'More.'],
  },
];
