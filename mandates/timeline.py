"""A mandate through the years: who asked the same when, in which words, and which sessions are not read."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import ClassVar

from django.db.models import F, Q, prefetch_related_objects
from django.utils import timezone

from mandates.lineage.differences import Change, Segment, is_reworded, word_difference
from mandates.list_rows import DueLine, due_lines
from mandates.mandate_words import MandateWords, words_of
from mandates.models import Mandate, MandateLink
from mandates.other_sessions import other_sessions
from mandates.services.asked import mandate_rank, session_rank
from mandates.session_names import nth
from resolutions.models import AssemblySession, Document, KnownDocument

MOST_SHOWN = 40
# Of a longer chain: its beginning, its end, and what stands around the mandate that is looked at.
_FIRST, _LAST, _AROUND = 3, 29, 3
# No chain of texts is as long; the bound is for what a faulty link could join.
_MOST_MEMBERS = 500


@dataclass(frozen=True, slots=True)
class When:
    """The session, short, and its year."""

    session: str
    year: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed against an earlier text.

    Attributes:
        before, words: the earlier mandate and its words.
        skips: that it is not the one just before.
        change: a value of `MandateLink.Change`.
        link: by which the two are tied, where one ties the two themselves.
    """

    before: Mandate
    words: MandateWords
    skips: bool
    change: str
    segments: tuple[Segment, ...]
    link: MandateLink | None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A text that asks the same.

    Attributes:
        mandate: the first citation of its session; `parallels` where else the same session says it.
        comparison: with the text before; None for the first.
    """

    kind: ClassVar = "asked"
    mandate: Mandate
    when: When
    is_here: bool
    parallels: Sequence[Mandate]
    due: tuple[DueLine, ...]
    words: MandateWords
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class Unread:
    """Sessions whose resolutions were not read.

    Attributes:
        documents: resolutions on the same subject that are known by their symbols; none where no resolution of these
            sessions was read at all.
        is_last: that nothing that was read comes after them.
    """

    kind: ClassVar = "unread"
    when: When
    sessions: Sequence[AssemblySession]
    documents: Sequence[KnownDocument]
    is_last: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """A session whose resolution on the same subject was read and does not ask it."""

    kind: ClassVar = "silent"
    when: When
    documents: Sequence[Document]


@dataclass(frozen=True, slots=True)
class Folded:
    """Occurrences in the middle of a long chain, named only."""

    kind: ClassVar = "folded"
    when: When
    mandates: Sequence[Mandate]


Entry = Occurrence | Unread | Silent | Folded


@dataclass(frozen=True, slots=True)
class Timeline:
    """A chain as a mandate's page shows it.

    Attributes:
        entries: in the order of time.
        asked: number of sessions whose adopted text asks it; `since` is the year of the first.
        repeated_by: the next adopted texts that ask again for the mandate that is looked at, or one parallel to it.
    """

    entries: Sequence[Entry]
    asked: int
    since: str
    repeated_by: Sequence[Mandate]

    @property
    def stands_alone(self) -> bool:
        """Whether nothing else that was read asks the same."""
        asked = [entry for entry in self.entries if isinstance(entry, Occurrence | Folded)]
        return len(asked) == 1 and isinstance(asked[0], Occurrence) and not asked[0].parallels


def timeline(mandate: Mandate, today: datetime.date | None = None) -> Timeline:
    """Gather the chain of a mandate, in a number of queries that its length does not change.

    Args:
        mandate: any of the chain.
        today: the day on which it is looked at; the present one where it is None.
    """
    day = today or timezone.localdate()
    members = _members(mandate)
    groups = [
        sorted(group, key=lambda member: (member.pk != member.task, mandate_rank(member)))
        for _, group in groupby(sorted(members, key=lambda member: member.task), key=lambda member: member.task)
    ]
    groups.sort(key=lambda group: mandate_rank(group[0]))
    links = MandateLink.objects.standing().filter(kind=MandateLink.Kind.REPEATS)
    by_pair = {
        (link.later_id, link.earlier_id): link
        for link in (links.filter(Q(later__in=members) & Q(earlier__in=members)) if len(groups) > 1 else ())
    }
    here = next(index for index, group in enumerate(groups) if any(member.pk == mandate.pk for member in group))
    shown = _shown(len(groups), here)
    adopted = [group[0] for group in groups if not all(member.proposed for member in group)]
    return Timeline(
        entries=list(_with_others(_entries(groups, shown, here, by_pair), day)),
        asked=len({session_rank(member.document) for member in adopted}),
        since=_when(adopted[0]).year if adopted else "",
        repeated_by=_repeated_by(groups, here, by_pair),
    )


def _repeated_by(groups: Sequence[Sequence[Mandate]], here: int, links: Iterable[tuple[int, int]]) -> list[Mandate]:
    """Give the adopted texts that ask again for one of a group; what was only proposed hands on to what repeats it."""
    group_of = {member.pk: index for index, group in enumerate(groups) for member in group}
    later_of: dict[int, set[int]] = defaultdict(set)
    for later, earlier in links:
        later_of[group_of[earlier]].add(group_of[later])
    found: set[int] = set()
    seen, ahead = {here}, set(later_of[here])
    while ahead:
        index = ahead.pop()
        if index in seen:
            continue
        seen.add(index)
        if any(member.in_text and not member.proposed for member in groups[index]):
            found.add(index)
        else:
            ahead |= later_of[index]
    return [next(each for each in groups[index] if each.in_text and not each.proposed) for index in sorted(found)]


def _members(mandate: Mandate) -> list[Mandate]:
    """All of the chain; the mandate itself is always among them."""
    root = mandate.chain_id or mandate.task
    tasks = Mandate.objects.filter(Q(pk__in=[root, mandate.pk]) | Q(chain=root)).values("task")
    # As `standing` would name them; what is overdue is told by the page, which asks for the day only once.
    rows = Mandate.objects.annotate(due_session_as_at=F("due_session"), due_on_as_at=F("due_on"))
    members: list[Mandate] = list(
        rows.filter(task__in=tasks).select_related("document__session", "paragraph").order_by("pk")[:_MOST_MEMBERS]
    )
    if not any(member.pk == mandate.pk for member in members):
        members += rows.filter(pk=mandate.pk).select_related("document__session", "paragraph")
    return members


def _shown(count: int, here: int) -> set[int]:
    if count <= MOST_SHOWN:
        return set(range(count))
    around = range(max(0, here - _AROUND), min(count, here + _AROUND + 1))
    return {*range(_FIRST), *around, *range(count - _LAST, count)}


def _entries(
    groups: Sequence[Sequence[Mandate]],
    shown: set[int],
    here: int,
    links: Mapping[tuple[int, int], MandateLink],
) -> Iterator[Occurrence | Folded]:
    before = _before(groups, links)
    needed = {index for at in shown for index in (at, before[at]) if index is not None}
    heads = {index: groups[index][0] for index in needed}
    prefetch_related_objects(list(heads.values()), "addressee_rows__body", "deadlines")
    words = words_of(heads.values())

    def compared(index: int, earlier: int) -> Comparison:
        own, head = groups[index][0], groups[earlier][0]
        link = links.get((own.pk, head.pk))
        segments = word_difference(words[head.pk].text, words[own.pk].text)
        change = (link.change if link else "") or _change(segments)
        return Comparison(head, words[head.pk], index - earlier > 1, change, segments, link)

    for is_shown, stretch in groupby(range(len(groups)), key=lambda index: index in shown):
        indexes = list(stretch)
        if not is_shown:
            folded = [groups[index][0] for index in indexes]
            first, last = _when(folded[0]), _when(folded[-1])
            yield Folded(When(_span(first.session, last.session), _span(first.year, last.year)), folded)
            continue
        for index in indexes:
            own, *parallels = groups[index]
            earlier = before[index]
            yield Occurrence(
                mandate=own,
                when=_when(own),
                is_here=index == here,
                parallels=parallels,
                due=due_lines(own),
                words=words[own.pk],
                comparison=None if earlier is None else compared(index, earlier),
            )


def _before(groups: Sequence[Sequence[Mandate]], links: Mapping[tuple[int, int], MandateLink]) -> list[int | None]:
    """Find what each is compared with: the latest that it is linked with, else the last of a session before."""
    group_of = {member.pk: index for index, group in enumerate(groups) for member in group}
    linked: dict[int, int] = {}
    for later, earlier in links:
        index, at = group_of[later], group_of[earlier]
        if at < index:
            linked[index] = max(at, linked.get(index, at))
    last_of_before: list[int | None] = []
    for index, group in enumerate(groups):
        same = index > 0 and session_rank(groups[index - 1][0].document) == session_rank(group[0].document)
        last_of_before.append(last_of_before[-1] if same else index - 1 if index else None)
    return [linked.get(index, at) for index, at in enumerate(last_of_before)]


def _change(segments: Sequence[Segment]) -> str:
    """Tell the kind of change by the words alone, where no link says more."""
    if is_reworded(segments):
        return MandateLink.Change.REWORDED
    moved = any(segment.change is Change.MASKED for segment in segments)
    return MandateLink.Change.UPDATED if moved else MandateLink.Change.SAME


def _with_others(entries: Iterable[Occurrence | Folded], day: datetime.date) -> Iterator[Entry]:
    """Put the sessions that were not read, or do not ask it, where they belong, up to that day."""
    rows = list(entries)
    mandates = [
        mandate
        for entry in rows
        for mandate in (entry.mandates if isinstance(entry, Folded) else (entry.mandate, *entry.parallels))
    ]
    others = other_sessions({mandate.document.title for mandate in mandates if not mandate.proposed}, day)
    for entry, following in pairwise([*rows, None]):
        assert entry is not None
        yield entry
        start, end = _opening(entry, last=True), _opening(following, last=False) if following else datetime.date.max
        between = [
            other
            for other in others
            if start and end and other.session.opening_date and start < other.session.opening_date < end
        ]
        for was_read, stretch in groupby(between, key=lambda other: bool(other.read)):
            found = list(stretch)
            if was_read:
                yield from (Silent(_session_when(other.session), other.read) for other in found)
                continue
            first, last = _session_when(found[0].session), _session_when(found[-1].session)
            yield Unread(
                When(_span(first.session, last.session), _span(first.year, last.year)),
                [other.session for other in found],
                [document for other in found for document in other.known],
                is_last=following is None and found[-1] is between[-1],
            )


def _opening(entry: Occurrence | Folded, *, last: bool) -> datetime.date | None:
    mandate = entry.mandates[-1 if last else 0] if isinstance(entry, Folded) else entry.mandate
    document = mandate.document
    opening = document.session.opening_date if document.session else None
    return opening or document.adopted or document.distributed


def _when(mandate: Mandate) -> When:
    document = mandate.document
    if document.session:
        return _session_when(document.session)
    day = document.adopted or document.distributed
    return When(document.session_code, str(day.year) if day else "")


def _session_when(session: AssemblySession) -> When:
    name = nth(session.number) if session.number is not None else session.name or session.code
    return When(name, str(session.opening_date.year) if session.opening_date else "")


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
