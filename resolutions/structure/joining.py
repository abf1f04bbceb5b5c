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
_BROKEN = re.compile(rf"\w[{_HYPHENS}]")
_FIRST_HALF = re.compile(rf"([^\W_]+(?:[{_HYPHENS}][^\W_]+)*)[{_HYPHENS}]$")
_SECOND_HALF = re.compile(r"[^\W\d_]+")

# First members of compounds that resolutions write with a hyphen ("non-cooperation", ICC-ASP/11/Res.5, para. 6;
# "follow-up", "co-facilitators", "on-going", ICC-ASP/20/Res.2).
_ALWAYS_COMPOUND = re.compile(r"non|follow|self|co|ex|well|cross")
_COMPOUND_FIRST = re.compile(
    r"on|inter|long|short|high|low|full|part|post|pre|mid|multi|sub|under|vice|anti|counter|half|all|stand|stock|fact|"
    r"time|decision|capacity|gender|case|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
)
# "seventy-" + "ninth": numbers keep their hyphen, whether or not the document has the second word elsewhere.
_TENS = re.compile(r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty")
_UNITS = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|(?:four|fif|six|seven|eigh|nin)th)s?"
)
# "there-" + "after": words grown together, though both halves are words.
_GROWN_TOGETHER = re.compile(r"there|where|here|with|what|when|some|any|every|never|none|how|who|them|him|her|our|your")
_FEWEST_BROKEN = 0.03  # of the lines end in a hyphen where a document breaks words
_AFTER_INTER = ("view", "est", "act", "change", "national", "face", "sect")  # words with "inter" that have no hyphen
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")


class Vocabulary(Counter[str]):
    """The words of a document in lower case, and how often each is there.

    Attributes:
        breaks_words: line ends break words. Where they do not, as in the resolutions of the General Assembly, a hyphen
            at a line end belongs to its word ("forward-" / "looking").
    """

    breaks_words: bool = True


def vocabulary_of(lines: Iterable[Line]) -> Vocabulary:
    """Count the words of a document, compounds with their hyphen.

    Args:
        lines: its lines.

    Returns:
        Words in lower case; the halves of words that a line end may have broken are left out.
    """
    words = Vocabulary()
    halves: list[tuple[str, str]] = []
    broken, count = "", 0
    for line in lines:
        count += 1
        found = _WORD.findall(line.text.lower())
        if broken and found:
            halves.append((broken, found.pop(0)))
        broken = found.pop() if found and line.text.endswith(tuple(_HYPHENS)) else ""
        words.update(found)
    grown = sum(words[first + second] > words[f"{first}-{second}"] for first, second in halves)
    compound = sum(words[first + second] < words[f"{first}-{second}"] for first, second in halves)
    words.breaks_words = grown > 0 or (compound == 0 and len(halves) >= _FEWEST_BROKEN * count)
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
    if whole.text[-1] in _HYPHENS and _BROKEN.search(whole.text[-2:]):
        # "non- and under-represented" (ICC-ASP/17/Res.5, para. 119): the hyphen stands for a word to come.
        if re.match(r"(?:and|or|to)\b", piece.text):
            return whole + StyledText.unstyled(" ") + piece
        return whole + piece if _keeps_hyphen(whole.text, piece.text, vocabulary) else whole.cut(0, -1) + piece
    style = " " if whole.style[-1] == "s" or whole.style[-1] != piece.style[0] else piece.style[0]
    return whole + StyledText(" ", style) + piece


def _keeps_hyphen(before: str, after: str, vocabulary: Counter[str]) -> bool:
    """Tell "non-" + "cooperation" from "coop-" + "eration": by the document itself, then by the first member."""
    left = _FIRST_HALF.search(before.rsplit(None, 1)[-1])
    right = _SECOND_HALF.match(after)
    if left is None or right is None or not right[0][0].islower():
        return True
    first, second = left[1].lower(), right[0].lower()
    broken, compound = vocabulary[first + second], vocabulary[f"{first}-{second}"]
    if broken != compound:
        return compound > broken
    if _TENS.fullmatch(first) and _UNITS.fullmatch(second):
        return True
    if not getattr(vocabulary, "breaks_words", True):
        return True
    if first == "co" and second.startswith(("operat", "ordinat")):
        return False
    # "ex-pertise", "inter-view" (ICC-ASP/8/Res.2, para. 12, ICC-ASP/17/Res.5, para. 77, hyphenated on A4)
    if (first == "ex" and not vocabulary[second]) or (first == "inter" and second.startswith(_AFTER_INTER)):
        return False
    if _ALWAYS_COMPOUND.fullmatch(first) or "://" in before.rsplit(None, 1)[-1]:
        return True
    if not vocabulary[second] or _GROWN_TOGETHER.fullmatch(first):
        return False
    # "capacity-building": both halves are words of their own here.
    return _COMPOUND_FIRST.fullmatch(first) is not None or (
        len(first) > 3 and len(second) > 3 and vocabulary[first] > 0
    )
