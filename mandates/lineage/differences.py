"""What changed between two texts, word by word, in the form in which people read a change.

Sessions, dates, symbols and footnotes are masked (`masking`): where two masks of a kind stand at one place, they are
shown as updated and do not count as a change. The differences are those of words; punctuation, which editors change
at will (ICC-ASP/16/17, annex I, para. 26 and ICC-ASP/20/Res.2, para. 27), is told apart; blanks do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from mandates.lineage.masking import masked_words

# Words that two sentences share whatever they say; between two changes they only cut what is read as one change.
_COMMON_WORDS = (
    "a all also an and any as at be been but by for from has have in including into is it its of on or other such that "
    "the their them this thereon to under was which with"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_LONGEST_COMMON = 4
# "…; and" before the last paragraph (ICC-ASP/20/Res.2, para. 39) belongs to the list, not to the sentence.
_LIST_END = re.compile(r"[;,]\s*(?:and|or)\s*$", re.IGNORECASE)
_ALIKE = str.maketrans({**dict.fromkeys("‘’`´", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‐‑‒–—", "-")})
# What a phrase opens with; of the places at which an insertion can be shown, the one is read best that begins with it.
_OPENERS = frozenset({"and", "as", "including", "or", "with"})
# So many pairs of words are compared at once; beyond, the texts are first cut at what both have exactly once.
_MOST_PAIRS = 160_000
_ANCHOR_WORDS = 3


class Change(StrEnum):
    """What became of a stretch of text."""

    EQUAL = "equal"
    INSERTED = "inserted"
    DELETED = "deleted"
    MASKED = "masked"
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of both texts.

    All `before` in a row are the earlier text, all `after` the later one, character for character.

    Attributes:
        before, after: the words; empty on the side that does not have them.
        before_start, after_start: where they begin in their text.
    """

    change: Change
    before: str
    after: str
    before_start: int
    after_start: int


@dataclass(frozen=True, slots=True)
class _Token:
    """A word from `start` to `end`, and the punctuation and blanks behind it to `stop`; `key` is what is compared."""

    key: str
    masked: bool
    word: str
    start: int
    end: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Words `before[i:j]` and `after[k:m]`: the same, or changed."""

    equal: bool
    i: int
    j: int
    k: int
    m: int

    @property
    def length(self) -> int:
        return max(self.j - self.i, self.m - self.k)


def word_difference(before: str, after: str) -> tuple[Segment, ...]:
    """Compare two texts by their words.

    Args:
        before: the earlier text.
        after: the later text.

    Returns:
        Segments that cover both texts in their order. Short common words between two changes are part of the change, as
        "the Republic of Argentina and Sweden" is read as a whole where "France" stands now (ICC-ASP/16/17, annex I,
        para. 19; ICC-ASP/20/Res.2, para. 22).
    """
    if before == after:
        return (Segment(Change.EQUAL, before, after, 0, 0),) if before else ()
    old, new = _tokens(before), _tokens(after)
    runs = _runs(_matches([token.key for token in old], [token.key for token in new]), len(old), len(new))
    runs = _slid(_swallowed(runs, old), old, new)
    return tuple(_joined(_Cutter(before, after, old, new).segments(runs)))


def is_reworded(segments: Iterable[Segment]) -> bool:
    """Tell whether words were inserted or deleted: more than masks and punctuation changed."""
    return any(segment.change in (Change.INSERTED, Change.DELETED) for segment in segments)


def _tokens(text: str) -> list[_Token]:
    listed = _LIST_END.search(text)
    end = listed.start() if listed else len(text)
    words = [word for word in masked_words(text) if word.start < end]
    stops = [*(word.start for word in words), len(text)]
    # What stands before the first word is behind an empty one that both texts have.
    return [_Token("", False, "", 0, 0, stops[0])] + [
        _Token(word.norm, bool(word.mask), word.text, word.start, word.end, stop)
        for word, stop in zip(words, stops[1:], strict=True)
    ]


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Give what both have, as start, start and number of words; those of the ends first, as most texts share them."""
    shortest = min(len(old), len(new))
    head = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    tail = next((n for n in range(shortest - head) if old[-1 - n] != new[-1 - n]), shortest - head)
    yield 0, 0, head
    i, k = head, head
    for j, m in [*_anchors(old, new, head, tail), (len(old) - tail, len(new) - tail)]:
        if (j - i) * (m - k) <= _MOST_PAIRS:
            for block in SequenceMatcher(None, old[i:j], new[k:m], autojunk=False).get_matching_blocks():
                yield i + block.a, k + block.b, block.size
        i, k = j, m
    yield len(old) - tail, len(new) - tail, tail


