"""Silent lapses: given, due, and never heard of again; in the list, the export, as at a day and on the page."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mandates.lapses import lapse_of
from mandates.models import Mandate
from mandates.tests.factories import make_link, make_mandate, make_outcome_change, make_suggestion, make_topic
from resolutions.models import KnownDocument
from resolutions.tests.factories import make_document, make_session

pytestmark = pytest.mark.django_db

ADOPTED = datetime.date(2021, 12, 9)
DUE = datetime.date(2022, 12, 5)


def overdue(symbol: str = "ICC-ASP/20/Res.2", **fields: Any) -> Mandate:
    document = make_document(
        symbol,
        session=make_session(20),
        adopted=ADOPTED,
        title="Resolution on cooperation",
    )
    values: dict[str, Any] = {"due_session": 21, "due_on": DUE, "deadlines": [{"session_number": 21}]}
    return make_mandate(document=document, **(values | fields))


def lapsed(day: datetime.date | None = None) -> list[Mandate]:
    mandates = Mandate.objects.as_at(day) if day else Mandate.objects.standing(timezone.localdate())
    return list(mandates.filter(lapsed_as_at=True).order_by("pk"))


def test_an_overdue_mandate_that_nothing_speaks_of_lapsed() -> None:
    mandate = overdue()
    assert lapsed() == [mandate]


@pytest.mark.parametrize(
    "fields",
    [
        {"due_on": None, "due_session": None},
        {"due_on": datetime.date(2100, 1, 1)},
        {"recurring": True},
        {"headline_status": "repeated"},
        {"headline_status": "fulfilled", "outcome": "fulfilled"},
        {"headline_status": "withdrawn", "outcome": "withdrawn"},
    ],
    ids=["no deadline", "to come", "recurring", "repeated", "fulfilled", "withdrawn"],
)
def test_others_did_not(fields: dict[str, Any]) -> None:
    overdue(**fields)
    assert lapsed() == []


@pytest.mark.parametrize(("state", "is_lapsed"), [("waiting", False), ("confirmed", False), ("dismissed", True)])
def test_what_a_document_seems_to_answer_was_heard_of_unless_that_was_dismissed(state: str, is_lapsed: bool) -> None:
    mandate = overdue()
    make_suggestion(mandate, state=state)
    assert lapsed() == ([mandate] if is_lapsed else [])


@pytest.mark.parametrize(("decision", "is_lapsed"), [("proposed", False), ("rejected", True)])
def test_what_a_later_text_perhaps_repeats_waits_for_a_person(decision: str, is_lapsed: bool) -> None:
    mandate = overdue()
    later = make_mandate(document=make_document("ICC-ASP/22/Res.5", session=make_session(22)))
    make_link(later, mandate, decision=decision)
    assert lapsed() == ([mandate] if is_lapsed else [])


def test_a_suggestion_for_one_of_a_set_holds_for_the_set() -> None:
    first = overdue()
    second = overdue(symbol="ICC-ASP/20/Res.5")
    make_link(second, first, kind="parallel")
    assert lapsed() == [first, second]
    make_suggestion(first)
    assert lapsed() == []


def test_on_a_past_day_only_what_was_there_by_then_counts(client: Client) -> None:
    mandate = overdue()
    make_suggestion(mandate, said_on=datetime.date(2024, 3, 1))
    assert lapsed(datetime.date(2022, 12, 1)) == []  # not due yet
    assert lapsed(datetime.date(2023, 1, 1)) == [mandate]
    assert lapsed(datetime.date(2024, 3, 1)) == []
    make_outcome_change(mandate, effective_on=datetime.date(2023, 6, 1))
    assert lapsed(datetime.date(2023, 1, 1)) == [mandate]
    assert lapsed(datetime.date(2023, 7, 1)) == []
    found = client.get("/mandates/?due=lapsed&as_at=2023-01-01")
    assert found.context["facets"].total == 1
    assert client.get("/mandates/?due=lapsed").context["facets"].total == 0


def test_list_facet_export_and_dashboard_agree(client: Client) -> None:
    mandate = overdue()
    make_suggestion(overdue(symbol="ICC-ASP/20/Res.3"))
    answer = client.get("/mandates/?due=lapsed")
    due = next(facet for facet in answer.context["facets"] if facet.name == "due")
    counts = {option.value: option.count for option in due.options}
    assert counts == {"overdue": 2, "next": 0, "lapsed": 1, "recurring": 0}
    assert "not heard of since" in answer.content.decode()
    export = b"".join(client.get("/mandates/export.csv").streaming_content)
    rows = list(csv.DictReader(io.StringIO(export.decode("utf-8-sig"))))
    assert {row["key"]: row["lapsed"] for row in rows}[mandate.key] == "yes"
    assert sorted(row["lapsed"] for row in rows) == ["no", "yes"]
    figure = client.get("/").context["standing"].lapsed
    assert (figure.count, figure.href) == (1, "/mandates/?due=lapsed")


def test_is_certain_only_when_what_could_have_repeated_it_was_read(client: Client) -> None:
    mandate = overdue(topic=make_topic("Cooperation"))
    for number, year in ((21, 2022), (22, 2023)):
        make_session(number)
        make_document(
            f"ICC-ASP/{number}/Res.2",
            session=make_session(number),
            adopted=datetime.date(year, 12, 9),
            title="Resolution on cooperation",
        )
    certain = lapse_of(mandate, datetime.date(2024, 1, 1))
    assert certain is not None and certain.is_certain
    assert [document.symbol for document in certain.read] == ["ICC-ASP/21/Res.2", "ICC-ASP/22/Res.2"]

    make_session(23)
    KnownDocument.objects.create(symbol="ICC-ASP/23/Res.5", title="Cooperation", session_code="23", kind="resolution")
    unsure = lapse_of(mandate, datetime.date(2025, 1, 1))
    assert unsure is not None and not unsure.is_certain
    assert [known.symbol for known in unsure.not_read] == ["ICC-ASP/23/Res.5"]
    page = " ".join(client.get(mandate.get_absolute_url()).content.decode().split())
    assert 'Not heard of since</span> but <a class="nw" href="/resolutions/ICC-ASP/23/Res.5/">' in page
    assert "is not read yet." in page


def test_says_nothing_of_a_mandate_that_did_not_lapse(client: Client) -> None:
    mandate = overdue()
    make_suggestion(mandate)
    assert lapse_of(mandate) is None
    assert "Not heard of since" not in client.get(mandate.get_absolute_url()).content.decode()
