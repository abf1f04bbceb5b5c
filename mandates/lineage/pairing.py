"""Two documents held against each other: which mandate of one belongs to which of the other.

What is found depends on the two documents alone, so that it is the same in whatever order documents arrive. Each
mandate, with those of its own document that say the same, goes to one of the other side at most: of two look-alikes
only one is the same mandate. A mandate that became two, and two that became one, are told apart from look-alikes by
what they cover.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mandates.lineage.asked import Asked, asked
from mandates.lineage.chains import Groups
from mandates.lineage.comparing import Comparison, change, compare, covered
from mandates.lineage.records import AskedMandate, ChangeKind

# Held against the samples and against series written for the purpose; see docs/pipeline.md, "Lineage".
PROPOSED = 0.5
CERTAIN = 0.6
CERTAIN_LOOSELY = 0.85
SAME_BODY = 0.7
PARALLEL = 0.8
PARALLEL_IN_A_PART = 0.93
READDRESSED = 0.75
MARGIN = 0.06
_PART_OF = 0.8
_COVERED = 0.6
_OWN = 2
_TELLING = 4


@dataclass(frozen=True, slots=True)
class Match:
    """Two mandates of two documents, or of one, that belong together; `readdressed` ones ask another body."""

    later: AskedMandate
    earlier: AskedMandate
    score: float
    certain: bool
    change: ChangeKind
    exact: bool = False


class Comparisons:
    """Comparisons made once: yearly resolutions ask the same in the same words, so most pairs were met before."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int], Comparison] = {}
        self._kept: dict[int, Asked] = {}

    def of(self, later: AskedMandate, earlier: AskedMandate) -> Comparison:
        """Compare two mandates."""
        one, two = asked(later), asked(earlier)
        place = (id(one), id(two))
        made = self._made.get(place)
        if made is None:
            # Kept, so that no other mandate gets the same address while this comparison is remembered.
            self._kept[id(one)], self._kept[id(two)] = one, two
            made = self._made[place] = compare(one, two)
        return made


def place(mandate: AskedMandate) -> tuple[object, ...]:
    """Give a mandate's place among all mandates: documents in their order, each as it is read."""
    return (mandate.order, mandate.symbol, mandate.position, mandate.key)


def match_documents(pairs: Iterable[tuple[AskedMandate, AskedMandate]], comparisons: Comparisons) -> tuple[Match, ...]:
    """Match the mandates of two documents.

    Args:
        pairs: every candidate pair of the two, the later mandate first.
        comparisons: those made so far.

    Returns:
        The matches, certain ones and proposals, and what was asked of another body.
    """
    return _Pairing(pairs, comparisons).matches()


def match_within(pairs: Iterable[tuple[AskedMandate, AskedMandate]], comparisons: Comparisons) -> tuple[Match, ...]:
    """Find what one document says twice, as in its body and in its annex of mandates (ICC-ASP/17/Res.5, para. 103)."""
    found = []
    for later, earlier in pairs:
        comparison = comparisons.of(later, earlier)
        if says_the_same(later, earlier, comparison):
            one, two = asked(later), asked(earlier)
            found.append(Match(later, earlier, comparison.score, True, change(one, two), comparison.exact))
    return tuple(found)


def says_the_same(later: AskedMandate, earlier: AskedMandate, comparison: Comparison) -> bool:
    """Say whether two mandates of one document are one task; within a part only where hardly a word differs."""
    if comparison.body < 0.8 or (comparison.unnamed and not comparison.exact):
        return False
    one, two = asked(later), asked(earlier)
    if min(len(one.content), len(two.content)) < (_TELLING if one.points_back and two.points_back else 1):
        # "its work in this regard", twice: the same only where the same stands before it.
        return comparison.exact and comparison.thing > 0 and bool(one.context) and one.context == two.context
    return comparison.thing >= (PARALLEL_IN_A_PART if later.part == earlier.part else PARALLEL)


