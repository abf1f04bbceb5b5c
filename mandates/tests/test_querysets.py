"""Mandates as a list asks for them, today and as they stood on a day."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.http import QueryDict

from mandates.filters import MandateFilterSet
from mandates.models import Mandate
from mandates.services.chains import chains_rejoin
from mandates.tests.factories import make_link, make_mandate, make_outcome_change
from resolutions.tests.factories import make_document, make_session

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2023, 6, 1)


@pytest.fixture(autouse=True)
def sessions() -> None:
    for number in range(17, 27):
        make_session(number)


def as_at(day: datetime.date, mandate: Mandate) -> Any:
    return Mandate.objects.as_at(day).get(pk=mandate.pk)


def keys(queryset: Any) -> list[str]:
    return [mandate.label for mandate in queryset.order_by("position")]


def test_tracked_overdue_and_due_next() -> None:
    make_mandate(label="1", due_session=21, due_on=datetime.date(2022, 12, 6))
    make_mandate(label="2", due_session=22, due_on=datetime.date(2023, 12, 6))
    make_mandate(label="3", due_session=22, due_on=datetime.date(2023, 12, 6), recurring=True)
    make_mandate(label="4", due_on=datetime.date(2022, 1, 1), headline_status="repeated")
    make_mandate(label="5", due_on=datetime.date(2022, 1, 1), proposed=True)
    make_mandate(label="6", addressees=[])

    assert keys(Mandate.objects.tracked()) == ["1", "2", "3", "4"]
    assert keys(Mandate.objects.overdue(TODAY)) == ["1"]
    assert keys(Mandate.objects.due_next(TODAY)) == ["2", "3"]
    assert keys(Mandate.objects.proposed()) == ["5"]


def test_what_is_due_on_the_opening_day_is_not_overdue_on_it() -> None:
    make_mandate(due_session=21, due_on=datetime.date(2022, 12, 6))
    assert not Mandate.objects.overdue(datetime.date(2022, 12, 6)).exists()
    assert Mandate.objects.due_next(datetime.date(2022, 12, 6)).exists()
    assert Mandate.objects.overdue(datetime.date(2022, 12, 7)).exists()


def test_sessions_without_a_date_sort_by_their_number() -> None:
    make_mandate(label="1")
    make_mandate(label="2", due_session=27)
    make_mandate(label="3", due_session=26)
    make_mandate(label="4", due_session=25, due_on=datetime.date(2026, 12, 6))
    make_mandate(label="5", due_on=datetime.date(2019, 1, 31))
    listed = MandateFilterSet(QueryDict("ordering=due&category=all")).qs
    assert [mandate.label for mandate in listed] == ["5", "4", "3", "2", "1"]


def test_as_at_leaves_out_what_was_adopted_later() -> None:
    mandate = make_mandate()
    report = make_document("ICC-ASP/22/30", kind="report", session=make_session(22))
    proposed = make_mandate(document=report, label="9", proposed=True)
    assert not Mandate.objects.as_at(datetime.date(2021, 12, 8)).exists()
    assert list(Mandate.objects.as_at(datetime.date(2021, 12, 9))) == [mandate]
    assert as_at(datetime.date(2023, 12, 31), proposed).status_as_at == "proposed"


def test_as_at_takes_decisions_from_the_day_they_count_from() -> None:
    mandate = make_mandate()
    make_outcome_change(mandate, "withdrawn", effective_on=datetime.date(2022, 3, 1))
    make_outcome_change(mandate, "reopened", effective_on=datetime.date(2022, 4, 1))
    make_outcome_change(mandate, "fulfilled", evidence_date=datetime.date(2022, 5, 1))
    make_outcome_change(mandate, "reviewed", effective_on=datetime.date(2022, 6, 1))
    days = [datetime.date(2022, month, 1) for month in (1, 3, 4, 5, 7)]
    assert [as_at(day, mandate).status_as_at for day in days] == ["open", "withdrawn", "open", "fulfilled", "fulfilled"]


def test_as_at_takes_repetitions_from_the_adoption_of_the_later_text() -> None:
    earlier = make_mandate(document=make_document("ICC-ASP/18/Res.3", session=make_session(18)))
    later = make_mandate(document=make_document("ICC-ASP/20/Res.2"))
    link = make_link(later, earlier)
    assert as_at(datetime.date(2021, 12, 8), earlier).status_as_at == "open"
    assert as_at(datetime.date(2021, 12, 9), earlier).status_as_at == "repeated"
    link.decision = "rejected"
    link.save()
    chains_rejoin(mandates=[earlier.pk, later.pk])
    assert as_at(datetime.date(2021, 12, 9), earlier).status_as_at == "open"


def test_as_at_says_what_was_overdue_and_what_was_next() -> None:
    mandate = make_mandate(due_session=21, due_on=datetime.date(2022, 12, 6))
    before, after = as_at(datetime.date(2022, 12, 6), mandate), as_at(datetime.date(2022, 12, 7), mandate)
    assert (before.overdue_as_at, before.due_next_as_at) == (False, True)
    assert (after.overdue_as_at, after.due_next_as_at) == (True, False)


def test_as_at_moves_a_recurring_mandate_to_its_coming_occurrence() -> None:
    mandate = make_mandate(recurring=True, recurs_from=21, recurs_every=2)
    make_outcome_change(
        mandate, occurrence=make_session(21), evidence_date=datetime.date(2022, 11, 1), evidence_symbol="ICC-ASP/21/9"
    )
    for day, session, next_ in [
        (datetime.date(2022, 1, 1), 21, True),
        (datetime.date(2022, 11, 1), 23, False),
        (datetime.date(2024, 1, 1), 23, True),
        (datetime.date(2024, 12, 7), 25, False),
    ]:
        row = as_at(day, mandate)
        assert (row.due_session_as_at, row.due_next_as_at, row.overdue_as_at) == (session, next_, False), day
        assert row.due_on_as_at == datetime.date(2001 + session, 12, 6)


def test_standing_gives_the_same_names_from_the_columns() -> None:
    make_mandate(due_session=21, due_on=datetime.date(2022, 12, 6))
    row: Any = Mandate.objects.standing(TODAY).get()
    assert (row.status_as_at, row.due_session_as_at, row.due_on_as_at) == ("open", 21, datetime.date(2022, 12, 6))
    assert (row.overdue_as_at, row.due_next_as_at) == (True, False)
