"""Decisions about many mandates: what the preview says comes true, nothing else is done, and it can be undone."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mandates.actions.outcomes import MarkFulfilled, Withdraw
from mandates.bulk.actions import action_maker
from mandates.bulk.plan import plan_for
from mandates.models import BulkDecision, BulkEntry, Mandate, OutcomeChange
from mandates.services import bulk as service
from mandates.services import statuses_refresh
from mandates.services.bulk import bulk_continue, bulk_start, bulks_sweep
from mandates.tests.factories import make_mandate, make_staff, make_user
from resolutions.tests.factories import make_document, make_session

pytestmark = pytest.mark.django_db

NEW = "/review/bulk/new/"
EVIDENCE = {"evidence": "ICC-ASP/21/ 12", "evidence_date": "2022-11-30", "note": "As tabled."}
EVERY_YEAR = {"kind": "recurring", "interval": "annual", "text": "annually", "session_number": None}


@pytest.fixture
def staff(client: Client) -> Any:
    user = make_staff()
    client.force_login(user)
    return user


def pick(*mandates: Mandate) -> dict[str, Any]:
    return {"pick": [f"{mandate.pk}:{mandate.outcome_version}" for mandate in mandates]}


def content(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def seal_of(answer: Any) -> dict[str, str]:
    return {"seal": re.findall(r'name="seal" value="(\w+)"', content(answer))[0], "sure": "yes"}


def decide(client: Client, kind: str, selection: dict[str, Any], **entries: str) -> Any:
    """Select, look and send, as a person does."""
    preview = client.post(NEW, {"do": kind, **selection})
    assert preview.status_code == 200, preview
    return client.post(NEW, {"do": kind, **selection, **seal_of(preview), **entries})


def the_bulk(answer: Any) -> BulkDecision:
    assert answer.status_code == 302, content(answer)
    return BulkDecision.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))


def states(bulk: BulkDecision) -> dict[int | None, str]:
    return dict(bulk.entries.values_list("mandate", "state"))


def outcome_of(mandate: Mandate) -> str:
    return Mandate.objects.get(pk=mandate.pk).outcome


@pytest.mark.parametrize("person", [None, {}, {"is_staff": True}, {"may_import": True}])
def test_only_for_those_who_may_decide(client: Client, person: dict[str, Any] | None) -> None:
    mandate = make_mandate()
    done = bulk_of(make_staff(), "withdraw", [make_mandate()], note="Overtaken.")
    if person is not None:
        client.force_login(make_user("someone", **person))
    for path in (NEW, "/review/bulk/", f"/review/bulk/{done.pk}/", f"/review/bulk/{done.pk}/undo/"):
        for method in (client.get, client.post):
            if method == client.post and path in ("/review/bulk/", f"/review/bulk/{done.pk}/"):
                continue  # pages that only show
            answer = method(path, {"do": "withdraw", "sure": "yes", "note": "No more.", **pick(mandate)})
            assert answer.status_code == (302 if person is None else 403), path
            assert person is not None or answer["Location"].startswith("/accounts/login/")
    assert BulkDecision.objects.count() == 1 and outcome_of(mandate) == "open"
    assert 'name="pick"' not in content(client.get("/mandates/"))


def test_the_list_has_a_box_for_each_row(client: Client, staff: Any) -> None:
    mandate = make_mandate()
    said = content(client.get("/mandates/?status=open"))
    assert f'name="pick" value="{mandate.pk}:0"' in said and "Select ICC-ASP/" in said
    assert 'name="query" value="status=open"' in said and "The one that matches" in said


def bulk_of(user: Any, kind: str, mandates: list[Mandate], **entered: Any) -> BulkDecision:
    versions = {mandate.pk: mandate.outcome_version for mandate in mandates}
    plan = plan_for(versions, action_maker(kind, entered), user, entered=True)
    return bulk_start(kind=kind, plan=plan, user=user, entered=entered)


def many_cases(user: Any) -> dict[str, Mandate]:
    """One mandate of each kind that a decision treats otherwise."""
    session = make_session(20)
    make_session(24, opening_date=datetime.date(2025, 12, 1))
    make_session(25, opening_date=timezone.localdate() + datetime.timedelta(days=20))
    document = make_document("ICC-ASP/20/Res.2", session=session, adopted=datetime.date(2021, 12, 9))
    late = make_document("ICC-ASP/24/Res.1", session=make_session(24), adopted=datetime.date(2025, 12, 5))
    cases = {
        name: make_mandate(document=document)
        for name in ("open", "fulfilled", "withdrawn", "first", "parallel", "changed")
    }
    cases["proposed"] = make_mandate(document=document, proposed=True)
    cases["late"] = make_mandate(document=late)
    cases["recurring"] = make_mandate(document=document, deadlines=[EVERY_YEAR])
    Mandate.objects.filter(pk=cases["parallel"].pk).update(parallel_of=cases["first"])
    statuses_refresh()
    MarkFulfilled(mandate=cases["fulfilled"], version=0, evidence_symbol="ICC-ASP/21/12").execute(user)
    Withdraw(mandate=cases["withdrawn"], version=0, note="Overtaken.").execute(user)
    return {name: Mandate.objects.get(pk=mandate.pk) for name, mandate in cases.items()}


@pytest.mark.parametrize(
    ("kind", "entries"), [("fulfil", EVIDENCE), ("withdraw", {"note": "Overtaken."}), ("reopen", {"note": "Wrong."})]
)
def test_what_the_preview_says_comes_true(client: Client, staff: Any, kind: str, entries: dict[str, str]) -> None:
    cases = many_cases(make_staff("other"))
    selection = pick(*cases.values())
    Withdraw(mandate=cases["changed"], version=0, note="Meanwhile.").execute(make_staff("another"))

    preview = client.post(NEW, {"do": kind, **selection})
    said = content(preview)
    will = {shown.prospect.mandate.pk for shown in preview.context["will"]}
    expected = {"reopen": {"fulfilled", "withdrawn"}}.get(kind, {"open", "first", "late", "recurring"})
    assert will == {cases[name].pk for name in expected}
    assert "another changed this mandate" in said and "only proposed" in said and "counted once" in said
    assert OutcomeChange.objects.count() == 3 and not BulkDecision.objects.exists()

    answer = client.post(NEW, {"do": kind, **selection, **seal_of(preview), **entries})
    if kind == "fulfil":  # the day is before one of them was adopted: nothing is done that was not shown
        assert answer.status_code == 409 and "before ICC-ASP/24/Res.1 was adopted" in content(answer)
        assert not BulkDecision.objects.exists()
        will -= {cases["late"].pk}
        assert {shown.prospect.mandate.pk for shown in answer.context["will"]} == will
        assert "Fulfilled for the" in said and "stays open for the sessions after it" in said
        answer = client.post(NEW, {"do": kind, **selection, **seal_of(answer), **entries})
    bulk = the_bulk(answer)
    assert {pk for pk, state in states(bulk).items() if state == "done"} == will
    assert (bulk.done, bulk.refused, bulk.total) == (len(will), len(cases) - len(will), len(cases))
    assert bulk.finished_at and bulk.made_by == staff
    for name, mandate in cases.items():
        changed = OutcomeChange.objects.filter(mandate=mandate, bulk_entry__bulk=bulk).exists()
        assert changed == (mandate.pk in will), name
    if kind != "reopen":
        assert outcome_of(cases["parallel"]) == outcome_of(cases["first"]) != "open"
    page = content(client.get(bulk.get_absolute_url()))
    assert "another changed this mandate" in page and "counted once" in page
    assert bulk.get_absolute_url() in content(client.get("/review/bulk/"))


@pytest.mark.parametrize(
    ("kind", "entries", "said"),
    [
        ("fulfil", {"evidence": ""}, "This field is required."),
        ("fulfil", {"evidence": "the report"}, "is no document symbol"),
        ("fulfil", {"evidence": "ftp://x.org/"}, "A link starts with"),
        ("fulfil", {"evidence": "ICC-ASP/21/12", "evidence_date": "2999-01-01"}, "still to come"),
        ("withdraw", {"note": " "}, "This field is required."),
        ("reopen", {}, "This field is required."),
    ],
)
def test_entries_are_checked_as_for_one(
    client: Client, staff: Any, kind: str, entries: dict[str, str], said: str
) -> None:
    mandate = make_mandate()
    if kind == "reopen":
        Withdraw(mandate=mandate, version=0, note="Overtaken.").execute(staff)
        mandate.refresh_from_db()
    answer = decide(client, kind, pick(mandate), **entries)
    assert answer.status_code == 422 and said in content(answer) and not BulkDecision.objects.exists()


def test_all_that_match_are_found_again_on_the_server(client: Client, staff: Any) -> None:
    mandates, other = [make_mandate() for _ in range(30)], make_mandate(strength="invitation")
    matching = {"all": "yes", "query": "strength=request&nonsense=1", "seen": "30", **pick(other)}
    preview = client.post(NEW, {"do": "withdraw", **matching})
    assert preview.context["will_count"] == 30 and "30 mandates" in content(preview)
    assert 'name="pick"' not in content(preview)

    more = make_mandate()
    answer = client.post(NEW, {"do": "withdraw", **matching, **seal_of(preview), "note": "Overtaken."})
    assert answer.status_code == 409 and "30 matched then, 31 match now" in content(answer)
    assert outcome_of(mandates[0]) == "open"

    answer = client.post(NEW, {"do": "withdraw", **matching, "seen": "31", **seal_of(answer), "note": "Overtaken."})
    bulk = the_bulk(answer)
    assert (bulk.done, bulk.every_match, bulk.query) == (31, True, "strength=request")
    assert "31 mandates" in bulk.shown and "31 mandates" in content(client.get(bulk.get_absolute_url()))
    assert outcome_of(more) == "withdrawn" and outcome_of(other) == "open"


def test_as_many_but_others_are_shown_again(client: Client, staff: Any) -> None:
    mandates = [make_mandate() for _ in range(3)]
    matching = {"all": "yes", "query": "status=open", "seen": "3"}
    preview = client.post(NEW, {"do": "withdraw", **matching})
    Withdraw(mandate=mandates[0], version=0, note="Meanwhile.").execute(make_staff("other"))
    make_mandate()
    answer = client.post(NEW, {"do": "withdraw", **matching, **seal_of(preview), "note": "Overtaken."})
    assert answer.status_code == 409 and not BulkDecision.objects.exists()


def test_nothing_or_too_much_is_refused(client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_mandate(), make_mandate()
    answer = client.post(NEW, {"do": "withdraw", "query": "status=open"}, follow=True)
    assert answer.redirect_chain[0][0] == "/mandates/?status=open" and "Select the mandates" in content(answer)
    monkeypatch.setattr("mandates.bulk.selection.MOST", 1)
    monkeypatch.setattr("mandates.views.bulk.MOST", 1)
    answer = client.post(NEW, {"do": "withdraw", "all": "yes"}, follow=True)
    assert "narrow them down first" in content(answer)
    assert client.post(NEW, {"do": "nonsense"}).status_code == 302


def test_the_same_form_twice_decides_once(client: Client, staff: Any) -> None:
    mandate = make_mandate()
    preview = client.post(NEW, {"do": "withdraw", **pick(mandate)})
    sent = {"do": "withdraw", **pick(mandate), **seal_of(preview), "note": "Overtaken."}
    assert client.post(NEW, sent).status_code == 302
    again = client.post(NEW, sent)
    assert again.status_code == 409 and "changed this mandate" in content(again)
    assert OutcomeChange.objects.count() == 1


def test_many_are_left_to_a_worker(
    client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(service, "DIRECTLY", 2)
    monkeypatch.setattr(service, "BATCH", 2)
    sent: list[int] = []
    monkeypatch.setattr("mandates.tasks.continue_bulk.apply_async", lambda given, **options: sent.append(*given))
    mandates = [make_mandate() for _ in range(5)]
    with django_capture_on_commit_callbacks(execute=True):
        bulk = the_bulk(decide(client, "withdraw", pick(*mandates), note="Overtaken."))
    assert sent == [bulk.pk] and not bulk.finished_at and not OutcomeChange.objects.exists()
    page = client.get(bulk.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "progress"})
    assert page.status_code == 200 and "You can leave this page" in content(page)
    assert client.get(f"{bulk.get_absolute_url()}undo/").status_code == 404

    assert bulks_sweep() == 0
    long_ago = timezone.now() - datetime.timedelta(seconds=settings.IMPORT_STALLED_SECONDS + 1)
    BulkDecision.objects.update(heartbeat_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert bulks_sweep() == 1
    assert sent == [bulk.pk] * 2
    # What somebody else decides before its turn comes is refused with who it was.
    Withdraw(mandate=mandates[4], version=0, note="I first.").execute(make_staff("other"))
    assert bulk_continue(bulk_id=bulk.pk) == 4 == bulk_continue(bulk_id=bulk.pk)
    assert OutcomeChange.objects.count() == 5
    refused = bulk.entries.get(state="refused")
    assert refused.mandate == mandates[4] and "other changed this mandate" in refused.reason
    page = client.get(bulk.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "progress"})
    assert page.status_code == 286


def test_nobody_waits_long(
    client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(service, "PATIENCE", -1)
    sent: list[int] = []
    monkeypatch.setattr("mandates.tasks.continue_bulk.apply_async", lambda given, **options: sent.append(*given))
    with django_capture_on_commit_callbacks(execute=True):
        bulk = the_bulk(decide(client, "withdraw", pick(make_mandate()), note="Overtaken."))
    assert sent == [bulk.pk] and not bulk.finished_at
    assert bulk_continue(bulk_id=bulk.pk) == 1


def test_who_lost_the_right_meanwhile_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "DIRECTLY", 0)
    user, mandate = make_staff(), make_mandate()
    bulk = bulk_of(user, "withdraw", [mandate], note="Overtaken.")
    user.user_permissions.clear()
    assert bulk_continue(bulk_id=bulk.pk) == 0 and outcome_of(mandate) == "open"
    assert "may not record" in bulk.entries.get().reason
    with pytest.raises(PermissionDenied):
        bulk_of(make_user("reader"), "withdraw", [mandate], note="Overtaken.")


def test_a_mandate_that_is_gone_and_one_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "DIRECTLY", 0)
    gone, failing, good = make_mandate(), make_mandate(), make_mandate()
    bulk = bulk_of(make_staff(), "withdraw", [gone, failing, good], note="Overtaken.")
    key = gone.key
    gone.delete()
    execute = Withdraw.execute

    def failing_once(action: Withdraw, user: Any) -> Any:
        done = execute(action, user)
        if action.mandate == failing:
            raise RuntimeError("in the middle")
        return done

    monkeypatch.setattr(Withdraw, "execute", failing_once)
    assert bulk_continue(bulk_id=bulk.pk) == 1
    assert "It is gone" in bulk.entries.get(key=key).reason
    assert "The program failed" in bulk.entries.get(mandate=failing).reason and outcome_of(failing) == "open"
    assert outcome_of(good) == "withdrawn"


def test_queries_do_not_grow(client: Client, staff: Any) -> None:
    many_cases(staff)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.post(NEW, {"do": "fulfil", "all": "yes", "query": "category=all"})
        counts.append(len(captured))
        for _more in range(20):
            make_mandate(deadlines=[EVERY_YEAR], recurring=True, recurs_from=21, due_session=25)
    assert counts[1] <= counts[0], counts
    assert BulkEntry.objects.count() == 0
