"""Citations on the screens: who cites a document, documents that are only known, and what staff should look at."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.services import references_resolve
from mandates.tests.factories import make_reference, make_staff, make_user
from resolutions.models import Document, KnownDocument
from resolutions.tests.factories import make_document, make_paragraph, make_session

pytestmark = pytest.mark.django_db

REVIEW = "/review/references/"


@pytest.fixture
def cited() -> Document:
    """A resolution whose paragraph 2 and annex are cited by two documents, and by itself."""
    document = make_document("ICC-ASP/19/Res.2", title="Cooperation", session=make_session(19))
    paragraphs = [make_paragraph(document, label) for label in ("1", "2", "3")]
    make_paragraph(document, "1", part="annex I")
    make_reference(paragraphs[0], document.symbol, cited_paragraph="3")
    for symbol in ("ICC-ASP/20/Res.2", "ICC-ASP/21/Res.1"):
        citing = make_document(symbol, title=f"Resolution {symbol}")
        make_reference(make_paragraph(citing, "4"), document.symbol, cited_paragraph="2")
        make_reference(make_paragraph(citing, "5"), document.symbol, cited_paragraph="annex I")
    references_resolve()
    return document


@pytest.fixture
def known() -> KnownDocument:
    """A report that one paragraph cites and that nobody imported."""
    make_session(20)
    make_reference(make_paragraph(make_document(), "7"), "ICC-ASP/20/25")
    known = KnownDocument.objects.create(
        symbol="ICC-ASP/20/25",
        title="Report of the Court on <cooperation>",
        session_code="20",
        date="2021",
        first_day=datetime.date(2021, 1, 1),
        kind="report of the Court",
        source="https://example.org/a",
    )
    references_resolve()
    return known


def test_a_document_says_who_cites_it(client: Client, cited: Document) -> None:
    answer = client.get("/resolutions/ICC-ASP/19/Res.2/")
    found = answer.context["cited_by"]
    page = answer.content.decode()

    assert [(document.symbol, [place.names for place in document.places]) for document in found.documents] == [
        ("ICC-ASP/20/Res.2", ["para. 2", "annex I"]),
        ("ICC-ASP/21/Res.1", ["para. 2", "annex I"]),
    ]
    assert found.total == 4
    assert '<a href="/resolutions/ICC-ASP/20/Res.2/#body-4">para. 4</a>' in page


def test_the_margin_of_a_paragraph_says_how_often_it_is_cited(client: Client, cited: Document) -> None:
    layout = client.get("/resolutions/ICC-ASP/19/Res.2/").context["layout"]
    counts = {line.paragraph.key: len(line.cited_by) for part in layout.parts for line in part.lines}

    assert counts == {"body/1": 0, "body/2": 2, "body/3": 0, "annex-I/1": 0}


def test_a_document_that_nobody_cites_says_so(client: Client) -> None:
    make_paragraph()
    assert "No other document read so far cites it." in client.get("/resolutions/ICC-ASP/20/Res.2/").content.decode()


def test_links_lead_to_the_paragraph_or_the_annex(client: Client, cited: Document) -> None:
    page = client.get("/resolutions/ICC-ASP/20/Res.2/").content.decode()

    assert 'href="/resolutions/ICC-ASP/19/Res.2/#body-2"' in page
    assert 'href="/resolutions/ICC-ASP/19/Res.2/#annex-I-1"' in page


def test_a_document_that_is_only_known_has_a_page(client: Client, known: KnownDocument) -> None:
    answer = client.get("/resolutions/ICC-ASP/20/25/")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Known, not read." in page and "Report of the Court on &lt;cooperation&gt;" in page
    assert '<a href="/resolutions/ICC-ASP/20/Res.2/#body-7">para. 7</a>' in page
    assert '<time datetime="2021">2021</time>' in page and 'href="/sessions/20/"' in page
    assert "Import it" not in page
    client.force_login(make_staff())
    assert '<a href="/import/">Import it</a>' in client.get("/resolutions/ICC-ASP/20/25/").content.decode()


def test_another_spelling_leads_to_what_is_known(client: Client, known: KnownDocument) -> None:
    answer = client.get("/resolutions/ICC-ASP-20/25/")
    assert (answer.status_code, answer["Location"]) == (301, "/resolutions/ICC-ASP/20/25/")
    assert client.get("/resolutions/ICC-ASP/20/25*/")["Location"] == "/resolutions/ICC-ASP/20/25/"


def test_the_document_takes_the_place_of_what_was_known(client: Client, known: KnownDocument) -> None:
    make_paragraph(make_document("ICC-ASP/20/25", kind="report"))
    assert "Known, not read." not in client.get("/resolutions/ICC-ASP/20/25/").content.decode()
    assert not client.get("/resolutions/?show=known").context["rows"]


def test_known_documents_are_listed_by_choice_and_counted_nowhere_else(client: Client, known: KnownDocument) -> None:
    plain = client.get("/resolutions/")
    assert [document.symbol for document in plain.context["page"]] == ["ICC-ASP/20/Res.2"]
    assert "?show=known" in plain.content.decode()

    def symbols(**data: str) -> list[str]:
        return [row.symbol for row, _session in client.get("/resolutions/", {"show": "known", **data}).context["rows"]]

    assert symbols() == ["ICC-ASP/20/25"]
    assert symbols(q="court cooperation") == symbols(q="ICC-ASP-20/25") == symbols(session="20") == ["ICC-ASP/20/25"]
    make_session(19)
    assert symbols(q="arrears") == symbols(session="19") == []
    assert symbols(session="x", page="x") == ["ICC-ASP/20/25"]


def test_only_those_who_may_import_see_what_is_to_be_looked_at(client: Client, known: KnownDocument) -> None:
    assert client.get(REVIEW)["Location"].startswith("/accounts/login/")
    client.force_login(make_user("reader"))
    assert client.get(REVIEW).status_code == 403
    assert REVIEW not in client.get("/").content.decode()
    client.force_login(make_user("decider", may_decide=True))
    assert client.get(REVIEW).status_code == 403
    client.force_login(make_staff())
    assert client.get(REVIEW).status_code == 200
    assert REVIEW in client.get("/review/").content.decode()
    assert client.post(REVIEW).status_code == 405


def test_citations_to_look_at(client: Client, cited: Document, known: KnownDocument) -> None:
    for label, symbol, pinpoint in (
        ("11", "ICC-ASP/19/Res.2", "99"),
        ("12", "ICC-ASP/1/9", ""),
        ("13", "ICC-ASP/1/9", "4"),
        ("14", "ICC-ASP/20/25", ""),
        ("15", "ICC-ASP/19/Res.2", "8"),
    ):
        make_reference(make_paragraph(make_document(), label), symbol, cited_paragraph=pinpoint)
    for part in ("annex I", "annex II"):
        make_paragraph(cited, "8", part=part)
    references_resolve()
    client.force_login(make_staff())

    def rows(**data: str) -> list[tuple[str, str, int, int]]:
        found = client.get(REVIEW, data).context["rows"]
        return [(row.symbol, row.state, row.places, len(row.first)) for row in found]

    assert rows() == [
        ("ICC-ASP/1/9", "unresolved", 2, 2),
        ("ICC-ASP/20/25", "known", 2, 2),
        ("ICC-ASP/19/Res.2", "ambiguous", 1, 1),
        ("ICC-ASP/19/Res.2", "paragraph_not_found", 1, 1),
    ]
    assert rows(state="known") == [("ICC-ASP/20/25", "known", 2, 2)]
    assert rows(state="nonsense", page="x") == rows()
    page = client.get(REVIEW).content.decode()
    assert 'href="/resolutions/ICC-ASP/20/Res.2/#body-13"' in page


def test_the_review_is_bounded(client: Client, django_assert_max_num_queries: Any) -> None:
    paragraph = make_paragraph()
    for number in range(70):
        make_reference(paragraph, f"ICC-ASP/1/{number}")
    for label in range(20, 28):
        make_reference(make_paragraph(paragraph.document, str(label)), "ICC-ASP/1/1")
    references_resolve()
    client.force_login(make_staff())
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(REVIEW)
    first, *_others = answer.context["rows"]

    assert len(answer.context["rows"]) == 50
    assert len(queries) <= 14
    assert (first.symbol, first.places, len(first.first), first.further) == ("ICC-ASP/1/1", 9, 5, 4)


def test_nothing_to_look_at(client: Client, cited: Document) -> None:
    client.force_login(make_staff())
    assert "Every citation leads where it should." in client.get(REVIEW).content.decode()
