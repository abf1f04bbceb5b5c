"""The bands of a PDF page: its head and foot, which come again from page to page, and the notes above the foot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from resolutions.reading.pdf_lines import PageLine
from resolutions.reading.pdf_spans import Rule

HEAD = "head"
FOOT = "foot"
NOTES = "notes"

_LONGEST_BAND = 5  # lines
_APART = 1.3  # of the usual distance of lines: the least room between a band and the text
_LEVEL = 4.0  # points by which heads and feet differ in height from page to page
_NUMBERING = re.compile(r"(?:[Pp]age\s+)?[-–—]?\s?(?:\d{1,4}|[ivxl]{1,6})\s?[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?")
_RULE = re.compile(r"_{5,}")
_NOTE = re.compile(r"(?:\d{1,3}|\*{1,3}|[†‡])(?=\D|$)")


def bands_of(pages: Sequence[Sequence[PageLine]], rules: Sequence[Sequence[Rule]], leading: float) -> list[list[str]]:
    """Tell the band of each line.

    Args:
        pages: the lines of each page, in reading order.
        rules: the lines that are drawn on each page.
        leading: the usual distance of lines in points.

    Returns:
        For each line of each page ``head``, ``foot``, ``notes``, or an empty text for what runs. A head or foot
        stands apart from the text and on the height of another page's, with the same words but for numbers or with
        words of the first page's title, or it is a page number.
    """
    # The first page opens with the masthead, where symbol and title stand in their own right.
    heads = [_outer(lines, leading, top=True) if number else [] for number, lines in enumerate(pages)]
    feet = [_outer(lines, leading, top=False) for lines in pages]
    bands = [[""] * len(lines) for lines in pages]
    # Odd and even pages are set the other way round, so that a head is looked for on every page.
    for outer, name in ((heads, HEAD), (feet, FOOT)):
        words = Counter(word for number, lines in enumerate(outer) for word in _alike(pages[number], lines))
        masthead = _letters(" ".join(line.text for line in pages[0])) if pages else ""
        heights = Counter(height for number, lines in enumerate(outer) for height in _heights(pages[number], lines))
        for number, lines in enumerate(outer):
            for index in lines:
                line = pages[number][index]
                level = sum(heights[round(line.baseline / _LEVEL) + step] for step in (-1, 0, 1)) > 1
                again = words[_bare(line.text)] > 1 and level
                titled = name == HEAD and len(line.text) > 5 and _letters(line.text) in masthead
                if _NUMBERING.fullmatch(line.text.strip()) or again or titled:
                    bands[number][index] = name
    left = min((line.left for lines in pages for line in lines), default=0.0)
    right = max((line.right for lines in pages for line in lines), default=0.0)
    for page_lines, page_rules, page_bands in zip(pages, rules, bands, strict=True):
        short = [
            rule.height
            for rule in page_rules
            if rule.left < left + 0.15 * (right - left) and 30 < rule.right - rule.left < 0.6 * (right - left)
        ]
        _mark_notes(page_lines, short, page_bands)
    return bands


def _outer(lines: Sequence[PageLine], leading: float, *, top: bool) -> list[int]:
    """The lines at the top or bottom of a page that stand apart from its text."""
    order = sorted(range(len(lines)), key=lambda index: -lines[index].baseline if top else lines[index].baseline)
    for count in range(1, min(_LONGEST_BAND, len(order) - 1) + 1):
        room = abs(lines[order[count]].baseline - lines[order[count - 1]].baseline)
        if room > _APART * leading:
            return order[:count]
    return []


def _bare(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", text)).strip()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _alike(lines: Sequence[PageLine], chosen: Sequence[int]) -> set[str]:
    return {_bare(lines[index].text) for index in chosen}


def _heights(lines: Sequence[PageLine], chosen: Sequence[int]) -> set[int]:
    return {round(lines[index].baseline / _LEVEL) for index in chosen}


def _mark_notes(lines: Sequence[PageLine], rules: Sequence[float], bands: list[str]) -> None:
    """Mark the notes above the foot: under a short rule at the left edge, or in smaller letters after a raised mark."""
    running = [index for index, band in enumerate(bands) if not band]
    if not running:
        return
    heights = [lines[i].baseline + 1 for i in running if _RULE.fullmatch(lines[i].text.strip())] + list(rules)
    usual = Counter(round(lines[i].size, 1) for i in running).most_common(1)[0][0]
    for height in sorted(heights):
        below = [i for i in running if lines[i].baseline < height]
        if not below:
            continue
        first = min(below, key=lambda i: (-lines[i].baseline, lines[i].left))
        if _RULE.fullmatch(lines[first].text.strip()) and len(below) > 1:
            first = min((i for i in below if i != first), key=lambda i: (-lines[i].baseline, lines[i].left))
        # Rules of tables stand over larger text, and with more rules beside them; the rule under a running head over
        # the text of the page, which can open with a number (S/RES/2779 (2025), page 11).
        small = lines[first].size < 0.95 * usual
        numbered = len(below) < len(running) and _NOTE.match(lines[first].text)
        if small or lines[first].spans[0].raised or numbered:
            for i in below:
                bands[i] = NOTES
            return
    tail = _small_tail(lines, running, usual)
    for i in tail:
        bands[i] = NOTES


def _small_tail(lines: Sequence[PageLine], running: Sequence[int], usual: float) -> list[int]:
    """The last lines of a page in smaller letters, from the first raised mark on."""
    order = sorted(running, key=lambda i: lines[i].baseline)
    tail: list[int] = []
    for i in order:
        if lines[i].size > 0.95 * usual:
            break
        tail.append(i)
    if len(tail) == len(order):
        return []
    marked = [n for n, i in enumerate(tail) if lines[i].spans[0].raised]
    return tail[: marked[-1] + 1] if marked else []
