"""Two documents compared paragraph by paragraph: kept, updated, reworded, moved, new, dropped.

A paragraph keeps its place while its neighbours do, whatever its number: paragraph 5 of the draft in ICC-ASP/16/17,
annex I, is paragraph 6 of ICC-ASP/20/Res.2 in its place, paragraph 24 is paragraph 37 in another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mandates.lineage.alignment import Pair, Passage, aligned
from mandates.lineage.differences import Change, Segment, is_reworded, word_difference


class Outcome(StrEnum):
    """What became of a paragraph; every paragraph of both documents has exactly one."""

    KEPT = "kept"
    UPDATED = "updated"
    REWORDED = "reworded"
    MOVED = "moved"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph and what became of it.

    Attributes:
        outcome: what became of it; for a pair, moved wherever its place is another.
        wording: of a pair, kept (the same words), updated (sessions, dates and symbols are others) or reworded.
        before, after: the paragraph in each document; None where it has none.
        segments: the word difference of a pair.
        held: of what is new or dropped, the paragraph of the other document that holds nearly all its words.
    """

    outcome: Outcome
    wording: Outcome | None = None
    before: Passage | None = None
    after: Passage | None = None
    segments: tuple[Segment, ...] = ()
    held: Passage | None = None

    @property
    def repunctuated(self) -> bool:
        """Whether its words are the same and its punctuation is not."""
        return not is_reworded(self.segments) and any(each.change is Change.PUNCTUATION for each in self.segments)


def compared(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[Row, ...]:
    """Compare two documents.

    Args:
        before: paragraphs of the earlier one, in the order of its text.
        after: those of the later one.

    Returns:
        Rows in the order of the later document; what was dropped stands behind what stood before it. Compared the
        other way round, new and dropped change places and all other counts stay.
    """
    alignment = aligned(before, after)
    by_after = {pair.after: pair for pair in alignment.pairs}
    places = _places(before, after, alignment.pairs)
    held_before = {pair.before: after[pair.after] for pair in alignment.held if pair.before in places}
    held_after = {pair.after: before[pair.before] for pair in alignment.held if pair.after not in by_after}
    dropped = deque(sorted((place, index) for index, place in places.items()))
    rows: list[Row] = []
    for index, passage in enumerate([*after, None]):
        while dropped and (dropped[0][0] < index or passage is None):
            _, at = dropped.popleft()
            rows.append(Row(Outcome.DROPPED, before=before[at], held=held_before.get(at)))
        if passage and index in by_after:
            rows.append(_paired(before[by_after[index].before], passage, by_after[index]))
        elif passage:
            rows.append(Row(Outcome.NEW, after=passage, held=held_after.get(index)))
    return tuple(rows)


def _paired(before: Passage, after: Passage, pair: Pair) -> Row:
    segments = word_difference(before.text, after.text)
    wording = Outcome.KEPT
    if is_reworded(segments):
        wording = Outcome.REWORDED
    elif any(segment.change is Change.MASKED for segment in segments):
        wording = Outcome.UPDATED
    return Row(wording if pair.in_place else Outcome.MOVED, wording, before, after, segments)


def _places(before: Sequence[Passage], after: Sequence[Passage], pairs: Iterable[Pair]) -> dict[int, int]:
    """Give each dropped paragraph the index in the later document behind which it stood: -1 for the beginning.

    It stood behind its last neighbour that is still in place, with all that belongs to it; else behind its chapeau.
    """
    paired = {pair.before: pair for pair in pairs}
    ends = _ends(after)
    indexes = {passage.key: index for index, passage in enumerate(before)}
    behind: dict[int | None, int] = {}  # by chapeau: where its last child that is still in place ends
    places: dict[int, int] = {}
    for index, passage in enumerate(before):
        parent = indexes.get(passage.parent) if passage.parent is not None else None
        pair = paired.get(index)
        if pair is None:
            places[index] = behind[index] = behind.get(parent, -1)
            continue
        behind[index] = pair.after
        if pair.in_place:
            behind[parent] = max(behind.get(parent, -1), ends[pair.after])
    return places


def _ends(passages: Sequence[Passage]) -> list[int]:
    """Give for each paragraph the index of the last one that belongs to it."""
    indexes = {passage.key: index for index, passage in enumerate(passages)}
    ends = list(range(len(passages)))
    for index in reversed(ends[:]):
        parent = indexes.get(passages[index].parent or "")
        if parent is not None and parent < index:
            ends[parent] = max(ends[parent], ends[index])
    return ends
