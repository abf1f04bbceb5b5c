"""Decisions of people: who may, what is asked for, what is left in the history, and who wins."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mandates.actions.decision import Decision
from mandates.actions.outcomes import MarkFulfilled, OutcomeAction, Reopen, Review, StaleMandate, Withdraw
from mandates.models import Mandate, OutcomeChange
from mandates.services import statuses_refresh
from mandates.tests.factories import make_mandate, make_staff, make_user
from resolutions.tests.factories import make_session

EVIDENCE = {"evidence_symbol": "ICC-ASP/21/ 12", "evidence_date": datetime.date(2022, 11, 30)}


def fulfil(mandate: Mandate, user: Any, **entries: Any) -> Decision:
    entries = {"version": mandate.outcome_version} | (EVIDENCE | entries)
    return MarkFulfilled(mandate=mandate, **entries).execute(user)


@pytest.mark.django_db
class TestMarkFulfilled:
    def test_records_evidence_and_history(self) -> None:
        mandate, user = make_mandate(), make_staff()
        decision = fulfil(mandate, user, note=" As tabled. ")
        mandate.refresh_from_db()
        change = mandate.outcome_changes.get()
        assert decision == Decision(change)
        assert (mandate.outcome, mandate.headline_status, mandate.outcome_version) == ("fulfilled", "fulfilled", 1)
        assert (change.version, change.kind, change.before, change.after) == (1, "fulfilled", "open", "fulfilled")
        assert (change.evidence_symbol, change.note, change.made_by) == ("ICC-ASP/21/12", "As tabled.", user)
        assert change.effective_on == datetime.date(2022, 11, 30)

    def test_counts_from_today_where_the_evidence_has_no_date(self) -> None:
        decision = fulfil(make_mandate(), make_staff(), evidence_date=None)
        assert decision.change.effective_on == timezone.localdate()

    @pytest.mark.parametrize(
        ("entries", "code"),
        [
            pytest.param({"evidence_symbol": " "}, "evidence", id="no evidence"),
            pytest.param({"evidence_symbol": "the report"}, "evidence_symbol", id="no symbol"),
            pytest.param({"evidence_url": "javascript:alert(1)"}, "evidence_url", id="script for a link"),
            pytest.param({"evidence_url": "ftp://example.org/a"}, "evidence_url", id="neither http nor https"),
            pytest.param({"evidence_date": datetime.date(2021, 12, 8)}, "evidence_date", id="before adoption"),
            pytest.param({"evidence_date": datetime.date(9999, 1, 1)}, "evidence_date", id="in the future"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, entries: dict[str, Any], code: str) -> None:
        mandate, user = make_mandate(), make_staff()
        with pytest.raises(ValidationError) as error:
            fulfil(mandate, user, **entries)
        assert error.value.code == code
        assert not mandate.outcome_changes.exists()

    def test_takes_a_link_alone(self) -> None:
        decision = fulfil(make_mandate(), make_staff(), evidence_symbol="", evidence_url="https://example.org/a")
        assert decision.change.evidence_url == "https://example.org/a"

    def test_refuses_a_proposed_mandate(self) -> None:
        with pytest.raises(ValidationError) as error:
            fulfil(make_mandate(proposed=True), make_staff())
        assert error.value.code == "proposed"

    def test_refuses_one_that_is_not_open(self) -> None:
        mandate, user = make_mandate(), make_staff()
        Withdraw(mandate=mandate, version=0, note="Overtaken").execute(user)
        mandate.refresh_from_db()
        with pytest.raises(ValidationError, match="withdrawn already"):
            fulfil(mandate, user)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "action",
    [
        pytest.param(lambda m: MarkFulfilled(mandate=m, version=0, evidence_symbol="ICC-ASP/21/12"), id="fulfil"),
        pytest.param(lambda m: Withdraw(mandate=m, version=0, note="Overtaken"), id="withdraw"),
        pytest.param(lambda m: Reopen(mandate=m, version=0, note="Wrong"), id="reopen"),
        pytest.param(lambda m: Review(mandate=m, version=0), id="review"),
    ],
)
class TestWhoMay:
    def test_refuses_who_may_not(self, action: Any) -> None:
        mandate = make_mandate(flag="The words changed")
        for user in (make_user(), make_user("helper", is_staff=True), make_staff("former", is_active=False)):
            with pytest.raises(PermissionDenied):
                action(mandate).check(user)
            with pytest.raises(PermissionDenied):
                action(mandate).execute(user)
        assert not OutcomeChange.objects.exists()

    def test_check_writes_nothing(self, action: Any) -> None:
        action(make_mandate()).check(make_staff())
        assert not OutcomeChange.objects.exists()


@pytest.mark.django_db
def test_withdraw_and_reopen_keep_every_step() -> None:
    mandate, user = make_mandate(), make_staff()
    Withdraw(mandate=mandate, version=0, note="Overtaken by the review").execute(user)
    Reopen(mandate=mandate, version=1, note="It was not").execute(user)
    fulfil(mandate, user, version=2)
    mandate.refresh_from_db()
    steps = list(mandate.outcome_changes.values_list("version", "kind", "before", "after"))
    assert steps == [
        (1, "withdrawn", "open", "withdrawn"),
        (2, "reopened", "withdrawn", "open"),
        (3, "fulfilled", "open", "fulfilled"),
    ]
    assert mandate.outcome == "fulfilled"


@pytest.mark.django_db
@pytest.mark.parametrize("action", [Withdraw, Reopen])
def test_a_reason_must_be_given(action: type[OutcomeAction]) -> None:
    with pytest.raises(ValidationError) as error:
        action(mandate=make_mandate(), version=0, note=" ").check(make_staff())
    assert error.value.code == "note"


@pytest.mark.django_db
def test_nothing_to_reopen_on_an_open_mandate() -> None:
    with pytest.raises(ValidationError, match="nothing to take back"):
        Reopen(mandate=make_mandate(), version=0, note="Wrong").execute(make_staff())


@pytest.mark.django_db
def test_review_takes_the_flag_away_and_keeps_what_it_said() -> None:
    mandate, user = make_mandate(flag="The words changed"), make_staff()
    Review(mandate=mandate, version=0, note="Still the same task").execute(user)
    mandate.refresh_from_db()
    assert (mandate.flag, mandate.outcome, mandate.outcome_version) == ("", "open", 1)
    assert mandate.outcome_changes.get().note == "The words changed\nStill the same task"
    assert Review(mandate=mandate, version=0, note="Still the same task").execute(user).done_already


@pytest.mark.django_db
class TestRecurring:
    @pytest.fixture
    def mandate(self) -> Mandate:
        for number in range(20, 28):
            make_session(number)
        mandate = make_mandate(deadlines=[{"kind": "recurring", "interval": "annual", "text": "annually"}])
        statuses_refresh()
        mandate.refresh_from_db()
        return mandate

    def test_is_answered_for_the_coming_session_and_stays_open(self, mandate: Mandate) -> None:
        coming = mandate.due_session
        decision = fulfil(mandate, make_staff())
        mandate.refresh_from_db()
        assert decision.change.occurrence and decision.change.occurrence.number == coming
        assert coming and mandate.due_session == coming + 1
        assert (mandate.outcome, mandate.headline_status) == ("open", "open")

    def test_is_answered_for_an_earlier_session(self, mandate: Mandate) -> None:
        coming = mandate.due_session
        fulfil(mandate, make_staff(), occurrence=make_session(22))
        mandate.refresh_from_db()
        assert mandate.due_session == coming

    @pytest.mark.parametrize("number", [20, 27])
    def test_refuses_a_session_at_which_it_does_not_come_due(self, mandate: Mandate, number: int) -> None:
        mandate.due_session = min(mandate.due_session or 0, 26)
        mandate.save()
        with pytest.raises(ValidationError) as error:
            fulfil(mandate, make_staff(), occurrence=make_session(number))
        assert error.value.code == "occurrence"

    def test_refuses_a_second_answer_and_takes_one_back(self, mandate: Mandate) -> None:
        user, session = make_staff(), make_session(22)
        fulfil(mandate, user, occurrence=session)
        mandate.refresh_from_db()
        with pytest.raises(ValidationError, match="answered for the twenty-second session already"):
            fulfil(mandate, user, occurrence=session)
        Reopen(mandate=mandate, version=1, note="Wrong session").execute(user)
        mandate.refresh_from_db()
        assert mandate.outcome_changes.latest("version").occurrence == session
        fulfil(mandate, user, occurrence=session)

    def test_the_same_form_twice_is_one_answer(self, mandate: Mandate) -> None:
        user = make_staff()
        assert not fulfil(mandate, user, version=0).done_already
        assert fulfil(mandate, user, version=0).done_already
        assert mandate.outcome_changes.count() == 1

    def test_an_occurrence_is_for_recurring_mandates_only(self) -> None:
        with pytest.raises(ValidationError) as error:
            fulfil(make_mandate(), make_staff(), occurrence=make_session(21))
        assert error.value.code == "occurrence"


@pytest.mark.django_db
class TestVersions:
    def test_the_same_form_twice_is_done_once(self) -> None:
        mandate, user = make_mandate(), make_staff()
        first, second = fulfil(mandate, user, version=0), fulfil(mandate, user, version=0)
        assert (first.done_already, second.done_already) == (False, True)
        assert first.change == second.change
        assert mandate.outcome_changes.count() == 1

    def test_a_stale_form_says_who_did_what(self) -> None:
        mandate = make_mandate()
        fulfil(mandate, make_staff("ana", first_name="Ana", last_name="Ruiz"), version=0)
        with pytest.raises(StaleMandate, match=r"Ana Ruiz changed this mandate on .*: marked fulfilled") as error:
            Withdraw(mandate=mandate, version=0, note="Overtaken").execute(make_staff("ben"))
        assert error.value.change == mandate.outcome_changes.get()

    def test_the_same_entries_of_another_person_are_stale(self) -> None:
        mandate = make_mandate()
        fulfil(mandate, make_staff("ana"), version=0)
        with pytest.raises(StaleMandate):
            fulfil(mandate, make_staff("ben"), version=0)

    def test_other_entries_of_the_same_person_are_stale(self) -> None:
        mandate, user = make_mandate(), make_staff()
        fulfil(mandate, user, version=0)
        with pytest.raises(StaleMandate):
            fulfil(mandate, user, version=0, note="Another note")


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_exactly_one_wins() -> None:
    """Threads have connections of their own, on either database."""
    mandates = [make_mandate() for _ in range(5)]
    users = [make_staff(name) for name in ("ana", "ben", "eva", "tom")]
    outcomes: list[tuple[int, str]] = []

    def decide(mandate: Mandate, user: Any, start: threading.Barrier) -> None:
        try:
            start.wait()
            MarkFulfilled(mandate=mandate, version=0, evidence_symbol="ICC-ASP/21/12").execute(user)
            outcomes.append((mandate.pk, "won"))
        except StaleMandate:
            outcomes.append((mandate.pk, "stale"))
        except Exception as error:
            outcomes.append((mandate.pk, repr(error)))
        finally:
            connection.close()

    for mandate in mandates:
        start = threading.Barrier(len(users))
        threads = [threading.Thread(target=decide, args=(mandate, user, start)) for user in users]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for mandate in mandates:
        assert sorted(what for pk, what in outcomes if pk == mandate.pk) == ["stale", "stale", "stale", "won"]
        assert mandate.outcome_changes.count() == 1


@pytest.mark.django_db
class TestAppendOnly:
    @pytest.fixture
    def change(self) -> OutcomeChange:
        return fulfil(make_mandate(), make_staff()).change

    def test_the_model_refuses(self, change: OutcomeChange) -> None:
        with pytest.raises(TypeError):
            change.save()
        with pytest.raises(TypeError):
            change.delete()

    @pytest.mark.parametrize(
        "write",
        [
            pytest.param(lambda: OutcomeChange.objects.update(note="Never said"), id="update of a queryset"),
            pytest.param(lambda: OutcomeChange.objects.all().delete(), id="delete of a queryset"),
            pytest.param(lambda: run_sql("UPDATE mandates_outcomechange SET note = 'x'"), id="UPDATE"),
            pytest.param(lambda: run_sql("DELETE FROM mandates_outcomechange"), id="DELETE"),
        ],
    )
    def test_the_database_refuses(self, change: OutcomeChange, write: Any) -> None:
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
            write()
        assert OutcomeChange.objects.get().note == change.note


def run_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
