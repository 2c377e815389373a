"""The texts of the golden files, written for this project, and the task that each is given to."""

from typing import NamedTuple


class GoldenText(NamedTuple):
    name: str
    task: str
    language: str | None
    """Target language of "translate"."""
    text: str
    every_attention: bool = False
    """Whether the file holds the maps of every layer and head; only for short texts, the files are in the repository."""


GOLDEN_TEXTS = [
    GoldenText("docstring-en-de", "translate", "de", "Returns the number of elements in the list.", True),
    GoldenText("docstring-en-fr", "translate", "fr", "Opens the file and reads the first line.", True),
    GoldenText("docstring-en-es", "translate", "es", "Closes the connection to the server.", True),
    GoldenText("comment-de-en", "translate", "en", "Diese Funktion löscht alle alten Einträge.", True),
    GoldenText("interface-de-en", "translate", "en", "Änderungen speichern", True),
    GoldenText("single-character", "translate", "de", "A", True),
    GoldenText("comment-fr-en", "translate", "en", "Vérifie que l'utilisateur a le droit de modifier ce fichier."),
    GoldenText("comment-es-en", "translate", "en", "¿Está seguro de que quiere borrar la carpeta «Descargas»?"),
    GoldenText("prose-en-de", "translate", "de", "The old house at the end of the street has been empty for years."),
    GoldenText("prose-en-fr", "translate", "fr", "She closed the window because it had begun to rain."),
    GoldenText("prose-de-en", "translate", "en", "Morgen fahren wir mit dem Zug nach Hamburg, wenn das Wetter gut bleibt."),
    GoldenText("code-spans", "translate", "de", "Call `open()` before `read()`, otherwise `read()` returns `None`."),
    GoldenText("identifiers", "translate", "fr", "Set max_length to 50 and pass --no-cache to runServer in src/main/server.ts."),
    GoldenText("placeholders", "translate", "es", "Could not copy %s to {target}: ${reason} (%d of {0})."),
    GoldenText("tags-and-links", "translate", "de", "See <b>the manual</b> at https://example.org/manual?page=2 or write to help@example.org."),
    GoldenText("parameter-line", "translate", "de", "@param timeout The time to wait in seconds; 0 means that it never ends."),
    GoldenText("more-spans-than-sentinels", "translate", "fr", "Fields: " + ", ".join(f"`f{index}`" for index in range(18)) + "."),
    GoldenText("span-used-up", "translate", "de", "JavaScript runs in the browser, and the code of JavaScript is not the code of Java."),
    GoldenText("span-left-out", "translate", "de", "The basic idea behind cURL is that you call `curl_init()`, set the options by `curl_setopt()` and run `curl_exec()`."),
    GoldenText("spans-many", "translate", "fr", "Go to the next{0} or previous{1} change with {2}, then accept{3}, reject{4} or view{5} the edits."),
    GoldenText("spans-alone", "translate", "es", "%s: %s %s %s %s, %d %d %s %s {0} {1} {0} %d %d"),
    GoldenText("spans-without-end", "translate", "de", "cd /usr /usr /usr /usr /tmp /usr /tmp /usr"),
    GoldenText("sentinel-in-text", "translate", "de", "The character \ue001 is private, see `isPrivate()`."),
    GoldenText("special-tokens-in-text", "translate", "de", "Write </s> at the end and <mask> in the middle."),
    GoldenText("emoji", "translate", "de", "Done 🎉 The build took 3 minutes 👩‍💻👍🏽"),
    GoldenText("combining-marks", "translate", "en", "Der Schlu\u0308ssel liegt in der Ku\u0308che."),
    GoldenText("right-to-left", "translate", "en", "The word שלום means peace, مرحبا means hello."),
    GoldenText("nul-and-tab", "translate", "de", "A string ends with \x00 and\ta column with a tab."),
    GoldenText("line-breaks", "translate", "fr", "First line.\nSecond line.\r\nThird line."),
    GoldenText("digits", "translate", "es", "In 2024, 1,234.56 of 7890123 rows (99 %) were read at 10:45."),
    GoldenText("double-spaces", "translate", "de", " Two  spaces   here,    and at both ends  "),
    GoldenText("docstring-en-zh", "translate", "zh", "Returns the number of elements in the list.", True),
    GoldenText("comment-en-ja", "translate", "ja", "Call `open()` before you read from the file."),
    GoldenText("comment-en-ru", "translate", "ru", "Closes the connection to the server."),
    GoldenText("comment-en-pt", "translate", "pt", "Could not write to the file %s."),
    GoldenText("comment-zh-en", "translate", "en", "如果文件不存在，函数返回 `None`。"),
    GoldenText("comment-ja-en", "translate", "en", "ファイルを開いて最初の行を読み込みます。"),
    GoldenText("comment-ru-en", "translate", "en", "Проверяет, есть ли у пользователя права на этот файл."),
    GoldenText("comment-pt-en", "translate", "en", "Não foi possível abrir a pasta «Transferências»."),
    GoldenText("rare-ideographs", "translate", "en", "字体缺少𠮷和龘这两个字。"),
    GoldenText("same-language", "translate", "en", "This text is already in English."),
    GoldenText(
        "long",
        "translate",
        "de",
        "The editor saves every open file before it starts the build. If a file cannot be written, for example because the disk is "
        "full or because another program has locked it, the build does not start and a message names the file. You can change this "
        "in the settings: choose whether all files are saved, only those of the current project, or none at all. A file that has "
        "never been saved has no name yet, so the editor asks for one first. Remember that the build reads from the disk, not from "
        "the editor, and therefore never sees a change that has not been saved.",
    ),
    GoldenText(
        "summarise",
        "summarise",
        None,
        "Reads the whole file into memory and returns its content as a string. The encoding is guessed from the first bytes when "
        "none is given. Raises an error when the file does not exist or when it is larger than the limit.",
    ),
    GoldenText(
        "headline",
        "headline",
        None,
        "This package contains a small program that watches a folder and sends every new file to another computer. It compresses "
        "the files on the way and tries again when the network fails.",
    ),
    GoldenText("reconstruct", "reconstruct", None, "The files was copied to to folder the, but not the."),
    GoldenText("reconstruct-german", "reconstruct", None, "Der Server antworten nicht, bitte Sie versuchen es später."),
]

