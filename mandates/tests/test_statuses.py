"""The columns that follow from text, links and decisions are right after each of them changed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mandates.models import Body, Mandate
from mandates.services import calendar_load, statuses_refresh
from mandates.services.statuses import DERIVED
from mandates.tasks import refresh_statuses
from mandates.tests.factories import make_body, make_link, make_mandate, make_outcome_change
from resolutions.tests.factories import make_document, make_paragraph, make_session

pytestmark = pytest.mark.django_db


def derived(mandate: Mandate) -> dict[str, Any]:
    return Mandate.objects.filter(pk=mandate.pk).values(*DERIVED).get()


def test_refreshing_twice_writes_once() -> None:
    make_mandate(deadlines=[{}])
    assert (statuses_refresh(), statuses_refresh()) == (1, 0)


@pytest.mark.parametrize(
    ("category", "fields", "tracked"),
    [
        pytest.param(Body.Category.ASSEMBLY_BODY, {}, True, id="Assembly body"),
        pytest.param(Body.Category.COURT_ORGAN, {}, True, id="Court organ"),
        pytest.param(Body.Category.ASSEMBLY, {}, False, id="the Assembly itself"),
        pytest.param(Body.Category.STATE, {}, False, id="States"),
        pytest.param(Body.Category.COURT_ORGAN, {"proposed": True}, False, id="proposed"),
        pytest.param(Body.Category.COURT_ORGAN, {"in_text": False}, False, id="no longer in the text"),
    ],
)
def test_what_is_tracked(category: str, fields: dict[str, Any], tracked: bool) -> None:
    mandate = make_mandate(addressees=[make_body("Somebody", category)], **fields)
    statuses_refresh()
    assert derived(mandate)["tracked"] is tracked


@pytest.mark.parametrize(
    ("later", "link", "status"),
    [
        pytest.param({}, {}, "repeated", id="repeated"),
        pytest.param({}, {"decision": "confirmed"}, "repeated", id="confirmed"),
        pytest.param({}, {"decision": "rejected"}, "open", id="rejected"),
        pytest.param({"proposed": True}, {}, "open", id="by proposed text"),
        pytest.param({"in_text": False}, {}, "open", id="by what is gone"),
        pytest.param({}, {"decision": "proposed"}, "open", id="proposed"),
        pytest.param({}, {"kind": "readdressed"}, "open", id="asked of another body"),
    ],
)
def test_what_counts_as_repeated(later: dict[str, Any], link: dict[str, Any], status: str) -> None:
    earlier = make_mandate(document=make_document("ICC-ASP/19/Res.2", session=make_session(19)))
    make_link(make_mandate(**later), earlier, **link)
    statuses_refresh()
    assert derived(earlier)["headline_status"] == status


def test_a_fulfilled_one_stays_so_when_it_is_asked_for_again() -> None:
    earlier = make_mandate(document=make_document("ICC-ASP/19/Res.2", session=make_session(19)))
    make_outcome_change(earlier)
    make_link(make_mandate(), earlier)
    statuses_refresh()
    assert derived(earlier)["headline_status"] == "fulfilled"


def test_the_task_moves_recurring_mandates_on() -> None:
    today = datetime.date.today()  # noqa: DTZ011 - as near as the test needs
    make_session(20)
    make_session(40, opening_date=today - datetime.timedelta(days=2))
    make_session(41, opening_date=today + datetime.timedelta(days=300))
    mandate = make_mandate(deadlines=[{"kind": "recurring", "interval": "annual", "text": "annually"}])
    statuses_refresh(today=today - datetime.timedelta(days=30))
    assert derived(mandate)["due_session"] == 40
    assert refresh_statuses() == 1
    assert derived(mandate)["due_session"] == 41


def test_queries_do_not_grow_with_the_mandates() -> None:
    paragraph = make_paragraph()
    counts = []
    for _round in range(2):
        for _mandate in range(5):
            make_mandate(paragraph, deadlines=[{}])
        with CaptureQueriesContext(connection) as queries:
            statuses_refresh()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_the_calendar_knows_events_by_name() -> None:
    make_session(None, code="RC", name="Review Conference", opening_date=datetime.date(2010, 5, 31))
    make_session(26)
    calendar = calendar_load()
    assert calendar.event_day("in advance of the Review Conference") == datetime.date(2010, 5, 31)
    assert calendar.openings == {26: None}


@pytest.mark.parametrize("day", [datetime.date(2010, 6, 1), datetime.date(2019, 6, 1), datetime.date(2026, 11, 21)])
def test_as_at_says_of_the_samples_what_the_columns_would(day: datetime.date) -> None:
    """The rules are written twice, for one mandate in Python and for all of them in SQL: they agree."""
    call_command("load_reference_data")
    call_command("import_documents", settings.BASE_DIR / "corpus")
    for mandate in Mandate.objects.tracked()[::9]:
        make_outcome_change(mandate, effective_on=datetime.date(2009, 12, 1))
    statuses_refresh(today=day)
    there = Mandate.objects.as_at(day)
    assert there.exists()
    for name in ("status", "due_session", "due_on", "overdue", "due_next"):
        field = f"{name}_as_at"
        columns = Mandate.objects.standing(day).filter(pk__in=there.values("pk"))
        assert dict(there.values_list("pk", field)) == dict(columns.values_list("pk", field)), name
    counted = {status: there.filter(status_as_at=status).count() for status in Mandate.Status.values}
    assert sum(counted.values()) == there.count()


@pytest.mark.django_db
def test_what_the_same_session_says_again_is_not_repeated() -> None:
    cooperation = make_mandate()
    omnibus = make_mandate(document=make_document("ICC-ASP/20/Res.5", adopted=datetime.date(2021, 12, 14)))
    make_link(omnibus, cooperation, kind="parallel")
    statuses_refresh()
    assert derived(cooperation)["headline_status"] == "open"


@pytest.mark.django_db
def test_a_chain_runs_through_proposed_text_and_counts_adopted_text() -> None:
    first = make_mandate(document=make_document("ICC-ASP/18/Res.3", session=make_session(18)))
    report = make_document("ICC-ASP/19/17", kind="report", adopted=None, session=make_session(19))
    drafted = make_mandate(document=report, proposed=True)
    make_link(drafted, first)
    statuses_refresh()
    assert derived(first)["headline_status"] == "open"
    make_link(make_mandate(), drafted)
    statuses_refresh()
    assert derived(first)["headline_status"] == "repeated"
    assert derived(drafted)["headline_status"] == "proposed"
