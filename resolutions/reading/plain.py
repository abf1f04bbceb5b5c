"""Reader of the text forms: one block a line, italics as ``*...*`` and bold as ``**...**``."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from resolutions.reading.blocks import TextBlock, TextRun
from resolutions.reading.sniff import UTF16_MARKS

_LINE_END = re.compile(r"\r\n|[\n\r\v\x1c-\x1e\x85\u2028\u2029]")
_PAGE_BREAK = "\f"

# `*Recalls*`, `**legal aid**`. A star after a letter or before a space is a footnote mark or part of a symbol
# (`ICC-ASP/4/33*`). Emphasis may run over a line end, never over an empty line or a page.
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])((?:(?!\n[ \t]*\n)[^*\f])+?)(?<=[^\s*])\1(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹]|\*)")
_SUPERSCRIPTS = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")


def read_plain(data: bytes) -> tuple[TextBlock, ...]:
    """Read a text file.

    Args:
        data: text in UTF-8 or UTF-16 (by its mark) or, failing that, in Windows-1252. Odd bytes never raise.

    Returns:
        A block for each line, empty lines too, for they part paragraphs. Form feeds count the pages.
    """
    text = _LINE_END.sub("\n", _decode(data))
    text, styles = _without_markup(text)
    blocks: list[TextBlock] = []
    start, paged = 0, _PAGE_BREAK in text
    for number, page in enumerate(text.split(_PAGE_BREAK), start=1):
        for line in page.split("\n"):
            runs = tuple(_runs(line, styles[start : start + len(line)]))
            blocks.append(TextBlock(runs, len(blocks), number if paged else None))
            start += len(line) + 1
    return tuple(blocks)


def _decode(data: bytes) -> str:
    if data.startswith(UTF16_MARKS):
        return data.decode("utf-16", errors="replace")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:  # five bytes have no meaning in Windows-1252
        return data.decode("latin-1")


def _without_markup(text: str) -> tuple[str, str]:
    """Take the stars of emphasis out; give the text and, letter by letter, its style: i, b, B (both) or a space."""
    parts: list[str] = []
    styles: list[str] = []
    end = 0
    for match in _EMPHASIS.finditer(text):
        plain, marked = text[end : match.start()], match[2]
        parts += [plain, marked]
        styles += [" " * len(plain), " ibB"[len(match[1])] * len(marked)]
        end = match.end()
    parts.append(text[end:])
    styles.append(" " * (len(text) - end))
    return "".join(parts), "".join(styles)


def _runs(line: str, styles: str) -> Iterator[TextRun]:
    for style in re.finditer(r"(.)\1*", styles):
        for piece in _SUPERSCRIPTS.split(line[style.start() : style.end()]):
            if piece:
                raised = _SUPERSCRIPTS.fullmatch(piece) is not None
                yield TextRun(piece, italic=style[1] in "iB", bold=style[1] in "bB", superscript=raised)