TOKENIZER_TEXTS = [
    "",
    " ",
    "\n",
    "a",
    " a",
    "a ",
    "a  b",
    "naïve café",
    "cafe\u0301",
    "e\u0301\u0302",
    "don't stop",
    "l'été",
    "100%",
    "3.14159",
    "x = y+1;",
    "snake_case camelCase",
    "HTTPServer2",
    "....",
    "--",
    "«oui»",
    "„ja“",
    "½ ² ³",
    "١٢٣",
    "日本語のテキスト",
    "中文，没有空格。",
    "𠮷野家 髙 ①",
    "ｆｕｌｌ　ｗｉｄｔｈ",
    "한국어",
    "Привет, мир",
    "שלום",
    "🙂",
    "👩‍👩‍👧",
    "🇩🇪",
    "\x00",
    "\x7f\x85",
    "\u00a0non breaking",
    "\u200bzero\u200dwidth",
    "\ufeffmark",
    "\ufffd",
    "▁",
    "a▁b",
    "▁▁ ▁",
    "<0x41>",
    "<unk>",
    "<pad><s></s>",
    "<2de>",
    "<2xx>",
    "a</s>b",
    "\ue000",
    "\ue000\ue001 \ue00f\ue010",
    "in \ue000.",
    "\U0001d54f math",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "tab\tand\r\nreturn",
]
"""Hostile and plain texts for the tokenizer alone."""
