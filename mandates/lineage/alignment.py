"""Which paragraph of one document is which of another: in their order first, anywhere second, by the words they share.

Sessions, dates and symbols are masked, and a word that stands in many paragraphs tells little. A chapeau is looked for
with its sub-paragraphs, as in an annex of mandates it has few words of its own ("With regard to legal aid,",
ICC-ASP/17/Res.5, annex I, para. 8), and sub-paragraphs are looked for under the pair of their chapeau first.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mandates.lineage.masking import masked_words

# Shares of the words, weighed. In its place a paragraph may have lost most of them: behind the same recital, "invites
# the Bureau to discuss ..." became "encourages States Parties to continue" (ICC-ASP/16/17, annex I, para. 10, and
# ICC-ASP/20/Res.2, para. 10).
_ALIKE_IN_PLACE = 0.37
_ALIKE_ANYWHERE = 0.5
_ALIKE_AT_LEAST = 0.25
_OF_SHORTER = 0.7
_ALL = 0.999
# A paragraph of which another holds so much was split off from it, or taken in: the request at the end of
# ICC-ASP/16/17, annex I, para. 27, became a paragraph of its own in ICC-ASP/20/Res.2, para. 33.
_HELD = 0.75
_FEWEST_WORDS_HELD = 10
# Fewer words are the same only where all of them are.
_FEWEST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or sub-paragraph to be compared; `parent` is the key of its chapeau, which comes before it."""

    key: str
    text: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph in both documents, by its index in each; `in_place` unless its neighbours are others."""

    before: int
    after: int
    in_place: bool = True

    @property
    def swapped(self) -> Pair:
        return Pair(self.after, self.before, self.in_place)


@dataclass(frozen=True, slots=True)
class Alignment:
    """What belongs together in two documents, each in the order of the first.

    Attributes:
        pairs: the paragraphs that are in both; each is in one pair at most.
        held: those that are in one alone, with the paragraph of the other document that holds nearly all their words.
    """

    pairs: tuple[Pair, ...]
    held: tuple[Pair, ...] = ()

    @property
    def swapped(self) -> Alignment:
        pairs, held = (sorted((pair.swapped for pair in each), key=_place) for each in (self.pairs, self.held))
        return Alignment(tuple(pairs), tuple(held))


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How much two paragraphs share: of the words of both, and of those of the shorter one."""

    of_both: float
    of_shorter: float
    words: int

    @property
    def in_place(self) -> float:
        """Words that were added to a whole paragraph, or taken out of one, count for less than words that changed."""
        if self.words < _FEWEST_WORDS or self.of_both < _ALIKE_AT_LEAST:
            return self.of_both
        return max(self.of_both, _OF_SHORTER * self.of_shorter)

    @property
    def anywhere(self) -> float:
        if self.words < _FEWEST_WORDS:
            return self.of_both if self.of_both > _ALL else 0
        return self.in_place if self.of_both >= _ALIKE_IN_PLACE else 0


def aligned(before: Sequence[Passage], after: Sequence[Passage]) -> Alignment:
    """Find out which paragraph of one document is which of the other.

    Args:
        before, after: in the order of their text.

    Returns:
        The pairs, the same ones when asked the other way round.
    """
    # Ties are settled in one direction, so that a comparison read backwards says the same.
    if _content(after) < _content(before):
        return aligned(after, before).swapped
    pairing = _Pairing(_Outline(before), _Outline(after))
    pairs = tuple(sorted(pairing.pairs(), key=_place))
    return Alignment(pairs, tuple(sorted(pairing.held(), key=_place)))


def _place(pair: Pair) -> tuple[int, int]:
    return pair.before, pair.after


def _content(passages: Iterable[Passage]) -> list[tuple[str, str]]:
    return [(passage.text, passage.parent or "") for passage in passages]


