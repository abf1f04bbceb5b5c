"""Who answered in time: the rule for one answer, the same rule in SQL, and the filter of the list."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.http import QueryDict

from mandates.filters import MandateFilterSet
from mandates.in_time import ANSWERS, answer_of, with_answers
from mandates.models import Mandate
from mandates.services import statuses_refresh
from mandates.tests.factories import make_link, make_mandate, make_outcome_change
from mandates.wording import subject
from resolutions.tests.factories import make_document, make_session

Day = datetime.date
TODAY = Day(2026, 11, 21)
OPENS, CLOSES = Day(2022, 12, 5), Day(2022, 12, 10)

# The day of the evidence or of the record, whether the evidence has a day, and what that makes of what was due at a
# session from 5 to 10 December 2022.
CASES = {
    "the day before": (Day(2022, 12, 4), True, "in-time"),
    "the day itself": (OPENS, True, "in-time"),
    "recorded by then": (Day(2022, 11, 1), False, "in-time"),
    "the day after": (Day(2022, 12, 6), True, "at-session"),
    "the last day": (CLOSES, True, "at-session"),
    "after the session": (Day(2022, 12, 11), True, "late"),
    "recorded in the session": (Day(2022, 12, 8), False, "undated"),
    "recorded later": (Day(2024, 3, 1), False, "undated"),
    "never": (None, False, "none"),
}


@pytest.mark.parametrize(("day", "dated", "answer"), CASES.values(), ids=CASES)
def test_the_rule_for_one_answer(day: Day | None, dated: bool, answer: str) -> None:
    evidence_on = day if dated else None
    assert answer_of(due_on=OPENS, closes_on=CLOSES, holds_from=day, evidence_on=evidence_on) == answer


def test_what_is_due_on_a_day_has_no_session_to_last() -> None:
    day = Day(2022, 12, 6)
    assert answer_of(due_on=OPENS, closes_on=None, holds_from=day, evidence_on=day) == "late"


@pytest.fixture
def session(db: None) -> Any:
    make_session(23)
    make_session(25)
    return make_session(21, opening_date=OPENS, closing_date=CLOSES)


def due(label: str, **fields: Any) -> Mandate:
    fields.setdefault("deadlines", [{"session_number": 21}])
    return make_mandate(document=make_document("ICC-ASP/20/Res.2", session=make_session(20)), label=label, **fields)


def done(mandate: Mandate, day: Day, *, dated: bool = True) -> None:
    make_outcome_change(mandate, effective_on=day, evidence_date=day if dated else None)


def answers(query: str = "", today: Day = TODAY) -> dict[str, str]:
    filterset = MandateFilterSet(QueryDict(f"proposed=all{query}"), today=today)
    return dict(with_answers(filterset.narrowed(), filterset.day).values_list("label", "answer"))


def test_the_same_rule_in_a_query(session: Any) -> None:
    for label, (day, dated, _answer) in CASES.items():
        mandate = due(label)
        if day:
            done(mandate, day, dated=dated)
    statuses_refresh()
    assert answers() == {label: answer for label, (_day, _dated, answer) in CASES.items()}


def test_only_what_was_to_be_answered_counts(session: Any) -> None:
    due("no deadline", deadlines=[])
    due("to come", deadlines=[{"session_number": 25}])
    due("recurring", deadlines=[{"kind": "recurring", "interval": "annual", "session_number": None}])
    due("proposed", proposed=True)
    make_outcome_change(due("withdrawn"), "withdrawn")
    before, after = due("asked again before"), due("asked again after")
    later = make_document("ICC-ASP/21/Res.2", session=session, adopted=Day(2022, 12, 1))
    make_link(make_mandate(document=later, label="again", deadlines=[]), before)
    later = make_document("ICC-ASP/21/Res.3", session=session, adopted=Day(2022, 12, 9))
    make_link(make_mandate(document=later, label="again too", deadlines=[]), after)
    statuses_refresh()
    assert answers() == {"asked again after": "none"}


def test_as_it_stood_on_a_day(session: Any) -> None:
    done(due("1"), Day(2023, 2, 1))
    statuses_refresh()
    assert answers("&as_at=2022-12-05") == {}
    assert answers("&as_at=2022-12-06") == {"1": "none"}
    assert answers("&as_at=2023-02-01") == {"1": "late"}


def test_an_answer_holds_for_the_parallel_set(session: Any) -> None:
    first, twin = due("1"), due("2")
    make_link(twin, first, "parallel")
    done(first, Day(2022, 11, 1))
    statuses_refresh()
    assert answers() == {"1": "in-time", "2": "in-time"}


def test_the_filter_of_the_list(session: Any) -> None:
    for label, (day, dated, _answer) in CASES.items():
        mandate = due(label)
        if day:
            done(mandate, day, dated=dated)
    statuses_refresh()
    expected = {name: {label for label, case in CASES.items() if case[2] == name} for name in ANSWERS}

    def listed(query: str) -> MandateFilterSet:
        return MandateFilterSet(QueryDict(query), today=TODAY)

    for name in ANSWERS:
        assert {mandate.label for mandate in listed(f"answered={name}").qs} == expected[name]
    assert listed("answered=late,none").qs.count() == len(expected["late"] | expected["none"])
    assert "that were answered late or not answered by their deadline" in subject(listed("answered=late,none"))
    odd = listed("answered=soon")
    assert odd.qs.count() == len(CASES)
    assert "soon" in odd.notices[0].text
