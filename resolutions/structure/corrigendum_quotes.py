"""Quoted words in a corrigendum: each is set aside under a sign, so that the sentence around it can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from resolutions.structure.styled import StyledText

_FIRST = 0xE000
_LAST = 0xF8FF
QUOTED = f"[{chr(_FIRST)}-{chr(_LAST)}]"
_CLOSING = {"“": "”", "„": "”", "«": "»", '"': '"', "‘": "’", "'": "'"}
_DOUBLE = '“„«"'


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text with a sign for each quotation.

    Attributes:
        styled: the text with signs.
        quotations: what they stand for, with their quotation marks.
    """

    styled: StyledText
    quotations: Sequence[StyledText]

    @property
    def text(self) -> str:
        """The characters, with signs."""
        return self.styled.text

    def cut(self, start: int, end: int | None = None) -> Sentence:
        """Give the part from start to end."""
        return Sentence(self.styled.cut(start, end), self.quotations)

    def whole(self) -> StyledText:
        """Give the text with its quotations as printed."""
        pieces = [self._printed(index) for index in range(len(self.styled))]
        return sum(pieces, StyledText()).strip()

    def words(self) -> StyledText:
        """Give the text without the quotation marks around the whole of it and the stop behind them."""
        match = re.fullmatch(rf"\s*({QUOTED})[\s.,;]*", self.text)
        return self.quotations[ord(match[1]) - _FIRST].cut(1, -1).strip() if match else self.whole()

    def _printed(self, index: int) -> StyledText:
        code = ord(self.text[index])
        known = _FIRST <= code < _FIRST + len(self.quotations)
        return self.quotations[code - _FIRST] if known else self.styled.cut(index, index + 1)


def sentence_of(styled: StyledText) -> Sentence:
    """Set the quotations of a text aside.

    Args:
        styled: the text; characters that serve as signs are not looked for in it.

    Returns:
        The text with signs. A quotation that does not end in it stays as it is.
    """
    text, start, at = styled.text, 0, 0
    pieces: list[StyledText] = []
    quotations: list[StyledText] = []
    while at < len(text):
        end = _closed(text, at)
        if end is None or len(quotations) > _LAST - _FIRST:
            at += 1
            continue
        pieces += [styled.cut(start, at), StyledText.unstyled(chr(_FIRST + len(quotations)))]
        quotations.append(styled.cut(at, end))
        start = at = end
    return Sentence(sum([*pieces, styled.cut(start)], StyledText()), tuple(quotations))


def is_open(text: str) -> bool:
    """Say whether a text opens a quotation in double marks and does not close it."""
    rest = sentence_of(StyledText.unstyled(text)).text
    return any(mark in rest for mark in _DOUBLE)


def _closed(text: str, at: int) -> int | None:
    """Find the end of the quotation that opens here."""
    closing = _CLOSING.get(text[at])
    if closing is None or (at and text[at - 1].isalnum()) or not text[at + 1 : at + 2].strip():
        return None
    single, depth = closing in "’'", 0
    for index in range(at + 1, len(text)):
        if text[index] == closing and closing != text[at] and depth:
            depth -= 1
        elif text[index] == closing:
            if single and text[index + 1 : index + 2].isalnum():
                continue  # an apostrophe
            return index + 1
        elif text[index] == text[at]:
            depth += 1
    return None
