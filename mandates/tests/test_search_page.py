"""The search box: straight to a place, or to everything that has the words."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mandates.models import Mandate
from mandates.search_page import PER_PAGE
from mandates.services.importing import document_import
from mandates.tests.factories import make_mandate
from mandates.tests.imports import CORPUS
from resolutions.citations import anchor, citation
from resolutions.models import KnownDocument, Paragraph
from resolutions.tests.factories import make_document, make_paragraph

pytestmark = pytest.mark.django_db


def answer(client: Client, typed: str, **data: str) -> str:
    response = client.get(reverse("mandates:search"), {"q": typed} | data)
    assert response.status_code == 200, response
    return unescape(re.sub(r"\s+", " ", re.sub(r"<(?!/?mark)[^>]*>", " ", response.content.decode())))


def test_every_citation_that_is_printed_leads_to_its_paragraph(client: Client) -> None:
    for path in sorted(CORPUS.glob("*.txt")):
        document_import(name=path.name, data=path.read_bytes())
    wrong = []
    for row in Paragraph.objects.select_related("document"):
        cited = citation(row.document.symbol, row.part, row.label, row.key)
        response = client.get(reverse("mandates:search"), {"q": cited})
        if response.get("Location") != f"/resolutions/{row.document.symbol}/#{anchor(row.key)}":
            wrong.append((cited, row.key, response.get("Location")))
    assert wrong == []
    for mandate in Mandate.objects.all()[::20]:
        assert client.get(reverse("mandates:search"), {"q": mandate.key})["Location"] == mandate.get_absolute_url()


def test_a_mandate_goes_by_its_key_in_any_spelling_of_its_symbol(client: Client) -> None:
    mandate = make_mandate(make_paragraph(label="25"))
    for typed in (mandate.key, mandate.key.replace("ICC-ASP/", ""), f" {mandate.key.replace('Res.', 'res')} "):
        assert client.get(reverse("mandates:search"), {"q": typed})["Location"] == mandate.get_absolute_url()
    assert "No paragraph" in answer(client, f"{mandate.key}9")


def test_a_paragraph_that_is_not_there_is_said_on_the_page_of_its_document(client: Client) -> None:
    make_paragraph(label="3")
    response = client.get(reverse("mandates:search"), {"q": "20/Res.2 para 3(z)"}, follow=True)
    assert response.redirect_chain == [("/resolutions/ICC-ASP/20/Res.2/", 302)]
    assert "has no para. 3(z)" in response.content.decode()
    assert 'href="/resolutions/ICC-ASP/20/Res.2/#body-3"' in response.content.decode()


def test_what_is_found_is_shown_with_its_hits_and_mandates(client: Client) -> None:
    make_mandate(make_paragraph(label="1", text="Requests the Bureau to report on Côte d’Ivoire;"))
    make_paragraph(label="2", text="Welcomes the reports of the Court;")
    make_paragraph(label="3", text="Welcomes the reporting;", in_text=False)
    page = answer(client, "report -court OR cote")
    assert "One paragraph of one document" in page
    assert "<mark>report</mark> on <mark>Côte</mark>" in page.replace(' class="hit"', "")
    assert "requests · Bureau" in page
    assert "The same among the mandates: one of Assembly bodies and Court organs" in page
    assert "2 paragraphs of one document" in answer(client, "report")


def test_a_long_paragraph_is_shown_around_its_first_hit(client: Client) -> None:
    make_paragraph(label="1", text=f"{'before ' * 200}zebra {'after ' * 200}")
    page = answer(client, "zebra")
    assert re.search(r"… (before )+<mark[^>]*>zebra</mark>( after)+ …", page)


def test_the_numbers_lead_to_lists_of_so_many(client: Client) -> None:
    for label in range(30):
        make_mandate(make_paragraph(label=str(label), text="Requests the Bureau to report;"), proposed=label > 20)
    found = client.get(reverse("mandates:search"), {"q": "report"}).context["found"]
    for count, href in (found.mandates, found.everyones):
        assert count == client.get(href).context["facets"].total
    assert (found.mandates[0], found.everyones[0]) == (21, 30)
    assert (found.page.paginator.count, len(found.rows)) == (30, PER_PAGE)
    assert len(client.get(reverse("mandates:search"), {"q": "report", "page": "2"}).context["found"].rows) == 10
    assert len(client.get(reverse("mandates:search"), {"q": "report", "page": "x"}).context["found"].rows) == PER_PAGE


def test_documents_are_found_by_their_title(client: Client) -> None:
    make_document("ICC-ASP/20/Res.2", title="Resolution on Cooperation")
    KnownDocument.objects.create(symbol="ICC-ASP/6/21", title="Report of the Bureau on cooperation", session_code="6")
    page = answer(client, "cooperate")
    assert page.index("ICC-ASP/20/Res.2") < page.index("ICC-ASP/6/21") < page.index("known, not read")


def test_a_symbol_that_is_not_here_is_looked_for_in_the_texts(client: Client) -> None:
    make_paragraph(label="1", text="Recalls resolution ICC-ASP/99/Res. 7;")
    page = answer(client, "99/res7 para 3")
    assert "One paragraph" in page
    assert "<mark" in page
    make_document("ICC-ASP/98/Res.7", title="Premises")
    assert re.search("Did you mean .*ICC-ASP/98/Res.7 , Premises", answer(client, "99/Res.7"))


def test_where_nothing_is_found_each_word_is_counted(client: Client) -> None:
    make_paragraph(label="1", text="Reports of the Court")
    page = answer(client, 'zebra court "of the"')
    assert "No paragraph" in page
    assert re.search(r'zebra 0 paragraphs court one paragraph "of the" one paragraph', page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "What can be typed"),
        ("\x00", "What can be typed"),
        ("-court", "Name a word"),
        ("()", "There is no word"),
        ('"', "There is no word"),
        ("😀", "There is no word"),
        ("x" * 10_000, "only the first 300 signs"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("'; DROP TABLE x; --", "No paragraph"),
        ("NEAR(a, b) col:c ^d {e}", "No paragraph"),
        ("محكمة", "No paragraph"),
    ],
)
def test_nothing_that_is_typed_is_an_error(client: Client, typed: str, said: str) -> None:
    assert said in answer(client, typed)


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("mandates:search"), {"q": "report"})
        return len(captured)

    make_mandate(make_paragraph(label="0", text="Requests the Bureau to report;"))
    few = queries()
    for label in range(1, 30):
        make_mandate(make_paragraph(label=str(label), text="Requests the Bureau to report;"))
    assert queries() == few <= 14


def test_the_box_is_on_every_page_and_on_pages_of_errors(client: Client) -> None:
    for path in ("/", "/mandates/", "/resolutions/", "/accounts/login/", "/nowhere/"):
        assert f'action="{reverse("mandates:search")}"' in client.get(path).content.decode(), path
