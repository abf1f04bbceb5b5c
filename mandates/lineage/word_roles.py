"""What a word says about the thing that is asked: nothing, how it is asked, or what it is about.

The lists in `words/` are fixed, not counted in the documents at hand: a link must not change because a document
arrived that has nothing to do with it. They hold one form of each word. A line of `alike` holds words that drafters
put for each other: "to ratify or accede to" an agreement is "to become parties to" it.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path

_ENDINGS = re.compile(r"(?:ations?|ational|ments?|ings?|ities|ity|ions?|ional|ies|ed|es|ly|ers?|s|e|y)$")
_POSSESSIVE = re.compile(r"'s?$")
_SHORTEST = 4


class Role(Enum):
    """What a word does in a mandate.

    `JOINING` words only join others. `FRAME` words are those in which the Assembly asks whatever it asks: bodies,
    acts of asking, carrying on and reporting. All others are `CONTENT`.
    """

    JOINING = auto()
    FRAME = auto()
    CONTENT = auto()


@lru_cache(maxsize=65536)
def stem(norm: str) -> str:
    """Give what is left of a word without its ending.

    Args:
        norm: the word as `masked_words` gives it for comparison.

    Returns:
        The same for "improve", "improving" and "improvement", for "co-operation" and "cooperation", and for words of
        one line of `alike`.
    """
    plain = _stripped(norm)
    return _ALIKE.get(plain, plain)


def _stripped(norm: str) -> str:
    plain = _POSSESSIVE.sub("", norm).replace("co-op", "coop")
    if plain.startswith("statement"):
        return "statement"  # "financial statements" are no States
    for _ in range(2):
        shorter = _ENDINGS.sub("", plain)
        if len(shorter) < _SHORTEST or shorter == plain:
            break
        plain = shorter
    return plain


def _read(name: str) -> str:
    return (Path(__file__).parent / "words" / f"{name}.txt").read_text(encoding="utf-8")


def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _read(name).split())


_ALIKE = {_stripped(word): _stripped(line.split()[0]) for line in _read("alike").splitlines() for word in line.split()}
_JOINING = _stems("joining")
_FRAME = _stems("frame")
# Acts that undo what others ask for: to discontinue a review is not to continue it.
ENDING_ACTS = _stems("ending_acts")


@lru_cache(maxsize=65536)
def role(stemmed: str) -> Role:
    """Say what a word, given as its stem, does in a mandate; a figure says how much, not what."""
    if stemmed in _JOINING:
        return Role.JOINING
    return Role.FRAME if stemmed in _FRAME or stemmed[0].isdigit() else Role.CONTENT
