"""Citations lead to what they name, in whatever order the documents come."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.sites import site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.models import Reference
from mandates.services import references_of, references_resolve
from mandates.services.importing import document_import
from mandates.tests.factories import make_reference, make_user
from resolutions.models import Document, KnownDocument, Paragraph
from resolutions.register import register_load
from resolutions.tests.factories import make_document, make_paragraph

pytestmark = pytest.mark.django_db

SAMPLES = sorted((settings.BASE_DIR / "corpus").glob("ICC-ASP-*.txt"))


def cited(symbol: str, paragraph: str = "", **fields: Any) -> Reference:
    """A citation in a paragraph of ICC-ASP/20/Res.2, resolved."""
    reference = make_reference(make_paragraph(), symbol, cited_paragraph=paragraph, **fields)
    references_resolve()
    reference.refresh_from_db()
    return reference


def places(reference: Reference) -> list[str]:
    return [paragraph.key for paragraph in reference.cited_places.order_by("position")]


def earlier_resolution() -> Document:
    document = make_document("ICC-ASP/19/Res.2")
    for label in ("1", "2", "3", "3(a)"):
        make_paragraph(document, label)
    make_paragraph(document, "3", part="annex I")
    make_paragraph(document, "9", part="annex I")
    make_paragraph(document, "9", part="annex II")
    return document


@pytest.mark.parametrize(
    ("pinpoint", "state", "keys"),
    [
        ("", "resolved", []),
        ("3", "resolved", ["body/3"]),
        ("3(a)", "resolved", ["body/3(a)"]),
        ("1-3", "resolved", ["body/1", "body/2", "body/3"]),
        ("annex I, 3", "resolved", ["annex-I/3"]),
        ("annex II", "resolved", []),
        ("9", "ambiguous", []),
        ("44", "paragraph_not_found", []),
    ],
)
def test_a_citation_of_a_document_that_is_here(pinpoint: str, state: str, keys: list[str]) -> None:
    document = earlier_resolution()
    reference = cited(document.symbol, pinpoint)
    assert (reference.state, reference.cited_document, places(reference)) == (state, document, keys)


def test_a_document_that_is_not_here_is_known_or_not() -> None:
    KnownDocument.objects.create(symbol="ICC-ASP/20/25")
    assert cited("ICC-ASP/20/25").state == Reference.State.KNOWN
    assert cited("ICC-ASP/20/26").state == Reference.State.UNRESOLVED
    assert cited("ICC-ASP/20/25*").state == Reference.State.KNOWN


def test_a_paragraph_that_left_the_text_is_not_found() -> None:
    document = make_document("ICC-ASP/19/Res.2")
    make_paragraph(document, "1", in_text=False)
    assert cited(document.symbol, "1").state == Reference.State.PARAGRAPH_NOT_FOUND


def test_what_leads_elsewhere_is_followed_and_what_does_not_is_left() -> None:
    document = earlier_resolution()
    reference = cited(document.symbol, "2")
    assert references_resolve() == 0
    Paragraph.objects.filter(document=document, key="body/2").delete()
    assert references_resolve(references=references_of(document=document)) == 1
    reference.refresh_from_db()
    assert (reference.state, places(reference)) == ("paragraph_not_found", [])


def outcome() -> list[tuple[Any, ...]]:
    """What every citation leads to, in words that do not depend on ids."""
    rows = Reference.objects.order_by("paragraph__document__symbol", "paragraph__position", "position").values_list(
        "paragraph__document__symbol", "paragraph__key", "symbol", "cited_paragraph", "state", "cited_document__symbol",
        "cited_key", "pk",
    )  # fmt: skip
    found = {row.pk: places(row) for row in Reference.objects.all()}
    return [(*row[:-1], found[row[-1]]) for row in rows]


def test_the_order_of_arrival_makes_no_difference() -> None:
    results = []
    for seed in range(3):
        Reference.objects.all().delete()
        for model in ("importrun", "mandate"):
            Document._meta.apps.get_model(
                "resolutions" if model == "importrun" else "mandates", model
            ).objects.all().delete()
        Paragraph.objects.all().delete()
        Document.objects.all().delete()
        KnownDocument.objects.all().delete()
        steps: list[Any] = [*SAMPLES, None]
        random.Random(seed).shuffle(steps)
        for step in steps:
            if step is None:
                register_load()
                references_resolve()
            else:
                assert document_import(name=step.name, data=step.read_bytes()).status == "new"
        results.append(outcome())
        assert references_resolve() == 0
    assert results[0] == results[1] == results[2]
    states = {row[4] for row in results[0]}
    assert {"resolved", "known", "unresolved"} <= states


def test_all_are_resolved_in_few_queries(django_assert_max_num_queries: Any) -> None:
    document = earlier_resolution()
    paragraph = make_paragraph()
    for number in range(50):
        make_reference(paragraph, document.symbol if number % 2 else f"ICC-ASP/18/{number}", cited_paragraph="3")
    with CaptureQueriesContext(connection) as few:
        references_resolve()
    assert len(few) <= 14
    assert Reference.objects.filter(state="resolved").count() == 25


def test_an_edit_of_the_register_moves_what_cites_it(client: Client) -> None:
    reference = cited("ICC-ASP/20/25")
    client.force_login(make_user(is_staff=True, is_superuser=True))
    assert KnownDocument in site._registry
    answer = client.post("/admin/resolutions/knowndocument/add/", {"symbol": "ICC-ASP/20/25", "title": "Report"})
    assert answer.status_code == 302
    reference.refresh_from_db()
    assert reference.state == Reference.State.KNOWN
