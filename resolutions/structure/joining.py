"""Lines become sentences again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce

from resolutions.structure.lines import Line
from resolutions.structure.styled import StyledText

_HYPHENS = "-\u2010\u2011"
_SOFT_HYPHEN = "\u00ad"

# First members of compounds that resolutions write with a hyphen ("non-cooperation", ICC-ASP/11/Res.5, para. 6;
# "follow-up", "co-facilitators", "on-going", ICC-ASP/20/Res.2).
_COMPOUND_FIRST = re.compile(
    r"(?:non|follow|co|on|inter|self|well|cross|long|short|high|low|full|part|post|pre|mid|multi|sub|under|vice|anti|"
    r"counter|ex|half|all|stand|stock|fact|time|decision|capacity|gender|case|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")


def vocabulary_of(lines: Iterable[Line]) -> Counter[str]:
    """Count the words of a document, compounds with their hyphen.

    Args:
        lines: its lines.

    Returns:
        Words in lower case; the halves of words that a line end may have broken are left out.
    """
    words: Counter[str] = Counter()
    for line in lines:
        found = _WORD.findall(line.text)
        if line.text.endswith(tuple(_HYPHENS)):
            found = found[:-1]
        words.update(word.lower() for word in found)
    return words


def join(pieces: Sequence[StyledText], vocabulary: Counter[str]) -> StyledText:
    """Join the lines of one paragraph.

    Args:
        pieces: the lines in order.
        vocabulary: the words of the document, which tell a broken word from a compound.

    Returns:
        One text with single spaces.
    """
    return reduce(lambda whole, piece: _joined(whole, piece, vocabulary), pieces, StyledText()).collapsed()


def _joined(whole: StyledText, piece: StyledText, vocabulary: Counter[str]) -> StyledText:
    if not whole.text or not piece.text:
        return whole + piece
    if whole.text.endswith(_SOFT_HYPHEN):
        return whole.cut(0, -1) + piece
    if whole.text.endswith("/"):  # a symbol, an address or "and/or" that the line end cut
        return whole + piece
    if re.search(rf"\w[{_HYPHENS}]$", whole.text):
        # "non- and under-represented" (ICC-ASP/17/Res.5, para. 119): the hyphen stands for a word to come.
        if re.match(r"(?:and|or|to)\b", piece.text):
            return whole + StyledText.unstyled(" ") + piece
        return whole + piece if _keeps_hyphen(whole.text, piece.text, vocabulary) else whole.cut(0, -1) + piece
    style = " " if whole.style[-1] == "s" or whole.style[-1] != piece.style[0] else piece.style[0]
    return whole + StyledText(" ", style) + piece


def _keeps_hyphen(before: str, after: str, vocabulary: Counter[str]) -> bool:
    """Tell "non-" + "cooperation" from "coop-" + "eration": by the document itself, then by the first member."""
    left = re.search(rf"([^\W_]+(?:[{_HYPHENS}][^\W_]+)*)[{_HYPHENS}]$", before)
    right = re.match(r"[^\W\d_]+", after)
    if left is None or right is None or not right[0][0].islower():
        return True
    first, second = left[1].lower(), right[0].lower()
    broken, compound = vocabulary[first + second], vocabulary[f"{first}-{second}"]
    if broken != compound:
        return compound > broken
    if _COMPOUND_FIRST.fullmatch(first) or "://" in before.rsplit(None, 1)[-1]:
        return True
    # "capacity-building": both halves are words of their own here.
    return len(first) > 3 and len(second) > 3 and vocabulary[first] > 0 and vocabulary[second] > 0
