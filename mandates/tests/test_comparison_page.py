"""Two documents beside each other."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates import comparison_page
from mandates.tests.factories import make_mandate
from resolutions.models import Document, KnownDocument
from resolutions.tests.factories import make_document, make_paragraph, make_session

pytestmark = pytest.mark.django_db

URL = "/resolutions/compare/"
PLANS = "Invites the Registrar to continue her consultations on legal aid with counsel and with the Bar Association;"
REPORT = "Requests the Court to submit an updated report on cooperation to the Assembly at its twentieth session;"
SEMINAR = "Welcomes the seminar of focal points held in Dakar on the protection of witnesses and their families;"
TREES = "Urges all States to plant trees wherever shade is wanting around public buildings and schools;"

Ask = Callable[..., str]


def text_of(html: str) -> str:
    """Give what is seen of a page, blanks made one."""
    seen = re.sub(r'<span class="(?:vh|doc)">.*?</span>', "", html.partition("<main")[2])
    return " ".join(re.sub("<[^>]+>", " ", seen).split())


@pytest.fixture
def earlier() -> Document:
    document = make_document("ICC-ASP/19/Res.2", session=make_session(19))
    for text in (PLANS, REPORT, SEMINAR):
        make_paragraph(document, text=text)
    return document


@pytest.fixture
def later() -> Document:
    document = make_document("ICC-ASP/20/Res.2", title="Cooperation")
    for text in (TREES, PLANS.replace("counsel", "judges"), REPORT.replace("twentieth", "twenty-first")):
        make_paragraph(document, text=text)
    return document


@pytest.fixture
def page(client: Client) -> Ask:
    def ask(status: int = 200, **query: Any) -> str:
        answer = client.get(URL, query)
        assert answer.status_code == status
        return str(answer.content.decode())

    return ask


def rows(html: str) -> list[tuple[str, list[str]]]:
    """Give the outcome of each row and the places that it names."""
    return [
        (row[1], re.findall(r'class="place">.*?</p>', row[2]) and re.findall(r"</span>([^<]+)</a>", row[2]))
        for row in re.finditer(r'<li class="(kept|updated|reworded|moved|new|dropped)"(.*?)</li>', html, re.DOTALL)
    ]


def test_what_became_of_each(page: Ask, earlier: Document, later: Document) -> None:
    html = page(a="19/res2", b="ICC-ASP-20/Res.2")

    assert rows(html) == [
        ("new", ["para. 1"]),
        ("reworded", ["para. 1", "para. 2"]),
        ("updated", ["para. 2", "para. 3"]),
        ("dropped", ["para. 3"]),
    ]
    text = text_of(html)
    assert "ICC-ASP/19/Res.2: 3 paragraphs = 1 updated + 1 reworded + 1 dropped" in text
    assert "ICC-ASP/20/Res.2: 3 paragraphs = 1 updated + 1 reworded + 1 new" in text
    assert re.search(r"<del>.*?counsel.*?</del>", html) and re.search(r"<ins>.*?judges.*?</ins>", html)
    assert '<span class="mask">twentieth session</span>' in html
    assert 'href="/resolutions/ICC-ASP/20/Res.2/#body-2"' in html
    assert "Adopted on 9 December 2021 , twentieth session" in text


def test_filters(page: Ask, earlier: Document, later: Document) -> None:
    both = {"a": earlier.symbol, "b": later.symbol}
    assert [kind for kind, _ in rows(page(**both, kind=["new", "dropped"]))] == ["new", "dropped"]
    assert len(rows(page(**both, kind="odd"))) == 4
    assert "No paragraph is like that." in page(**both, kind="moved")
    for address in re.findall(r'href="(\?a=[^"]+kind=\w+)"', page(**both)):
        kind = address.rpartition("=")[2]
        assert {found for found, _ in rows(page(**both, kind=kind))} == {kind}


def test_only_mandates(page: Ask, earlier: Document, later: Document) -> None:
    make_mandate(later.paragraphs.get(label="3"))
    make_mandate(earlier.paragraphs.get(label="3"), in_text=False)
    html = page(a=earlier.symbol, b=later.symbol, mandates="1")
    assert rows(html) == [("updated", ["para. 2", "para. 3"])]
    assert "1 paragraph = 1 updated" in text_of(html)


def test_as_one_text(page: Ask, earlier: Document, later: Document) -> None:
    html = page(a=earlier.symbol, b=later.symbol, view="one")
    assert re.search(r"counsel.*?</del> <ins>.*?judges", html)
    assert "twentieth session → twenty-first session" in text_of(html)


def test_differences_lead_to_the_next(page: Ask, earlier: Document, later: Document) -> None:
    html = page(a=earlier.symbol, b=later.symbol)
    anchors = re.findall(r'id="(difference-\d+)"', html)
    assert len(anchors) == 4
    assert re.findall(r'href="#(difference-\d+)"', html) == anchors
    assert "No difference." not in html


def test_two_that_say_the_same(page: Ask, earlier: Document) -> None:
    twin = make_document("ICC-ASP/20/Res.9")
    for text in (PLANS, REPORT, SEMINAR):
        make_paragraph(twin, text=text)
    html = page(a=earlier.symbol, b=twin.symbol)
    assert [kind for kind, _ in rows(html)] == ["kept"] * 3
    assert "No difference." in html and "Invites the Registrar to continue her consultations on legal aid …" in html


def test_what_was_split_off(page: Ask) -> None:
    whole, parts = make_document("ICC-ASP/19/Res.2", session=make_session(19)), make_document("ICC-ASP/20/Res.2")
    make_paragraph(whole, text=f"{PLANS} {REPORT}")
    for text in (PLANS, REPORT):
        make_paragraph(parts, text=text)
    assert "its words stood in para. 1" in text_of(page(a=whole.symbol, b=parts.symbol))
    assert "its words stand in para. 1" in text_of(page(a=parts.symbol, b=whole.symbol))


def test_the_other_way_round(page: Ask, earlier: Document, later: Document) -> None:
    html = page(a=earlier.symbol, b=later.symbol, view="one")
    swapped = re.search(r'href="(\?[^"]+)">Swap', html)
    assert swapped and swapped[1] == "?a=ICC-ASP%2F20%2FRes.2&amp;b=ICC-ASP%2F19%2FRes.2&amp;view=one"


def test_a_part_of_a_report(page: Ask, later: Document) -> None:
    report = make_document("ICC-ASP/16/17", kind="report", title="Report of the Bureau on cooperation")
    make_paragraph(report, text=SEMINAR)
    make_paragraph(report, "1", part="annex I", text=PLANS, proposed=True)
    make_paragraph(report, "1", part="annex I appendix", text=TREES, proposed=True)
    html = page(a="16/17, Annex i", b=later.symbol)

    assert [kind for kind, _ in rows(html)] == ["new", "reworded", "new"]
    assert "ICC-ASP/16/17, annex I: 1 paragraph = 1 reworded" in text_of(html)
    assert "Proposed" in text_of(html)
    assert 'href="?a=ICC-ASP%2F16%2F17%2C+annex+I+appendix&amp;b=ICC-ASP%2F20%2FRes.2"' in html
    assert rows(html)[1][1] == ["para. 1", "para. 2"]
    assert "ICC-ASP/16/17 has no annex V." in page(a="16/17 annex V", b=later.symbol)


@pytest.mark.parametrize("name", ["a", "b"])
def test_one_alone_gets_its_fitting_partner(page: Ask, earlier: Document, later: Document, name: str) -> None:
    make_paragraph(make_document("ICC-ASP/20/Res.7", title="Permanent premises"))
    given = later.symbol if name == "b" else earlier.symbol
    html = page(**{name: given})
    assert 'name="a" value="ICC-ASP/19/Res.2"' in html and 'name="b" value="ICC-ASP/20/Res.2"' in html
    assert len(rows(html)) == 4
    assert "ICC-ASP/20/Res.7" not in html.partition("h-offered")[2]


def test_nothing_on_the_same_matter(page: Ask, later: Document) -> None:
    assert "Nothing else that is here is on the same matter as ICC-ASP/20/Res.2." in page(b=later.symbol)


def test_none_at_all(page: Ask, later: Document) -> None:
    html = page()
    assert "Name two documents." in html and '<option value="ICC-ASP/20/Res.2">' in html
    assert 'href="/resolutions/compare/?b=ICC-ASP/20/Res.2"' in html


def test_a_document_that_is_not_here(page: Ask, earlier: Document, later: Document) -> None:
    html = page(404, a="20/Res.3", b=earlier.symbol)
    assert "ICC-ASP/20/Res.3 is not here" in html
    assert 'href="/resolutions/compare/?a=ICC-ASP/20/Res.2&amp;b=ICC-ASP/19/Res.2"' in html
    assert "ICC-ASP/20/Res.2" in page(404, b="cooperation").partition("Did you mean")[2]
    for odd in ("%", "x" * 5000, "a\0b", "<script>", "'; --", "🙂", "((("):
        assert "<script>" not in page(404, a=odd, b=odd).partition("<main")[2]


def test_the_same_twice(page: Ask, later: Document) -> None:
    html = page(a="20/res2", b=later.symbol)
    assert "This is the same text twice." in html and not rows(html)


def test_without_a_text(page: Ask, later: Document) -> None:
    make_document("ICC-ASP/18/Res.3")
    KnownDocument.objects.create(symbol="ICC-ASP/13/Res.3", title="Cooperation")
    for symbol in ("ICC-ASP/18/Res.3", "13/res.3"):
        html = page(a=symbol, b=later.symbol)
        assert "is known, not read." in html and not rows(html)


def test_too_long(page: Ask, earlier: Document, later: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison_page, "MOST_PARAGRAPHS", 2)
    html = page(a=earlier.symbol, b=later.symbol)
    assert "too long to be compared as a whole" in html and not rows(html)


def test_queries_do_not_grow(client: Client, earlier: Document, later: Document) -> None:
    def queries(**query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(URL, query)
        return len(captured)

    both = {"a": earlier.symbol, "b": later.symbol}
    assert (queries(**both), queries(**both, mandates="1"), queries(b=later.symbol)) == (3, 4, 6)
    for document in (earlier, later):
        for number in range(10, 30):
            paragraph = make_paragraph(
                document, str(number), text=f"Requests body {number} to consider matter {number};"
            )
            make_mandate(paragraph)
    assert (queries(**both), queries(**both, mandates="1"), queries(b=later.symbol)) == (3, 4, 6)


def test_the_page_of_a_document_leads_here(client: Client, earlier: Document, later: Document) -> None:
    html = client.get(f"/resolutions/{later.symbol}/").content.decode()
    assert 'href="/resolutions/compare/?a=ICC-ASP/19/Res.2&amp;b=ICC-ASP/20/Res.2"' in html
    html = client.get(f"/resolutions/{earlier.symbol}/").content.decode()
    assert 'href="/resolutions/compare/?a=ICC-ASP/19/Res.2&amp;b=ICC-ASP/20/Res.2"' in html
