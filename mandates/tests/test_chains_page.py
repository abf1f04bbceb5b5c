"""The table of sessions by mandate: which chains, in which order, what a cell says, the file, the number of queries."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.chain_export import FIRST_COLUMNS
from mandates.chain_matrix import Chain, Matrix
from mandates.models import Body, Mandate
from mandates.services import statuses_refresh
from mandates.tests.factories import make_body, make_link, make_mandate, make_outcome_change, make_topic
from mandates.tests.test_timeline import asked, chain_of
from resolutions.models import KnownDocument
from resolutions.tests.factories import make_document, make_session

pytestmark = pytest.mark.django_db

MOST_QUERIES = 16


@pytest.fixture
def sessions() -> None:
    for number in range(16, 27):
        make_session(number)


def linked(*mandates: Mandate) -> Mandate:
    """Link each with the one before, with the statuses that follow; give the last."""
    chain_of(*mandates)
    statuses_refresh(mandates=Mandate.objects.all())
    return mandates[-1]


def table(client: Client, query: str = "") -> Matrix:
    response = client.get("/lineages/" + query)
    assert response.status_code == 200
    shown = response.context["matrix"]
    assert isinstance(shown, Matrix)
    return shown


def cells(chain: Chain) -> dict[str, str]:
    """What stands in each cell that is not empty."""
    return {
        cell.column.code: " ".join(f"{place.mark} {place.paragraph}" for place in cell.places) or "?"
        for cell in chain.cells
        if cell.places or cell.unread
    }


def text(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def test_a_row_is_a_chain_and_a_cell_its_status(client: Client, sessions: None) -> None:
    last = linked(asked(17), asked(18, proposed=True), asked(20))
    KnownDocument.objects.create(
        symbol="ICC-ASP/19/Res.9", title=last.document.title, kind="resolution", session_code="19"
    )
    shown = table(client)
    (chain,) = shown.chains
    assert [column.code for column in shown.columns] == [str(number) for number in range(17, 26)]
    assert cells(chain) == {"17": "repeated 1", "18": "proposed 1", "19": "?", "20": "open 1"}
    assert [cell.css for cell in chain.cells] == ["from", "thru", "thru", "to", *["out"] * 4, "out hl"]
    assert (chain.latest, chain.who, chain.sessions, chain.asked, chain.since) == (last, "Court", 2, 2, 2018)
    page = text(client, "/lineages/")
    assert f'<a href="{last.get_absolute_url()}#chain"><span class="q">' in page
    assert '<span class="vh">Open, paragraph </span>1' in page
    assert "asked 2 times in 2 sessions since 2018" in page
    assert '<a href="/sessions/17/"><span class="vh">Session </span><b>17</b> 2018</a>' in page
    assert '<a class="nw" href="/resolutions/ICC-ASP/19/Res.9/">' in page
    assert "<strong>1 mandate</strong> asked of Assembly bodies and Court organs in adopted text" in page


def test_most_often_asked_first_then_what_waits_longest(client: Client, sessions: None) -> None:
    done = linked(asked(16, "requests to plan"), asked(17, "requests to plan"))
    make_outcome_change(done, "fulfilled")
    newer = linked(asked(18, "requests to count"), asked(20, "requests to count"))
    older = linked(asked(17, "requests to report"), asked(20, "requests to report"))
    often = linked(*(asked(session, "requests to meet") for session in (18, 19, 20)))
    assert [chain.latest for chain in table(client).chains] == [often, older, newer, done]


def test_what_was_only_proposed_counts_for_nothing(client: Client, sessions: None) -> None:
    linked(asked(16, proposed=True), asked(17, proposed=True))
    assert table(client).chains == []
    linked(asked(16, "requests to plan", proposed=True), asked(17, "requests to plan"))
    (chain,) = table(client).chains
    assert (chain.sessions, chain.asked) == (1, 1)
    assert len(table(client, "?proposed=all").chains) == 2
    assert "only proposed" in text(client, "/lineages/?proposed=yes")


def test_one_session_alone_is_no_chain(client: Client, sessions: None) -> None:
    first, twin = asked(20), asked(20, resolution="Res.5")
    make_link(twin, first, "parallel")
    asked(17, "requests to plan")
    assert table(client).chains == []
    assert "No mandate was found in more than one session yet" not in text(client, "/lineages/")
    assert "No chain fits all of these choices" in text(client, "/lineages/")


def test_nothing_yet(client: Client) -> None:
    assert "No mandate was found in more than one session yet" in text(client, "/lineages/")


def test_parallel_texts_of_a_session_are_one_place(client: Client, sessions: None) -> None:
    first, second, twin = asked(17), asked(20), asked(20, resolution="Res.5")
    make_link(twin, second, "parallel")
    linked(first, second)
    (chain,) = table(client).chains
    (place,) = next(cell.places for cell in chain.cells if cell.column.code == "20")
    assert (place.mandate, place.besides) == (second, 1)
    assert (chain.sessions, chain.asked) == (2, 2)
    assert "and 1 other place" in text(client, "/lineages/")


def test_two_requests_of_one_session_are_two_places(client: Client, sessions: None) -> None:
    first, one, other = asked(17), asked(20), asked(20)
    chain_of(first, one)
    linked(first, other)
    (chain,) = table(client).chains
    assert cells(chain)["20"] == "open 1 open 2"
    assert (chain.sessions, chain.asked) == (2, 3)


def test_a_session_that_is_in_no_table_and_one_without_a_number(client: Client, sessions: None) -> None:
    conference = make_session(code="RC", number=None, name="Review Conference", opening_date=datetime.date(2018, 2, 1))
    first = asked(16)
    at_conference = make_mandate(document=make_document("RC/Res.1", session=conference), addressees=["Court"])
    stranger = make_mandate(
        document=make_document("ICC-ASP/77/Res.1", session=None, session_code="77"), addressees=["Court"]
    )
    linked(first, at_conference, stranger)
    shown = table(client)
    assert (shown.columns[0].short, shown.columns[-1].code) == ("16", "77")
    codes = [column.code for column in shown.columns]
    assert codes.index("16") < codes.index("RC") < codes.index("77")
    assert set(cells(shown.chains[0])) == {"16", "RC", "77"}


def test_a_chain_is_found_by_any_of_its_mandates(client: Client, sessions: None) -> None:
    one = linked(asked(17, topic=make_topic("Cooperation")), asked(20, "requests the Court to plan and report"))
    states = make_body("States Parties", Body.Category.STATE)
    other = linked(asked(18, "urges"), asked(19, "urges"))
    Mandate.objects.filter(chain=other.chain).update(tracked=False)
    for mandate in Mandate.objects.filter(chain=other.chain):
        mandate.addressee_rows.update(body=states)
    found = {
        query: [chain.latest for chain in table(client, query).chains]
        for query in ("", "?topic=cooperation", "?topic=zzz", "?status=open", "?status=fulfilled", "?addressee=court",
                      "?category=all", "?addressee=states-parties", "?q=plan", "?due=overdue")
    }  # fmt: skip
    assert found == {
        "": [one],
        "?topic=cooperation": [one],
        "?topic=zzz": [],
        "?status=open": [one],
        "?status=fulfilled": [],
        "?addressee=court": [one],
        "?category=all": [one, other],
        "?addressee=states-parties": [other],
        "?q=plan": [one],
        "?due=overdue": [],
    }


def test_filters_are_said_and_can_be_taken_away_and_kept(client: Client, sessions: None) -> None:
    linked(*(asked(session, topic=make_topic("Cooperation")) for session in (17, 20)))
    page = text(client, "/lineages/?topic=cooperation&status=open&ordering=due")
    assert "on “Cooperation”" in page
    assert 'class="chip" href="?topic=cooperation"><span>Status</span>Open' in page
    assert '<input type="hidden" name="topic" value="cooperation">' in page
    assert 'href="/lineages/export.csv?status=open&amp;topic=cooperation"' in page
    assert 'href="/mandates/?status=open&amp;topic=cooperation"' in page
    assert "is not known here and was ignored" in text(client, "/lineages/?status=odd")


def test_as_it_stood_on_a_day(client: Client, sessions: None) -> None:
    linked(asked(17), asked(18), asked(20))
    (chain,) = table(client, "?as_at=2019-12-31").chains
    assert cells(chain) == {"17": "repeated 1", "18": "open 1"}
    assert (chain.sessions, chain.cells[-1].column.is_next) == (2, True)


@pytest.mark.parametrize(
    "query", ["?page=99", "?page=x", "?page=-1", "?q=%00", "?topic=%ff&&=", "?addressee=" + "a" * 999]
)
def test_no_address_is_an_error(client: Client, sessions: None, query: str) -> None:
    linked(asked(17), asked(20))
    table(client, query)
    assert client.get("/lineages/export.csv" + query).status_code == 200


def many(count: int, start: int = 0) -> None:
    """Make chains through four sessions, as a corpus would have them."""
    for number in range(start, start + count):
        linked(*(asked(session, f"requests to report on matter {number}") for session in (16, 17, 18, 20)))


def test_queries_do_not_grow(client: Client, sessions: None) -> None:
    counts: list[Any] = []
    for start, more in ((0, 2), (2, 28)):
        many(more, start)
        for path in ("/lineages/", "/lineages/?topic=zzz&status=open&category=all", "/lineages/export.csv"):
            with CaptureQueriesContext(connection) as queries:
                b"".join(client.get(path))
            assert len(queries) <= MOST_QUERIES
            counts.append((path, len(queries)))
    assert counts[:3] == counts[3:]
    assert (len(table(client).chains), len(table(client, "?page=2").chains)) == (25, 5)


def test_the_file_has_all_rows_and_a_column_for_each_session(client: Client, sessions: None) -> None:
    many(27)
    KnownDocument.objects.create(symbol="ICC-ASP/19/Res.9", title="Cooperation", kind="resolution", session_code="19")
    response = client.get("/lineages/export.csv")
    body = b"".join(response).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert len(rows) == 27
    assert response["Content-Disposition"].startswith('attachment; filename="chains-')
    row = rows[0]
    assert (row["sessions"], row["texts"], row["since"], row["addressees"]) == ("4", "4", "2017", "Court")
    assert row["16"].startswith("repeated ICC-ASP/16/Res.2, para. ")
    assert row["20"].startswith("open ICC-ASP/20/Res.2, para. ")
    assert (row["21"], row["key"]) == ("", Mandate.objects.get(key=row["key"]).key)


def test_the_documentation_names_the_columns_of_the_file() -> None:
    page = (settings.BASE_DIR / "docs" / "chains.md").read_text(encoding="utf-8")
    assert [name for name in FIRST_COLUMNS if f"`{name}`" not in page] == []
