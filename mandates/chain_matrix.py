"""Chains of mandates as a table of sessions by mandate: where each was asked, how that stands, and what is not read."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.functional import Promise

from mandates.filters import MandateFilterSet
from mandates.list_rows import cited_as, shortened, who
from mandates.marks import MARKS, Moment, mark_of
from mandates.models import Mandate
from mandates.other_sessions import unread_resolutions
from mandates.services.asked import mandate_rank
from resolutions.models import AssemblySession

LONGEST_ACTION = 110
# No session asks for one thing in more texts than this; the bound is for what a faulty link could join.
_MOST_MEMBERS_OF_A_CHAIN = 200
_ROMAN = re.compile(r"^annex (?=[IVXLC\d]+\b)")
_LIGHT = (
    "key", "part", "label", "position", "proposed", "task", "chain", "headline_status", "due_on", "due_session",
    "recurring", "paragraph__key",
    *(f"document__{name}" for name in ("symbol", "title", "kind", "adopted", "distributed", "session_code")),
    *(f"document__session__{name}" for name in ("code", "name", "number", "opening_date")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A session. `session` is None where the table has none that is called so."""

    code: str
    session: AssemblySession | None = None
    is_next: bool = False

    @property
    def short(self) -> str:
        """What stands over the column: "20", "Review Conference"."""
        session = self.session
        return str(session.number) if session and session.number else (session and session.name) or self.code

    @property
    def year(self) -> str:
        """The year in which it opened, where that is known."""
        day = self.session.opening_date if self.session else None
        return str(day.year) if day else ""

    @property
    def nth(self) -> str:
        """Its name, short: "20th"."""
        return str(ordinal(self.session.number)) if self.session and self.session.number else self.short


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a session that asks: `mandate` and, where the session says it more than once, how often besides."""

    mandate: Mandate
    mark: str
    besides: int

    @property
    def word(self) -> str | Promise:
        """The status in a word."""
        return MARKS[self.mark]

    @property
    def paragraph(self) -> str:
        """The paragraph as a cell has room for: ``25``, ``I 3(b)``."""
        mandate = self.mandate
        part = "" if mandate.part == "body" else _ROMAN.sub("", mandate.part)
        return " ".join(filter(None, (part, mandate.label)))

    @property
    def citation(self) -> str:
        """The paragraph in full."""
        return cited_as(self.mandate)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a session has to say of a chain.

    Attributes:
        places: the texts that ask, adopted ones first; none where nothing that was read does.
        unread: symbols of resolutions on the same subject that are known and were not read.
        before, after: whether the chain comes from an earlier session, and goes on to a later one.
    """

    column: Column
    places: Sequence[Place] = ()
    unread: Sequence[str] = ()
    before: bool = False
    after: bool = False

    @property
    def css(self) -> str:
        """The classes of the cell: the thread through it, or where it begins and ends."""
        thread = "thru" if self.before and self.after else "from" if self.after else "to" if self.before else "out"
        return f"{thread} hl" if self.column.is_next else thread


@dataclass(frozen=True, slots=True)
class Chain:
    """A row: one request, named by the words of the latest text that asks it.

    Attributes:
        asked: number of texts, parallel ones counted once, and `sessions` of sessions: adopted text alone.
        since: the year in which adopted text first asked.
    """

    latest: Mandate
    who: str
    action: str
    sessions: int
    asked: int
    since: int | None
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Matrix:
    """A table of chains by session."""

    columns: Sequence[Column]
    chains: Sequence[Chain]

    @cached_property
    def unread(self) -> list[str]:
        """The symbols of all resolutions that could ask again and were not read, in the order of the sessions."""
        by_session = zip(*(chain.cells for chain in self.chains), strict=True)
        return list(dict.fromkeys(symbol for cells in by_session for cell in cells for symbol in cell.unread))


