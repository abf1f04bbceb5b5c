"""The rules of status and due day, without a database."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import pytest

from mandates.status import Calendar, Due, due, headline, is_due_next, is_overdue

OPENINGS: dict[int, datetime.date | None] = {
    17: datetime.date(2018, 12, 5),
    18: datetime.date(2019, 12, 2),
    19: datetime.date(2020, 12, 14),
    20: datetime.date(2021, 12, 6),
    21: None,
    22: None,
}
CALENDAR = Calendar(OPENINGS, {"Review Conference": datetime.date(2010, 5, 31)})
TODAY = datetime.date(2019, 6, 1)


@dataclass
class Deadline:
    kind: str
    session_number: int | None = None
    end_date: datetime.date | None = None
    interval: str = ""
    event: str = ""


JANUARY = datetime.date(2019, 1, 31)


@pytest.mark.parametrize(
    ("deadlines", "session", "day"),
    [
        pytest.param([], None, None, id="none"),
        pytest.param([Deadline("session", 18)], 18, OPENINGS[18], id="opening day of the session"),
        pytest.param([Deadline("before_session", 18)], 18, OPENINGS[18], id="before a session: the day it opens"),
        pytest.param([Deadline("date", end_date=JANUARY)], None, JANUARY, id="date"),
        pytest.param([Deadline("period", end_date=JANUARY)], None, JANUARY, id="last day of a period"),
        pytest.param([Deadline("period")], None, None, id="period without a last day"),
        pytest.param([Deadline("session", 18), Deadline("date", end_date=JANUARY)], 18, OPENINGS[18], id="last counts"),
        pytest.param([Deadline("date", end_date=JANUARY), Deadline("session", 17)], None, JANUARY, id="date is last"),
        pytest.param([Deadline("session", 21), Deadline("session", 20)], 21, None, id="session without a date is last"),
        pytest.param([Deadline("session", 21), Deadline("session", 22)], 22, None, id="undated by ordinal"),
        pytest.param([Deadline("session", 40)], 40, None, id="session that the table lacks"),
        pytest.param(
            [Deadline("event", event="the Review Conference")], None, datetime.date(2010, 5, 31), id="event with a day"
        ),
        pytest.param([Deadline("event", event="the evaluation")], None, None, id="event without a day"),
        pytest.param([Deadline("event", event="x"), Deadline("session", 18)], 18, OPENINGS[18], id="event and session"),
    ],
)
def test_last_deadline(deadlines: list[Deadline], session: int | None, day: datetime.date | None) -> None:
    assert due(deadlines, calendar=CALENDAR, today=TODAY) == Due(session=session, on=day)


@pytest.mark.parametrize(
    ("interval", "named", "answered", "today", "session"),
    [
        pytest.param("annual", None, [], datetime.date(2018, 12, 20), 18, id="first occurrence: the session after"),
        pytest.param("annual", None, [18], datetime.date(2019, 6, 1), 19, id="answered: the next"),
        pytest.param("annual", None, [], datetime.date(2020, 1, 1), 19, id="unanswered and past: never overdue"),
        pytest.param("annual", None, [], datetime.date(2019, 12, 2), 18, id="still coming on the day it opens"),
        pytest.param("periodic", None, [], datetime.date(2019, 6, 1), 18, id="periodically: every session"),
        pytest.param("biennial", None, [], datetime.date(2019, 6, 1), 19, id="biennial: every second"),
        pytest.param("biennial", None, [19], datetime.date(2019, 6, 1), 21, id="biennial, answered"),
        pytest.param("annual", 20, [], datetime.date(2019, 6, 1), 20, id="from a session and annually thereafter"),
        pytest.param("annual", None, [18, 19, 20, 21, 22], datetime.date(2019, 6, 1), 23, id="beyond the table"),
    ],
)
def test_recurring(interval: str, named: int | None, answered: list[int], today: datetime.date, session: int) -> None:
    deadlines = [Deadline("recurring", interval=interval)] + ([Deadline("session", named)] if named else [])
    found = due(deadlines, calendar=CALENDAR, today=today, given_at=17, answered=answered)
    assert (found.session, found.on, found.recurring) == (session, OPENINGS.get(session), True)
    assert not is_overdue(status="open", recurring=found.recurring, due_on=found.on, today=datetime.date(2040, 1, 1))


def test_recurring_given_outside_a_numbered_session() -> None:
    deadlines = [Deadline("recurring", interval="annual")]
    given: dict[str, Any] = {"calendar": CALENDAR, "today": TODAY}
    assert due(deadlines, given_on=datetime.date(2018, 12, 5), **given).recurs_from == 18
    assert due(deadlines, **given) == Due(recurring=True)


@pytest.mark.parametrize("outcome", ["open", "fulfilled", "withdrawn"])
@pytest.mark.parametrize("repeated", [True, False])
def test_headline_is_exactly_one(outcome: str, repeated: bool) -> None:
    assert headline(outcome=outcome, proposed=True, repeated=repeated) == "proposed"
    wanted = outcome if outcome != "open" else "repeated" if repeated else "open"
    assert headline(outcome=outcome, proposed=False, repeated=repeated) == wanted


def test_overdue_is_for_open_mandates_whose_day_has_passed() -> None:
    day = datetime.date(2019, 12, 2)
    assert not is_overdue(status="open", recurring=False, due_on=day, today=day)
    assert is_overdue(status="open", recurring=False, due_on=day, today=day + datetime.timedelta(days=1))
    for status in ("fulfilled", "withdrawn", "repeated", "proposed"):
        assert not is_overdue(status=status, recurring=False, due_on=day, today=datetime.date(2030, 1, 1))
    assert not is_overdue(status="open", recurring=False, due_on=None, today=day)


def test_due_next_is_for_open_mandates() -> None:
    assert is_due_next(status="open", due_session=18, next_session=18)
    assert not is_due_next(status="fulfilled", due_session=18, next_session=18)
    assert not is_due_next(status="open", due_session=None, next_session=None)


def test_next_session() -> None:
    assert CALENDAR.next_session(datetime.date(2019, 12, 2)) == 18
    assert CALENDAR.next_session(datetime.date(2019, 12, 3)) == 19
    assert CALENDAR.next_session(datetime.date(2022, 1, 1)) == 21
    assert Calendar().next_session(TODAY) is None
