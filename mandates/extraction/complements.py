"""What follows an operative verb: who is asked, and where what is asked begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandates.extraction.quotations import without_foreign_words
from mandates.extraction.records import Clause
from resolutions.structure.records import ParagraphRecord

# "that State" (ICC-ASP/17/Res.5, para. 3) is an object, no clause.
THAT = re.compile(r"\s*,?\s*that\b(?!\s+(?:State|body|office|organ|country|(?!States\b)[A-Z]\w+(?=,|\s+to\b))\b)")
# "to" before these is no infinitive: "States Parties to the Rome Statute", "access to justice".
_TO = re.compile(
    # what stands before "to" is looked at behind it, so that the search goes from "to" to "to"
    r"to(?<![\w-]to)\b(?P<aside>\s*,[^,;]{3,80},)?\s+(?:(?:not|also|further(?!\s+(?:the|its|their|this|these|such)\b)|[a-z]+ly|again|once)\s+(?:and\s+)?)*(?P<next>[\w’'-]+)"
)
_NO_INFINITIVE = re.compile(
    r"(?:the|a|an|this|that|these|those|all|any|its|their|his|her|which|whom|other|such|both|each|every|justice|victims|"
    r"article|articles|paragraph|paragraphs|rule|resolution|international|national|date|it|them|peace|security|and|or|"
    r"non|affected|armed|conflicts?|relevant|human|social|economic|humanitarian|food|water|education|health|information|"
    r"essential|local|public|medicines|data|services|one|two|another|some|non-States|law|(?!(?:bring|spring|swing)$)\w+ing)$|[A-Z0-9]"
)
# An infinitive that completes one of these words is not what is asked: "States in a position to do so".
_HOLDS_INFINITIVE = re.compile(
    r"(?:position|able|unable|obligations?|wishing|willing|willingness|ready|seeking|intending|yet|required|obliged|"
    r"mandated|invited|encouraged|entitled|need|ability|capacity|opportunity|failed|decided|agreed|wish|right|"
    r"established|created|designed|aimed|intended|tasked|referred|due|likely|"
    # "those which intend to nominate candidates"
    r"(?:which|who|that)\s+(?:[a-z]+\s+){0,2}(?:intend|plan|seek|propose|want|hope|desire|continue|wish|need|fail)(?:s|es)?)\s*$"
)
# "those States which intend to support the fund", "States that have pledged to", up to the infinitive that is asked
_RELATIVE_HOLDS = re.compile(
    r"\b(?:that|which|who)\s+[^,;]*\b(?:intend|plan|hope|want|choose|chose|chosen|offer(?:ed)?|pledge[ds]?|promised|committed|"
    r"undertaken|undertook|continued?|begun|began|started|asked|requested|called\s+upon|urged|authorized|allowed)s?\s*$"
)
# "the Council, whose decision mandates the Prosecutor to report to it, to consider": the commas enclose the first.
_ENCLOSED = re.compile(r",\s+(?:which|who|whose|whom)\s[^,;]*\Z")
_DO_SO_TO = re.compile(r"to\s+do\s+so\s+to\s")


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows the operative verb, up to the end of the clause; quotations and parentheses are blanked out."""

    paragraph: ParagraphRecord
    text: str
    start: int
    end: int

    def match(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """Match a pattern at a place of the text, no further than the clause reaches."""
        return pattern.match(self.text, position, self.end)

    def is_blank(self, position: int | None = None) -> bool:
        """Say whether nothing but punctuation is left from a place on (from the verb on, where None is given)."""
        return not self.text[self.start if position is None else position : self.end].strip(" ,:;\u0000\u00a0\n\t")


def complement_of(clause: Clause, paragraph: ParagraphRecord) -> Complement:
    """Give what follows the verb of a clause in its paragraph."""
    return Complement(paragraph, without_foreign_words(paragraph.text), clause.verb_span.end, clause.span.end)


def find_infinitive(text: str, start: int, end: int) -> int | None:
    """Find where what is asked begins: the "to" of the infinitive.

    Args:
        text: the paragraph with quotations blanked out.
        start, end: the complement of the verb.

    Returns:
        The place of "to"; None where no infinitive follows. An infinitive that completes a noun or adjective is
        passed over where a later one is left ("States in a position to do so to contribute").
    """
    places = [
        match.start()
        for match in _TO.finditer(text, start, end)
        if not _NO_INFINITIVE.match(match["next"])
        and not re.search(r"\b(?:as|owing|due|prior|according|party|subject)\s+$", text[start : match.start()])
    ]
    for number, place in enumerate(places):
        if number + 1 < len(places) and (
            _HOLDS_INFINITIVE.search(text, start, place)
            or _RELATIVE_HOLDS.search(text, start, place)
            or _DO_SO_TO.match(text, place, end)
            or (
                _ENCLOSED.search(text, start, place)
                and any(text[start:later].rstrip().endswith(",") for later in places[number + 1 :])
            )
        ):
            continue
        return place
    return None


def is_infinitive(text: str, position: int, end: int) -> bool:
    """Say whether the "to" of an infinitive stands at a place."""
    match = _TO.match(text, position, end)
    return match is not None and not _NO_INFINITIVE.match(match["next"])
