"""The numbering of paragraphs: which labels at a line's start number a paragraph, and which stand in a sentence."""

from __future__ import annotations

import re

from resolutions.structure import headings
from resolutions.structure.grammar import ends_clause, ends_sentence, opens_list, opens_operative, takes_number
from resolutions.structure.labels import Family, Level, Marker, nested
from resolutions.structure.passages import Role
from resolutions.structure.progress import Progress

_REFERENCE_WORD = re.compile(
    r"\b(?:articles?|paragraphs?|paras?\.|rules?|regulations?|resolutions?|recommendations?|sections?|§+)\s*(?:\d+\s*)?$",
    re.IGNORECASE,
)


class Numbering:
    """Reads the labels of paragraphs and sub-paragraphs."""

    def __init__(self, so_far: Progress) -> None:
        self.so_far = so_far

    def read(self, index: int, marker: Marker) -> bool:
        so_far = self.so_far
        if marker.is_number:
            return self._read_number(index, marker)
        line, open_text = so_far.lines[index], so_far.open_text
        levels = so_far.open.levels if so_far.open is not None and so_far.open.is_paragraph else ()
        if self._is_lettered_heading(index, marker, levels):
            so_far.start_display(Role.HEADING, index)
            return True
        if not so_far.fresh and _REFERENCE_WORD.search(open_text):  # "paragraph 6" / "(c) of the Plan"
            return False
        apart = so_far.apart(index)
        if not (so_far.fresh or ends_clause(open_text) or opens_list(open_text) or apart):
            return False
        place = nested(levels, marker, so_far.ahead.next_marker(index, so_far.part))
        if place is None:
            return False
        chapeau = self._chapeau(place)
        so_far.start_numbered(line, marker, place, chapeau)
        return True

    def _read_number(self, index: int, marker: Marker) -> bool:
        so_far = self.so_far
        line, (family, ordinal) = so_far.lines[index], marker.readings[0]
        rest, open_text = line.text[marker.length :], so_far.open_text
        if ordinal == 1 and so_far.open is not None and so_far.open.role is Role.NUMBERED and open_text.endswith(":"):
            so_far.inner |= self._inner_list(index)
        if index in so_far.inner and so_far.open is not None:
            outer = tuple(level for level in so_far.open.levels if level.family is not Family.BRACKETED_NUMBER)
            place = (*outer, Level(Family.BRACKETED_NUMBER, ordinal, f"({marker.name})"))
            so_far.start_numbered(line, marker, place, self._chapeau(place))
            return True
        if self._is_numbered_heading(index, marker):
            so_far.start_display(Role.HEADING, index)
            return True
        starts_well = not rest or not rest[0].islower() or opens_operative(rest)
        apart = so_far.apart(index)
        ended = so_far.fresh or ends_clause(open_text)
        if not starts_well or (not ended and _REFERENCE_WORD.search(open_text)):
            return False
        if family is not Family.NUMBER:
            accepted, warning = ended or apart, ""
        else:
            accepted, warning = self._follows(index, marker, ended=ended, apart=apart)
        if not accepted:
            return False
        so_far.start_numbered(line, marker, (Level(family, ordinal, marker.name),), None, warning)
        if family is Family.NUMBER:
            so_far.number, so_far.form = ordinal, _form(marker)
        return True

    def _follows(self, index: int, marker: Marker, *, ended: bool, apart: bool) -> tuple[bool, str]:
        """Say whether a number continues the numbering of its part, and what is odd about it."""
        so_far = self.so_far
        ordinal, rest = marker.readings[0][1], so_far.lines[index].text[marker.length :]
        open_text, expected = so_far.open_text, so_far.number + 1
        where = f"{so_far.part}: " if so_far.part != "body" else ""
        if ordinal == expected:
            return ended or apart or (opens_operative(rest) and not takes_number(open_text)), ""
        if ordinal == 1 and (so_far.fresh or self._over_list()):
            return True, ""
        strong = (
            so_far.fresh or (apart and ends_sentence(open_text)) or (ends_sentence(open_text) and opens_operative(rest))
        )
        if not strong:
            return False, ""
        following = so_far.ahead.next_number(index, so_far.part)
        if expected < ordinal <= expected + 9 and following != expected:
            missing = f"{expected}" if ordinal == expected + 1 else f"{expected} to {ordinal - 1}"
            return True, f"{where}paragraph {missing} is missing before paragraph {ordinal}"
        if ordinal == so_far.number and re.search(r"(?:bis|ter|quater|quinquies)\W*$", marker.printed):
            return True, ""
        if ordinal == so_far.number and apart and following in (None, ordinal + 1):
            return True, f"{where}paragraph {ordinal} is printed twice"
        if ordinal == 1 and following == 2 and apart:
            return True, f"{where}the numbering starts again at 1 without a heading"
        return False, ""

    def _inner_list(self, index: int) -> set[int]:
        """Find the numbers of a list inside a paragraph ("The agenda was:" / "1)" / "2)"): they are of another form,
        or the numbers of the paragraphs go on behind them."""
        so_far = self.so_far
        found: list[int] = []
        form = None
        for place, marker in so_far.ahead.numbers(index, so_far.part):
            form = form or _form(marker)
            ordinal = marker.readings[0][1]
            if ordinal != len(found) + 1 or _form(marker) != form:
                return set(found) if ordinal == so_far.number + 1 else set()
            found.append(place)
        return set(found) if form != so_far.form else set()

    def _over_list(self) -> bool:
        """An unnumbered chapeau is open: numbers can start again under it."""
        so_far = self.so_far
        return so_far.open is not None and so_far.open.role is Role.UNNUMBERED and opens_list(so_far.open.text)

    def _is_numbered_heading(self, index: int, marker: Marker) -> bool:
        """ "1. Formal response procedure: ..." between paragraphs 12 and 13 (ICC-ASP/17/Res.5, annex II)."""
        so_far = self.so_far
        block, ordinal = so_far.ahead.block(index), marker.readings[0][1]
        rest = block[marker.length :]
        if (
            ends_clause(block)
            or len(block) > headings.LONGEST_HEADING
            or opens_operative(rest)
            or not rest[:1].isupper()
        ):
            return False
        if not (so_far.fresh or ends_sentence(so_far.open_text) or so_far.lines[index].gap):
            return False
        following = so_far.ahead.next_number(index, so_far.part)
        expected = so_far.number + 1
        return following is not None and following == (expected if ordinal != expected else ordinal)

    def _is_lettered_heading(self, index: int, marker: Marker, levels: tuple[Level, ...]) -> bool:
        """ "(a) Trigger" over paragraph 13 (ICC-ASP/17/Res.5, annex II), against a sub-paragraph."""
        so_far = self.so_far
        block = so_far.ahead.block(index)
        if ends_clause(block) or len(block) > 120 or not block[marker.length : marker.length + 1].isupper():
            return False
        if any(
            level.family is family and level.ordinal + 1 == ordinal
            for level in levels
            for family, ordinal in marker.readings
        ):
            return False
        if not so_far.fresh and not re.search(r"[.;?!]\W*$", so_far.open_text):
            return False
        following = so_far.ahead.next_marker(index, so_far.part)
        return following is not None and following.is_number and following.readings[0][1] == so_far.number + 1

    def _chapeau(self, place: tuple[Level, ...]) -> int | None:
        """Find the passage that a sub-paragraph continues: the last one that is one level up."""
        so_far = self.so_far
        if so_far.open is not None and so_far.open.is_paragraph and so_far.open.levels == place[:-1]:
            return len(so_far.done)
        for ordinal in range(len(so_far.done) - 1, -1, -1):
            passage = so_far.done[ordinal]
            if passage.role not in (Role.NUMBERED, Role.UNNUMBERED):
                return None
            if passage.levels == place[:-1]:
                return ordinal
        return None


def _form(marker: Marker) -> str:
    return re.sub(r"\d+", "#", marker.printed)
