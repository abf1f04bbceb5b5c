"""What the page adds to the text: page numbers, job numbers, running heads, rules, lists of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from resolutions.structure.grammar import ends_clause, opens_operative
from resolutions.structure.headings import starts_text
from resolutions.structure.labels import read_marker
from resolutions.structure.lines import Line
from resolutions.structure.symbols import find_symbols

# "20-E-011212", "5-AV-E-030619", "17E130418", "*2516680*", "25-16680 (E)", "GE.18-16497(E)".
_JOB = r"(?:\d{1,3}-(?:AV-)?[EFSA]-\d{6}|\d{2}[EFSA]\d{6}|\*?\d{7}\*?|(?:GE\.)?\d{2}-\d{5}\s?(?:\(E\))?)(?:\s+\d{6})?"
_PAGE = r"(?:[Pp]age\s+)?(?:[-–—]\s?)?\d{1,3}(?:\s?[-–—])?(?:\s*(?:/|of)\s*\d{1,3})?"
_ALWAYS = re.compile(
    # Rows of ` are what is left of a bar code (S/RES/1325 (2000)); under it stands "Please recycle" with a sign.
    rf"(?:{_JOB}(?:\s+/\s?[.…]{{1,3}})?|{_PAGE}\s+{_JOB}|{_JOB}\s+{_PAGE}|[_`\-–—=*.\s]{{3,}}|/\s?[.…]{{1,3}}|\((?:cont|continu)'?e?d\.?\)|"
    r"Please\s+recycle\b.{0,3})"
)
_ALWAYS_OPENS = frozenset("0123456789GPp*-–—_`=./(")  # how `_ALWAYS` and `_PAGE_LINE` begin
_JOB_LINE = re.compile(rf"{_JOB}|{_PAGE}\s+{_JOB}|{_JOB}\s+{_PAGE}")
_PAGE_LINE = re.compile(_PAGE)
_RULE = re.compile(r"[_‗\-–—]{5,}")
_CONTENTS = re.compile(r"(?:table\s+of\s+)?contents?", re.IGNORECASE)
_ENTRY = re.compile(r"(?P<title>.*?[^\s.…])[\s.…]+(?P<page>\d{1,3})")
_LONGEST_PAGE_HEAD = 5  # lines
_RUNNING_HEAD = re.compile(r"[A-Z\d][^\n]{10,138}[^.;:,\s]")


def without_furniture(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Take the furniture out.

    Args:
        lines: the lines of the document.

    Returns:
        The lines that are text, those after furniture marked as broken; and the furniture, in order.
    """
    dropped = _contents(lines)
    # Symbols and titles stand in the head on their own right.
    first_symbol = next((i for i, line in enumerate(lines) if find_symbols(line.text)), -1)
    head = next((i for i in range(len(lines)) if i not in dropped and starts_text(lines, i)), first_symbol + 1)
    dropped |= _pagination(lines, head)
    dropped |= {index for index, line in enumerate(lines) if line.band in ("head", "foot")}
    dropped |= _page_heads(lines, head, dropped)
    dropped |= _running_heads(lines, head, dropped)
    kept: list[Line] = []
    for index, line in enumerate(lines):
        if index in dropped:
            continue
        cut = index - 1 in dropped
        ruled = cut and _RULE.fullmatch(lines[index - 1].text) is not None
        gap = line.gap or (cut and lines[index - 1].gap)
        kept.append(replace(line, broken=True, ruled=ruled, gap=gap) if cut else line)
    return tuple(kept), tuple(lines[index].text for index in sorted(dropped))


def _pagination(lines: Sequence[Line], head: int) -> set[int]:
    titles = _bare(" ".join(line.text for line in lines[:head]))
    return {
        index
        for index, line in enumerate(lines)
        if (
            line.text[0] in _ALWAYS_OPENS
            and (_ALWAYS.fullmatch(line.text) or (_PAGE_LINE.fullmatch(line.text) and not _is_bare_label(lines, index)))
        )
        or (index >= head and (_is_symbol_line(line.text, titles) or _is_language(lines, index)))
    }


def _is_bare_label(lines: Sequence[Line], index: int) -> bool:
    """A paragraph's number that lost its full stop, alone over its words: "6" / "Also reaffirms" (A/RES/80/167)."""
    over_text = index + 1 < len(lines) and not lines[index + 1].gap and opens_operative(lines[index + 1].text)
    return over_text and lines[index].text.isdigit()


