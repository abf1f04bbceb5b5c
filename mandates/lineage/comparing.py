"""Two mandates held side by side: whether the same is asked of the same body, and what became of the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

from mandates.lineage.asked import Asked
from mandates.lineage.records import ChangeKind
from mandates.lineage.word_roles import Role, role

# States of one kind or another; "all States" of one year are "States Parties" in the next (ICC-ASP/8/Res.2, para. 15;
# ICC-ASP/11/Res.5, para. 17).
_STATES = frozenset({"states", "states parties", "states not party"})

_ADDED = 0.35
_ADDED_BEHIND = 0.15
_ANOTHER_WORD = 0.8
_ANOTHER_THING = 5.0
_FEW = 2
_NEARLY_POOR = 0.75
SAME_CONTEXT = 0.35
OTHER_CONTEXT = 0.15


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two mandates compare.

    Attributes:
        body: how far they ask the same body, 0 to 1; 0 where they ask others.
        unnamed: True where one or both name nobody.
        thing: how far they ask the same thing, 0 to 1.
        topic: 1 the same topic, 0 another, in between where a topic is general or missing.
        exact: True where nothing but masked words differs.
        order: how alike the words are in their order, 0 to 1; ranks only.
    """

    body: float
    unnamed: bool
    thing: float
    topic: float
    exact: bool
    order: float

    @property
    def score(self) -> float:
        """What a candidate is ranked by."""
        if self.exact:
            return 0.96 + 0.02 * self.topic + 0.02 * self.body
        return 0.8 * self.thing + 0.07 * self.order + 0.06 * self.topic + 0.07 * self.body


def compare(later: Asked, earlier: Asked) -> Comparison:
    """Hold two mandates side by side.

    Args:
        later, earlier: the mandates, taken apart.

    Returns:
        How they compare; the order of the two does not matter.
    """
    body = _body(later.addressees, earlier.addressees)
    topic = _topic(later, earlier)
    exact = later.words == earlier.words
    thing = _thing(later, earlier, topic)
    order = 1.0 if exact else Indel.normalized_similarity(later.words, earlier.words)
    return Comparison(
        body=body,
        unnamed=not later.addressees or not earlier.addressees,
        thing=thing,
        topic=topic,
        exact=exact and thing > 0,
        order=order,
    )


def covered(part: Asked, whole: Asked) -> frozenset[str]:
    """Give what a part asks of a whole: the stems that say what both are about."""
    return part.content & whole.content


def change(later: Asked, earlier: Asked) -> ChangeKind:
    """Say what became of the words.

    Args:
        later, earlier: two mandates that belong together.

    Returns:
        `SAME`, `UPDATED` where only masked words differ, `WIDENED` and `NARROWED` where addressees or what they are
        asked were only added or only taken away ("interim release" became "interim and final release",
        ICC-ASP/20/Res.2, para. 23), else `REWORDED`.
    """
    if later.words == earlier.words and later.context == earlier.context:
        return ChangeKind.SAME if later.printed == earlier.printed else ChangeKind.UPDATED
    added = bool(later.content - earlier.content) or bool(later.addressees - earlier.addressees)
    dropped = bool(earlier.content - later.content) or bool(earlier.addressees - later.addressees)
    if later.points_back and earlier.points_back and not added and not dropped:
        added, dropped = bool(later.context - earlier.context), bool(earlier.context - later.context)
    if added and not dropped:
        return ChangeKind.WIDENED
    if dropped and not added:
        return ChangeKind.NARROWED
    if later.words == earlier.words:
        return ChangeKind.SAME if later.printed == earlier.printed else ChangeKind.UPDATED
    return ChangeKind.REWORDED


def _body(later: frozenset[str], earlier: frozenset[str]) -> float:
    if not later or not earlier:
        return 1.0 if later == earlier else 0.6
    shared = len(later & earlier)
    other_states = bool(later & _STATES and earlier & _STATES and not later & earlier & _STATES)
    if shared + other_states < 0.5 * min(len(later), len(earlier)):
        return 0.0
    return 0.6 + 0.4 * (shared + 0.25 * other_states) / len(later | earlier)


def _topic(later: Asked, earlier: Asked) -> float:
    if later.topic == earlier.topic:
        return 1.0 if later.topic else 0.5
    shared = len(later.topic & earlier.topic)
    if shared:
        return 0.5 + 0.5 * shared / len(later.topic | earlier.topic)
    return 0.5 if later.general or earlier.general else 0.0


def _dice(one: frozenset[str], two: frozenset[str]) -> float:
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def _thing(later: Asked, earlier: Asked, topic: float) -> float:
    if later.ends != earlier.ends:
        return 0.0
    context = _dice(later.context, earlier.context)
    frame = _dice(later.frame, earlier.frame)
    few = max(len(later.content), len(earlier.content))
    if few == 0:
        # "Invites the Court to report to the Assembly": only the topic, or what stands before it, says on what.
        if later.context and earlier.context and context < SAME_CONTEXT and (later.points_back or topic < 1.0):
            return 0.0
        return frame if topic == 1.0 or context >= SAME_CONTEXT else 0.0
    new = later.content - earlier.content - earlier.aside
    old = earlier.content - later.content - later.aside
    matched = len((later.content | earlier.content) - new - old)
    if not matched:
        # "to report on its constitution and activities", "to report on its activities".
        return _NEARLY_POOR * frame if few == 1 and 0 in (len(new), len(old)) and topic == 1.0 else 0.0
    # "to intensify their efforts to that end" and "to promote universality": what does the end say?
    unsaid = min(len(later.content), len(earlier.content)) <= _FEW and later.points_back != earlier.points_back
    if unsaid and _dice(later.content | later.context, earlier.content | earlier.context) < SAME_CONTEXT:
        return 0.0
    if later.points_back and earlier.points_back and few <= 2 * _FEW:
        if later.context and earlier.context and context < OTHER_CONTEXT:
            return 0.0
        matched += 1
    swapped, other = min(len(new), len(old)), 0
    if swapped:
        other = min(_other_things(later, earlier, new, old), swapped)
    more, longer = (new, later) if len(new) > len(old) else (old, earlier)
    added = len(more) - swapped
    behind = min(added, len(more & longer.tail))
    share = matched / (
        matched
        + _ADDED * (added - behind)
        + _ADDED_BEHIND * behind
        + _ANOTHER_WORD * (swapped - other)
        + _ANOTHER_THING * other
    )
    by_frame = 0.3 if few <= _FEW else 0.1
    return (1 - by_frame) * share + by_frame * frame


def _other_things(later: Asked, earlier: Asked, new: frozenset[str], old: frozenset[str]) -> int:
    """Count things put in the place of others: "on cooperation" for "on aggression", not "to pay" for "to transfer"."""
    count = 0
    for before, after in _replaced(earlier.line, later.line):
        # "in professional posts" for "without prejudice to the model" is another tail, not another thing.
        if role(before[0]) is not Role.JOINING and role(after[0]) is not Role.JOINING:
            count += min(len(set(before) & old - earlier.acts), len(set(after) & new - later.acts))
    return count


def _replaced(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give what stands in the place of what: the stretches between words that both have."""
    one = two = 0
    for block in (*LCSseq.opcodes(before, after), None):
        if block is not None and block.tag != "equal":
            continue
        first, second = (block.src_start, block.dest_start) if block else (len(before), len(after))
        if one < first and two < second:
            yield before[one:first], after[two:second]
        if block is not None:
            one, two = block.src_end, block.dest_end
