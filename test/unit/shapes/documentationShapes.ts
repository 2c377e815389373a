/** Documentation comments with the tags of each tool, and the prose that they hold. */
import type { Shape } from './shapes.ts';

export const DOCUMENTATION_SHAPES: readonly Shape[] = [
  {
    name: 'methods and annotations of PHP with text behind them',
    language: 'php',
    text: '<?php\n/**\n * @method string getName(int $a) returns the name\n * @Assert\\NotBlank(message="It is empty") the note\n * @deprecated use it\n * @OA\\Get(\n *     @OA\\Response(description="All users")\n * )\n * @return Name|null $name the name\n */\nfunction f() {}\n',
    prose: [
      '@method string getName(int $a) ¦returns the name',
      '@Assert\\NotBlank(message="It is empty") ¦the note',
      '@deprecated ¦use it',
      '@return Name|null $name ¦the name',
    ],
  },
  {
    name: 'attributes and declarations of YARD',
    language: 'ruby',
    text: '# @attr_reader name [String] the name of it\n# @!attribute [r] name\n# @overload read(path, mode)\n# @yieldparam [Symbol] key the key of it\ndef f; end\n',
    prose: ['@attr_reader name [String] ¦the name of it', '@yieldparam [Symbol] key ¦the key of it'],
  },
  {
    name: 'tags of LDoc',
    language: 'lua',
    text: '--- Opens it.\n-- @tparam string path the path\n-- @tparam[opt=10] number size the size\n-- @tparam {string,...} names the names\n-- @treturn[1] string the name\n-- @int[opt] count the number\n-- @param[type=string] name the name of it\n-- @usage local a = open("the file")\n-- @raise an error\n',
    prose: [
      'Opens it.',
      '@tparam string path ¦the path',
      '@tparam[opt=10] number size ¦the size',
      '@tparam {string,...} names ¦the names',
      '@treturn[1] string ¦the name',
      '@int[opt] count ¦the number',
      '@param[type=string] name ¦the name of it',
      '@raise ¦an error',
    ],
  },
  {
    name: 'type parameters of Scala',
    language: 'scala',
    text: '/** Holds it.\n *  @tparam A the type of the elements\n *  @tparam Key is the type of the keys\n */\n',
    prose: ['Holds it.', '@tparam A ¦the type of the elements', '@tparam Key ¦is the type of the keys'],
  },
  {
    name: 'Swift’s fields',
    language: 'swift',
    text: '/// Opens the file.\n///\n/// - Parameter path: The path\n///   of the file.\n/// - Parameters:\n///   - mode: How it is opened: read\n///     or write.\n///   - size: The size.\n/// - Returns: The file.\n/// - throws: An error.\n/// - Note: It is slow.\n/// - a point: with a colon\nfunc f() {}\n',
    prose: [
      'Opens the file.',
      '- Parameter path: ¦The path of the file.',
      '- mode: ¦How it is opened: read or write.',
      '- size: ¦The size.',
      '- Returns: ¦The file.',
      '- throws: ¦An error.',
      '- Note: ¦It is slow.',
      '- ¦a point: with a colon',
    ],
  },
  {
    name: 'a list with a note outside of Swift',
    language: 'javascript',
    text: '/**\n * - Note: it is slow.\n * - Returns: the file.\n */\n',
    prose: ['- ¦Note: it is slow.', '- Returns: ¦the file.'],
  },
  {
    name: 'fields alone on their lines',
    language: 'python',
    text: 'def f():\n    \"\"\"One.\n\n    :param a:\n        The first.\n    :returns:\n        The sum.\n    \"\"\"\n',
    prose: ['One.', 'The first.', 'The sum.'],
  },
  {
    name: 'tags of PHP',
    language: 'php',
    text: '<?php\n/**\n * Holds users.\n *\n * @property-read string $name the name of it\n * @phpstan-return list<string>\n * @param Collection<int, User> $users all of them\n * @param string ...$rest the rest\n * @return array<int, string> the names\n * @ORM\\Table(name="users", options={"comment": "all users"})\n * @ORM\\Column(\n *     name="the users"\n * )\n */\nfunction f() {}\n',
    prose: [
      'Holds users.',
      '@property-read string $name ¦the name of it',
      '@param Collection<int, User> $users ¦all of them',
      '@param string ...$rest ¦the rest',
      '@return array<int, string> ¦the names',
    ],
  },
  {
    name: 'tags of YARD',
    language: 'ruby',
    text: '# Opens it.\n# @param path [String] the path of it\n# @param [Array<String>] names the names\n# @option opts [Symbol] :mode (nil) the mode of it\n# @return [Boolean] whether it is open\n# @raise [IOError] where it is not\ndef f; end\n',
    prose: [
      'Opens it.',
      '@param path [String] ¦the path of it',
      '@param [Array<String>] names ¦the names',
      '@option opts [Symbol] :mode (nil) ¦the mode of it',
      '@return [Boolean] ¦whether it is open',
      '@raise [IOError] ¦where it is not',
    ],
  },
  {
    name: 'tags with colons',
    language: 'javascript',
    text: '/**\n * Opens it.\n * @param path: the path of it\n * @param [mode] the mode of it\n * @return: whether it is open\n * @rtype: boolean\n */\n',
    prose: ['Opens it.', '@param path: ¦the path of it', '@param [mode] ¦the mode of it', '@return: ¦whether it is open'],
  },
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
