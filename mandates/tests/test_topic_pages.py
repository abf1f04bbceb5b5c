"""Pages of topics: every number is that of its list, today and on a past day, and what they cost does not grow."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.tests.factories import make_link, make_mandate, make_outcome_change, make_topic
from resolutions.models import KnownDocument
from resolutions.tests.factories import make_document, make_session

pytestmark = pytest.mark.django_db

LATE: dict[str, Any] = {"due_session": 19, "due_on": datetime.date(2020, 12, 6)}


@pytest.fixture
def asked() -> None:
    """One topic: asked twice, overdue, fulfilled, twice in one session; and another topic."""
    topic = make_topic("Cooperation")
    for number in (18, 19, 20):
        make_session(number)
    first = make_document("ICC-ASP/18/Res.3", session=make_session(18))
    earlier = make_mandate(document=first, label="1", topic=topic, headline_status="repeated")
    make_link(make_mandate(label="1", topic=topic, action="to report again"), earlier)
    make_mandate(label="2", topic=topic, action="to be late", **LATE)
    make_outcome_change(make_mandate(document=first, label="2", topic=topic), evidence_date=datetime.date(2020, 5, 1))
    twice = make_mandate(label="3", topic=topic, action="to be asked twice")
    make_link(make_mandate(document=make_document("ICC-ASP/20/Res.5"), topic=topic), twice, kind="parallel")
    make_mandate(label="9", topic=make_topic("Budget"))
    make_document("ICC-ASP/20/25", kind="report", title="Report of the Court on cooperation")
    make_document("ICC-ASP/20/27", kind="report", title="Report of the Bureau on non-cooperation")
    make_document("ICC-ASP/20/26", kind="report", title="Report on the budget")
    KnownDocument.objects.create(
        symbol="ICC-ASP/21/30", title="Report on cooperation", kind="report", first_day=datetime.date(2022, 11, 1)
    )


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    "query", ["", *(f"?as_at={day}" for day in ("2020-04-30", "2020-05-01", "2021-12-31", "2001-01-01"))]
)
def test_every_number_is_that_of_its_list(client: Client, query: str) -> None:
    shown = client.get(f"/topics/cooperation/{query}").context["shown"]
    assert {name: client.get(href).context["facets"].total for name, (_count, href) in shown.numbers.items()} == {
        name: count for name, (count, _href) in shown.numbers.items()
    }
    assert shown.page.paginator.count == shown.numbers["open"][0]
    page = client.get(f"/topics/{query}").content.decode()
    links = re.findall(r'<a href="(/mandates/[^"]+)">(\d+)</a>', page)
    assert [client.get(href.replace("&amp;", "&")).context["facets"].total for href, _count in links] == [
        int(count) for _href, count in links
    ]
    assert bool(links) == (query != "?as_at=2001-01-01")


@pytest.mark.usefixtures("asked")
def test_what_a_topic_shows(client: Client) -> None:
    answer = client.get("/topics/cooperation/")
    shown = answer.context["shown"]
    assert str(shown.rows[0].action) == "to be late"
    assert [(mandate.action, asked.sessions, asked.since) for mandate, asked in shown.chains] == [
        ("to report again", 2, 2019)
    ]
    assert [row.asked.sessions for row in shown.rows if row.asked] == [2]
    assert [report.symbol for report in shown.reports] == ["ICC-ASP/20/25"]
    assert [report.symbol for report in shown.known_reports] == ["ICC-ASP/21/30"]
    past = client.get("/topics/cooperation/?as_at=2020-04-30")
    assert past.context["shown"].chains == past.context["shown"].known_reports == past.context["shown"].reports == []
    assert "As at 30 April 2020" in past.content.decode()


@pytest.mark.usefixtures("asked")
def test_a_topic_is_reached_from_where_it_is_named(client: Client) -> None:
    for page in ("/", "/mandates/", "/topics/", "/mandates/ICC-ASP/20/Res.2:body:2:requests:0/"):
        assert 'href="/topics/cooperation/"' in client.get(page).content.decode(), page
    assert client.get("/topics/nothing/").status_code == 404
    assert 'href="/topics/cooperation/?as_at=2022-01-01"' in client.get("/?as_at=2022-01-01").content.decode()


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("page", ["/topics/", "/topics/cooperation/", "/topics/cooperation/?as_at=2022-01-01"])
def test_queries_and_rows_do_not_grow(client: Client, page: str) -> None:
    counts = []
    for more in (7, 60):
        document = make_document(f"ICC-ASP/20/Res.{more}")
        for number in range(more):
            make_mandate(document=document, topic=make_topic("Cooperation"))
            make_mandate(document=document, topic=make_topic(f"Topic {more} {number}"))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page).content.decode()
        counts.append(len(queries))
        assert answer.count('<li class="row">') <= 25
        assert answer.count("<tr>") <= 51
    assert counts[0] == counts[1] <= 20
