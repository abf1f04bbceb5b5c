"""Printed numbers of paragraphs: how they are read at a line's start, and how they follow one another."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import Enum

from resolutions.structure.grammar import opens_operative

_DASH = r"(?:[-–—•·*]\s+)?\[?"  # a draft brackets what is not agreed: "[4. Welcomes ...]"
_ORDINAL_ADVERB = r"(?:\s?(?:bis|ter|quater|quinquies)\b)?"
_NUMBER = re.compile(
    rf"""{_DASH}(?:
        (?P<draft>(?:OP|PP)\s?\d{{1,3}}{_ORDINAL_ADVERB})\s?[.:)]?\s+      # OP12. PP3 bis
      | (?P<stopped>\d{{1,3}}{_ORDINAL_ADVERB})\s?[.)](?:\s+|$|(?=["“\[(A-Z]))   # 1.  1)  12 bis.
      | (?P<alone>\d{{1,3}})$                                               # 6
      | (?P<spaced>\d{{1,3}})(?:\t\s*|\s{{2,}})(?=["“\[A-Z])             # 1    Welcomes
    )""",
    re.VERBOSE,
)
# "26 Condemns without reservation" between 25. and 28. (A/RES/79/160): a number that lost its full stop, before a verb.
_UNSTOPPED = re.compile(r"(?P<number>\d{1,3})\s(?=[A-Z])")
_DECIMAL = re.compile(rf"{_DASH}(?P<decimal>\d{{1,2}}(?:\.\d{{1,2}})+)\.?\s+(?=[\"“\[A-Z])")
_BRACKETED = re.compile(
    rf"{_DASH}(?:\((?P<full>[a-zA-Z]{{1,2}}|[ivxl]{{1,6}}|[IVX]{{1,5}}|\d{{1,2}})\)\s*|(?P<half>[a-z]{{1,2}}|[ivxl]{{1,6}}|[A-Z](?=[).]\s+[a-z]))[).]\s+)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Family(Enum):
    """The kind of ordinal that a label counts with."""

    NUMBER = "number"
    DECIMAL = "decimal"
    PREAMBULAR = "preambular"  # "PP3" of a draft
    LETTER = "letter"
    CAPITAL = "capital"
    ROMAN = "roman"
    BRACKETED_NUMBER = "bracketed number"


@dataclass(frozen=True, slots=True)
class Marker:
    """A printed label at the start of a line.

    Attributes:
        printed: as it stands there, "- (a)".
        readings: what it can be: "(i)" is the ninth letter and the first roman number.
        name: the label's own part of a citation: ``16``, ``(a)``.
        length: letters of the line that it takes, with the space after it.
    """

    printed: str
    readings: tuple[tuple[Family, int], ...]
    name: str
    length: int

    def ordinal(self, family: Family) -> int | None:
        """Give the ordinal it has if it counts in that family."""
        return dict(self.readings).get(family)

    @property
    def is_number(self) -> bool:
        """True for the number of a paragraph, False for the letter of a sub-paragraph."""
        return self.readings[0][0] in (Family.NUMBER, Family.DECIMAL, Family.PREAMBULAR)


@functools.lru_cache(maxsize=4096)  # each rule that looks at a line asks for its label again
def read_marker(text: str) -> Marker | None:
    """Read the label at the start of a line.

    Args:
        text: the line without white space at its start.

    Returns:
        The label, or None. Seen: "1." and "- a)", "e)" (ICC-ASP/8/Res.2, para. 16), "(a)" and "- (a)"
        (ICC-ASP/16/17, para. 4). Whether it is a label or a number inside a sentence is for the caller to tell.
    """
    if match := _DECIMAL.match(text):
        last = int(match["decimal"].rsplit(".", 1)[1])
        return Marker(match[0].strip(), ((Family.DECIMAL, last),), match["decimal"], match.end())
    if match := _NUMBER.match(text):
        words = match["draft"] or match["stopped"] or match["alone"] or match["spaced"]
        number = int(re.sub(r"\D", "", words))
        family = Family.PREAMBULAR if words.startswith("PP") else Family.NUMBER
        return Marker(match[0].strip(), ((family, number),), re.sub(r"^(?:OP|PP)\s?", "", words), match.end())
    if (match := _UNSTOPPED.match(text)) is not None and opens_operative(text[match.end() :]):
        return Marker(match["number"], ((Family.NUMBER, int(match["number"])),), match["number"], match.end())
    if match := _BRACKETED.match(text):
        word = match["full"] or match["half"]
        # "a." and "i." open sub-paragraphs only before a capital or a verb; "e.g." and "i.e." never match here.
        return Marker(match[0].strip(), _readings(word), f"({word})", match.end())
    return None


def _readings(word: str) -> tuple[tuple[Family, int], ...]:
    if word.isdigit():
        return ((Family.BRACKETED_NUMBER, int(word)),)
    readings: list[tuple[Family, int]] = []
    lower = word.lower()
    if len(set(lower)) == 1 and len(lower) <= 2:
        readings.append(
            (Family.LETTER if word.islower() else Family.CAPITAL, ord(lower[0]) - 96 + 26 * (len(lower) - 1))
        )
    roman = roman_number(lower)
    if roman is not None and word.islower():
        readings.append((Family.ROMAN, roman))
    return tuple(readings) or ((Family.LETTER, 0),)


def roman_number(word: str) -> int | None:
    """Read a roman number.

    Args:
        word: letters in either case.

    Returns:
        Its value, or None where the letters are no well-formed number.
    """
    lower = word.lower()
    if not re.fullmatch(r"(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", lower) or not lower:
        return None
    values = [_ROMAN[letter] for letter in lower]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an open list: what it counts with and how far it has come."""

    family: Family
    ordinal: int
    name: str


def nested(levels: tuple[Level, ...], marker: Marker, following: Marker | None) -> tuple[Level, ...] | None:
    """Find the place of a sub-paragraph's label in the lists that are open.

    Args:
        levels: the open levels, the outermost first; the paragraph's own number is the first where it has one.
        marker: the label.
        following: the next label in the text, which tells the letter i from the roman number.

    Returns:
        The levels with the label at the innermost one, or None where the label continues no open list and does not
        start one.
    """
    places: list[tuple[Level, ...]] = []
    for family, ordinal in marker.readings:
        for depth in range(len(levels) - 1, -1, -1):
            if levels[depth].family is family and levels[depth].ordinal + 1 == ordinal:
                places.append((*levels[:depth], Level(family, ordinal, marker.name)))
                break
        else:
            if ordinal == 1 and all(level.family is not family for level in levels[-1:]):
                places.append((*levels, Level(family, ordinal, marker.name)))
    if len(places) > 1 and following is not None:
        # (h), (i), (j) against (h), (i), (ii): the label after it settles which one it is.
        for place in places:
            if following.ordinal(place[-1].family) == place[-1].ordinal + 1:
                return place
    return places[0] if places else _after_a_gap(levels, marker)


def _after_a_gap(levels: tuple[Level, ...], marker: Marker) -> tuple[Level, ...] | None:
    """Accept (a), (c): a letter that was lost or left out must not hide the ones after it."""
    for depth in range(len(levels) - 1, -1, -1):
        ordinal = marker.ordinal(levels[depth].family)
        if ordinal is not None and levels[depth].ordinal < ordinal <= levels[depth].ordinal + 3:
            return (*levels[:depth], Level(levels[depth].family, ordinal, marker.name))
    return None
