/** Tags of documentation, by the tools that read them, and the prose behind them. */
import type { Shape } from './shapes.ts';

export const TAG_SHAPES: readonly Shape[] = [
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
];
