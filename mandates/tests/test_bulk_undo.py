"""Taking a decision about many mandates back: what nobody changed since, with the history kept."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from mandates.actions.outcomes import MarkFulfilled, Reopen, Withdraw
from mandates.models import BulkDecision, Mandate, OutcomeChange
from mandates.tests.factories import make_mandate, make_staff
from mandates.tests.test_bulk import NEW, content, decide, many_cases, outcome_of, pick, seal_of, the_bulk

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Any:
    user = make_staff()
    client.force_login(user)
    return user


def test_a_recurring_one_for_the_session_that_is_chosen(client: Client, staff: Any) -> None:
    cases = many_cases(staff)
    selection = pick(cases["recurring"], cases["open"])
    answer = decide(client, "fulfil", selection, evidence="ICC-ASP/24/12", occurrence="24")
    assert answer.status_code == 409 and "Fulfilled for the" in content(answer)
    bulk = the_bulk(
        client.post(
            NEW, {"do": "fulfil", **selection, **seal_of(answer), "evidence": "ICC-ASP/24/12", "occurrence": "24"}
        )
    )
    assert bulk.done == 2
    change = OutcomeChange.objects.get(mandate=cases["recurring"])
    assert change.occurrence and change.occurrence.number == 24 and outcome_of(cases["recurring"]) == "open"
    undone = the_bulk(undo(client, bulk))
    assert undone.done == 2
    last = OutcomeChange.objects.filter(mandate=cases["recurring"]).latest("pk")
    assert (last.kind, last.occurrence) == ("reopened", change.occurrence)


def undo(client: Client, bulk: BulkDecision) -> Any:
    path = f"{bulk.get_absolute_url()}undo/"
    return client.post(path, seal_of(client.get(path)))


def test_undo_takes_back_what_nobody_changed_since(client: Client, staff: Any) -> None:
    mandates = [make_mandate() for _ in range(3)]
    bulk = the_bulk(decide(client, "fulfil", pick(*mandates), evidence="ICC-ASP/21/12", evidence_date="2022-11-30"))
    Reopen(mandate=mandates[0], version=1, note="Another one was meant.").execute(make_staff("other"))
    preview = client.get(f"{bulk.get_absolute_url()}undo/")
    assert preview.context["will_count"] == 2 and "other changed this mandate" in content(preview)

    undone = the_bulk(undo(client, bulk))
    assert (undone.done, undone.refused, undone.undoes) == (2, 1, bulk)
    for mandate in mandates:
        assert outcome_of(mandate) == "open"
    kinds = list(OutcomeChange.objects.filter(mandate=mandates[1]).values_list("kind", "effective_on"))
    day = datetime.date(2022, 11, 30)
    assert kinds == [("fulfilled", day), ("reopened", day)]
    last = OutcomeChange.objects.filter(mandate=mandates[1]).latest("pk")
    assert f"Undo of decision {bulk.pk}" in last.note
    assert Mandate.objects.all().as_at(datetime.date(2023, 1, 1)).filter(status_as_at="fulfilled").count() == 1
    page = content(client.get(bulk.get_absolute_url()))
    assert undone.get_absolute_url() in page and "2 taken back" in page
    # Once more there is nothing left, and an undo itself is not undone.
    again = client.get(f"{bulk.get_absolute_url()}undo/")
    assert again.context["will_count"] == 0 and "Nothing is left to undo" in content(again)
    assert client.get(f"{undone.get_absolute_url()}undo/").status_code == 404


def test_undo_says_first_what_happened_meanwhile(client: Client, staff: Any) -> None:
    mandates = [make_mandate() for _ in range(2)]
    bulk = the_bulk(decide(client, "withdraw", pick(*mandates), note="Overtaken."))
    path = f"{bulk.get_absolute_url()}undo/"
    seal = seal_of(client.get(path))
    Reopen(mandate=mandates[0], version=1, note="No.").execute(staff)
    answer = client.post(path, seal)
    assert answer.status_code == 409 and BulkDecision.objects.count() == 1


def test_undo_of_a_reopening_records_the_evidence_again(client: Client, staff: Any) -> None:
    fulfilled, withdrawn = make_mandate(), make_mandate()
    day = datetime.date(2022, 11, 30)
    MarkFulfilled(mandate=fulfilled, version=0, evidence_symbol="ICC-ASP/21/12", evidence_date=day).execute(staff)
    Withdraw(mandate=withdrawn, version=0, note="Overtaken.").execute(staff)
    for mandate in (fulfilled, withdrawn):
        mandate.refresh_from_db()
    bulk = the_bulk(decide(client, "reopen", pick(fulfilled, withdrawn), note="Wrong."))
    assert the_bulk(undo(client, bulk)).done == 2
    last = OutcomeChange.objects.filter(mandate=fulfilled).latest("pk")
    assert (last.kind, last.after, last.evidence_symbol, last.effective_on) == (
        "fulfilled", "fulfilled", "ICC-ASP/21/12", day,
    )  # fmt: skip
    assert outcome_of(withdrawn) == "withdrawn"
