"""Lines that stand over and under paragraphs: titles of parts, enacting lines, headings, closing lines."""

from __future__ import annotations

import re

from resolutions.structure import headings
from resolutions.structure.grammar import ends_clause, ends_sentence, opens_operative, opens_preambular, topic_of
from resolutions.structure.labels import read_marker
from resolutions.structure.passages import Role
from resolutions.structure.progress import Progress
from resolutions.structure.symbols import find_symbols

# "Resolution adopted without vote", "[Adopted without a vote.]", "48th plenary meeting", "26 October 2018"
_CLOSING = re.compile(
    r"\[?(?:Resolution\s+)?[Aa]dopted\s+(?:unanimously|without|by|at)\b.{0,200}\]?|"
    r"\d{1,4}(?:st|nd|rd|th)\s+(?:\((?:resumed|closed)\)\s+)?(?:plenary\s+)?meeting,?|\d{1,2}\s+[A-Z][a-z]+\s*\d{4}\.?\]?"
)
_LONGEST = headings.LONGEST_HEADING
_MEETING = re.compile(r"\d{1,4}(?:st|nd|rd|th)\s.*\bmeeting,?")


class Display:
    """Tells what stands over the paragraphs from what stands in them."""

    def __init__(self, so_far: Progress) -> None:
        self.so_far = so_far

    def part(self, index: int) -> tuple[str, str] | None:
        """The title of a part: its name and the words beside it."""
        so_far = self.so_far
        line = so_far.lines[index]
        if not (so_far.fresh or ends_sentence(so_far.open_text) or line.broken or so_far.apart(index)):
            return None
        return headings.part_of(line.text, so_far.part)

    def is_enacting(self, index: int) -> bool:
        """The line that names the body that acts, over its first paragraph."""
        so_far = self.so_far
        length = headings.enacting_lines(so_far.lines, index)
        if not length or not so_far.at_boundary(index):
            return False
        following = so_far.ahead.text(index + length)
        marker = read_marker(following)
        return marker is not None or opens_preambular(following) or opens_operative(following)

    def section(self, index: int) -> dict[str, int] | None:
        """A heading with a number of its own: "A. Universality of the Rome Statute", "I. Background", "Part II"."""
        so_far = self.so_far
        text = so_far.lines[index].text
        if not so_far.at_boundary(index) or re.search(r"[;,]$", so_far.ahead.block(index)):
            return None
        if headings.is_named_section(text):
            return {}
        ordinals = headings.section_ordinals(text)
        for family, ordinal in sorted(ordinals, key=lambda item: so_far.sections.get(item[0], 0) + 1 != item[1]):
            last = so_far.sections.get(family, 0)
            if ordinal == 1 or last < ordinal <= last + 3:
                # Letters start again under each roman heading.
                return {"roman": ordinal, "letter": 0} if family == "roman" else {family: ordinal}
        return None

    def continues(self, index: int) -> bool:
        """The next line of a title or heading, or the words over which a number stands alone."""
        so_far = self.so_far
        if so_far.open is None or so_far.open.is_paragraph:
            return False
        if so_far.open.role is Role.CLOSING:
            return self._continues_closing(index)
        if so_far.lines[index].gap:
            block = so_far.ahead.block(index)
            if not headings.is_bare_ordinal(so_far.open.text) or ends_clause(block) or len(block) > _LONGEST:
                return False
        if so_far.open.role is Role.ENACTING:
            return not so_far.open.text.endswith(",")
        if so_far.open.role not in (Role.HEADING, Role.TITLE):
            return False
        if headings.is_bare_ordinal(so_far.open.text):
            so_far.display_end = so_far.ahead.block_end(index)
            return True
        return index < so_far.display_end

    def _continues_closing(self, index: int) -> bool:
        """The votes in brackets under a resolution of the Human Rights Council, by State, to the closing bracket; and
        "Adopted unanimously at the 2994th / meeting." on two lines of a column (S/RES/700 (1991))."""
        so_far = self.so_far
        open_text = so_far.open_text
        if open_text.startswith("["):
            return "]" not in open_text
        runs_on = open_text.startswith(("Adopted", "Resolution")) and not so_far.lines[index].gap
        return runs_on and not ends_sentence(open_text)

    def is_title(self, index: int) -> bool:
        """The words under the name of a part."""
        so_far = self.so_far
        if so_far.open is None or so_far.open.role is not Role.PART or so_far.open.levels:
            return False
        block = so_far.ahead.block(index)
        return not ends_clause(block) and len(block) <= _LONGEST

    def is_heading(self, index: int) -> bool:
        """An unnumbered line over paragraphs: short, without a full stop, after a finished paragraph."""
        so_far = self.so_far
        block, line = so_far.ahead.block(index), so_far.lines[index]
        if len(block) > _LONGEST or (ends_clause(block) and not (block.endswith("?") or self._is_bold(index))):
            return False
        if not (block[0].isupper() or block[0].isdigit() or block[0] in '“"‘'):
            return False
        following = so_far.ahead.after_block(index)
        if following is None or any(mention.start == 0 for mention in find_symbols(block)):
            return False
        marker = read_marker(so_far.lines[following].text)
        # "Peacebuilding Commission" (A/RES/80/11) opens as a preambular paragraph does, but stands over a number.
        if so_far.in_preamble and opens_preambular(block) and (marker is None or not line.gap or len(block) > 80):
            return False
        numbered = marker is not None and marker.is_number and marker.readings[0][1] in (1, so_far.number + 1)
        over_list = marker is not None and marker.readings[0][1] == 1
        if not so_far.fresh and so_far.open_text.endswith(":"):
            return numbered and following == index + 1  # a table or list follows a colon
        if so_far.fresh or ends_sentence(so_far.open_text):
            over_text = (line.gap or not so_far.measure.wrapped) and so_far.lines[following].text[:1].isupper()
            over_text = over_text or topic_of(so_far.ahead.block(following)) is not None
            return numbered or over_list or (over_text and len(block) <= 120)
        if so_far.in_preamble and ends_clause(so_far.open_text):
            return numbered
        return numbered and line.gap and not line.broken and len(block) <= 100

    def _is_bold(self, index: int) -> bool:
        """A line set apart in bold letters, with a colon: "**Reporting:**" over a paragraph (S/RES/2779 (2025))."""
        line = self.so_far.lines[index]
        letters = zip(line.text, line.styled.style, strict=True)
        return line.gap and line.text.endswith(":") and all(style in "bB" for letter, style in letters if letter != " ")

    def is_closing(self, index: int) -> bool:
        """Meeting, date and mode of adoption under the last paragraph."""
        so_far = self.so_far
        if _CLOSING.fullmatch(so_far.lines[index].text) is None:
            return False
        if so_far.lines[index].gap and _MEETING.fullmatch(so_far.lines[index].text):
            return True  # set apart, it closes a text that lost its full stop too (A/RES/80/94)
        return ends_sentence(so_far.open_text) or (so_far.open is not None and so_far.open.role is Role.CLOSING)