def columns(filterset: MandateFilterSet) -> list[Column]:
    """Give the sessions, from the first that has a chain to the next one, in three queries.

    Special sessions and conferences are there where their texts ask something. What is filtered changes nothing.

    Args:
        filterset: says on which day the table is read.
    """
    linked = filterset.every().filter(chain__isnull=False)
    used = {
        code or printed
        for code, printed in linked.order_by()
        .values_list("document__session__code", "document__session_code")
        .distinct()
    }
    coming = AssemblySession.objects.coming(filterset.day).first()
    sessions = list(AssemblySession.objects.all())
    numbers = [each.number for each in sessions if each.number is not None and each.code in used]
    last = max([*numbers, (coming and coming.number) or 0])
    found = [
        Column(each.code, each, is_next=each == coming)
        for each in sessions
        if each.code in used or (numbers and each.number is not None and min(numbers) <= each.number <= last)
    ]
    strangers = used - {each.code for each in sessions} - {""}
    return found + [Column(code) for code in sorted(strangers, key=lambda code: (len(code), code))]


def matrix(filterset: MandateFilterSet, counted: Collection[Mapping[str, Any]], heads: Sequence[Column]) -> Matrix:
    """Make the table, in a number of queries that its size does not change.

    Args:
        filterset: says on which day it is read.
        counted: rows of `mandates.chain_list.chains_asked_most`; a page of them.
        heads: as `columns` gives them.
    """
    by_chain: dict[int | None, list[Mandate]] = defaultdict(list)
    members = filterset.every().filter(chain__in=[row["chain"] for row in counted]).order_by("chain", "pk")
    members = members.only(*_LIGHT).select_related("document__session", "paragraph")
    for member in members[: _MOST_MEMBERS_OF_A_CHAIN * len(counted)]:
        by_chain[member.chain_id].append(member)
    rows = [(row, sorted(by_chain[row["chain"]], key=mandate_rank)) for row in counted if by_chain[row["chain"]]]
    latest = [next((each for each in reversed(ranked) if not each.proposed), ranked[-1]) for _row, ranked in rows]
    spoken = (
        Mandate.objects.filter(pk__in=[each.pk for each in latest])
        .select_related("topic")
        .prefetch_related("addressee_rows__body")
        .in_bulk()
    )
    register = unread_resolutions() if rows else None
    chains = []
    for (row, ranked), head in zip(rows, latest, strict=True):
        full = spoken[head.pk]
        titles = {each.document.title for each in ranked if each.document.kind == "resolution"}
        unread = register.on(titles) if register else {}
        chains.append(
            Chain(
                latest=full,
                who=who([each.body.name for each in full.addressee_rows.all()]),
                action=shortened(full.action, LONGEST_ACTION),
                sessions=row["sessions"],
                asked=row["asked"],
                since=row["first"].year if row["first"] else None,
                cells=list(_cells(ranked, heads, unread, filterset.day)),
            )
        )
    return Matrix(heads, chains)


def _cells(
    ranked: Sequence[Mandate], heads: Sequence[Column], unread: Mapping[str, Sequence[str]], day: datetime.date
) -> Iterable[Cell]:
    by_session: dict[str, list[Mandate]] = defaultdict(list)
    for member in ranked:
        session = member.document.session
        by_session[session.code if session else member.document.session_code].append(member)
    asked_at = [index for index, column in enumerate(heads) if column.code in by_session]
    first, last = (asked_at[0], asked_at[-1]) if asked_at else (len(heads), -1)
    for index, column in enumerate(heads):
        places = _places(by_session.get(column.code, ()), Moment(day, None))
        known = () if places or not _was_held(column, day) else unread.get(column.code, ())
        yield Cell(column, places, known, before=first < index <= last, after=first <= index < last)


def _was_held(column: Column, day: datetime.date) -> bool:
    opening = column.session.opening_date if column.session else None
    return opening is not None and opening <= day


def _places(members: Iterable[Mandate], moment: Moment) -> list[Place]:
    """One for each task of a session, under its first citation."""
    found = []
    in_order = sorted(members, key=lambda member: member.task)
    for _task, group in groupby(in_order, key=lambda member: member.task):
        first, *others = sorted(group, key=lambda member: (member.pk != member.task, mandate_rank(member)))
        found.append(Place(first, mark_of(first, moment), len(others)))
    return sorted(found, key=lambda place: mandate_rank(place.mandate))
