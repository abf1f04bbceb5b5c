"""Lines of a PDF page, made from the places of its words: pdfium's own line ends fall after superscripts too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from resolutions.reading.pdf_spans import Page, Span

_SAME_LINE = 0.25  # of the size: baselines that differ by less are one line
_SMALL = 0.87  # of the size beside it: smaller text can be raised
_SPACE = 0.155  # of the size: the least gap that is a space where pdfium sees one
_CLEAR_SPACE = 0.2  # the least gap that is a space on its own
_STYLE_SPACE = 0.1  # where italics begin or end, as they do between words: letters of a word stand closer there
_COLUMN_GAP = 3.0  # a gap that parts what stands side by side
_LABEL = re.compile(r"(?:[-–—•·*o]|\[?\(?[\dA-Za-z]{1,5}[.)]?|\d{1,3}/\d{1,4}[A-Z]?\.|(?:OP|PP)\s?\d+\.?)")


@dataclass(slots=True)
class PageLine:
    """A line, or the part of it in one column.

    Attributes:
        spans: its text from left to right, with the spaces between words.
        left, right: its ends.
        baseline: its height on the page.
        size: the size of most of its letters.
    """

    spans: list[Span]
    left: float
    right: float
    baseline: float
    size: float
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = "".join(span.text for span in self.spans)


def lines_of_page(page: Page) -> tuple[PageLine, ...]:
    """Put the words of a page into lines, from top to bottom.

    Args:
        page: the page.

    Returns:
        Its lines; what stands side by side far apart is several, from left to right, and text in columns
        is given column by column.
    """
    rows = _rows(page.spans)
    cells = [_cells(row) for row in rows]
    return tuple(_in_columns(cells))


def _rows(spans: Sequence[Span]) -> list[list[Span]]:
    """Group spans by baseline; raised and lowered ones go to the line they stand at."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: -span.baseline):
        row = rows[-1] if rows else []
        if row and abs(row[0].baseline - span.baseline) < _SAME_LINE * min(max(row[0].size, span.size), 12.0):
            row.append(span)
        else:
            rows.append([span])
    return _with_raised(rows)


def _with_raised(rows: list[list[Span]]) -> list[list[Span]]:
    """Move small text that stands above or under the baseline of larger text beside it into that line."""
    sizes = [max(span.size for span in row) for row in rows]
    for index, row in enumerate(rows):
        largest = max(sizes[max(0, index - 1) : index + 3])
        for span in row[:]:
            if span.size >= _SMALL * largest:  # most text has one size, and nothing is raised beside it
                continue
            for other in (*range(index + 1, min(index + 3, len(rows))), index - 1):
                if other < 0 or not (beside := _beside(span, rows[other])):
                    continue
                height = (span.baseline - beside.baseline) / beside.size
                if 0.1 < height < 0.75 or -0.4 < height < -0.05:
                    span.raised = height > 0
                    row.remove(span)
                    rows[other].append(span)
                    break
        # A mark on the very baseline of its row: its own box tells nothing, the size alone does not raise it.
    return [sorted(row, key=lambda span: span.left) for row in rows if row]


def _beside(span: Span, row: Sequence[Span]) -> Span | None:
    """The span of a row that stands next to a smaller one and is no small text itself."""
    near = [
        other
        for other in row
        if not other.raised
        and span.size < _SMALL * other.size
        and other.left - other.size < span.right
        and span.left < other.right + other.size
    ]
    return min(near, key=lambda other: min(abs(other.left - span.right), abs(span.left - other.right)), default=None)


def _cells(row: list[Span]) -> list[PageLine]:
    """Join the spans of a row to words, and part them where a wide gap stands."""
    groups: list[list[Span]] = [[row[0]]]
    for span in row[1:]:
        before = groups[-1][-1]
        gap, size = span.left - before.right, max(before.size, span.size)
        if gap > _COLUMN_GAP * size and not _LABEL.fullmatch("".join(piece.text for piece in groups[-1]).strip()):
            groups.append([span])
            continue
        # The hyphen that breaks a word is drawn by itself, a little apart where the line is justified.
        hyphen = span is row[-1] and span.text == "-"
        least = _SPACE if (span.spaced or span.leaning) and not hyphen else _CLEAR_SPACE
        if span.italic is not before.italic:  # slanted letters lean over the space after them
            least = 0.0 if span.spaced else _STYLE_SPACE
        if gap > least * size and not before.text[-1:].isspace() and not span.text[:1].isspace():
            before.text += " "
        groups[-1].append(span)
    lines = []
    for group in groups:
        sizes: Counter[float] = Counter()
        for span in group:
            sizes[round(span.size, 1)] += len(span.text)
        size = sizes.most_common(1)[0][0]
        level = next((span.baseline for span in group if not span.raised), group[0].baseline)
        lines.append(PageLine(group, group[0].left, max(span.right for span in group), level, size))
    return lines


def _in_columns(rows: list[list[PageLine]]) -> list[PageLine]:
    """Give the cells of the rows in reading order: row by row, and two broad columns one after the other."""
    found: list[PageLine] = []
    index = 0
    while index < len(rows):
        end = _columns_end(rows, index)
        if end - index < _LEAST_ROWS:
            found += rows[index]
            index += 1
            continue
        gutter = rows[index][1].left
        cells = [cell for row in rows[index:end] for cell in row]
        found += [cell for cell in cells if cell.left < gutter - 1]
        found += [cell for cell in cells if cell.left >= gutter - 1]
        index = end
    return found


_LEAST_ROWS = 6
_BROAD = 14.0  # of the size: narrower columns are those of a table


def _columns_end(rows: list[list[PageLine]], start: int) -> int:
    """Count on while rows have two broad cells, or one, that keep to the same gutter."""
    if len(rows[start]) != 2:
        return start
    gutter = rows[start][1].left
    end, full = start, 0
    for row in rows[start:]:
        left = [cell for cell in row if cell.left < gutter - 1]
        right = [cell for cell in row if cell.left >= gutter - 1]
        if len(left) > 1 or len(right) > 1 or any(cell.right > gutter for cell in left):
            break
        if left and right:
            full += all(cell.right - cell.left > _BROAD * cell.size for cell in row)
        end += 1
    return end if full >= _LEAST_ROWS else start
