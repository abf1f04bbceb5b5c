"""How far the reading of an outline has come: the open passage, the part, the numbering; and how passages start."""

from __future__ import annotations

from collections.abc import Sequence

from resolutions.structure.grammar import ends_clause
from resolutions.structure.labels import Level, Marker, nested, read_marker
from resolutions.structure.lines import Line, Measure
from resolutions.structure.lookahead import Lookahead
from resolutions.structure.passages import OpenPassage, Passage, Role


class Progress:
    """What is known of a document up to a line.

    Attributes:
        lines, measure, ahead: the running text and what comes after a line of it.
        part: the part in which the line stands.
        number: the number of the last paragraph of that part, 0 before the first.
        sections: the last ordinal of headings, by how they are numbered.
        form: how paragraphs are numbered: "#." or "#)".
        inner: lines that number a list inside a paragraph.
        enacted: an enacting line stands over the text.
        open: the passage that is being read.
        display_end: the index after the last line of the title or heading that is being read.
        done: the passages before it.
    """

    def __init__(self, lines: Sequence[Line], measure: Measure) -> None:
        self.lines = lines
        self.measure = measure
        self.ahead = Lookahead(lines, measure)
        self.part = "body"
        self.number = 0
        self.sections: dict[str, int] = {}
        self.form = ""
        self.inner: set[int] = set()
        self.enacted = False
        self.open: OpenPassage | None = None
        self.display_end = 0
        self.done: list[Passage] = []

    @property
    def fresh(self) -> bool:
        """Nothing is open that running text could continue."""
        return self.open is None or not self.open.is_paragraph

    @property
    def open_text(self) -> str:
        """The words of the open passage so far."""
        return self.open.text if self.open is not None else ""

    @property
    def in_preamble(self) -> bool:
        """Between an enacting line and the first number."""
        return self.enacted and self.number == 0

    def at_boundary(self, index: int) -> bool:
        """A new passage can start here: nothing is open, or what is open has ended, or an empty line stands between."""
        line = self.lines[index]
        return self.fresh or ends_clause(self.open_text) or line.gap or line.whole or not self.measure.wrapped

    def apart(self, index: int) -> bool:
        """An empty line stands before the line, or the line before it ended before its time."""
        line = self.lines[index]
        if line.gap or line.whole or not self.measure.wrapped or not index:
            return True
        return not line.broken and not self.measure.is_full(self.lines[index - 1].text, line.text)

    def append(self, line: Line) -> None:
        """Give a line to the open passage."""
        if self.open is not None:
            self.open.pieces.append(line.styled)
            self.open.last_page = line.page

    def start(self, role: Role, line: Line) -> None:
        """Start a passage without a label."""
        self.finish()
        self.open = OpenPassage(
            role, self.part, [line.styled], page=line.page, last_page=line.page, position=line.position
        )

    def start_display(self, role: Role, index: int) -> None:
        """Start a title or heading, which takes the lines of its block."""
        self.start(role, self.lines[index])
        self.display_end = self.ahead.block_end(index)

    def start_part(self, index: int, name: str, title: str) -> None:
        """Start a part; its title again at the top of a page is no new one."""
        line = self.lines[index]
        if name == self.part and self.number:
            self.start(Role.REPEATED, line)
            return
        self.finish()
        self.part, self.number, self.enacted, self.sections = name, 0, False, {}
        self.start(Role.TITLE if title else Role.PART, line)
        self.display_end = self.ahead.block_end(index)

    def start_numbered(
        self, line: Line, marker: Marker, levels: tuple[Level, ...], chapeau: int | None, warning: str = ""
    ) -> None:
        """Start a paragraph; "5. (a) The Court" is sub-paragraph 5(a) at once."""
        rest, printed = line.styled.cut(marker.length), marker.printed
        while (inner := read_marker(rest.text)) is not None and not inner.is_number:
            place = nested(levels, inner, None)
            if place is None or len(place) <= len(levels):
                break
            levels, printed, rest = place, f"{printed} {inner.printed}", rest.cut(inner.length)
        self.finish()
        self.open = OpenPassage(
            Role.NUMBERED, self.part, [rest], levels, printed, chapeau, line.page, line.page, line.position, warning
        )

    def finish(self) -> None:
        """Close the open passage."""
        if self.open is not None:
            self.done.append(self.open.closed())
        self.open = None
