"""The margin of a document: where each paragraph comes from and where it went."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.margin import margin_notes
from mandates.models import Mandate, MandateLink
from mandates.tests.factories import make_link, make_mandate
from mandates.tests.test_timeline import asked
from resolutions.models import Document
from resolutions.tests.factories import make_paragraph

pytestmark = pytest.mark.django_db

# Of the page; `test_document_pages` holds it for the longest sample.
MOST_QUERIES = 18


def notes(mandate: Mandate) -> list[tuple[str, str, str]]:
    found = margin_notes(mandate.document).get(mandate.pk, [])
    return [(note.direction, note.citation, note.change_words) for note in found]


def margin_of(client: Client, mandate: Mandate) -> list[str]:
    """The notes as they are read on the page of the document."""
    page = client.get(f"/resolutions/{mandate.document.symbol}/").content.decode()
    found = re.findall(r'<p class="way">(.*?)</p>', page, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", note).replace("&nbsp;", " ")).strip() for note in found]


def test_where_it_comes_from_and_where_it_went(client: Client) -> None:
    draft, here, later = asked(16, proposed=True), asked(17), asked(20)
    make_link(here, draft, change="same")
    make_link(later, here, change="updated")
    assert notes(here) == [
        ("from", "ICC-ASP/16/17, para. 1", "same words"),
        ("again", "ICC-ASP/20/Res.2, para. 1", "updated"),
    ]
    assert margin_of(client, here) == [
        "← from ICC-ASP/16/17, para. 1, proposed · same words",
        "→ again in ICC-ASP/20/Res.2, para. 1 · updated",
    ]
    assert notes(later) == [("from", "ICC-ASP/17/Res.2, para. 1", "updated")]
    page = client.get("/resolutions/ICC-ASP/17/Res.2/").content.decode()
    assert f'<a href="{later.get_absolute_url()}">ICC-ASP/20/Res.2, para. 1</a>' in page


def test_all_of_a_parallel_set(client: Client) -> None:
    first, twin, third = asked(20), asked(20, resolution="Res.5"), asked(20)
    make_link(twin, first, "parallel")
    make_link(third, twin, "parallel")
    assert notes(first) == [("also", "para. 2", ""), ("also", "ICC-ASP/20/Res.5, para. 1", "")]
    assert notes(third) == [("also", "para. 1", ""), ("also", "ICC-ASP/20/Res.5, para. 1", "")]
    assert "= also in para. 2" in margin_of(client, first)


def test_the_nearest_session_only_and_few_of_it(client: Client) -> None:
    here = asked(16)
    for session in (18, 17, 17, 17, 17, 17):
        make_link(asked(session), here)
    assert [citation for _direction, citation, _change in notes(here)] == [
        f"ICC-ASP/17/Res.2, para. {number}" for number in (1, 2, 3)
    ]
    assert margin_of(client, here)[-1] == "→ again in ICC-ASP/17/Res.2, para. 3, and 2 more"


@pytest.mark.parametrize("decision", [MandateLink.Decision.PROPOSED, MandateLink.Decision.REJECTED])
def test_what_does_not_hold_is_not_shown(client: Client, decision: str) -> None:
    earlier, later = asked(17), asked(20)
    make_link(later, earlier, decision=decision)
    gone = asked(16, in_text=False)
    make_link(later, gone)
    assert (notes(later), margin_of(client, later)) == ([], [])


def test_queries_do_not_grow_with_the_paragraphs(client: Client) -> None:
    counts = []
    for more in (4, 156):
        before, here, after = (asked(session) for session in (17, 18, 20))
        for _ in range(more - 1):
            rows = [make_mandate(make_paragraph(each.document), addressees=["Court"]) for each in (before, here, after)]
            MandateLink.objects.create(later=rows[1], earlier=rows[0], kind="repeats", change="same")
            MandateLink.objects.create(later=rows[2], earlier=rows[1], kind="repeats", change="updated")
        with CaptureQueriesContext(connection) as queries:
            assert len(margin_of(client, here)) >= 2 * (more - 1)
        counts.append(len(queries))
    assert Document.objects.get(symbol="ICC-ASP/18/Res.2").paragraphs.count() == 160
    assert counts[0] == counts[1] <= MOST_QUERIES
