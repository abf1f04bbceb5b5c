"""The lines of a document with what the page says about them: gaps, indents, page ends, the measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from resolutions.reading.blocks import TextBlock
from resolutions.structure.styled import StyledText

# Broader lines than this are whole paragraphs: a page of A4 holds some 100 letters in a line.
_BROADEST_LINE = 150
_MARKS = '.;:,?!”"'
_ENDED = re.compile(rf"[{_MARKS}]\W*$")
_OPENS = re.compile(r"[-–•(\d“\"⁰¹²³⁴⁵⁶⁷⁸⁹]|[A-Z]{1,5}[.\d]|The\b|Annex|ANNEX|Appendix|Adopted|Resolution|Distr")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Attributes:
        styled: its text without white space at the ends.
        position: ordinal of its block.
        page: page number, where known.
        gap: an empty line stands before it, or it is set apart as a whole paragraph.
        broken: something that is no running text (a page end, a page header, a footnote) stood before it.
        ruled: a rule stands right before it, as over the footnotes of a page.
        whole: it is a whole paragraph.
        band: of the page, as the reader told it: ``head``, ``foot``, ``notes``, or empty.
    """

    styled: StyledText
    position: int
    page: int | None = None
    gap: bool = False
    broken: bool = False
    ruled: bool = False
    whole: bool = False
    band: str = ""

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.styled.text


@dataclass(frozen=True, slots=True)
class Measure:
    """How the document sets its lines.

    Attributes:
        wrapped: lines end at the edge of the page; where False each line is a whole paragraph.
        width: letters in a full line.
    """

    wrapped: bool
    width: int

    def is_full(self, line: str, following: str) -> bool:
        """Say whether the line had to end where it ends, for the next word had no room left."""
        word = following.split(None, 1)[0] if following.split() else ""
        return self.wrapped and len(line) + 1 + len(word) > self.width * 0.8


def lines_of(blocks: Iterable[TextBlock]) -> tuple[Line, ...]:
    """Give the lines of a document that have text.

    Args:
        blocks: what the reader gave.

    Returns:
        The lines in order.
    """
    lines: list[Line] = []
    empties: list[int] = []
    empty, page = 0, None
    for block in blocks:
        styled = StyledText.of_runs(block.runs).strip()
        if not styled.text:
            empty += 1
            continue
        turned = bool(lines) and block.page != page
        lines.append(Line(styled, block.position, block.page, empty > 0, turned, whole=block.whole, band=block.band))
        empties.append(empty)
        empty, page = 0, block.page
    # Text in double spacing has an empty line after nearly every line; a gap is then one more.
    spacing = sorted(empties)[len(empties) // 8] if measure_of(lines).wrapped else 0
    gaps = (line.whole or count > spacing for line, count in zip(lines, empties, strict=True))
    return tuple(line if line.gap is gap else replace(line, gap=gap) for line, gap in zip(lines, gaps, strict=True))


def _is_punctuated(text: str) -> bool:
    """Say whether a mark stands behind the last word."""
    return text[-1] in _MARKS or (not text[-1].isalnum() and _ENDED.search(text) is not None)


def measure_of(lines: Sequence[Line]) -> Measure:
    """Tell whether and how broadly a document is wrapped.

    Args:
        lines: its lines.

    Returns:
        The measure. Wrapped text has many lines that end in the middle of a sentence, near the same width
        (ICC-ASP/11/Res.5); text with a line a paragraph has broad lines that end with a full stop or semicolon.
    """
    lengths = sorted(len(line.text) for line in lines if not line.whole)
    if not lengths:
        return Measure(wrapped=False, width=0)
    width = lengths[int(len(lengths) * 0.95) - 1 if len(lengths) > 20 else -1]
    broad = [index for index, line in enumerate(lines) if len(line.text) > width * 0.6]
    open_ended = [index for index in broad if not _is_punctuated(lines[index].text)]
    # A single sentence that runs on in the next line shows it too, in a short text.
    run_on = [i for i in open_ended if lines[i + 1 : i + 2] and not lines[i + 1].gap]
    run_on = [i for i in run_on if not _OPENS.match(lines[i + 1].text)]
    wrapped = len(open_ended) * 3 > len(broad) or len(run_on) * 50 >= len(lines)
    return Measure(wrapped=width <= _BROADEST_LINE and bool(open_ended) and wrapped, width=width)
