"""The list as CSV: the same rows in the same order, all of them, safe to open in a spreadsheet."""

import csv
import datetime
import io
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mandates.columns import COLUMNS
from mandates.exports import CHUNK, cell, harmless
from mandates.models import Mandate
from mandates.tests.factories import make_link, make_mandate, make_outcome_change
from mandates.tests.many import make_many
from resolutions.tests.factories import make_document, make_paragraph, make_session

DESIGN = (
    "key symbol part paragraph topic verb strength addressees action deadline due_session due_date status overdue "
    "repeated_by repeats parallel_of fulfilled_on evidence permalink text lapsed"
)


def raw(client: Client, query: str = "") -> bytes:
    response = client.get(reverse("mandates:export_csv") + query)
    assert response.status_code == 200
    assert response.streaming
    return b"".join(response.streaming_content)


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw(client, query).decode("utf-8-sig"), newline="")))


def test_columns_start_as_the_design_says() -> None:
    assert " ".join(column.name for column in COLUMNS).startswith(DESIGN)


@pytest.mark.django_db
def test_form_of_the_file(client: Client) -> None:
    make_mandate(action='to consult "all" States, Côte d’Ivoire among them;\nand to report')
    content = raw(client)
    assert content.startswith(b"\xef\xbb\xbfkey,symbol,part,")
    header, *_rest = content.split(b"\r\n")
    assert b'"to consult ""all"" States, C\xc3\xb4te' in content
    assert content.endswith(b"\r\n")
    assert header.count(b",") == len(COLUMNS) - 1
    response = client.get(reverse("mandates:export_csv") + "?as_at=2021-12-09")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="mandates-2021-12-09.csv"'


@pytest.mark.django_db
def test_values(client: Client) -> None:
    make_session(21)
    text = "Requests the Bureau to continue the discussions;"
    paragraph = make_paragraph(
        make_document("ICC-ASP/17/Res.5", session=make_session(17)), "3(b)", part="annex I", text=text
    )
    mandate = make_mandate(
        paragraph,
        addressees=["Bureau", "Committee on Budget and Finance"],
        deadlines=[{"session_number": 21}, {"kind": "event", "event": "Review Conference", "text": "before it"}],
        due_session=21,
        due_on=datetime.date(2022, 12, 5),
    )
    later = make_mandate()
    earlier = make_mandate(document=make_document("ICC-ASP/15/Res.5", session=make_session(15)))
    same = make_mandate(document=make_document("ICC-ASP/17/Res.3", session=make_session(17)))
    make_link(later, mandate)
    make_link(mandate, earlier)
    make_link(mandate, same, kind="parallel")
    make_link(make_mandate(), mandate, decision="rejected")
    row = next(row for row in exported(client) if row["key"] == mandate.key)
    assert row == {
        "key": "ICC-ASP/17/Res.5:annex-I:3(b):requests:0",
        "symbol": "ICC-ASP/17/Res.5",
        "part": "annex I",
        "paragraph": "3(b)",
        "topic": "",
        "verb": "requests",
        "strength": "request",
        "addressees": "Bureau; Committee on Budget and Finance",
        "action": "to continue the discussions",
        "deadline": "at its twenty-first session; before it",
        "due_session": "21",
        "due_date": "2022-12-05",
        "status": "open",
        "overdue": "yes",
        "repeated_by": later.key,
        "repeats": earlier.key,
        "parallel_of": same.key,
        "fulfilled_on": "",
        "evidence": "",
        "permalink": f"http://testserver{mandate.get_absolute_url()}",
        "text": text,
        "lapsed": "yes",
    }


@pytest.mark.django_db
def test_evidence_is_that_of_the_fulfilment_that_holds(client: Client) -> None:
    day = datetime.date(2022, 11, 1)
    mandate = make_mandate()
    make_outcome_change(mandate, evidence_symbol="ICC-ASP/21/1", evidence_date=day, effective_on=day)
    [row] = exported(client)
    assert (row["status"], row["fulfilled_on"], row["evidence"]) == ("fulfilled", "2022-11-01", "ICC-ASP/21/1")
    # Before that day it was open, and what was recorded later does not show.
    [row] = exported(client, "?as_at=2022-10-31")
    assert (row["status"], row["fulfilled_on"], row["evidence"]) == ("open", "", "")
    make_outcome_change(mandate, "reopened", effective_on=datetime.date(2022, 11, 2))
    [row] = exported(client)
    assert (row["status"], row["fulfilled_on"], row["evidence"]) == ("open", "", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["", "?status=open&ordering=citation", "?category=all&ordering=addressee", "?q=matter&page=2", "?due=overdue"],
)
def test_it_is_exactly_the_list(client: Client, query: str) -> None:
    make_many(60)
    keys = []
    for page in range(1, 10):
        joint = "&" if query else "?"
        shown = client.get(reverse("mandates:list") + f"{query.replace('page=2', '')}{joint}page={page}")
        keys += [row.mandate.key for row in shown.context["rows"]]
        if not shown.context["page"].has_next():
            break
    assert [row["key"] for row in exported(client, query)] == keys


@pytest.mark.django_db
def test_nothing_found_is_a_file_with_a_header(client: Client) -> None:
    assert exported(client, "?q=nothing-like-it") == []
    assert raw(client).count(b"\r\n") == 1


@pytest.mark.django_db
def test_queries_do_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    make_many(300)
    for few in (True, False):
        query = "?category=all" + ("&resolution=20/Res.2&topic=topic-1" if few else "")
        with django_assert_max_num_queries(10) as queries:
            rows = exported(client, query)
        assert (len(rows) < 50) == few
        # Without the look-up of the names that were chosen.
        counts.append(len(queries) - (2 if few else 0))
    assert counts[0] == counts[1]
    assert Mandate.objects.count() < CHUNK
    # Each further chunk costs the same few.
    monkeypatch.setattr("mandates.exports.CHUNK", 100)
    with django_assert_max_num_queries(1 + 3 * counts[1]):
        assert len(exported(client, "?category=all")) == 300


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\tx", "\rx", " =1", "\u00a0=1", "\u200b=1", "\ufeff@x",
     "＝1+1", "＋1", "－1", "＠x", " \t +1"],
)  # fmt: skip
def test_formulas_are_made_harmless(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "to report", "1-2", "a=b", "“=1”", "—", "(a) -", "é", "3(b)"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_cells() -> None:
    day = datetime.date(2021, 12, 9)
    assert [cell(value) for value in (None, True, False, 21, -1, day, "-1")] == [
        "", "yes", "no", "21", "-1", "2021-12-09", "'-1"
    ]  # fmt: skip


@pytest.mark.django_db
def test_formulas_of_a_document_are_harmless_in_the_file(client: Client) -> None:
    make_mandate(make_paragraph(text="=HYPERLINK(1) requests the Bureau to report;"), action="@to report")
    [row] = exported(client)
    assert row["text"].startswith("'=HYPERLINK")
    assert row["action"] == "'@to report"


def test_the_page_on_the_list_and_its_export_is_complete() -> None:
    from mandates.filters import MandateFilterSet

    page = (Path(__file__).parents[2] / "docs" / "list-and-export.md").read_text()
    for name in MandateFilterSet.base_filters:
        assert f"| `{name}` |" in page
    table = page[page.index("## Columns") :].replace("`", "").splitlines()
    assert table[-len(COLUMNS) :] == [f"| {column.name} | {column.meaning} |" for column in COLUMNS]