def _is_language(lines: Sequence[Line], index: int) -> bool:
    """The language between symbol and page number, as United Nations documents had it until 1999: "English"."""
    over_page = index + 1 < len(lines) and _PAGE_LINE.fullmatch(lines[index + 1].text)
    return lines[index].text in ("English", "ENGLISH") and bool(over_page)


def _is_symbol_line(text: str, titles: str) -> bool:
    """A running head: the symbol alone, or with a page number, job number or the document's title beside it."""
    mentions = find_symbols(text)
    if len(mentions) != 1:
        return False
    rest = (text[: mentions[0].start] + " " + text[mentions[0].end :]).strip()
    if not rest or _is_pagination(rest):
        return True
    outside = mentions[0].start == 0 or mentions[0].end == len(text)
    return outside and not ends_clause(text) and len(rest) > 8 and _bare(rest) in titles


def _page_heads(lines: Sequence[Line], head: int, dropped: set[int]) -> set[int]:
    """Titles beside the symbol at the top of a page, on as many lines as they need.

    The General Assembly sets the symbol over the title on even pages and under it on odd ones, with the job number
    and the page after both (A/RES/78/32). What stands between symbol and page number is a title; above the symbol,
    or above the page number where the symbol is missing, stands one that an even page has too.
    """
    symbols = [index for index in sorted(dropped) if index >= head and find_symbols(lines[index].text)]
    found: set[int] = set()
    titles: set[str] = set()
    for index in symbols:
        end = index + 1
        while end < len(lines) and end <= index + _LONGEST_PAGE_HEAD and not lines[end].gap and end not in dropped:
            end += 1
        if end > index + 1 and end in dropped and _is_pagination(lines[end].text):
            found |= set(range(index + 1, end))
            titles.add(_bare(" ".join(line.text for line in lines[index + 1 : end])))
    document_title = _bare(" ".join(line.text for line in lines[:head]))
    for index in sorted(dropped):
        block = _block_before(lines, index, head, dropped)
        for first in range(block, index):
            title = _bare(" ".join(line.text for line in lines[first:index]))
            beside = index in symbols and not lines[index].gap
            is_document = beside and first == block and f" {title} " in f" {document_title} "
            if is_document or (title in titles and (beside or _is_pagination(lines[index].text))):
                found |= set(range(first, index))
                break
    return found


def _block_before(lines: Sequence[Line], index: int, head: int, dropped: set[int]) -> int:
    """Index of the first line of the block that ends right before a line, which can be set apart from it."""
    start = index
    while start > max(head, index - _LONGEST_PAGE_HEAD) and start - 1 not in dropped:
        start -= 1
        if lines[start].gap:
            break
    return start


def _is_pagination(text: str) -> bool:
    return _PAGE_LINE.fullmatch(text) is not None or _JOB_LINE.fullmatch(text) is not None


def _running_heads(lines: Sequence[Line], head: int, dropped: set[int]) -> set[int]:
    """Titles that come back at the top or bottom of pages: equal but for their numbers, beside other furniture."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        ruled = index - 1 in dropped and _RULE.fullmatch(lines[index - 1].text)  # a footnote
        if index not in dropped and not ruled and _RUNNING_HEAD.fullmatch(line.text) and read_marker(line.text) is None:
            places.setdefault(re.sub(r"\d+", "#", line.text), []).append(index)
    found: set[int] = set()
    for indices in places.values():
        beside = [index for index in indices if index >= head and _at_page_edge(lines, index, dropped)]
        if len(beside) > 1:
            found |= set(beside)
    return found


def _at_page_edge(lines: Sequence[Line], index: int, dropped: set[int]) -> bool:
    if any(beside in dropped and not _RULE.fullmatch(lines[beside].text) for beside in (index - 1, index + 1)):
        return True
    return lines[index].broken or (index + 1 < len(lines) and lines[index + 1].page != lines[index].page)


def _contents(lines: Sequence[Line]) -> set[int]:
    """A list of contents: from its title on as long as entries with a page number come (ICC-ASP/16/17)."""
    found: set[int] = set()
    for start, line in enumerate(lines):
        if start in found or not _CONTENTS.fullmatch(line.text):
            continue
        end, titles = start, Counter[str]()
        index = start + 1
        while index < len(lines) and index - end <= 3:
            text = lines[index].text
            entry = _ENTRY.fullmatch(text)
            title = _bare(entry["title"] if entry else text)
            if entry is None and titles[title]:
                break
            if entry or re.fullmatch(r"pages?|paragraphs?|\d{1,3}", text, re.IGNORECASE):
                end = index
                titles[title] += 1
            index += 1
        if len(titles) > 1:
            found |= set(range(start, end + 1))
    return found


def _bare(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title).strip().lower()
