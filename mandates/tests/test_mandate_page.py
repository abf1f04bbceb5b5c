import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.models import Mandate, MandateAddressee
from mandates.services import references_resolve
from mandates.session_page import MOST_BODIES, MOST_OF_BODY
from mandates.tests.factories import make_body, make_mandate, make_outcome_change, make_reference
from resolutions.models import KnownDocument
from resolutions.tests.factories import make_document, make_paragraph, make_session

pytestmark = pytest.mark.django_db


def page_of(client: Client, mandate: Mandate) -> str:
    answer = client.get(mandate.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def chapeau() -> Mandate:
    """A request whose time stands in a sub-paragraph."""
    make_session(21)
    paragraph = make_paragraph(text="Requests the Court to:")
    below = make_paragraph(
        paragraph.document, "1(a)", parent=paragraph, text="report to the Assembly at its twenty-first session;"
    )
    mandate = make_mandate(paragraph, addressees=[], due_session=21)
    deadline = {"kind": "session", "session_number": 21, "text": "at its twenty-first session"}
    start = below.text.index("at its")
    mandate.deadlines.create(position=0, span_paragraph=below.key, start=start, end=start + 27, **deadline)
    MandateAddressee.objects.create(
        mandate=mandate, body=make_body("Court"), position=0, span_paragraph=paragraph.key, start=9, end=18
    )
    return mandate


def test_words_are_marked_also_in_sub_paragraphs(client: Client, chapeau: Mandate) -> None:
    page = page_of(client, chapeau)

    assert '<mark class="m-verb">Requests</mark> <mark class="m-body">the Court</mark> to:' in page
    assert '<mark class="m-due">at its twenty-first session</mark>' in page
    assert "21st session" in page


def test_sub_paragraph_is_shown_under_its_chapeau(client: Client) -> None:
    above = make_paragraph(text="With regard to cooperation,")
    own = make_paragraph(above.document, "1(a)", parent=above, text="requests the Bureau to go on;")
    page = page_of(client, make_mandate(own))

    assert page.index("With regard to cooperation,") < page.index("the Bureau to go on;")


def test_spans_that_hold_no_more_are_not_marked(client: Client) -> None:
    page = page_of(client, make_mandate(in_text=False))

    assert "The last import no longer found this mandate." in page
    assert '<mark class="m-verb">Requests' not in page


def test_cited_documents_are_linked_where_they_are_here_or_known(client: Client) -> None:
    make_document("ICC-ASP/19/Res.2")
    KnownDocument.objects.create(symbol="ICC-ASP/20/25")
    symbols = ("ICC-ASP/19/Res.2", "ICC-ASP/18/Res.3", "ICC-ASP/20/25")
    paragraph = make_paragraph(text=f"Requests the Bureau to act on {', '.join(symbols)};")
    for position, symbol in enumerate(symbols):
        start = paragraph.text.index(symbol)
        paragraph.references.create(
            position=position, symbol=symbol, written=symbol, start=start, end=start + len(symbol)
        )
    references_resolve()
    page = page_of(client, make_mandate(paragraph))

    assert '<a class="ref" href="/resolutions/ICC-ASP/19/Res.2/">' in page
    assert '<a class="ref" href="/resolutions/ICC-ASP/20/25/">' in page
    assert 'href="/resolutions/ICC-ASP/18/Res.3/"' not in page
    assert "(not known)" in page and "(known, not imported)" in page


def test_what_cites_the_paragraph_is_named(client: Client) -> None:
    mandate = make_mandate(document=make_document("ICC-ASP/19/Res.2"), label="37")
    for symbol, cited in (("ICC-ASP/20/Res.2", "37"), ("ICC-ASP/20/Res.3", "35-38"), ("ICC-ASP/20/Res.4", "38")):
        make_reference(make_paragraph(make_document(symbol), "4"), "ICC-ASP/19/Res.2", cited_paragraph=cited)
    for label in ("35", "36", "38"):
        make_paragraph(mandate.document, label)
    references_resolve()
    page = page_of(client, mandate)

    assert '<a href="/resolutions/ICC-ASP/20/Res.2/#body-4">ICC-ASP/20/Res.2, para. 4</a>' in page
    assert '<a href="/resolutions/ICC-ASP/20/Res.3/#body-4">' in page
    assert '<a href="/resolutions/ICC-ASP/20/Res.4/#body-4">' not in page


def test_words_of_the_text_are_escaped(client: Client) -> None:
    paragraph = make_paragraph(text="Requests <b>the Bureau</b> & others;")

    assert "&lt;b&gt;the Bureau&lt;/b&gt; &amp; others;" in page_of(client, make_mandate(paragraph))


def test_number_of_queries_is_bounded(client: Client, chapeau: Mandate, django_assert_max_num_queries: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        page_of(client, chapeau)

    assert len(queries) <= 23


def test_sessions_agree_with_the_list(client: Client) -> None:
    make_session(21)
    deadline = {"kind": "session", "session_number": 21}
    make_mandate(addressees=["Bureau", "Court"], deadlines=[deadline], due_session=21)
    make_mandate(deadlines=[deadline], due_session=21, headline_status="fulfilled", outcome="fulfilled")
    page = client.get("/sessions/21/").context["page"]
    listed = client.get("/mandates/?session=21")
    (row,) = [due for session, due in client.get("/sessions/").context["rows"] if session.number == 21]

    assert row == page.due == 2
    assert listed.status_code == 200
    assert {body.name: (body.count, [part.count for part in body.parts]) for body in page.bodies} == {
        "Bureau": (2, [1, 0, 1, 0]),
        "Court": (1, [1, 0, 0, 0]),
    }
    parts = [part for parts in (page.statuses, *(body.parts for body in page.bodies)) for part in parts if part.count]
    behind = [client.get(part.href).context["facets"].total for part in parts]
    assert behind == [part.count for part in parts]
    adopting = client.get("/sessions/20/").context["page"]
    assert client.get(adopting.adopted_href).context["facets"].total == adopting.adopted == 2


def test_a_session_shows_the_first_of_each_body_and_leads_to_all(client: Client) -> None:
    make_session(21)
    KnownDocument.objects.create(symbol="ICC-ASP/21/Res.9", session_code="21")
    deadline = {"kind": "session", "session_number": 21}
    for _each in range(MOST_OF_BODY + 2):
        make_mandate(addressees=["Court"], deadlines=[deadline], due_session=21)
    last = make_mandate(
        addressees=["Court"], deadlines=[deadline], due_session=21, due_on=datetime.date(2022, 12, 5), position=99
    )
    for number in range(MOST_BODIES):
        for _each in range(2 if number else 1):
            make_mandate(addressees=[f"Body {number}"], deadlines=[deadline], due_session=21)
    answer = client.get("/sessions/21/")
    court, *others = answer.context["page"].bodies

    assert (court.name, court.count, len(court.mandates)) == ("Court", MOST_OF_BODY + 3, MOST_OF_BODY)
    assert court.mandates[0] == last  # the overdue one
    assert client.get(court.href).context["facets"].total == court.count
    assert [len(body.mandates) for body in others] == [2] * (MOST_BODIES - 1) + [0]
    page = answer.content.decode()
    assert f'href="{others[-1].href.replace("&", "&amp;")}"' in page
    assert "One document is known and was not read" in page and "/resolutions/ICC-ASP/21/Res.9/" in page


def test_a_session_is_read_as_it_stood(client: Client) -> None:
    make_session(21)
    due = make_mandate(deadlines=[{"kind": "session", "session_number": 21}], due_session=21)
    make_outcome_change(due, evidence_date=datetime.date(2022, 11, 1))
    for day, counts, adopted in (
        ("2021-12-08", [], 0),
        ("2022-10-31", [1, 0, 0, 0], 1),
        ("2022-11-01", [0, 0, 1, 0], 1),
    ):
        answer = client.get(f"/sessions/21/?as_at={day}")
        page = answer.context["page"]
        assert [part.count for body in page.bodies for part in body.parts] == counts
        for part in page.statuses:
            assert not part.href or client.get(part.href).context["facets"].total == part.count
        assert "back to today" in answer.content.decode()
        assert client.get(f"/sessions/20/?as_at={day}").context["page"].adopted == adopted
    assert "is no day and was ignored" in client.get("/sessions/21/?as_at=soon").content.decode()


def test_session_page_leads_to_its_neighbours(client: Client) -> None:
    for number in (19, 20, 21):
        make_session(number)
    page = client.get("/sessions/20/").context["page"]

    assert (page.previous.number, page.following.number) == (19, 21)
    assert client.get("/sessions/020/")["Location"] == "/sessions/20/"


def test_a_session_without_a_number_has_nothing_due(client: Client) -> None:
    make_session(None, code="RC", name="Review Conference")
    page = client.get("/sessions/RC/").context["page"]

    assert (page.due, page.bodies, page.elsewhere) == (0, [], 0)


def test_robots(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in answer.content.decode()
