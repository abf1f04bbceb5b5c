"""The rules that say how a mandate stands: what its status is, when it falls due, whether that day has passed.

Plain functions of their arguments: they read no database and no clock. `mandates.services.statuses_refresh` asks them
and keeps what follows in the columns of `Mandate`; `MandateQuerySet.as_at` says the same in SQL for any day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

# In sessions. Regular sessions are yearly, so what is yearly comes due at each of them.
RHYTHM = {"annual": 1, "periodic": 1, "biennial": 2}


class DeadlineFacts(Protocol):
    """What the rules need to know of a deadline; `ReportingDeadline` has it."""

    kind: str
    session_number: int | None
    end_date: datetime.date | None
    interval: str
    event: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The sessions of the Assembly, as far as they are known.

    Attributes:
        openings: opening day of each regular session by its number; None where no date is set yet.
        events: opening day of what has a name and no number, by that name: ``Review Conference``.
    """

    openings: Mapping[int, datetime.date | None] = field(default_factory=dict)
    events: Mapping[str, datetime.date] = field(default_factory=dict)

    def next_session(self, day: datetime.date) -> int | None:
        """Give the number of the first session that opens on that day or later.

        Returns:
            The first by date; where none has a date that late, the first without a date; None where there is none.
        """
        dated = [(opening, number) for number, opening in self.openings.items() if opening and opening >= day]
        if dated:
            return min(dated)[1]
        return min((number for number, opening in self.openings.items() if opening is None), default=None)

    def event_day(self, event: str) -> datetime.date | None:
        """Give the day on which an event opens that a deadline names in its own words; None where it is not known."""
        words = event.casefold()
        return next((day for name, day in self.events.items() if name.casefold() in words), None)


@dataclass(frozen=True, slots=True)
class Due:
    """When a mandate falls due.

    Attributes:
        session: number of the session of its last deadline, or of the coming occurrence of a recurring one.
        on: the day on which that falls due; None until it is known.
        recurring: True where a deadline of it recurs.
        recurs_from: number of the first session for which a recurring one is to be answered.
        recurs_every: its rhythm in sessions.
    """

    session: int | None = None
    on: datetime.date | None = None
    recurring: bool = False
    recurs_from: int | None = None
    recurs_every: int = 1


def headline(*, outcome: str, proposed: bool, repeated: bool) -> str:
    """Give the one status that a mandate counts under.

    Args:
        outcome: what people recorded: ``open``, ``fulfilled`` or ``withdrawn``.
        proposed: True for text that was not adopted; it is never open, due or fulfilled.
        repeated: True where a later adopted resolution repeats it.

    Returns:
        ``proposed``, else the outcome, and for an open one ``repeated`` or ``open``.
    """
    if proposed:
        return "proposed"
    if outcome != "open":
        return outcome
    return "repeated" if repeated else "open"


def due(
    deadlines: Iterable[DeadlineFacts],
    *,
    calendar: Calendar,
    today: datetime.date,
    given_at: int | None = None,
    given_on: datetime.date | None = None,
    answered: Iterable[int] = (),
) -> Due:
    """Say when a mandate falls due by its last deadline, or by the coming occurrence of a recurring one.

    Args:
        deadlines: of the mandate, in any order.
        calendar: the sessions.
        today: the day on which that is asked.
        given_at: number of the session that adopted the mandate; None where it has none.
        given_on: day of adoption, to find the first occurrence where the session has no number.
        answered: numbers of the sessions for which a recurring mandate was answered.

    Returns:
        The session and day. A deadline at an event or in a period whose end cannot be told has neither.
    """
    deadlines = list(deadlines)
    rhythms = [RHYTHM.get(deadline.interval, 1) for deadline in deadlines if deadline.kind == "recurring"]
    if not rhythms:
        session, day = max(
            (falls_due(deadline, calendar) for deadline in deadlines), key=_lateness, default=(None, None)
        )
        return Due(session=session, on=day)

    every = min(rhythms)
    first = _first_occurrence(deadlines, calendar, every, given_at, given_on)
    if first is None:
        return Due(recurring=True, recurs_every=every)
    occurrence = first
    coming = calendar.next_session(today)
    taken = set(answered)
    while occurrence in taken or (coming is not None and occurrence < coming):
        occurrence += every
    return Due(
        session=occurrence,
        on=calendar.openings.get(occurrence),
        recurring=True,
        recurs_from=first,
        recurs_every=every,
    )


def falls_due(deadline: DeadlineFacts, calendar: Calendar) -> tuple[int | None, datetime.date | None]:
    """Say when one deadline falls due, apart from the others and from its recurrence.

    What is due before a session falls due on the day it opens, like what is due at it (domain.md).

    Args:
        deadline: of the mandate.
        calendar: the sessions.

    Returns:
        The number of the session and the day; None for each that is not known.
    """
    if deadline.kind in ("session", "before_session") and deadline.session_number is not None:
        return deadline.session_number, calendar.openings.get(deadline.session_number)
    if deadline.kind == "event":
        return None, calendar.event_day(deadline.event)
    return None, deadline.end_date


def is_overdue(*, status: str, recurring: bool, due_on: datetime.date | None, today: datetime.date) -> bool:
    """Say whether the last deadline of an open mandate has passed; a recurrence alone never makes one overdue."""
    return status == "open" and not recurring and due_on is not None and due_on < today


def is_due_next(*, status: str, due_session: int | None, next_session: int | None) -> bool:
    """Say whether an open mandate is due at the next session."""
    return status == "open" and due_session is not None and due_session == next_session


def _lateness(point: tuple[int | None, datetime.date | None]) -> tuple[int, int]:
    """Sort what has a day by it, then sessions that have no date yet by number; what has neither comes before both."""
    session, day = point
    if day is not None:
        return 1, day.toordinal()
    return (2, session) if session is not None else (0, 0)


def _first_occurrence(
    deadlines: Iterable[DeadlineFacts],
    calendar: Calendar,
    every: int,
    given_at: int | None,
    given_on: datetime.date | None,
) -> int | None:
    """ "At its seventeenth session and annually thereafter" starts at 17, "annually" at the next after it was given."""
    named = [
        deadline.session_number
        for deadline in deadlines
        if deadline.kind in ("session", "before_session") and deadline.session_number is not None
    ]
    if named:
        return min(named)
    if given_at is not None:
        return given_at + every
    if given_on is not None:
        return calendar.next_session(given_on + datetime.timedelta(days=1))
    return None
