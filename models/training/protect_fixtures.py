"""Writes what protect() and restore() make of texts that are easy to get wrong; the extension's tests compare with it.

    python protect_fixtures.py > ../../test/fixtures/protect.json
"""

import json
import sys

from protect import FIRST_SENTINEL, PATTERN, SENTINELS, protect, restore

TEXTS = [
    "",
    "Nothing to protect here, e.g. version 3.5 of 2024-01-31.",
    "Call `foo(a, b)` and ``x `y` z`` before `foo(a, b)` again.",
    "See https://example.org/a_b?q=1#top, or (http://x.io/y). Write to first.last+tag@mail.example.co.uk.",
    "See [the list](#first-things-first), [it](guide.md 'a title'), [x]( y) and [z](https://example.org/a(b)).",
    "<b>bold</b> and <br/> but 1 < 2 > 0 and a<b",
    "Use ${name}, {{ item }}, {0}, {}, {user.name} and { not this }.",
    "%s %d %1$s %(key)s %5.2f %-d %1 100% sure, 5 % of it",
    "@param {string} name \\brief :ref:`label` :py:func:`open` user@host",
    "$HOME and $5, --dry-run=yes, -v, well-known -x-y, a--b",
    "C'est-\u00e0-dire -dire, \u00e9-x, \u00fc--flag, na\u00efve-type",
    "See {@link Foo#bar the bar}, {@code a < b} and {@link}, not { @link x }.",
    "Let $x^2$ and $\\alpha + 1$ be $n$, \\(a_1 \\le b\\) holds.",
    "It costs $5 and $6, from $5-$10; $HOME/$USER, ${A} or ${B}, %1$s of %2$d, $a $b$c, 5$ $",
    "/usr/lib/x.so, ./a/b, ../c, ~/d, C:\\Users\\me, and/or, a/b/c, 1/2.",
    "os.path.join, std::vector, this->size(), call(), e.g. i.e. U.S.A.",
    "snake_case _private __init__ trailing_ CONSTANT_NAME a_1",
    "camelCase XMLHttpRequest iOS iPhone HTML McDonald x",
    "Emoji \U0001f600`\U0001f680` \U0001f469\u200d\U0001f4bb camelCase\U0001f600 {\U0001f600}",
    "\u00fcber_cool \u00e9t\u00e9Bleu na\u00efve_x \u0661\u0662%d stra\u00dfe.de",
    "\u05e9\u05dc\u05d5\u05dd `\u05e7\u05d5\u05d3` \u0645\u0631\u062d\u0628\u0627 file_name",
    "lines\nwith `code\nnot closed` and\r\n<tag\n>",
    "private \ue000 use \uf8ff and \ue001 characters",
    "no-break\u00a0space_here \u3000wide_space \u2028line_sep \u0000nul_x \ufeffbom_x",
    "https://example.org/\U0001f600 https://example.org/\u00e9t\u00e9, www.example.org",
    " ".join(f"name_{index}" for index in range(20)) + " name_3 name_18",
    "word" * 50 + "_x " + "a" * 300 + " " + "_" * 50 + "." * 50,
    "`a\\`b` ``` ```js``` `` ` `",
    "K\u212a_\u0130x \u017fS fooB\u0131r",
]


def main() -> None:
    cases = []
    for text in TEXTS:
        protected, spans = protect(text)
        cases.append({"text": text, "protected": protected, "spans": spans, "restored": restore(protected, spans)})
    golden = {"pattern": PATTERN, "firstSentinel": FIRST_SENTINEL, "sentinels": SENTINELS, "cases": cases}
    json.dump(golden, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
