"""Decisions about all links or suggestions that match: what the preview says comes true, and it can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.actions.links import RejectLink
from mandates.actions.outcomes import MarkFulfilled, Reopen
from mandates.actions.suggestions import DismissSuggestion
from mandates.models import BulkDecision, LineageDecision, Mandate, MandateLink, OutcomeChange, Suggestion
from mandates.services import bulk as service
from mandates.services.bulk import bulk_continue
from mandates.tests.factories import make_link, make_mandate, make_staff, make_suggestion, make_user
from resolutions.tests.factories import make_document, make_paragraph, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_new_findings")]

LINKS, SUGGESTIONS = "/review/links/", "/review/suggestions/"


@pytest.fixture
def staff(client: Client) -> Any:
    user = make_staff()
    client.force_login(user)
    return user


def mandate_of(session: int, body: str = "Bureau", **fields: Any) -> Mandate:
    document = make_document(f"ICC-ASP/{session}/Res.2", session=make_session(session))
    paragraph = make_paragraph(document, text=f"Requests the {body} to report on matter {session};")
    return make_mandate(paragraph, addressees=[body], **fields)


def propose(*sessions: int) -> list[MandateLink]:
    return [make_link(mandate_of(each), mandate_of(each - 10), decision="proposed", score=0.7) for each in sessions]


def suggest(*sessions: int, **fields: Any) -> list[Suggestion]:
    return [make_suggestion(mandate_of(each, **fields)) for each in sessions]


def look(client: Client, path: str, word: str, **more: Any) -> Any:
    answer = client.post(path, {"do": word, "all": "yes"} | more)
    assert answer.status_code == 200, answer
    return answer


def send(client: Client, path: str, word: str, seal: str, **more: Any) -> Any:
    return client.post(path, {"do": word, "all": "yes", "sure": "yes", "seal": seal} | more)


def decide_all(client: Client, path: str, word: str, **more: Any) -> BulkDecision:
    answer = send(client, path, word, look(client, path, word).context["seal"], **more)
    return BulkDecision.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))


def undo(client: Client, bulk: BulkDecision) -> BulkDecision:
    path = f"/review/bulk/{bulk.pk}/undo/"
    answer = client.post(path, {"seal": client.get(path).context["seal"]})
    return BulkDecision.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))


def test_all_links_that_match_and_back(client: Client, staff: Any) -> None:
    first, second, third = propose(20, 21, 22)
    page = look(client, f"{LINKS}?session=20", "confirm", seen="1").content.decode()
    assert "Confirm one link?" in page and "Session of the later one: " in page
    bulk = decide_all(client, LINKS, "confirm", note="The same.")
    assert (bulk.kind, bulk.total, bulk.done, bulk.every_match) == ("confirm_link", 3, 3, True)
    assert set(MandateLink.objects.values_list("decision", flat=True)) == {"confirmed"}
    assert {each.earlier.headline_status for each in MandateLink.objects.all()} == {"repeated"}
    assert set(LineageDecision.objects.values_list("note", "made_by")) == {("The same.", staff.pk)}
    assert {entry.decision.link_id for entry in bulk.entries.all() if entry.decision} == {first.pk, second.pk, third.pk}

    RejectLink(link=second, version=1).execute(make_staff("ana", first_name="Ana"))
    page = client.get(f"/review/bulk/{bulk.pk}/undo/").content.decode()
    assert "Undo it for 2" in page and "Confirmed" in page
    undone = undo(client, bulk)
    assert (undone.done, undone.refused) == (2, 1)
    assert "Ana decided about this link" in undone.entries.get(state="refused").reason
    assert [each.decision for each in MandateLink.objects.order_by("pk")] == ["proposed", "rejected", "proposed"]
    assert {each.earlier.headline_status for each in MandateLink.objects.all()} == {"open"}
    assert not undone.can_be_undone


def test_all_suggestions_that_match_and_back(client: Client, staff: Any) -> None:
    first, second, third = suggest(18, 19, 20)
    bulk = decide_all(client, SUGGESTIONS, "confirm")
    assert (bulk.done, bulk.refused) == (3, 0)
    assert set(Mandate.objects.values_list("headline_status", flat=True)) == {"fulfilled"}
    Reopen(mandate=second.mandate, version=1, note="Another report.").execute(staff)
    MarkFulfilled(mandate=second.mandate, version=2, evidence_symbol="ICC-ASP/22/1").execute(make_staff("ana"))
    undone = undo(client, bulk)
    assert (undone.done, undone.refused) == (2, 1)
    assert "Somebody decided about the mandate since." in undone.entries.get(state="refused").reason
    states = list(Suggestion.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["waiting", "confirmed", "waiting"]
    assert [each.outcome for each in Mandate.objects.order_by("pk")] == ["open", "fulfilled", "open"]
    # As if it had not been made: it counts from the day from which the confirmation did.
    change = OutcomeChange.objects.get(mandate=first.mandate, kind="reopened")
    assert change.effective_on == first.evidence_date and "Undo of decision" in change.note
    assert set(Suggestion.objects.waiting()) == {first, third}


def test_dismissals_are_taken_back(client: Client, staff: Any) -> None:
    suggest(20, 21)
    bulk = decide_all(client, SUGGESTIONS, "dismiss")
    assert not Suggestion.objects.waiting().exists()
    assert undo(client, bulk).done == 2
    assert Suggestion.objects.waiting().count() == 2


def test_what_will_not_change_says_why(client: Client, staff: Any) -> None:
    early, recurring = suggest(25)[0], suggest(20, recurring=True, recurs_from=21, due_session=21)[0]
    late = make_suggestion(early.mandate, source="ICC-ASP/26/3")
    Mandate.objects.filter(pk=early.mandate_id).update(outcome_version=0)
    early.mandate.document.adopted = "2030-12-01"
    early.mandate.document.save()
    context = look(client, SUGGESTIONS, "confirm").context
    said = {shown.prospect.found.pk: shown.prospect.refusal for shown in context["will_not"]}
    assert "before ICC-ASP/25/Res.2 was adopted" in said[early.pk] and said[late.pk] == said[early.pk]
    will = {shown.prospect.found.pk for shown in context["will"]}
    assert will | set(said) == {early.pk, late.pk, recurring.pk}
    bulk = decide_all(client, SUGGESTIONS, "confirm") if will else None
    assert bulk is None or {entry.suggestion_id for entry in bulk.entries.filter(state="done")} == will


def test_nothing_else_is_done_than_what_was_seen(client: Client, staff: Any) -> None:
    first, second = propose(20, 21)
    seal = look(client, LINKS, "confirm").context["seal"]
    RejectLink(link=first, version=0).execute(make_staff("ana"))
    answer = send(client, LINKS, "confirm", seal, seen="2", note="Kept as typed.")
    page = answer.content.decode()
    assert answer.status_code == 409 and "Nothing was recorded yet" in page and "Kept as typed." in page
    assert "2 matched then, 1 match now" in page
    assert not BulkDecision.objects.exists() and not second.decisions.exists()
    assert send(client, LINKS, "confirm", "").status_code == 409


def test_a_worker_goes_on(client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    links = propose(20, 21, 22, 23)
    monkeypatch.setattr(service, "DIRECTLY", 1)
    monkeypatch.setattr(service, "BATCH", 2)
    bulk = decide_all(client, LINKS, "reject")
    assert (bulk.done, bulk.finished_at) == (0, None)
    assert "of 4" in client.get(bulk.get_absolute_url()).content.decode()
    RejectLink(link=links[3], version=0).execute(make_staff("ana"))
    assert bulk_continue(bulk_id=bulk.pk) == 3 == bulk_continue(bulk_id=bulk.pk)
    bulk.refresh_from_db()
    assert (bulk.done, bulk.refused) == (3, 1) and bulk.finished_at
    assert LineageDecision.objects.count() == 4


def test_who_loses_the_right_decides_nothing_more(client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    propose(20, 21)
    monkeypatch.setattr(service, "DIRECTLY", 0)
    bulk = decide_all(client, LINKS, "confirm")
    staff.user_permissions.clear()
    bulk_continue(bulk_id=bulk.pk)
    bulk.refresh_from_db()
    assert (bulk.done, bulk.refused) == (0, 2) and not LineageDecision.objects.exists()


def test_what_is_gone_meanwhile(client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    link, other = propose(20, 21)
    monkeypatch.setattr(service, "DIRECTLY", 0)
    bulk = decide_all(client, LINKS, "confirm")
    link.delete()
    bulk_continue(bulk_id=bulk.pk)
    entry = bulk.entries.get(state="refused")
    assert "gone" in entry.reason and entry.key == link.later.key
    assert client.get(bulk.get_absolute_url()).status_code == 200
    other.refresh_from_db()
    assert other.decision == "confirmed"


def test_queries_do_not_grow(client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("bulk.lineage", "views.bulk"):
        monkeypatch.setattr(f"mandates.{module}.SHOWN", 1)
    counts = []
    for first in (20, 40):
        propose(*range(first, first + 8))
        suggest(*range(first, first + 8))
        pair = []
        for path, word in ((LINKS, "confirm"), (SUGGESTIONS, "confirm"), (SUGGESTIONS, "dismiss")):
            with CaptureQueriesContext(connection) as queries:
                look(client, path, word)
            pair.append(len(queries))
        counts.append(pair)
    assert counts[0] == counts[1], counts


def test_too_many_or_none(client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.post(LINKS, {"do": "confirm", "all": "yes"}, follow=True)
    assert "Select the links" in answer.content.decode()
    propose(20, 21)
    monkeypatch.setattr("mandates.bulk.selection.MOST", 1)
    monkeypatch.setattr("mandates.views.review_many.MOST", 1)
    answer = client.post(LINKS, {"do": "confirm", "all": "yes"}, follow=True)
    assert "More than 1 match" in answer.content.decode()
    client.force_login(make_user("reader"))
    assert client.post(LINKS, {"do": "confirm", "all": "yes"}).status_code == 403
    assert not BulkDecision.objects.exists()


def test_a_dismissed_one_is_not_confirmed_with_the_rest(client: Client, staff: Any) -> None:
    first, second = suggest(20, 21)
    chosen = [first.choice, second.choice]
    DismissSuggestion(suggestion=first, version=0).execute(make_staff("ana"))
    context = client.post(SUGGESTIONS, {"do": "confirm", "suggestion": chosen}).context
    assert [shown.prospect.found for shown in context["will"]] == [second]
    assert "ana decided about this suggestion" in context["will_not"][0].prospect.refusal
