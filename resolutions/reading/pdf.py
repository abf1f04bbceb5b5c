"""Reader of PDF files: one block a line, in reading order, with empty blocks where the page leaves a gap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2_raw as pdfium

from resolutions.reading.blocks import HIDDEN, TextBlock, TextRun
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.pdf_bands import FOOT, NOTES, bands_of
from resolutions.reading.pdf_lines import PageLine, lines_of_page
from resolutions.reading.pdf_spans import Page, Span, damaged, opened, read_page
from resolutions.reading.sniff import MOST_PAGES

_LONGEST_TAIL = 4096  # bytes that mailers and scanners leave behind the end mark
_FEWEST_LETTERS = 40  # a page: a scanned one can bear a stamp or a number
_GAP = 1.25  # of the distance of lines: more parts paragraphs

_RULE = "_" * 10

# What the font sets as one sign or as none, and the hyphens of line ends, which pdfium marks.
_LETTERS = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
    | {"\u2010": "-", "\u2011": "-", "\ufffe": "-", "\x02": "-", "\u00a0": " ", "\u2007": " ", "\u202f": " "}
    | dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x00")
)
_ODD = re.compile("[" + re.escape("".join(map(chr, _LETTERS))) + "]")


def read_pdf(data: bytes) -> tuple[TextBlock, ...]:
    """Read a PDF file.

    Args:
        data: its bytes.

    Returns:
        A block for each line, an empty one where the page leaves more room than between lines, so that the
        structure stage reads it like text. What cannot be seen stands at the end of its page, in a band of its own.

    Raises:
        UnreadableDocument: ``encrypted``, ``broken_pdf``, ``too_many_pages`` or ``no_text_layer``.
    """
    end = data.rfind(b"%%EOF")
    if end < 0 or len(data) - end > _LONGEST_TAIL:
        raise damaged()
    with opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            raise UnreadableDocument(
                "too_many_pages", f"The PDF has more than {MOST_PAGES} pages; bring the documents one by one."
            )
        if count < 1:
            raise damaged()
        pages = [read_page(document, number) for number in range(1, count + 1)]
    _require_text(pages)
    return tuple(_blocks(pages))


def _require_text(pages: Sequence[Page]) -> None:
    letters = [sum(len(span.text.strip()) for span in page.spans) for page in pages]
    pictures = sum(page.pictured for page in pages)
    if not any(letters) or (2 * pictures > len(pages) and sum(letters) < _FEWEST_LETTERS * len(pages)):
        raise UnreadableDocument(
            "no_text_layer", "The PDF holds pictures of pages and no text; bring it with recognized text (OCR)."
        )


def _blocks(pages: Sequence[Page]) -> Iterator[TextBlock]:
    lines = [lines_of_page(page) for page in pages]
    leading, size = _usual(lines)
    bands = bands_of(lines, [page.rules for page in pages], leading * size)
    position = 0
    for page, page_lines, page_bands in zip(pages, lines, bands, strict=True):
        for runs, band in _page_runs(page, page_lines, page_bands, leading, size):
            yield TextBlock(runs, position, page.number, band=band)
            position += 1


def _page_runs(
    page: Page, lines: Sequence[PageLine], bands: Sequence[str], leading: float, size: float
) -> Iterator[tuple[tuple[TextRun, ...], str]]:
    """Give the lines of a page, with empty ones where it leaves room and a rule over its notes."""
    before: PageLine | None = None
    band_before = ""
    for line, band in zip(lines, bands, strict=True):
        if before is not None and (band != band_before or _is_apart(before, line, leading, size)):
            yield (), ""
        if band == NOTES and band_before != NOTES and not _is_rule(line) and not (before and _is_rule(before)):
            yield (TextRun(_RULE),), NOTES
        yield tuple(_runs(line, size)), band
        before, band_before = line, band
    for words in page.hidden:
        yield (TextRun(words.translate(_LETTERS)),), HIDDEN
    for words in page.turned:
        yield (), ""
        yield (TextRun(words.translate(_LETTERS)),), FOOT


def _is_rule(line: PageLine) -> bool:
    return line.text.strip("_ ") == ""


def _usual(pages: Sequence[Sequence[PageLine]]) -> tuple[float, float]:
    """Give the distance of lines in running text, as a multiple of its size, and that size."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    distances: Counter[float] = Counter()
    for lines in pages:
        for upper, lower in pairwise(lines):
            distance = upper.baseline - lower.baseline
            if upper.size == lower.size == size and 0.8 * size < distance < 3 * size:
                distances[round(distance, 0)] += 1
    return (distances.most_common(1)[0][0] / size if distances else 1.2), size


def _is_apart(upper: PageLine, lower: PageLine, leading: float, size: float) -> bool:
    distance = upper.baseline - lower.baseline
    if abs(distance) < 0.3 * size:  # side by side
        return True
    return distance < 0 or distance > _GAP * leading * max(lower.size, min(upper.size, size))


def _runs(line: PageLine, size: float) -> Iterator[TextRun]:
    """Give the spans of a line, those of one style together."""
    style: tuple[bool, bool, bool, float] | None = None
    words = ""
    for span in line.spans:
        here = _style(span, size)
        if style is not None and here != style:
            yield TextRun(words, style[0], style[1], style[2], style[3])
            words = ""
        style = here
        words += span.text.translate(_LETTERS) if _ODD.search(span.text) else span.text
    if style is not None:
        yield TextRun(words, style[0], style[1], style[2], style[3])


def _style(span: Span, size: float) -> tuple[bool, bool, bool, float]:
    return span.italic, span.bold, span.raised, round(span.size / size, 2)
