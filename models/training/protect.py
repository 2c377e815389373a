"""Spans that no model may change (code, identifiers, URLs, placeholders, tags) stand in its text as one private character.

The same pattern goes into the model's config.json and is used by the extension, so it keeps to what Python's `re` and
JavaScript's `RegExp` read alike: no lookbehind of variable length, no named groups, no Unicode classes.
"""

import re
from collections import Counter
from collections.abc import Sequence

FIRST_SENTINEL = 0xE000
"""U+E000 stands for the first protected span of a text, U+E001 for the second, and so on."""
SENTINELS = 16

PATTERN = "|".join(
    [
        r"``[^`\n]+``|`[^`\n]+`",  # inline code
        r"(?<![\w$])\$(?![ \t\n${])[^$\n`]{1,80}(?<![ \t\\])\$(?![\w${(\[])|\\\([^\n`]{1,80}?\\\)",  # $x^2$ \(x\)
        r"(?<=\]\()[^() \t\n<>]+(?=[) \t\n])",  # target of a Markdown link
        r"\b[a-zA-Z][a-zA-Z+.-]*://[^ \t\n<>\"'`)\]]*[^ \t\n<>\"'`)\].,;:!?]",  # URL
        r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]*[A-Za-z0-9]",  # e-mail
        r"</?[a-zA-Z][^<>\n]*>",  # HTML, XML, JSX tag
        r"\{@[A-Za-z]+ [^{}\n]*\}",  # {@link x}, {@code x}
        r"\$\{[^{}\n]*\}|\{\{[^{}\n]*\}\}|\{[A-Za-z0-9_.:]*\}",  # ${x} {{x}} {0} {name}
        r"%\([A-Za-z_]+\)[a-z]|%[0-9]+\$[a-z]|%[0-9.]*(?:l|ll|z|h)?[sdiuxXfgcp]\b|%[0-9]",  # %(x)s %1$s %-d %1
        r"(?:[@\\])[A-Za-z]+(?:\{[^{}\n]*\})?|:[a-z]+(?: [A-Za-z_]+)?:`[^`\n]+`",  # @param \brief :ref:`x`
        r"\$[A-Za-z_][A-Za-z0-9_]*",  # $variable
        r"(?<![A-Za-z0-9\u00C0-\u024F-])--?[A-Za-z][A-Za-z0-9]*(?:[-=][A-Za-z0-9_]+)*",  # --flag
        r"(?<![A-Za-z0-9])(?:[A-Za-z]:\\|(?:~|\.\.?)?/)[A-Za-z0-9_.-]+(?:[/\\][A-Za-z0-9_.-]+)*[/\\]?(?<![.,])|(?:[A-Za-z0-9_.-]+/){2,}[A-Za-z0-9_-]+",  # path
        r"[A-Za-z_][A-Za-z0-9_]+(?:(?:\.|::|->)[A-Za-z_][A-Za-z0-9_]*)+(?:\(\))?",  # dotted name
        r"[A-Za-z_][A-Za-z0-9_]*\(\)",  # call()
        r"[A-Za-z0-9]*_[A-Za-z0-9_]*[A-Za-z0-9]",  # snake_case
        r"[A-Za-z]*[a-z][A-Z][A-Za-z0-9]*",  # camelCase
        r"[\uE000-\uF8FF]",  # what would be taken for a sentinel
    ]
)
PROTECTED = re.compile(PATTERN, re.ASCII)
WORD = re.compile(r"(?<![\w.-])[A-Za-z0-9][A-Za-z0-9.+-]+[A-Za-z0-9](?![\w-])")
"""What may be protected for practice: three characters or more, not a part of something longer."""
SENTINEL = re.compile(f"[{chr(FIRST_SENTINEL)}-{chr(FIRST_SENTINEL + SENTINELS - 1)}]")


def sentinel(index: int) -> str:
    return chr(FIRST_SENTINEL + index)


def protect(text: str, terms: dict[str, str] | None = None) -> tuple[str, list[str]]:
    """The text with a sentinel for each protected span, and what each stands for in a target; what is equal there shares a sentinel.

    `terms` are words outside of protected spans and their translations.
    """
    words = sorted(terms or {}, key=len, reverse=True)
    pattern = re.compile("|".join([*(rf"\b{re.escape(word)}\b" for word in words), PATTERN]), re.ASCII) if words else PROTECTED
    spans: list[str] = []

    def replace(match: re.Match) -> str:
        span = (terms or {}).get(match.group(), match.group())
        if span not in spans:
            if len(spans) == SENTINELS:
                return match.group()
            spans.append(span)
        return sentinel(spans.index(span))

    return pattern.sub(replace, text), spans


def protect_pair(source: str, target: str, target_needs_all: bool, also: Sequence[str] = ()) -> tuple[str, str]:
    """Protects the spans that stand in both texts, and the words `also`.

    A translation has every span of its source, so one that is missing there is left as it is on both sides; a summary
    leaves spans out.
    """
    pattern = re.compile("|".join([PATTERN, *(rf"\b{re.escape(word)}\b" for word in also)]), re.ASCII) if also else PROTECTED
    in_target = pattern.findall(target)
    spans: list[str] = []

    def replace_source(match: re.Match) -> str:
        span = match.group()
        if target_needs_all and span not in in_target:
            return span
        if span not in spans:
            if len(spans) == SENTINELS:
                return span
            spans.append(span)
        return sentinel(spans.index(span))

    def replace_target(match: re.Match) -> str:
        span = match.group()
        return sentinel(spans.index(span)) if span in spans else span

    return pattern.sub(replace_source, source), pattern.sub(replace_target, target)


def shared_words(source: str, target: str) -> list[str]:
    """The words that stand exactly once in each of the two texts: names, numbers, terms that were not translated."""
    ours, theirs = (Counter(WORD.findall(text)) for text in (source, target))
    return [word for word, count in ours.items() if count == 1 == theirs[word]]


def restore(text: str, spans: list[str]) -> str:
    """One pass, since a restored span may itself hold what looks like a sentinel; one that stands for nothing goes."""
    return SENTINEL.sub(lambda match: "".join(spans[ord(match.group()) - FIRST_SENTINEL :][:1]), text)
