"""What follows a line: the block it opens, the next label, the next number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resolutions.structure import headings
from resolutions.structure.grammar import ends_clause, topic_of
from resolutions.structure.labels import Family, Marker, read_marker
from resolutions.structure.lines import Line, Measure

_LONGEST_TITLE = 6  # lines


@dataclass(frozen=True, slots=True)
class Lookahead:
    """The lines of the text, to be asked what comes after one of them.

    Attributes:
        lines: the running text.
        measure: how the document sets its lines.
    """

    lines: Sequence[Line]
    measure: Measure

    def text(self, index: int) -> str:
        """The words of a line; empty after the last one."""
        return self.lines[index].text if index < len(self.lines) else ""

    def block_end(self, index: int) -> int:
        """Index after the last line of the block that starts here: lines without an empty line or label between."""
        if (end := self._display_end(index)) is not None:
            return end
        end = index + 1
        while end < len(self.lines) and self.measure.wrapped and not self.lines[end].gap and not self.lines[end].whole:
            text = self.lines[end].text
            if headings.starts_paragraph(text) or topic_of(text) is not None:
                break
            if not self.measure.is_full(self.lines[end - 1].text, text) and not text[0].islower():
                break
            end += 1
        return end

    def _display_end(self, index: int) -> int | None:
        """Index after the last line of a title, which is set narrower than the text and between empty lines."""
        if not self.measure.wrapped or not self.lines[index].gap:
            return None
        end = index
        while end < len(self.lines) and (end == index or not self.lines[end].gap):
            text = self.lines[end].text
            if len(text) > self.measure.width or end - index == _LONGEST_TITLE:
                return None
            if end > index and (headings.starts_paragraph(text) or topic_of(text) is not None):
                break
            end += 1
        return None if ends_clause(self.lines[end - 1].text) else end

    def block(self, index: int) -> str:
        """The words of the block that starts here."""
        return " ".join(line.text for line in self.lines[index : self.block_end(index)])

    def after_block(self, index: int) -> int | None:
        """The line after the block that starts here; None at the end."""
        end = self.block_end(index)
        return end if end < len(self.lines) else None

    def next_marker(self, index: int, part: str) -> Marker | None:
        """The label after the one at this line, in the same part."""
        for line in self.lines[index + 1 :]:
            if headings.part_of(line.text, part) is not None:
                return None
            if (marker := read_marker(line.text)) is not None:
                return marker
        return None

    def next_number(self, index: int, part: str) -> int | None:
        """The number with which the next numbered line of the same part starts."""
        return next((marker.readings[0][1] for _, marker in self.numbers(index + 1, part)), None)

    def numbers(self, start: int, part: str) -> Iterator[tuple[int, Marker]]:
        """Give the lines of the same part that start with a number, from a line on."""
        for index in range(start, len(self.lines)):
            text = self.lines[index].text
            if headings.part_of(text, part) is not None:
                return
            marker = read_marker(text)
            if marker is not None and marker.readings[0][0] is Family.NUMBER:
                yield index, marker
