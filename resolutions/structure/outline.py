"""The outline: lines become titles, headings, enacting lines, and paragraphs with their place in the numbering."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resolutions.structure.display import Display
from resolutions.structure.grammar import ends_clause, ends_sentence, opens_operative, opens_preambular, topic_of
from resolutions.structure.labels import read_marker
from resolutions.structure.lines import Line, Measure
from resolutions.structure.numbering import Numbering
from resolutions.structure.passages import Passage, Role
from resolutions.structure.progress import Progress
from resolutions.structure.quotations import stands_in_quotation


def passages_of(lines: Sequence[Line], measure: Measure) -> tuple[Passage, ...]:
    """Read the lines of the text.

    Args:
        lines: the running text, without head, furniture and footnotes.
        measure: how the document sets its lines.

    Returns:
        Every line is in exactly one passage, in the order of the text.
    """
    so_far = Progress(lines, measure)
    reader = _Reader(so_far)
    for index in range(len(lines)):
        reader.read(index)
    so_far.finish()
    return tuple(so_far.done)


class _Reader:
    """Reads line by line and asks of each what it is."""

    def __init__(self, so_far: Progress) -> None:
        self.so_far = so_far
        self.display = Display(so_far)
        self.numbering = Numbering(so_far)

    def read(self, index: int) -> None:
        so_far, line = self.so_far, self.so_far.lines[index]
        if self._is_quoted(index):
            so_far.append(line)
        elif (part := self.display.part(index)) is not None:
            so_far.start_part(index, *part)
        elif self.display.is_enacting(index):
            so_far.start(Role.ENACTING, line)
            so_far.number, so_far.enacted = 0, True
        elif (marker := read_marker(line.text)) is not None and self.numbering.read(index, marker):
            pass
        elif self.display.continues(index):
            so_far.append(line)
        elif self.display.is_closing(index):
            so_far.start(Role.CLOSING, line)
        elif (section := self.display.section(index)) is not None:
            so_far.start_display(Role.HEADING, index)
            so_far.sections.update(section)
        elif self.display.is_title(index):
            so_far.start_display(Role.TITLE, index)
        elif self.display.is_heading(index):
            so_far.start_display(Role.HEADING, index)
        elif self._continues(index):
            so_far.append(line)
        else:
            so_far.start(Role.UNNUMBERED, line)

    def _is_quoted(self, index: int) -> bool:
        so_far = self.so_far
        return not so_far.fresh and stands_in_quotation(so_far.open_text, so_far.lines, index)

    def _continues(self, index: int) -> bool:
        """Running text of the open paragraph."""
        so_far = self.so_far
        line, open_text = so_far.lines[index], so_far.open_text
        if so_far.fresh:
            return False
        if line.text[0].islower() or not ends_clause(open_text) or re.match(r"[-–—•·]\s", line.text):
            return True
        apart = (
            line.gap
            or not so_far.measure.wrapped
            or not so_far.measure.is_full(so_far.lines[index - 1].text, line.text)
        )
        if so_far.in_preamble:
            if opens_preambular(line.text) or opens_operative(line.text):
                return False
            return not apart or line.broken
        if not ends_sentence(open_text) or (not apart and not so_far.ahead.block(index).endswith((" to,", " to:"))):
            return True
        if self._is_chapeau(index) or topic_of(so_far.ahead.block(index)) is not None:
            return False
        # A second paragraph of running text belongs to a numbered paragraph of a report, not to one of a resolution.
        return not so_far.enacted and not opens_operative(open_text)

    def _is_chapeau(self, index: int) -> bool:
        """A line over numbered paragraphs that starts their sentence: "Invite the States Parties ... to,"."""
        so_far = self.so_far
        following = so_far.ahead.after_block(index)
        marker = read_marker(so_far.lines[following].text) if following is not None else None
        if marker is None or not re.search(r"[,:]$", so_far.ahead.block(index)):
            return False
        return marker.readings[0][1] in (1, so_far.number + 1)
