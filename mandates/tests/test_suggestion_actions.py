"""Decisions about suggestions: who may, what follows, and what happens when two people decide at once."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mandates.actions.outcomes import MarkFulfilled, Reopen
from mandates.actions.suggestions import ConfirmSuggestion, DismissSuggestion, RestoreSuggestion, StaleSuggestion
from mandates.models import LineageDecision, Mandate, OutcomeChange, Suggestion
from mandates.tests.factories import make_mandate, make_staff, make_suggestion, make_user
from resolutions.tests.factories import make_document, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggestion() -> Suggestion:
    return make_suggestion(make_mandate())


def test_confirming_marks_the_mandate_fulfilled_with_the_quotation(suggestion: Suggestion) -> None:
    user = make_staff()
    assert ConfirmSuggestion(suggestion=suggestion, version=0, note="Seen.").execute(user)
    change = OutcomeChange.objects.get()
    assert (change.kind, change.evidence_symbol, change.evidence_date) == (
        "fulfilled",
        suggestion.evidence_symbol,
        suggestion.evidence_date,
    )
    assert suggestion.quotation in change.note and suggestion.sentence in change.note and "Seen." in change.note
    assert Mandate.objects.get().headline_status == "fulfilled"
    decision = LineageDecision.objects.get()
    assert (decision.before, decision.after, decision.note, decision.made_by) == ("waiting", "confirmed", "Seen.", user)


def test_the_same_form_sent_twice_counts_once(suggestion: Suggestion) -> None:
    user = make_staff()
    assert not ConfirmSuggestion(suggestion=suggestion, version=0).execute(user).done_already
    assert ConfirmSuggestion(suggestion=suggestion, version=0).execute(user).done_already
    assert OutcomeChange.objects.count() == LineageDecision.objects.count() == 1


def test_what_somebody_else_decided_is_said(suggestion: Suggestion) -> None:
    DismissSuggestion(suggestion=suggestion, version=0).execute(make_staff("first"))
    with pytest.raises(StaleSuggestion, match="first decided about this suggestion"):
        ConfirmSuggestion(suggestion=suggestion, version=0).execute(make_staff("second"))
    assert not OutcomeChange.objects.exists()


def test_a_mandate_that_was_marked_meanwhile_is_not_marked_again(suggestion: Suggestion) -> None:
    user = make_staff()
    MarkFulfilled(mandate=suggestion.mandate, version=0, evidence_symbol="ICC-ASP/21/9").execute(user)
    with pytest.raises(ValidationError, match="fulfilled already"):
        ConfirmSuggestion(suggestion=suggestion, version=0).execute(user)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.version) == ("waiting", 0)
    assert not Suggestion.objects.waiting().exists()


def test_a_dismissal_is_taken_back_and_a_confirmation_by_reopening(suggestion: Suggestion) -> None:
    user = make_staff()
    DismissSuggestion(suggestion=suggestion, version=0, note="Of another year.").execute(user)
    assert not Suggestion.objects.waiting().exists() and not OutcomeChange.objects.exists()
    with pytest.raises(ValidationError, match="dismissed already"):
        ConfirmSuggestion(suggestion=suggestion, version=1).execute(user)
    RestoreSuggestion(suggestion=suggestion, version=1).execute(user)
    assert Suggestion.objects.waiting().exists()
    with pytest.raises(ValidationError, match="nothing to take back"):
        RestoreSuggestion(suggestion=suggestion, version=2).execute(user)
    ConfirmSuggestion(suggestion=suggestion, version=2).execute(user)
    with pytest.raises(ValidationError, match="reopen the mandate"):
        RestoreSuggestion(suggestion=suggestion, version=3).execute(user)
    Reopen(mandate=suggestion.mandate, version=1, note="Wrong report.").execute(user)
    assert Mandate.objects.get().outcome == "open"


def test_of_a_recurring_mandate_one_occurrence_is_answered() -> None:
    sessions = [make_session(number) for number in (19, 20)]
    mandate = make_mandate(
        document=make_document("ICC-ASP/18/Res.3", session=make_session(18), adopted=datetime.date(2019, 12, 6)),
        deadlines=[{"kind": "recurring", "interval": "annual", "text": "annually"}],
        recurring=True, recurs_from=19, due_session=25,
    )  # fmt: skip
    suggestions = [make_suggestion(mandate, source=f"ICC-ASP/{each.code}/9", occurrence=each) for each in sessions]
    ConfirmSuggestion(suggestion=suggestions[0], version=0).execute(make_staff())
    assert OutcomeChange.objects.get().occurrence == sessions[0]
    mandate.refresh_from_db()
    assert mandate.outcome == "open"
    assert list(Suggestion.objects.waiting()) == suggestions[1:]


def test_only_who_may_decides(suggestion: Suggestion) -> None:
    for action in (ConfirmSuggestion, DismissSuggestion, RestoreSuggestion):
        with pytest.raises(PermissionDenied):
            action(suggestion=suggestion, version=0).execute(make_user(action.__name__))
    assert not LineageDecision.objects.exists()
