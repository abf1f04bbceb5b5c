"""Other forms of a document that say the same: what a page, an editor or an extraction does to a text."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable

Mutation = Callable[[str], str]

RUNNING_HEADS = (
    ["", "{symbol}", ""],
    ["", "Page {page}", ""],
    ["", "{page}", "", "{symbol}", ""],
    ["", "{symbol}", "", "{page} 20-E-011212", ""],
    ["", "20-E-011212 {page}", "\f{symbol}", ""],
)


def without_emphasis(text: str) -> str:
    """Plain text: the stars of italics and bold gone."""
    return re.sub(r"(?<!\w)\*{1,2}(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*{1,2}(?!\w)", r"\1", text)


def with_crlf(text: str) -> str:
    """Line ends of Windows."""
    return text.replace("\n", "\r\n")


def indented(text: str, width: int = 4) -> str:
    """Each line set in, as in a printed extract."""
    return "\n".join(" " * width + line if line.strip() else line for line in text.split("\n"))


def without_empty_lines(text: str) -> str:
    """Paragraphs follow one another without a gap."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def rewrapped(text: str, width: int) -> str:
    """Lines that end at the edge of the page, words whole."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join(lines)


def _inside_note(lines: list[str], place: int) -> bool:
    while place and lines[place - 1].strip():
        place -= 1
        if re.match(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", lines[place]):
            return True
    return False


def with_page_breaks(text: str, symbol: str, seed: int, count: int = 8) -> str:
    """Page heads and numbers dropped in at random, between lines of a paragraph too, but never in the head."""
    chance = random.Random(seed)
    lines = text.split("\n")
    start = next((index for index, line in enumerate(lines) if re.match(r"1\.\s", line)), len(lines)) + 1
    for page in range(count, 0, -1):
        if start < len(lines):
            head = chance.choice(RUNNING_HEADS)
            place = chance.randrange(start, len(lines))
            while place < len(lines) and lines[place].strip():  # a page ends above its footnotes or below them
                if re.match(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", lines[place - 1]) or _inside_note(lines, place):
                    place += 1
                else:
                    break
            lines[place:place] = [line.format(symbol=symbol, page=page) for line in head]
    return "\n".join(lines)


def hyphenated(text: str, width: int) -> str:
    """Re-wrapped, with long words broken by a hyphen where the line ends."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            room = width - len(line) - 2
            if len(line) + len(word) + 1 > width and re.fullmatch(r"[a-z]{8,}[,;.]?", word) and room >= 4:
                cut = min(room, len(word) - 4)
                lines.append(f"{line} {word[:cut]}-".strip())
                line = word[cut:]
            elif len(line) + len(word) + 1 > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return "\n".join(lines)