def _anchors(old: Sequence[str], new: Sequence[str], head: int, tail: int) -> list[tuple[int, int]]:
    """Cut long texts where a few words stand exactly once in both, so that the time grows with their length."""
    stop, end = len(old) - tail, len(new) - tail
    if (stop - head) * (end - head) <= _MOST_PAIRS:
        return []
    ours, theirs = _once(old, head, stop), _once(new, head, end)
    both = sorted((at, theirs[words]) for words, at in ours.items() if words in theirs)
    return _rising(both)


def _once(words: Sequence[str], start: int, stop: int) -> dict[tuple[str, ...], int]:
    found = {tuple(words[at : at + _ANCHOR_WORDS]): at for at in range(start, stop - _ANCHOR_WORDS + 1)}
    counts = Counter(tuple(words[at : at + _ANCHOR_WORDS]) for at in range(start, stop - _ANCHOR_WORDS + 1))
    return {group: at for group, at in found.items() if counts[group] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the longest row of pairs that rises on both sides; the first side does already."""
    ends: list[int] = []  # the lowest second side on which a row of each length ends, and which pair that is
    last: list[int] = []
    before: list[int] = []
    for index, (_, there) in enumerate(pairs):
        place = bisect_left(ends, there)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1], last[place : place + 1] = [there], [index]
    row, at = [], last[-1] if last else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


def _runs(matches: Iterable[tuple[int, int, int]], old: int, new: int) -> list[_Run]:
    """Give runs of equal and changed words by turns."""
    runs: list[_Run] = []
    i = k = 0
    for start, there, size in [*matches, (old, new, 0)]:
        if i < start or k < there:
            runs.append(_Run(False, i, start, k, there))
        i, k = start + size, there + size
        if size and runs and runs[-1].equal:
            runs[-1] = replace(runs[-1], j=i, m=k)
        elif size:
            runs.append(_Run(True, start, i, there, k))
    return runs


def _swallowed(runs: Sequence[_Run], old: Sequence[_Token]) -> list[_Run]:
    """Make one change of two that only a few common words keep apart."""
    kept: list[_Run] = []
    for index, run in enumerate(runs):
        following = runs[index + 1] if index + 1 < len(runs) else None
        between = run.equal and kept and following and _only_parts(old[run.i : run.j], kept[-1], following)
        if between or (kept and not kept[-1].equal and not run.equal):
            kept[-1] = replace(kept[-1], j=run.j, m=run.m)
        else:
            kept.append(run)
    return kept


def _only_parts(tokens: Sequence[_Token], last: _Run, following: _Run) -> bool:
    """Tell whether what both texts have is too little to be read between two changes."""
    if len(tokens) > _LONGEST_COMMON or any(token.masked or not token.key for token in tokens):
        return False
    telling = sum(token.key not in _COMMON for token in tokens)
    return telling == 0 or (telling == 1 and min(last.length, following.length) >= 4 * len(tokens))


def _slid(runs: Sequence[_Run], old: Sequence[_Token], new: Sequence[_Token]) -> list[_Run]:
    """Move what only one text has to where it is read best: of "and the [Court and the]", the "and" opens it."""
    slid = list(runs)
    for index in range(1, len(slid)):
        last, run = slid[index - 1], slid[index]
        if run.equal or (run.i < run.j and run.k < run.m):
            continue
        tokens, start, end = (old, run.i, run.j) if run.i < run.j else (new, run.k, run.m)
        for back in range(1, last.j - last.i):
            if tokens[start - back].key != tokens[end - back].key:
                break
            if tokens[start - back].key in _OPENERS and tokens[start].key not in _OPENERS:
                slid[index - 1 : index + 2] = _moved_back(slid[index - 1 : index + 2], back)
                break
    return slid


def _moved_back(runs: Sequence[_Run], by: int) -> list[_Run]:
    last, run, *following = runs
    behind = following[0] if following else _Run(True, run.j, run.j, run.m, run.m)
    return [
        replace(last, j=last.j - by, m=last.m - by),
        _Run(False, run.i - by, run.j - by, run.k - by, run.m - by),
        replace(behind, i=behind.i - by, k=behind.k - by),
    ]


class _Cutter:
    """Cuts both texts into segments."""

    def __init__(self, before: str, after: str, old: Sequence[_Token], new: Sequence[_Token]) -> None:
        self.texts = before, after
        self.old, self.new = old, new

    def segments(self, runs: Sequence[_Run]) -> Iterator[Segment]:
        for run, following in zip(runs, [*runs[1:], None], strict=True):
            if not run.equal:
                yield from self._changed(run)
                continue
            pairs = list(zip(self.old[run.i : run.j], self.new[run.k : run.m], strict=True))
            for ours, theirs in pairs:
                updated = ours.masked and ours.word.casefold().split() != theirs.word.casefold().split()
                change = Change.MASKED if updated else Change.EQUAL
                yield self._segment(change, (ours.start, ours.end), (theirs.start, theirs.end))
                if following is None or ours is not pairs[-1][0]:
                    yield self._gap((ours.end, ours.stop), (theirs.end, theirs.stop))

    def _changed(self, run: _Run) -> Iterator[Segment]:
        """Cut a change out, with the punctuation before and behind it where that is part of it."""
        (ours, ours_end, ours_stop), (theirs, theirs_end, theirs_stop) = self._sides(run)
        lead, their_lead = (self.old[run.i - 1].end, ours), (self.new[run.k - 1].end, theirs)
        tail, their_tail = (ours_end, ours_stop), (theirs_end, theirs_stop)
        if run.i < run.j and run.k < run.m:
            if self._same(lead, their_lead):
                yield self._gap(lead, their_lead)
            else:
                ours, theirs = lead[0], their_lead[0]
            ends = self._same(tail, their_tail)
            ours_end, theirs_end = (ours_end, theirs_end) if ends else (ours_stop, theirs_stop)
            yield self._segment(Change.DELETED, (ours, ours_end), (theirs, theirs))
            yield self._segment(Change.INSERTED, (ours_end, ours_end), (theirs, theirs_end))
            yield self._gap((ours_end, ours_stop), (theirs_end, theirs_stop))
        elif run.k < run.m:
            # Of "reports;" and "reports and plans;" what is new is "and plans".
            if self._same(lead, their_lead) or not self._same(lead, their_tail):
                yield self._gap(lead, their_lead)
                yield self._segment(Change.INSERTED, (ours, ours), (theirs, theirs_stop))
            else:
                yield self._segment(Change.INSERTED, (lead[0], lead[0]), (their_lead[0], theirs_end))
                yield self._gap(lead, their_tail)
        elif self._same(lead, their_lead) or not self._same(tail, their_lead):
            yield self._gap(lead, their_lead)
            yield self._segment(Change.DELETED, (ours, ours_stop), (theirs, theirs))
        else:
            yield self._segment(Change.DELETED, (lead[0], ours_end), (their_lead[0], their_lead[0]))
            yield self._gap(tail, their_lead)

    def _sides(self, run: _Run) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """Give where the words of a change begin, where they end, and where the next word begins."""
        return _side(self.old, run.i, run.j), _side(self.new, run.k, run.m)

    def _same(self, ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
        return _signs(self.texts[0][slice(*ours)]) == _signs(self.texts[1][slice(*theirs)])

    def _gap(self, ours: tuple[int, int], theirs: tuple[int, int]) -> Segment:
        return self._segment(Change.EQUAL if self._same(ours, theirs) else Change.PUNCTUATION, ours, theirs)

    def _segment(self, change: Change, ours: tuple[int, int], theirs: tuple[int, int]) -> Segment:
        before, after = self.texts
        return Segment(change, before[slice(*ours)], after[slice(*theirs)], ours[0], theirs[0])


def _side(tokens: Sequence[_Token], first: int, end: int) -> tuple[int, int, int]:
    if first == end:
        stop = tokens[first - 1].stop
        return stop, stop, stop
    return tokens[first].start, tokens[end - 1].end, tokens[end - 1].stop


def _signs(gap: str) -> str:
    return "".join(gap.split()).translate(_ALIKE)


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Put equal neighbours together; leave out what has no words."""
    present = (segment for segment in segments if segment.before or segment.after)
    for change, group in groupby(present, key=lambda segment: segment.change):
        if change is not Change.EQUAL:
            yield from group
            continue
        run = list(group)
        before, after = ("".join(each) for each in zip(*((part.before, part.after) for part in run), strict=True))
        yield Segment(change, before, after, run[0].before_start, run[0].after_start)
