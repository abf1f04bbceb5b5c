"""Replays a history day by day, and reads each of its days again from the end."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from mandates.actions.links import ConfirmLink, RejectLink
from mandates.actions.outcomes import MarkFulfilled, OutcomeAction, Reopen, Review, Withdraw
from mandates.filters import MandateFilterSet
from mandates.models import Mandate, MandateLink
from mandates.services import statuses_refresh
from mandates.tests.factories import make_link, make_mandate, make_staff
from resolutions.models import Document
from resolutions.tests.factories import make_document, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_new_findings")]

Day = datetime.date
Stand = dict[str, tuple[Any, ...]]
ANNUAL = {"kind": "recurring", "session_number": None, "interval": "annual", "text": "annually"}
BIENNIAL = ANNUAL | {"interval": "biennial", "text": "every two years"}


def at_session(number: int) -> dict[str, Any]:
    return {"kind": "session", "session_number": number}


@dataclass
class Clock:
    """What the program takes for today."""

    today: Day = field(default_factory=lambda: Day(2017, 1, 1))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "localdate", lambda *args: clock.today)
    monkeypatch.setattr(
        timezone, "now", lambda: datetime.datetime.combine(clock.today, datetime.time(12), datetime.UTC)
    )
    return clock


@dataclass
class Fact:
    """Something that holds from a day on.

    Attributes:
        since: the day since which it holds.
        known: the day on which the tracker learned of it, where that is a later one.
    """

    since: Day
    happens: Callable[[], Any]
    known: Day | None = None


@dataclass
class History:
    """Facts, by the day on which the tracker learns of them."""

    clock: Clock
    facts: list[Fact] = field(default_factory=list)
    recorded: dict[Day, Stand] = field(default_factory=dict)

    def replay(self, days: Iterable[Day], *, late: bool = False) -> None:
        """Let what is known by each day happen, and note how the list stands."""
        left = sorted(self.facts, key=lambda fact: (fact.known or fact.since) if late else fact.since)
        for day in days:
            while left and ((left[0].known or left[0].since) if late else left[0].since) <= day:
                fact = left.pop(0)
                self.clock.today = max(fact.since, (fact.known or fact.since) if late else fact.since)
                fact.happens()
            self.clock.today = day
            statuses_refresh(today=day)
            self.recorded[day] = listed("", day)
        assert not left


def listed(query: str, day: Day) -> Stand:
    """What the list says of each mandate on that day."""
    filterset = MandateFilterSet(QueryDict(f"category=all&proposed=all{query}"), today=day)
    rows: list[Any] = list(filterset.qs)
    tasks = set(filterset.qs.tasks().values_list("key", flat=True))
    return {
        row.key: (
            row.status_as_at, row.due_session_as_at, row.due_on_as_at, row.overdue_as_at, row.due_next_as_at,
            row.key in tasks,
        )
        for row in rows
    }  # fmt: skip


def differences(history: History) -> list[tuple[Day, str, Any, Any]]:
    found = []
    for day, then in history.recorded.items():
        now = listed(f"&as_at={day.isoformat()}", history.clock.today)
        found += [
            (day, key, then.get(key), now.get(key)) for key in then.keys() | now.keys() if then.get(key) != now.get(key)
        ]
    return sorted(found, key=str)


def mandate(label: str, symbol: str = "ICC-ASP/18/Res.3") -> Mandate:
    return Mandate.objects.get(document__symbol=symbol, label=label)


def adopt(symbol: str, session: int, labels: dict[str, list[dict[str, Any]]], **fields: Any) -> Callable[[], Document]:
    """Adopt a resolution whose paragraphs have these deadlines; a report proposes them."""

    def happens() -> Document:
        document = make_document(symbol, session=make_session(session), **fields)
        for label, deadlines in labels.items():
            make_mandate(
                document=document,
                label=label,
                deadlines=deadlines,
                proposed=document.kind == "report",
                position=int(label),
            )
        statuses_refresh(mandates=Mandate.objects.filter(document=document))
        return document

    return happens


def link(later: tuple[str, str], earlier: tuple[str, str], kind: str, decision: str) -> Callable[[], MandateLink]:
    def happens() -> MandateLink:
        made = make_link(mandate(*later), mandate(*earlier), kind=kind, decision="found")
        if decision != "found":
            action = ConfirmLink if decision == "confirmed" else RejectLink
            MandateLink.objects.filter(pk=made.pk).update(decision="proposed")
            made.refresh_from_db()
            action(link=made, version=0).execute(somebody())
        return made

    return happens


def flag(place: tuple[str, str]) -> Callable[[], Any]:
    return lambda: Mandate.objects.filter(pk=mandate(*place).pk).update(flag="Other words")


def decide(
    action: type[OutcomeAction], place: tuple[str, str], occurrence: int | None = None, **entries: Any
) -> Callable[[], Any]:
    def happens() -> Any:
        about, given = mandate(*place), dict(entries)
        if occurrence:
            given["occurrence"] = make_session(occurrence)
        return action(mandate=about, version=about.outcome_version, **given).execute(somebody())

    return happens


def done(day: Day, place: tuple[str, str], occurrence: int | None = None, known: Day | None = None) -> Fact:
    """Fulfilled on a day, of which the evidence speaks."""
    evidence = {"evidence_symbol": "ICC-ASP/20/25", "evidence_date": day}
    return Fact(day, decide(MarkFulfilled, place, occurrence, **evidence), known)


def somebody() -> Any:
    return get_user_model().objects.filter(username="staff").first() or make_staff()


R18, R19, R20, P19 = "ICC-ASP/18/Res.3", "ICC-ASP/19/Res.6", "ICC-ASP/20/Res.2", "ICC-ASP/19/17"
OMNIBUS = "ICC-ASP/18/Res.6"
ADOPTED = {number: Day(2001 + number, 12, 9) for number in range(17, 26)}


def facts() -> list[Fact]:
    """Adoptions, a proposal, repetitions, a parallel set, decisions and answers; some of them known late."""
    late = Day(2023, 5, 2)
    return [
        Fact(ADOPTED[18], adopt(R18, 18, {
            "1": [at_session(19)], "2": [at_session(20)], "3": [ANNUAL], "4": [BIENNIAL], "5": [],
            "6": [at_session(19)], "7": [{"kind": "date", "end_date": Day(2020, 6, 30), "session_number": None}],
            "8": [],
        })),
        done(Day(2019, 12, 10), ("8", R18)),
        Fact(
            Day(2019, 12, 13),
            adopt(OMNIBUS, 18, {"1": [at_session(20)], "2": [], "3": []}, adopted=Day(2019, 12, 13)),
        ),
        Fact(Day(2019, 12, 13), flag(("3", OMNIBUS))),
        Fact(Day(2019, 12, 13), decide(Review, ("3", OMNIBUS))),
        Fact(Day(2019, 12, 13), link(("3", OMNIBUS), ("8", R18), "parallel", "found")),
        Fact(Day(2019, 12, 13), link(("1", OMNIBUS), ("2", R18), "parallel", "confirmed")),
        Fact(Day(2019, 12, 13), link(("2", OMNIBUS), ("5", R18), "parallel", "rejected")),
        done(Day(2020, 3, 4), ("1", OMNIBUS), known=late),
        Fact(Day(2020, 4, 1), decide(Withdraw, ("7", R18), note="overtaken")),
        Fact(Day(2020, 5, 1), decide(Reopen, ("7", R18), note="by mistake")),
        done(Day(2020, 11, 2), ("3", R18), occurrence=19, known=late),
        Fact(Day(2020, 11, 5), adopt(P19, 19, {"1": []}, kind="report", distributed=Day(2020, 11, 5))),
        Fact(Day(2020, 11, 5), link(("1", P19), ("5", R18), "repeats", "found")),
        Fact(ADOPTED[19], adopt(R19, 19, {"1": [at_session(20)], "2": [at_session(20)]}), known=late),
        Fact(ADOPTED[19], link(("1", R19), ("1", R18), "repeats", "confirmed"), known=late),
        Fact(ADOPTED[19], link(("2", R19), ("6", R18), "repeats", "rejected"), known=late),
        done(Day(2021, 2, 1), ("3", R18), occurrence=20, known=late),
        Fact(ADOPTED[20], adopt(R20, 20, {"1": [ANNUAL], "2": [at_session(27)]})),
        Fact(ADOPTED[20], link(("1", R20), ("1", P19), "repeats", "found")),
        done(Day(2022, 3, 1), ("1", R20), occurrence=21),
        Fact(Day(2022, 4, 5), decide(Reopen, ("1", R20), note="another report", occurrence=21)),
        done(Day(2022, 4, 8), ("1", R20), occurrence=21),
        done(Day(2022, 12, 8), ("1", R20), occurrence=22),
        done(Day(2023, 2, 8), ("1", R20), occurrence=23),
        done(Day(2022, 6, 1), ("4", R18), occurrence=22, known=late),
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def sessions() -> None:
    for number in range(17, 24):
        make_session(number)


def days_of(facts: list[Fact]) -> list[Day]:
    """Every day on which something changes, the one before it, and one in each month between."""
    days = {day for fact in facts for day in (fact.since, fact.known or fact.since)}
    days |= {Day(2001 + number, 12, 7) for number in range(18, 24)}
    days |= {Day(year, month, 20) for year in range(2020, 2024) for month in (1, 4, 7, 10)}
    return sorted(days | {day - datetime.timedelta(days=1) for day in days})


def test_each_day_reads_at_the_end_as_it_was_recorded(clock: Clock) -> None:
    history = History(clock, facts())
    history.replay(days_of(history.facts))
    seen = {stand for then in history.recorded.values() for stand in then.values()}
    assert {stand[0] for stand in seen} == {"open", "repeated", "fulfilled", "withdrawn", "proposed"}
    assert {stand[3] for stand in seen} == {stand[4] for stand in seen} == {stand[5] for stand in seen} == {True, False}
    assert differences(history) == []


def test_what_was_learned_late_counts_from_its_own_day(clock: Clock) -> None:
    """The past does not depend on when the tracker was told: texts, links and fulfilments."""
    before = transaction.savepoint()
    told_at_once = History(clock, facts())
    days = days_of(told_at_once.facts)
    told_at_once.replay(days)
    expected = told_at_once.recorded
    transaction.savepoint_rollback(before)
    told_late = History(clock, facts())
    told_late.replay(days, late=True)
    assert told_late.recorded != expected
    told_late.recorded = expected
    assert differences(told_late) == []
