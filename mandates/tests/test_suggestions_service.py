"""Suggestions as they are stored: the same in whatever order texts arrive, and never against what a person decided."""

from __future__ import annotations

import datetime
from pathlib import Path
from random import Random

import pytest

from mandates.models import DocumentAnswer, LineageDecision, Mandate, MandateLink, Suggestion
from mandates.services import register_suggest, suggestions_rebuild
from mandates.services.importing import document_import
from mandates.tests.factories import make_staff
from mandates.tests.test_lineage_service import brought, resolution
from resolutions.models import Document, KnownDocument
from resolutions.register import register_load
from resolutions.tests.factories import make_session

pytestmark = pytest.mark.django_db

SAMPLES = sorted(Path("corpus").glob("*.txt"))
ASKED = "Requests the Bureau to submit a report on complementarity to the Assembly at its eighteenth session;"
WELCOMED = "Welcomes the report of the Bureau on complementarity;"
PURSUANT = (
    "Welcomes the report of the Bureau on complementarity, submitted pursuant to paragraph 1 of resolution "
    "ICC-ASP/17/Res.3;"
)


def stored() -> set[tuple[object, ...]]:
    return set(
        Suggestion.objects.values_list(
            "mandate__key", "reason", "source", "paragraph__key", "start", "end", "quotation", "sentence",
            "evidence_symbol", "evidence_date", "said_on", "occurrence__code", "state",
        )
    )  # fmt: skip


def known_document(symbol: str, **fields: object) -> KnownDocument:
    return KnownDocument.objects.create(symbol=symbol, kind="report", **fields)


def say(session: int, text: str, number: int = 4) -> None:
    result = document_import(name=f"{session}.txt", data=resolution(session, text, number=number, title="Omnibus"))
    assert not result.error


def dismiss(suggestion: Suggestion) -> None:
    Suggestion.objects.filter(pk=suggestion.pk).update(state="dismissed")
    LineageDecision.objects.create(suggestion=suggestion, before="waiting", after="dismissed", made_by=make_staff())


def test_are_the_same_in_whatever_order_the_samples_and_the_register_arrive(reference_data: None) -> None:
    found = []
    for seed in range(3):
        for model in (Suggestion, DocumentAnswer, MandateLink):
            model.objects.all().delete()
        Mandate.objects.update(chain=None, parallel_of=None)
        Mandate.objects.all().delete()
        Document.objects.all().delete()
        steps: list[Path | None] = [*SAMPLES, None]
        Random(seed).shuffle(steps)
        for step in steps:
            if step is None:
                register_load()
                suggestions_rebuild()
            else:
                document_import(name=step.name, data=step.read_bytes())
        found.append(stored())
    assert {"registered", "welcomed"} <= {row[1] for row in found[0]}
    assert found[0] == found[1] == found[2]
    suggestions_rebuild()
    assert stored() == found[0]


@pytest.mark.parametrize("asked_first", [True, False])
def test_a_report_that_is_welcomed_answers_a_request_that_came_before_or_comes_after(asked_first: bool) -> None:
    if not asked_first:
        say(18, WELCOMED)
        assert not Suggestion.objects.exists()
    asked = brought(17, ASKED)
    if asked_first:
        say(18, WELCOMED)
    suggestion = Suggestion.objects.get()
    assert (suggestion.mandate, suggestion.reason, suggestion.state) == (asked, "welcomed", "waiting")
    assert suggestion.quotation == "Welcomes the report of the Bureau on complementarity"
    assert suggestion.source == "ICC-ASP/18/Res.4 body/1"
    assert suggestion.evidence_date == suggestion.said_on == datetime.date(2019, 12, 9)
    assert suggestion.occurrence is None
    assert list(Suggestion.objects.waiting()) == [suggestion]


def test_a_paragraph_that_is_cited_is_answered() -> None:
    asked = brought(17, ASKED)
    say(18, PURSUANT)
    assert Suggestion.objects.get().mandate == asked
    assert Suggestion.objects.get().reason == "pursuant"


