/** What tools read in comments, by those who use them: linters, compilers, generators, editors, licence scanners. One line adds one. Pure patterns. */
import { OPEN_ANNOTATION } from './docTags.ts';

/** Of the beginning of a comment's line. Case matters, because "Type: …" is prose. */
const DIRECTIVES: Readonly<Record<string, readonly RegExp[]>> = {
  javascript: [
    /eslint\b|@ts-|prettier-ignore|biome-ignore|deno-(?:lint|fmt|coverage)|tslint:|js[hl]int\b|globals?\s+[\w$]+\s*[:,]|oxlint-/,
    /istanbul ignore|[cv]8 ignore|webpack[A-Z]|@vite-ignore|@vue-(?:ignore|expect|skip)|#__\w+__|@__PURE__|@jsx|sourceMappingURL=|<reference\s/,
    /@(?:jest|vitest)-(?:environment|config)|@(?:no)?flow\b|stylelint-/,
  ],
  python: [
    /noqa\b|type:\s|pylint:|mypy:|pyright:|ruff:|fmt:|yapf:|isort:|flake8:|pragma\b|nosec\b|pytype:|pyre-|coding[:=]|autopep8:|cython:|distutils:/,
  ],
  c: [
    /NOLINT|clang-format|IWYU pragma|(?:LCOV|GCOVR?)_EXCL|cppcheck-suppress|uncrustify:|-?\s*[Ff]all(?:s|ing)?[ -]?thr(?:ough|u)\b(?=.{0,24}$)|FALL-?\s?THR/,
  ],
  go: [/go:\w|\+build\b|nolint|lint:ignore|revive:|Code generated .*DO NOT EDIT|\+[a-z][\w-]*(?::[\w:-]+)?(?:=\S*)?$|swagger:\w/],
  ruby: [
    /rubocop:|frozen_string_literal:|encoding:\s*[\w-]+$|warn_indent:|shareable_constant_value:|typed:\s(?:true|false|strict|strong|ignore)$|:nodoc:|steep:|rbs_inline/,
  ],
  jvm: [/checkstyle:|CHECKSTYLE|ktlint|NOPMD|NOSONAR|detekt:|spotless:|\$NON-NLS-/],
  swift: [/swiftlint:|swift-tools-version|swiftformat:|sourcery:/],
  dotnet: [/ReSharper\s(?:disable|restore|enable)|<\/?auto-?generated/],
  php: [/phpcs:|@?(?:phpstan|psalm|phan)-|@codeCoverageIgnore/],
  dart: [/ignore(?:_for_file)?:|@dart\s*=|coverage:ignore/],
  lua: [/luacheck:|stylua:|selene:|luacov:/],
  r: [
    /nocov\b|styler:|@(?:importFrom|importClassesFrom|importMethodsFrom|import|export\w*|useDynLib|rdname|keywords|inheritParams|S3method)\b/,
  ],
  haskell: [/#\s*[A-Z_]+\b.*#$/],
  tex: [/![TB][eE][XI][XB]?\b|arara:/],
  sql: [/\+(?:goose|migrate|micrate|dbt)\b|changeset\s+\S+:\S|liquibase formatted|name:\s\w+\s:\w|migrate:(?:up|down)|sqlfluff:/],
  shell: [
    /shellcheck\s|hadolint\s+(?:ignore|global|shell)|shfmt:|(?:syntax|escape|check)=\S|SBATCH\b|PBS\s-|BSUB\s-|\$ -\w|Requires\s+-/,
    // What an init script needs (Linux Standard Base).
    /(?:BEGIN|END) INIT INFO$|(?:Provides|(?:Required|Should|Default)-(?:Start|Stop)|Short-Description):\s/,
  ],
  configuration: [
    /yaml-language-server:|yamllint\s+(?:disable|enable)|tflint-|checkov:|tfsec:|trivy:|kics-|zizmor:|cloud-config$|cloudinit$/,
  ],
  editors: [
    /-\*-|vim?:\s|ex:\s|kate:\s|c?[sS]pell(?:-?[cC]hecker)?:|codespell:|jscpd:|language=|noinspection\b|@formatter:|<\/?editor-fold/,
    /#(?:end)?region\b|endregion\b|region(?:\s+\p{Lu}\S*(?:\s+\S+){0,3})?$(?<![.,:])/u,
  ],
  licences: [/SPDX-|Copyright\b|COPYRIGHT\b|\([cC]\)\s|©|\$Id|@(?:generated|charset)\b|!\S*\//],
  // What is not named above looks like this: "tool: disable=rule", "tool-ignore-next-line".
  any: [
    /(?!(?:note|todo|warning|hint|tip|example|important|caution)\b)[a-z][a-z0-9_-]*:\s?(?:disable|enable|ignore|skip|off|on)(?:[-=,: ][\w@/.,=*()[\]-]+){0,3}$/,
    /(?!re-)[a-z][\w.]*-(?:ignore|disable|enable|expect-error)(?:-[a-z-]+)?(?:[\s:]|$)/,
  ],
};

const anyOf = (patterns: readonly RegExp[]): string => patterns.map(({ source }) => source).join('|');
const DIRECTIVE = new RegExp(`^[#!]?(?:${anyOf(Object.values(DIRECTIVES).flat())})`, 'u');
const DIRECTIVE_IN_PROSE = new RegExp(String.raw`^(?:${anyOf(DIRECTIVES['tex']!)}|-\*-)`);

export function isToolDirective(text: string): boolean {
  return DIRECTIVE.test(text);
}

/** Where the document is text for people, and its comments are what tools are told. */
export function isDirectiveInProse(text: string): boolean {
  return DIRECTIVE_IN_PROSE.test(text);
}

/** Several lines for a tool, by the first of them and the last. */
export const DIRECTIVE_BLOCKS: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  // Dependencies of a Python script (PEP 723).
  [/^\/\/\/ [a-z][a-z0-9-]*$/, /^\/\/\/$/],
  // An annotation of PHP whose values stand on lines of their own.
  [OPEN_ANNOTATION, /^[)}\]]+$/],
  // Emacs' settings for the file.
  [/^Local Variables:$/, /^End:$/],
];
