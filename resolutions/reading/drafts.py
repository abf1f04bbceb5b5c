"""What a reader of flowing text gathers: styled pieces, line breaks, notes; and how that becomes blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from resolutions.reading.blocks import TextBlock, TextRun
from resolutions.reading.characters import without_typesetting

BREAK = "\n"


@dataclass(slots=True)
class Draft:
    """A paragraph that is being read.

    Attributes:
        runs: its text so far; their sizes are absolute. A run of `BREAK` alone ends a line.
        after: what is read after it: its notes, then its text boxes.
    """

    runs: list[TextRun] = field(default_factory=list)
    after: list[Draft] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        """True where something is printed."""
        return any(run.text.strip() for run in self.runs)


def blocks_of(drafts: Iterable[Draft]) -> tuple[TextBlock, ...]:
    """Make blocks of what was gathered.

    Args:
        drafts: the paragraphs in order.

    Returns:
        Whole paragraphs, with the sizes relative to the most frequent one. A paragraph with line breaks in it is given
        line by line between empty lines, as a text file has it: whether a line goes on is for the structure stage.
    """
    flat = list(_flat(drafts))
    sizes = Counter[float]()
    for draft in flat:
        for run in draft.runs:
            if run.size is not None:
                sizes[run.size] += len(run.text)
    usual = sizes.most_common(1)[0][0] if sizes else None
    blocks: list[TextBlock] = []
    for draft in flat:
        lines = list(_lines(draft.runs))
        broken = sum(1 for line in lines if line) > 1
        if broken:
            lines = [(), *(line for line in lines if line), ()]
        elif any(lines):
            lines = [line for line in lines if line]
        else:
            lines = [()]
        for line in lines:
            runs = tuple(replace(run, size=_relative(run.size, usual)) for run in line)
            blocks.append(TextBlock(runs, len(blocks), whole=not broken))
    return tuple(blocks)


def row_of(cells: list[list[Draft]]) -> Iterator[Draft]:
    """Give the drafts of a table row: one, with tabs, where each cell is one paragraph; else cell after cell.

    A number in a column of its own ("1." beside the paragraph) is with its text again that way.

    Args:
        cells: the paragraphs of each cell.
    """
    filled = [cell for cell in cells if cell]
    if any(len(cell) > 1 or any(run.text == BREAK for run in cell[0].runs) for cell in filled):
        for cell in filled:
            yield from cell
    elif filled:
        joined = Draft()
        for cell in filled:
            if joined.runs:
                joined.runs.append(TextRun("\t"))
            joined.runs += cell[0].runs
            joined.after += cell[0].after
        yield joined


def _flat(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        yield draft
        yield from _flat(draft.after)


def _relative(size: float | None, usual: float | None) -> float | None:
    return None if size is None or not usual else round(size / usual, 2)


def _lines(runs: Iterable[TextRun]) -> Iterator[tuple[TextRun, ...]]:
    line: list[TextRun] = []
    for run in runs:
        if run.text == BREAK:
            yield _merged(line)
            line = []
        elif text := without_typesetting(run.text):
            line.append(replace(run, text=text))
    yield _merged(line)


def _merged(runs: list[TextRun]) -> tuple[TextRun, ...]:
    """Join neighbours of one style; a space between two takes theirs ("*takes* *note*" is one verb)."""
    merged: list[TextRun] = []
    for index, run in enumerate(runs):
        if merged and run.text.isspace() and index + 1 < len(runs) and _alike(merged[-1], runs[index + 1]):
            run = replace(merged[-1], text=run.text)
        if merged and _alike(merged[-1], run):
            merged[-1] = replace(merged[-1], text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return tuple(merged) if any(not run.text.isspace() for run in merged) else ()


def _alike(one: TextRun, other: TextRun) -> bool:
    return replace(one, text="") == replace(other, text="")
