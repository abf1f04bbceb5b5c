"""Links as they are stored: the same in whatever order documents arrive, and never against what a person decided."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from mandates.actions.links import ConfirmLink, RejectLink
from mandates.models import Mandate, MandateLink, MandateSketch, OutcomeChange
from mandates.services.asked import AskedMandates
from mandates.services.importing import document_import
from mandates.services.lineage import lineage_rebuild
from mandates.services.statuses import statuses_refresh
from mandates.tests.factories import make_link, make_mandate, make_outcome_change, make_staff
from resolutions.models import AssemblySession, Document
from resolutions.tests.factories import make_session

pytestmark = pytest.mark.django_db

SAMPLES = sorted(Path("corpus").glob("*.txt"))

RESOLUTION = """Resolution ICC-ASP/{session}/Res.{number}

Adopted at the {meeting}th plenary meeting, on {day} December {year}, by consensus

ICC-ASP/{session}/Res.{number}
{title}

The Assembly of States Parties,

Recalling its earlier resolutions,

1. {text}
"""


def resolution(session: int, text: str, number: int = 3, title: str = "Resolution on cooperation") -> bytes:
    make_session(session)
    year = 2001 + session
    return RESOLUTION.format(
        session=session, number=number, meeting=9, day=5 + number, year=year, title=title, text=text
    ).encode()


def brought(session: int, text: str, **fields: Any) -> Mandate:
    data = resolution(session, text, **fields)
    result = document_import(name=f"{session}.txt", data=data)
    assert not result.error
    return Mandate.objects.get(document__symbol=result.symbol)


def links() -> set[tuple[object, ...]]:
    return set(MandateLink.objects.values_list("later__key", "earlier__key", "kind", "decision", "change", "score"))


def standing() -> set[tuple[object, ...]]:
    return set(Mandate.objects.values_list("key", "chain__key", "parallel_of__key", "headline_status"))


FIRST = "Requests the Bureau to report on the tracing of assets to the Assembly at its thirteenth session;"
AGAIN = "Also requests the Bureau to report on the tracing of assets to the Assembly at its fourteenth session;"
THIRD = "Requests the Bureau to report on the tracing of assets to the Assembly at its fifteenth session;"


def test_are_the_same_in_whatever_order_the_samples_arrive() -> None:
    for code in (8, 11, 16, 17, 20):
        make_session(code)
    found = []
    for seed in range(3):
        MandateLink.objects.all().delete()
        Mandate.objects.update(chain=None, parallel_of=None)
        Mandate.objects.all().delete()
        Document.objects.all().delete()
        paths = SAMPLES.copy()
        Random(seed).shuffle(paths)
        for path in paths:
            document_import(name=path.name, data=path.read_bytes())
        found.append((links(), standing()))
    assert found[0][0]
    assert found[0] == found[1] == found[2]


def test_a_document_that_arrives_in_between_takes_its_place_in_the_chain() -> None:
    first, third = brought(12, FIRST), brought(14, THIRD)
    assert MandateLink.objects.get().earlier == first
    between = brought(13, AGAIN)
    pairs = set(MandateLink.objects.values_list("later", "earlier"))
    assert pairs == {(third.pk, between.pk), (between.pk, first.pk)}
    assert set(Mandate.objects.values_list("chain", flat=True)) == {first.pk}
    assert list(Mandate.objects.order_by("pk").values_list("headline_status", flat=True)) == [
        "repeated",
        "open",
        "repeated",
    ]


def test_a_text_that_changes_takes_its_links_along() -> None:
    first, second = brought(12, FIRST), brought(13, AGAIN)
    assert MandateLink.objects.exists()
    brought(13, "Requests the Registrar to review the rent of the premises;")
    assert not MandateLink.objects.exists()
    first.refresh_from_db()
    assert (first.chain, first.headline_status) == (None, "open")
    assert not Mandate.objects.filter(pk=second.pk, chain__isnull=False).exists()


def test_what_was_rejected_does_not_come_back_and_the_next_best_takes_its_place() -> None:
    first, second, third = brought(12, FIRST), brought(13, AGAIN), brought(14, THIRD)
    link = MandateLink.objects.get(later=third)
    assert link.earlier == second
    RejectLink(link=link, version=0).execute(make_staff())
    assert set(MandateLink.objects.standing().filter(later=third).values_list("earlier", flat=True)) == {first.pk}
    brought(13, AGAIN + " ")
    link.refresh_from_db()
    assert link.decision == MandateLink.Decision.REJECTED
    second.refresh_from_db()
    assert second.headline_status == "open"


def test_what_was_confirmed_stays_where_the_tracker_finds_nothing_any_more() -> None:
    first, second = brought(12, FIRST), brought(13, AGAIN)
    ConfirmLink(link=MandateLink.objects.get(), version=0).execute(make_staff())
    brought(13, "Requests the Bureau to consider the matter of seized goods further;")
    assert MandateLink.objects.get().decision == MandateLink.Decision.CONFIRMED
    second.refresh_from_db()
    assert (second.in_text, bool(second.flag)) == (True, True)
    assert first.key in {mandate.chain.key for mandate in Mandate.objects.all() if mandate.chain}


def test_asked_of_another_body_is_shown_and_repeats_nothing() -> None:
    first = brought(12, FIRST)
    brought(13, AGAIN.replace("the Bureau", "the Registrar"))
    link = MandateLink.objects.get()
    assert (link.kind, link.change) == ("readdressed", "readdressed")
    first.refresh_from_db()
    assert (first.chain, first.headline_status) == (None, "open")


def test_what_one_session_says_twice_is_one_task_with_one_outcome() -> None:
    cooperation = brought(12, FIRST)
    make_outcome_change(cooperation, "fulfilled")
    omnibus = brought(12, FIRST, number=8, title="Strengthening the Court")
    omnibus.refresh_from_db()
    assert (omnibus.parallel_of, omnibus.task) == (cooperation, cooperation.pk)
    assert (omnibus.outcome, omnibus.outcome_version, omnibus.headline_status) == ("fulfilled", 1, "fulfilled")
    RejectLink(link=MandateLink.objects.get(), version=0).execute(make_staff("another"))
    omnibus.refresh_from_db()
    assert (omnibus.parallel_of, omnibus.outcome, omnibus.headline_status) == (None, "open", "open")
    assert OutcomeChange.objects.count() == 1


def test_finding_all_links_anew_finds_the_same() -> None:
    for code in (8, 11, 16, 17, 20):
        make_session(code)
    for path in SAMPLES:
        document_import(name=path.name, data=path.read_bytes())
    found = links(), standing()
    MandateLink.objects.all().delete()
    MandateSketch.objects.all().delete()
    assert lineage_rebuild() == len(SAMPLES)
    assert (links(), standing()) == found


def test_a_new_session_of_the_table_moves_no_chain() -> None:
    first, second = brought(12, FIRST), brought(13, AGAIN)
    AssemblySession.objects.filter(code="13").update(opening_date=None)
    statuses_refresh()
    second.refresh_from_db()
    assert second.chain == first


def test_a_set_without_its_first_citation_in_the_list_is_still_one_row() -> None:
    cooperation, omnibus, annex = make_mandate(), make_mandate(), make_mandate()
    make_link(omnibus, cooperation, kind="parallel")
    make_link(annex, cooperation, kind="parallel")
    others = Mandate.objects.filter(pk__in=[omnibus.pk, annex.pk])
    assert set(Mandate.objects.tasks()) == {cooperation}
    assert set(others.tasks()) == {omnibus}


def test_each_mandate_is_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    standing_one, gone = make_mandate(), make_mandate(in_text=False)
    known = AskedMandates()
    first = known.of([standing_one.pk, gone.pk])
    assert {pk: asked.key for pk, asked in first.items()} == {standing_one.pk: standing_one.key}
    assert first[standing_one.pk].addressees == {"Bureau"}
    with django_assert_num_queries(0):
        assert known.of([gone.pk, standing_one.pk]) == first