def test_follow_the_text_until_a_person_decided() -> None:
    brought(17, ASKED)
    say(18, WELCOMED)
    say(18, "Welcomes the report of the Bureau on geographical representation;")
    assert not Suggestion.objects.exists()
    say(18, WELCOMED)
    suggestion = Suggestion.objects.get()
    dismiss(suggestion)
    say(18, WELCOMED + " ")
    assert Suggestion.objects.get().state == "dismissed"
    say(18, "Welcomes the report of the Bureau on geographical representation;")
    assert Suggestion.objects.get().state == "dismissed"


def test_a_mandate_whose_suggestion_was_dismissed_is_kept_with_the_decision() -> None:
    asked = brought(17, ASKED)
    say(18, WELCOMED)
    dismiss(Suggestion.objects.get())
    document_import(name="17.txt", data=resolution(17, "Decides to remain seized of the matter;"))
    asked.refresh_from_db()
    assert not asked.in_text
    assert LineageDecision.objects.count() == Suggestion.objects.count() == 1


def test_what_the_register_knows_answers_until_the_report_itself_is_read() -> None:
    asked = brought(17, ASKED)
    make_session(18)
    known = known_document(
        "ICC-ASP/18/25", title="Report of the Bureau on complementarity", session_code="18", date="2019"
    )
    register_suggest(symbols=[known.symbol])
    suggestion = Suggestion.objects.get()
    assert (suggestion.mandate, suggestion.reason, suggestion.source) == (asked, "registered", "ICC-ASP/18/25")
    assert suggestion.quotation == known.title and suggestion.paragraph is None
    known.title = "Report of the Bureau on geographical representation"
    known.save()
    register_suggest(symbols=[known.symbol])
    assert not Suggestion.objects.exists()


def test_the_day_of_the_evidence_follows_when_it_becomes_known() -> None:
    brought(17, ASKED)
    say(18, "Welcomes the report of the Bureau on complementarity, ICC-ASP/18/25;")
    assert Suggestion.objects.get().evidence_symbol == "ICC-ASP/18/25"
    assert Suggestion.objects.get().evidence_date == datetime.date(2019, 12, 9)
    known_document("ICC-ASP/18/25", date="2019-11-20", first_day=datetime.date(2019, 11, 20))
    register_suggest(symbols=["ICC-ASP/18/25"])
    assert Suggestion.objects.get().evidence_date == datetime.date(2019, 11, 20)


def test_a_recurring_request_is_answered_for_the_session_of_the_report() -> None:
    make_session(18)
    brought(
        17,
        "Requests the Bureau to submit a report on complementarity to the Assembly at its eighteenth session and "
        "annually thereafter;",
    )
    say(19, WELCOMED)
    suggestion = Suggestion.objects.get()
    assert suggestion.occurrence is not None and suggestion.occurrence.number == 19


def test_one_of_a_parallel_set_is_answered_for_the_set_once() -> None:
    first = brought(17, ASKED)
    second = brought(17, ASKED, number=8, title="Strengthening the Court")
    second.refresh_from_db()
    assert second.task == first.pk
    say(18, WELCOMED)
    assert Suggestion.objects.get().mandate == first


def test_what_was_dismissed_of_one_of_a_set_is_not_suggested_for_another() -> None:
    second = brought(17, ASKED, number=8, title="Strengthening the Court")
    say(18, WELCOMED)
    dismiss(Suggestion.objects.get())
    first = brought(17, ASKED)
    second.refresh_from_db()
    assert second.task == first.pk
    assert Suggestion.objects.get().state == "dismissed"


def test_nothing_is_suggested_for_what_people_closed_but_it_comes_back_when_it_is_reopened() -> None:
    asked = brought(17, ASKED)
    say(18, WELCOMED)
    Mandate.objects.filter(pk=asked.pk).update(outcome="withdrawn")
    assert not Suggestion.objects.waiting().exists()
    Mandate.objects.filter(pk=asked.pk).update(outcome="open")
    assert Suggestion.objects.waiting().exists()