class _Outline:
    """The paragraphs of a document as a tree, each with what it says."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.children: dict[int | None, list[int]] = defaultdict(list)
        self.parents: list[int | None] = []
        self.said: list[set[tuple[str, ...]]] = []
        self.words: list[int] = []
        indexes: dict[str, int] = {}
        for index, passage in enumerate(passages):
            parent = indexes.get(passage.parent) if passage.parent is not None else None
            self.children[parent].append(index)
            self.parents.append(parent)
            indexes[passage.key] = index
            words = [word.norm for word in masked_words(passage.text)]
            self.words.append(len(words))
            # Without a word ("...") a paragraph is its signs.
            self.said.append({*pairwise(words), *((word,) for word in words)} or {(passage.text.strip(),)})
        for index in reversed(range(len(passages))):
            above = self.parents[index]
            if above is not None:
                self.said[above] |= self.said[index]
                self.words[above] += self.words[index]


class _Pairing:
    """Pairs two outlines."""

    def __init__(self, before: _Outline, after: _Outline) -> None:
        self.before, self.after = before, after
        self.alike = _likenesses(before, after)
        self.paired: tuple[set[int], set[int]] = set(), set()

    def pairs(self) -> Iterator[Pair]:
        yield from self._under(None, None)
        candidates = [
            (-likeness.anywhere, index, other)
            for index, others in enumerate(self.alike)
            for other, likeness in others.items()
            if likeness.anywhere >= _ALIKE_ANYWHERE
        ]
        for _, index, other in sorted(candidates):
            if index not in self.paired[0] and other not in self.paired[1]:
                yield from self._pair(index, other, in_place=False)

    def held(self) -> Iterator[Pair]:
        """Find where the words of the paragraphs without a pair are; asked for when the pairs are made."""
        best: dict[tuple[int, int], tuple[float, Pair]] = {}
        for index, others in enumerate(self.alike):
            for other, likeness in others.items():
                if likeness.of_shorter < _HELD or likeness.words < _FEWEST_WORDS_HELD:
                    continue
                of_first = self.before.words[index] <= self.after.words[other]
                side, at = (0, index) if of_first else (1, other)
                if at not in self.paired[side] and likeness.of_both > best.get((side, at), (0.0,))[0]:
                    best[side, at] = likeness.of_both, Pair(index, other, in_place=False)
        yield from (pair for _, pair in best.values())

    def _pair(self, index: int, other: int, in_place: bool) -> Iterator[Pair]:
        self.paired[0].add(index)
        self.paired[1].add(other)
        yield Pair(index, other, in_place)
        yield from self._under(index, other)

    def _under(self, parent: int | None, other_parent: int | None) -> Iterator[Pair]:
        """Pair the children of a pair, or the paragraphs of both documents, in their order."""
        ours = [index for index in self.before.children[parent] if index not in self.paired[0]]
        theirs = {other for other in self.after.children[other_parent] if other not in self.paired[1]}
        weights = [
            (index, other, likeness.in_place**2 * (1 + math.log1p(likeness.words)))
            for index in ours
            for other, likeness in sorted(self.alike[index].items(), reverse=True)
            if other in theirs and likeness.in_place >= _ALIKE_IN_PLACE
        ]
        for index, other in _heaviest_in_order(weights):
            yield from self._pair(index, other, in_place=True)


def _likenesses(before: _Outline, after: _Outline) -> list[dict[int, _Likeness]]:
    """Compare every paragraph with those that share a word with it."""
    spread = Counter(said for outline in (before, after) for each in outline.said for said in each)
    total = len(before.said) + len(after.said)
    weight = {said: math.log(1 + total / count) for said, count in spread.items()}
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for other, said_there in enumerate(after.said):
        for said in said_there:
            where[said].append(other)
    weights = [[sum(weight[said] for said in each) for each in outline.said] for outline in (before, after)]
    found = []
    for index, said_here in enumerate(before.said):
        shared: dict[int, float] = defaultdict(float)
        for said in said_here:
            for other in where.get(said, ()):
                shared[other] += weight[said]
        alike = {}
        for other, common in shared.items():
            of_both = 2 * common / (weights[0][index] + weights[1][other])
            of_shorter = common / min(weights[0][index], weights[1][other])
            if of_both >= _ALIKE_AT_LEAST or of_shorter >= _HELD:
                alike[other] = _Likeness(of_both, of_shorter, min(before.words[index], after.words[other]))
        found.append(alike)
    return found


def _heaviest_in_order(candidates: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Choose the pairs that rise on both sides and weigh most together.

    Args:
        candidates: index, index and weight, by the first index and, for each, by the second one backwards.
    """
    ends: list[int] = []  # the second indexes on which the best rows end, rising, as do the weights of the rows
    rows: list[tuple[float, int]] = []
    before: list[int] = []
    for number, (_, other, weight) in enumerate(candidates):
        place = bisect_left(ends, other)
        heaviest, last = rows[place - 1] if place else (0.0, -1)
        before.append(last)
        heaviest += weight
        stop = place
        while stop < len(ends) and rows[stop][0] <= heaviest:
            stop += 1
        if place < len(ends) and ends[place] == other and rows[place][0] > heaviest:
            continue
        ends[place:stop], rows[place:stop] = [other], [(heaviest, number)]
    chosen, at = [], rows[-1][1] if rows else -1
    while at >= 0:
        chosen.append(candidates[at][:2])
        at = before[at]
    return chosen[::-1]
