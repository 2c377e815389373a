/** Documentation comments with the tags of each tool, and the prose that they hold. */
import type { Shape } from './shapes.ts';

export const DOCUMENTATION_SHAPES: readonly Shape[] = [
  {
    name: 'XML documentation with code',
    language: 'csharp',
    text: `/// <summary>Reads it.</summary>
/// <example>
/// It is used so:
/// <code lang="cs">
/// foreach line in the file
/// </code>
/// <code>name</code> is the name.
/// </example>
class A {}
`,
    prose: ['<summary>¦Reads it.', 'It is used so:', '<code>name</code> is the name.'],
  },
  {
    name: 'a diagram in Javadoc',
    language: 'java',
    text: '/**\n * Shows the states.\n * @startuml\n * state open is first\n * @enduml\n * They are kept.\n */\n',
    prose: ['Shows the states.', 'They are kept.'],
  },
  {
    name: 'JSDoc',
    language: 'typescript',
    text: `/**
 * Adds two numbers
 * and more. See {@link Foo Bar}.
 *
 * - item one is
 *   long
 * - item two
 *
 * @param {number} a - The first.
 * @param {{x: number}} [b=1] The second one is
 * long too.
 * @returns {number} The sum.
 * @throws {Error} When bad.
 * @see Foo
 * @type {Map<string, number>}
 * @deprecated Use something else.
 * @example
 * const a = add(1, 2);
 *
 * // not prose
 */
`,
    prose: [
      'Adds two numbers and more. See {@link Foo Bar}.',
      '- ¦item one is long',
      '- ¦item two',
      '@param {number} a - ¦The first.',
      '@param {{x: number}} [b=1] ¦The second one is long too.',
      '@returns {number} ¦The sum.',
      '@throws {Error} ¦When bad.',
      '@deprecated ¦Use something else.',
    ],
  },
  {
    name: 'Javadoc',
    language: 'java',
    text: `    /**
     * Reads it.
     * <p>
     * Second paragraph
     * here.
     * <ul>
     *   <li>First item</li>
     * </ul>
     * <pre>
     * int x = read();
     * </pre>
     *
     * @param <T> the type
     * @param name the name
     * @return the value, or {@code null}
     * @throws IOException if it fails
     * @since 1.2
     */
`,
    prose: [
      'Reads it.',
      'Second paragraph here.',
      '<li>¦First item',
      '@param <T> ¦the type',
      '@param name ¦the name',
      '@return ¦the value, or {@code null}',
      '@throws IOException ¦if it fails',
    ],
  },
  {
    name: 'Doxygen',
    language: 'cpp',
    text: `/*!
 * \\brief Opens the file.
 *
 * \\param[in,out] path Where it is.
 * \\tparam T The type.
 * \\retval 0 All is well.
 * \\code
 * open("x");
 * \\endcode
 */
int x; ///< The x of it.
//! Inner text
//! goes on.
`,
    prose: [
      '\\brief ¦Opens the file.',
      '\\param[in,out] path ¦Where it is.',
      '\\tparam T ¦The type.',
      '\\retval 0 ¦All is well.',
      'The x of it.',
      'Inner text goes on.',
    ],
  },
  {
    name: 'PHPDoc',
    language: 'php',
    text: '<?php\n/**\n * Finds it.\n *\n * @param string|null $name The name.\n * @return array|null What was found.\n */\n# Old style.\n',
    prose: ['Finds it.', '@param string|null $name ¦The name.', '@return array|null ¦What was found.', 'Old style.'],
  },
  {
    name: 'Rust documentation',
    language: 'rust',
    text: `//! Crate text.

/// Does a thing
/// at once.
///
/// # Examples
///
/// \`\`\`
/// let x = 1;
/// \`\`\`
///
///     let indented = code;
fn f<'a>(x: &'a str) {} // it's fine
`,
    prose: ['Crate text.', 'Does a thing at once.', '# ¦Examples', "it's fine"],
  },
  {
    name: 'C# documentation',
    language: 'csharp',
    text: `/// <summary>
/// Gets the thing that
/// is wanted.
/// </summary>
/// <param name="x">The x value.</param>
/// <returns>The <c>y</c>.</returns>
`,
    prose: ['Gets the thing that is wanted.', '<param name="x">¦The x value.', '<returns>¦The <c>y</c>.'],
  },
];