class _Pairing:
    def __init__(self, pairs: Iterable[tuple[AskedMandate, AskedMandate]], comparisons: Comparisons) -> None:
        self._comparisons = comparisons
        self._pairs: dict[tuple[str, str], Comparison] = {}
        self._mandates: dict[str, AskedMandate] = {}
        self._readdressed: list[tuple[AskedMandate, AskedMandate, Comparison]] = []
        self._parts: list[tuple[AskedMandate, AskedMandate]] = []
        for later, earlier in pairs:
            comparison = comparisons.of(later, earlier)
            self._mandates[later.key], self._mandates[earlier.key] = later, earlier
            if not comparison.body:
                if min(comparison.thing, comparison.order) >= READDRESSED:
                    self._readdressed.append((later, earlier, comparison))
                continue
            self._parts.append((later, earlier))
            if comparison.thing >= PROPOSED:
                self._pairs[later.key, earlier.key] = comparison

    def matches(self) -> tuple[Match, ...]:
        laters = self._families({later: None for later, _ in self._pairs}, 0)
        earliers = self._families({earlier: None for _, earlier in self._pairs}, 1)
        ranked = self._ranked(laters, earliers)
        partner_of_later: dict[str, str] = {}
        partner_of_earlier: dict[str, str] = {}
        for _, later, earlier in ranked:
            if later not in partner_of_later and earlier not in partner_of_earlier:
                partner_of_later[later], partner_of_earlier[earlier] = earlier, later
        best = {(later, earlier): score for score, later, earlier in ranked}
        rivals = _rivals(best, partner_of_later, partner_of_earlier)
        found: dict[tuple[str, str], Match] = {}
        for (later, earlier), comparison in self._pairs.items():
            family, other = laters.root(later), earliers.root(earlier)
            if partner_of_later.get(family) != other:
                continue
            clear = comparison.exact or best[family, other] - rivals.get((family, other), 0.0) >= MARGIN
            found[later, earlier] = self._match(later, earlier, comparison, clear)
        self._add_parts(found)
        matched = {key for pair in found for key in pair}
        for one, two, comparison in self._readdressed:
            if one.key not in matched and two.key not in matched:
                found[one.key, two.key] = Match(one, two, comparison.score, False, ChangeKind.READDRESSED)
        return tuple(found.values())

    def _match(self, later: str, earlier: str, comparison: Comparison, clear: bool) -> Match:
        one, two = self._mandates[later], self._mandates[earlier]
        needed = CERTAIN if comparison.body >= SAME_BODY else CERTAIN_LOOSELY
        certain = clear and comparison.thing >= needed
        return Match(one, two, comparison.score, certain, change(asked(one), asked(two)), comparison.exact)

    def _families(self, keys: Mapping[str, None], side: int) -> Groups:
        """Join the mandates of one document that say the same and have a candidate in common."""
        groups = Groups(keys)
        by_other: dict[str, list[str]] = defaultdict(list)
        for pair in self._pairs:
            by_other[pair[1 - side]].append(pair[side])
        for family in by_other.values():
            first, *others = sorted(family, key=lambda key: place(self._mandates[key]))
            for key in others:
                if groups.root(key) == groups.root(first):
                    continue
                one, two = self._mandates[key], self._mandates[first]
                if says_the_same(one, two, self._comparisons.of(one, two)):
                    groups.join(key, first)
        return groups

    def _ranked(self, laters: Groups, earliers: Groups) -> list[tuple[float, str, str]]:
        best: dict[tuple[str, str], float] = {}
        for (later, earlier), comparison in self._pairs.items():
            family = (laters.root(later), earliers.root(earlier))
            best[family] = max(best.get(family, 0.0), comparison.score)
        return sorted(
            ((score, later, earlier) for (later, earlier), score in best.items()),
            key=lambda item: (-round(item[0], 6), place(self._mandates[item[1]]), place(self._mandates[item[2]])),
        )

    def _add_parts(self, found: dict[tuple[str, str], Match]) -> None:
        """Add what became of a mandate that was split, and of several that were merged."""
        for whole, part, kind in ((1, 0, ChangeKind.SPLIT), (0, 1, ChangeKind.MERGED)):
            by_whole: dict[str, list[str]] = defaultdict(list)
            for asked_pair in self._parts:
                by_whole[asked_pair[whole].key].append(asked_pair[part].key)
            held: dict[str, list[str]] = defaultdict(list)
            for pair in found:
                held[pair[whole]].append(pair[part])
            taken = {pair[part] for pair in found}
            same = {key for pair, match in found.items() if match.exact for key in pair}
            for key in sorted(by_whole, key=lambda item: place(self._mandates[item])):
                if key in same or len(by_whole[key]) == 1:
                    continue
                things = asked(self._mandates[key]).content
                free = [
                    item
                    for item in by_whole[key]
                    if item not in taken
                    or (item not in held[key] and item not in same and asked(self._mandates[item]).content <= things)
                ]
                for item in self._parts_of(key, held[key], free):
                    pair = (item, key) if whole else (key, item)
                    later, earlier = self._mandates[pair[0]], self._mandates[pair[1]]
                    score = self._comparisons.of(later, earlier).score
                    found[pair] = Match(later, earlier, score, True, kind)
                    taken.add(item)

    def _parts_of(self, whole: str, own: Sequence[str], free: Iterable[str]) -> list[str]:
        """Give the parts that a whole was split into or merged from: each within it, each with something of its own."""
        things = asked(self._mandates[whole])
        parts: list[str] = []
        seen: frozenset[str] = frozenset()
        # The largest part first, those that belong to it already before others.
        ordered = sorted(
            [*own, *free],
            key=lambda key: (
                key not in own,
                -len(covered(asked(self._mandates[key]), things)),
                place(self._mandates[key]),
            ),
        )
        for key in ordered:
            part = asked(self._mandates[key])
            shared = covered(part, things)
            if not part.content or len(shared) < _PART_OF * len(part.content) or len(shared) < _OWN:
                continue
            if part.ends != things.ends:
                continue
            if len(shared - seen) >= _OWN or 2 * len(shared - seen) >= len(shared):
                parts.append(key)
                seen |= shared
        return parts if len(parts) > 1 and len(seen) >= _COVERED * len(things.content) else []


def _rivals(
    best: Mapping[tuple[str, str], float],
    partner_of_later: Mapping[str, str],
    partner_of_earlier: Mapping[str, str],
) -> dict[tuple[str, str], float]:
    """Give for each match the best score that one of its two has with another.

    A rival that has a better place of its own, clearly, does not make a match doubtful.
    """
    rivals: dict[tuple[str, str], float] = {}
    for (later, earlier), score in best.items():
        own, other = partner_of_later.get(later), partner_of_earlier.get(earlier)
        if own == earlier:
            continue
        if own is not None and not (other is not None and best[other, earlier] >= score + MARGIN):
            rivals[later, own] = max(rivals.get((later, own), 0.0), score)
        if other is not None and not (own is not None and best[later, own] >= score + MARGIN):
            rivals[other, earlier] = max(rivals.get((other, earlier), 0.0), score)
    return rivals
