"""The outline: lines become titles, headings, enacting lines, and paragraphs with their place in the numbering."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resolutions.structure import headings
from resolutions.structure.grammar import (
    ends_clause,
    ends_sentence,
    opens_list,
    opens_operative,
    opens_preambular,
    takes_number,
    topic_of,
)
from resolutions.structure.labels import Family, Level, Marker, nested, read_marker
from resolutions.structure.lines import Line, Measure
from resolutions.structure.lookahead import Lookahead
from resolutions.structure.passages import OpenPassage, Passage, Role
from resolutions.structure.quotations import stands_in_quotation
from resolutions.structure.symbols import find_symbols

# "Resolution adopted without vote", "[Adopted without a vote.]", "48th plenary meeting", "26 October 2018"
_CLOSING = re.compile(
    r"\[?(?:Resolution\s+)?[Aa]dopted\s+(?:unanimously|without|by|at)\b.{0,200}\]?|"
    r"\d{1,4}(?:st|nd|rd|th)\s+(?:\((?:resumed|closed)\)\s+)?(?:plenary\s+)?meeting,?|\d{1,2}\s+[A-Z][a-z]+\s*\d{4}\.?\]?"
)
_MEETING = re.compile(r"\d{1,4}(?:st|nd|rd|th)\s.*\bmeeting,?")
_REFERENCE_WORD = re.compile(
    r"\b(?:articles?|paragraphs?|paras?\.|rules?|regulations?|resolutions?|recommendations?|sections?|§+)\s*(?:\d+\s*)?$",
    re.IGNORECASE,
)


def passages_of(lines: Sequence[Line], measure: Measure) -> tuple[Passage, ...]:
    """Read the lines of the text.

    Args:
        lines: the running text, without head, furniture and footnotes.
        measure: how the document sets its lines.

    Returns:
        Every line is in exactly one passage, in the order of the text.
    """
    reader = _Reader(lines, measure)
    for index in range(len(lines)):
        reader.read(index)
    return reader.close()


def _form(marker: Marker) -> str:
    return re.sub(r"\d+", "#", marker.printed)


class _Reader:
    """Reads line by line; each question it asks of a line is a method."""

    def __init__(self, lines: Sequence[Line], measure: Measure) -> None:
        self.lines = lines
        self.measure = measure
        self.ahead = Lookahead(lines, measure)
        self.part = "body"
        self.number = 0
        self.sections: dict[str, int] = {}
        self.form = ""  # how paragraphs are numbered: "#." or "#)"
        self.inner: set[int] = set()  # lines that number a list inside a paragraph
        self.enacted = False
        self.open: OpenPassage | None = None
        self.done: list[Passage] = []

    # --- one line -------------------------------------------------------------------------------------------------

    def read(self, index: int) -> None:
        line = self.lines[index]
        if self.open is not None and self.open.is_paragraph and stands_in_quotation(self.open.text, self.lines, index):
            self.open.pieces.append(line.styled)
        elif (part := self._part(index)) is not None:
            self._start_part(line, *part)
        elif self._is_enacting(index):
            self._start(Role.ENACTING, line)
            self.number, self.enacted = 0, True
        elif (marker := read_marker(line.text)) is not None and self._read_marker(index, marker):
            pass
        elif self._continues_heading(index):
            self._append(line)
        elif (section := self._section(index)) is not None:
            self._start(Role.HEADING, line)
            self.sections.update(section)
        elif self._is_title(index):
            self._start(Role.TITLE, line)
        elif self._is_heading(index):
            self._start(Role.HEADING, line)
        elif self._is_closing(index):
            self._start(Role.CLOSING, line)
        elif self._continues(index):
            self._append(line)
        else:
            self._start(Role.UNNUMBERED, line)

    def close(self) -> tuple[Passage, ...]:
        self._finish()
        return tuple(self.done)

    # --- what a line is -------------------------------------------------------------------------------------------

    def _at_boundary(self, index: int) -> bool:
        """A new passage can start here: nothing is open, or what is open has ended, or an empty line stands between."""
        line = self.lines[index]
        return self._fresh() or ends_clause(self._open_text()) or line.gap or line.whole or not self.measure.wrapped

    def _apart(self, index: int) -> bool:
        """An empty line stands before the line, or the line before it ended before its time."""
        line = self.lines[index]
        if line.gap or line.whole or not self.measure.wrapped or not index:
            return True
        return not line.broken and not self.measure.is_full(self.lines[index - 1].text, line.text)

    def _fresh(self) -> bool:
        return self.open is None or not self.open.is_paragraph

    def _open_text(self) -> str:
        return self.open.text if self.open is not None else ""

    def _part(self, index: int) -> tuple[str, str] | None:
        line = self.lines[index]
        if not (self._fresh() or ends_sentence(self._open_text()) or line.broken or self._apart(index)):
            return None
        return headings.part_of(line.text, self.part)

    def _is_enacting(self, index: int) -> bool:
        length = headings.enacting_lines(self.lines, index)
        if not length or not self._at_boundary(index):
            return False
        following = self.ahead.text(index + length)
        marker = read_marker(following)
        return marker is not None or opens_preambular(following) or opens_operative(following)

    def _section(self, index: int) -> dict[str, int] | None:
        """A heading with a number of its own: "A. Universality of the Rome Statute", "I. Background", "Part II"."""
        text = self.lines[index].text
        if not self._at_boundary(index) or re.search(r"[;,]$", self.ahead.block(index)):
            return None
        if headings.is_named_section(text):
            return {}
        ordinals = headings.section_ordinals(text)
        for family, ordinal in sorted(ordinals, key=lambda item: self.sections.get(item[0], 0) + 1 != item[1]):
            last = self.sections.get(family, 0)
            if ordinal == 1 or last < ordinal <= last + 3:
                # Letters start again under each roman heading.
                return {"roman": ordinal, "letter": 0} if family == "roman" else {family: ordinal}
        return None

    def _continues_heading(self, index: int) -> bool:
        if self.open is None or self.open.is_paragraph or self.lines[index].gap:
            return False
        if self.open.role is Role.ENACTING:
            return not self.open.text.endswith(",")
        if self.open.role not in (Role.HEADING, Role.TITLE):
            return False
        if headings.is_bare_ordinal(self.open.text):
            return True
        before, text = self.lines[index - 1].text, self.lines[index].text
        if topic_of(text) is not None or headings.starts_paragraph(text):
            return False
        return self.measure.is_full(before, text) or text[:1].islower()

    def _is_title(self, index: int) -> bool:
        if self.open is None or self.open.role is not Role.PART or self.open.levels:
            return False
        block = self.ahead.block(index)
        return not ends_clause(block) and len(block) <= headings.LONGEST_HEADING

    def _is_heading(self, index: int) -> bool:
        """An unnumbered line over paragraphs: short, without a full stop, after a finished paragraph."""
        block, line = self.ahead.block(index), self.lines[index]
        if len(block) > headings.LONGEST_HEADING or (ends_clause(block) and not block.endswith("?")):
            return False
        if not (block[0].isupper() or block[0].isdigit() or block[0] in '“"‘'):
            return False
        if self._preambular_zone() and opens_preambular(block):
            return False
        following = self.ahead.after_block(index)
        if following is None or any(mention.start == 0 for mention in find_symbols(block)):
            return False
        marker = read_marker(self.lines[following].text)
        numbered = marker is not None and marker.is_number and marker.readings[0][1] in (1, self.number + 1)
        over_list = marker is not None and marker.readings[0][1] == 1
        if not self._fresh() and self._open_text().endswith(":"):
            return numbered  # a table or list follows a colon
        if self._fresh() or ends_sentence(self._open_text()):
            over_text = (line.gap or not self.measure.wrapped) and self.lines[following].text[:1].isupper()
            over_text = over_text or topic_of(self.ahead.block(following)) is not None
            return numbered or over_list or (over_text and len(block) <= 120)
        if self._preambular_zone() and ends_clause(self._open_text()):
            return numbered and not opens_preambular(block)
        return numbered and line.gap and not line.broken and len(block) <= 100

    def _is_closing(self, index: int) -> bool:
        if _CLOSING.fullmatch(self.lines[index].text) is None:
            return False
        if self.lines[index].gap and _MEETING.fullmatch(self.lines[index].text):
            return True  # set apart, it closes a text that lost its full stop too (A/RES/80/94)
        return ends_sentence(self._open_text()) or (self.open is not None and self.open.role is Role.CLOSING)

    def _continues(self, index: int) -> bool:
        """Running text of the open paragraph."""
        line, open_text = self.lines[index], self._open_text()
        if self._fresh():
            return False
        if line.whole:
            return False
        if line.text[0].islower() or not ends_clause(open_text) or re.match(r"[-–—•·]\s", line.text):
            return True
        apart = line.gap or not self.measure.wrapped or not self.measure.is_full(self.lines[index - 1].text, line.text)
        if self._preambular_zone():
            if opens_preambular(line.text) or opens_operative(line.text):
                return False
            return not apart or line.broken
        if not ends_sentence(open_text) or (not apart and not self.ahead.block(index).endswith((" to,", " to:"))):
            return True
        if self._is_chapeau(index) or topic_of(self.ahead.block(index)) is not None:
            return False
        # A second paragraph of running text belongs to a numbered paragraph of a report, not to one of a resolution.
        return not self.enacted and not opens_operative(open_text)

    def _preambular_zone(self) -> bool:
        return self.enacted and self.number == 0

    def _is_chapeau(self, index: int) -> bool:
        """A line over numbered paragraphs that starts their sentence: "Invite the States Parties ... to,"."""
        following = self.ahead.after_block(index)
        marker = read_marker(self.lines[following].text) if following is not None else None
        if marker is None or not re.search(r"[,:]$", self.ahead.block(index)):
            return False
        return marker.readings[0][1] in (1, self.number + 1)

    # --- labels ---------------------------------------------------------------------------------------------------

    def _read_marker(self, index: int, marker: Marker) -> bool:
        if marker.is_number:
            return self._read_number(index, marker)
        line, open_text = self.lines[index], self._open_text()
        levels = self.open.levels if self.open is not None and self.open.is_paragraph else ()
        if self._is_lettered_heading(index, marker, levels):
            self._start(Role.HEADING, line)
            return True
        if not self._fresh() and _REFERENCE_WORD.search(open_text):  # "paragraph 6" / "(c) of the Plan"
            return False
        apart = self._apart(index)
        if not (self._fresh() or ends_clause(open_text) or opens_list(open_text) or apart):
            return False
        place = nested(levels, marker, self.ahead.next_marker(index, self.part))
        if place is None:
            return False
        chapeau = self._chapeau(place)
        self._start_numbered(line, marker, place, chapeau)
        return True

    def _read_number(self, index: int, marker: Marker) -> bool:
        line, (family, ordinal) = self.lines[index], marker.readings[0]
        rest, open_text = line.text[marker.length :], self._open_text()
        if ordinal == 1 and self.open is not None and self.open.role is Role.NUMBERED and open_text.endswith(":"):
            self.inner |= self._inner_list(index)
        if index in self.inner and self.open is not None:
            outer = tuple(level for level in self.open.levels if level.family is not Family.BRACKETED_NUMBER)
            place = (*outer, Level(Family.BRACKETED_NUMBER, ordinal, f"({marker.name})"))
            self._start_numbered(line, marker, place, self._chapeau(place))
            return True
        if self._is_numbered_heading(index, marker):
            self._start(Role.HEADING, line)
            return True
        starts_well = not rest or not rest[0].islower() or opens_operative(rest)
        apart = self._apart(index)
        ended = self._fresh() or ends_clause(open_text)
        if not starts_well or (not ended and _REFERENCE_WORD.search(open_text)):
            return False
        if family is not Family.NUMBER:
            accepted, warning = ended or apart, ""
        else:
            accepted, warning = self._follows(index, marker, ended=ended, apart=apart)
        if not accepted:
            return False
        self._start_numbered(line, marker, (Level(family, ordinal, marker.name),), None, warning)
        if family is Family.NUMBER:
            self.number, self.form = ordinal, _form(marker)
        return True

    def _follows(self, index: int, marker: Marker, *, ended: bool, apart: bool) -> tuple[bool, str]:
        """Say whether a number continues the numbering of its part, and what is odd about it."""
        ordinal, rest = marker.readings[0][1], self.lines[index].text[marker.length :]
        open_text, expected = self._open_text(), self.number + 1
        where = f"{self.part}: " if self.part != "body" else ""
        if ordinal == expected:
            return ended or apart or (opens_operative(rest) and not takes_number(open_text)), ""
        if ordinal == 1 and (self._fresh() or self._over_list()):
            return True, ""
        strong = (
            self._fresh()
            or (apart and ends_sentence(open_text))
            or (ends_sentence(open_text) and opens_operative(rest))
        )
        if not strong:
            return False, ""
        following = self.ahead.next_number(index, self.part)
        if expected < ordinal <= expected + 9 and following != expected:
            missing = f"{expected}" if ordinal == expected + 1 else f"{expected} to {ordinal - 1}"
            return True, f"{where}paragraph {missing} is missing before paragraph {ordinal}"
        if ordinal == self.number and re.search(r"(?:bis|ter|quater|quinquies)\W*$", marker.printed):
            return True, ""
        if ordinal == self.number and apart and following in (None, ordinal + 1):
            return True, f"{where}paragraph {ordinal} is there twice"
        if ordinal == 1 and following == 2 and apart:
            return True, f"{where}the numbering starts again at 1 without a heading"
        return False, ""

    def _inner_list(self, index: int) -> set[int]:
        """Find the numbers of a list inside a paragraph ("The agenda was:" / "1)" / "2)"): they are of another form,
        or the numbers of the paragraphs go on behind them."""
        found: list[int] = []
        form = None
        for place, marker in self.ahead.numbers(index, self.part):
            form = form or _form(marker)
            ordinal = marker.readings[0][1]
            if ordinal != len(found) + 1 or _form(marker) != form:
                return set(found) if ordinal == self.number + 1 else set()
            found.append(place)
        return set(found) if form != self.form else set()

    def _over_list(self) -> bool:
        """An unnumbered chapeau is open: numbers can start again under it."""
        return self.open is not None and self.open.role is Role.UNNUMBERED and opens_list(self.open.text)

    def _is_numbered_heading(self, index: int, marker: Marker) -> bool:
        """ "1. Formal response procedure: ..." between paragraphs 12 and 13 (ICC-ASP/17/Res.5, annex II)."""
        block, ordinal = self.ahead.block(index), marker.readings[0][1]
        rest = block[marker.length :]
        if (
            ends_clause(block)
            or len(block) > headings.LONGEST_HEADING
            or opens_operative(rest)
            or not rest[:1].isupper()
        ):
            return False
        if not (self._fresh() or ends_sentence(self._open_text()) or self.lines[index].gap):
            return False
        following = self.ahead.next_number(index, self.part)
        expected = self.number + 1
        return following is not None and following == (expected if ordinal != expected else ordinal)

    def _is_lettered_heading(self, index: int, marker: Marker, levels: tuple[Level, ...]) -> bool:
        """ "(a) Trigger" over paragraph 13 (ICC-ASP/17/Res.5, annex II), against a sub-paragraph."""
        block = self.ahead.block(index)
        if ends_clause(block) or len(block) > 120 or not block[marker.length : marker.length + 1].isupper():
            return False
        if any(
            level.family is family and level.ordinal + 1 == ordinal
            for level in levels
            for family, ordinal in marker.readings
        ):
            return False
        if not self._fresh() and not re.search(r"[.;?!]\W*$", self._open_text()):
            return False
        following = self.ahead.next_marker(index, self.part)
        return following is not None and following.is_number and following.readings[0][1] == self.number + 1

    def _chapeau(self, place: tuple[Level, ...]) -> int | None:
        """Find the passage that a sub-paragraph continues: the last one that is one level up."""
        if self.open is not None and self.open.is_paragraph and self.open.levels == place[:-1]:
            return len(self.done)
        for ordinal in range(len(self.done) - 1, -1, -1):
            passage = self.done[ordinal]
            if passage.role not in (Role.NUMBERED, Role.UNNUMBERED):
                return None
            if passage.levels == place[:-1]:
                return ordinal
        return None

    # --- building -------------------------------------------------------------------------------------------------

    def _append(self, line: Line) -> None:
        if self.open is not None:
            self.open.pieces.append(line.styled)

    def _start(self, role: Role, line: Line) -> None:
        self._finish()
        self.open = OpenPassage(role, self.part, [line.styled], page=line.page)

    def _start_part(self, line: Line, name: str, title: str) -> None:
        if name == self.part and self.number:
            self._start(Role.REPEATED, line)
            return
        self._finish()
        self.part, self.number, self.enacted, self.sections = name, 0, False, {}
        self._start(Role.TITLE if title else Role.PART, line)

    def _start_numbered(
        self, line: Line, marker: Marker, levels: tuple[Level, ...], chapeau: int | None, warning: str = ""
    ) -> None:
        """Start a paragraph; "5. (a) The Court" is sub-paragraph 5(a) at once."""
        rest, printed = line.styled.cut(marker.length), marker.printed
        while (inner := read_marker(rest.text)) is not None and not inner.is_number:
            place = nested(levels, inner, None)
            if place is None or len(place) <= len(levels):
                break
            levels, printed, rest = place, f"{printed} {inner.printed}", rest.cut(inner.length)
        self._finish()
        self.open = OpenPassage(Role.NUMBERED, self.part, [rest], levels, printed, chapeau, line.page, warning)

    def _finish(self) -> None:
        if self.open is not None:
            self.done.append(self.open.closed())
        self.open = None
