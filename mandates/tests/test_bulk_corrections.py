"""Correcting many mandates at once: what was shown is what is made, one document at a time, and it can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.actions.corrections import CorrectFindings
from mandates.bulk.corrections import correction_plan
from mandates.correcting.records import OtherAddressees, OtherTopic
from mandates.models import BulkDecision, Correction, Mandate
from mandates.services import bulk as service
from mandates.services.bulk import bulk_continue, bulk_start
from mandates.services.importing import document_import
from mandates.tests.corrections import correct, entry, undo
from mandates.tests.factories import make_body, make_mandate, make_staff, make_topic, make_user
from mandates.tests.imports import SYMBOL, TEXT, bring, mandate
from mandates.tests.issues import ARCHIVES, COPIES, COSTS, GUIDE, STUDY, written
from mandates.tests.issues import SYMBOL as OTHER
from mandates.tests.test_bulk import content, pick, seal_of, the_bulk
from mandates.tests.test_bulk_undo import undo as undo_many

pytestmark = pytest.mark.django_db

CORRECT = "/review/bulk/correct/"
WHY = {"note": "The text says so."}
APPOINT, REPORT, UPDATE = "body:16:requests:0", "body:17:requests:0", "body:17:requests:1"


@pytest.fixture(autouse=True)
def stored(reference_data: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PATIENCE", 3600)  # a busy machine takes a while
    bring()


@pytest.fixture
def staff(client: Client) -> Any:
    user = make_staff()
    client.force_login(user)
    return user


def bring_another() -> Mandate:
    document_import(name="other.txt", data=written(ARCHIVES, GUIDE, STUDY, COSTS, COPIES))
    return Mandate.objects.get(key=f"{OTHER}:body:1:requests:0")


def look(client: Client, what: str, selection: dict[str, Any], **entries: str) -> Any:
    """Fill in the form, and see what it would change."""
    answer = client.post(CORRECT, {"do": f"correct_{what}", **selection, "sure": "yes", **WHY, **entries})
    assert answer.status_code == 200, content(answer)
    return answer


def send(client: Client, what: str, selection: dict[str, Any], **entries: str) -> BulkDecision:
    """Fill in, look and send, as a person does."""
    seal = seal_of(look(client, what, selection, **entries))
    sent = {"do": f"correct_{what}", **selection, **seal, **WHY, **entries}
    return the_bulk(client.post(CORRECT, sent))


def bulk_of(user: Any, kind: str, mandates: list[Mandate], **entered: Any) -> BulkDecision:
    entered = {"note": "The text says so."} | entered
    versions = {each.pk: each.outcome_version for each in mandates}
    plan = correction_plan(versions, f"correct_{kind}", entered, user)
    return bulk_start(kind=f"correct_{kind}", plan=plan, user=user, entered=entered)


def stands(*mandates: Mandate) -> list[tuple[list[str], str | None, list[str]]]:
    """Whom each asks, what it is about, and when it is due."""
    rows = [Mandate.objects.get(pk=each.pk) for each in mandates]
    return [
        (
            [row.body.name for row in each.addressee_rows.all()],
            each.topic.name if each.topic else None,
            [row.text for row in each.deadlines.all()],
        )
        for each in rows
    ]


def foreseen(answer: Any) -> dict[int, tuple[str, str]]:
    rows = [shown.prospect for shown in answer.context["will"]]
    return {row.mandate.pk: (row.before, row.after) for row in rows}


@pytest.mark.parametrize("person", [None, {}, {"is_staff": True}, {"may_import": True}])
def test_only_for_those_who_may_correct(client: Client, person: dict[str, Any] | None) -> None:
    row = mandate(REPORT)
    if person is not None:
        client.force_login(make_user("someone", **person))
    for method in (client.get, client.post):
        answer = method(CORRECT, {"do": "correct_topic", "sure": "yes", **WHY, **pick(row)})
        assert answer.status_code == (302 if person is None else 403)
    assert not BulkDecision.objects.exists()
    with pytest.raises(PermissionDenied):
        bulk_of(make_user("reader"), "topic", [row], topic="Reports")


def test_each_right_has_its_buttons_and_its_pages(client: Client) -> None:
    corrector = make_user("corrector", is_staff=True)
    corrector.user_permissions.set(Permission.objects.filter(codename="correct_mandate"))
    client.force_login(corrector)
    said = content(client.get("/mandates/?category=all"))
    assert 'value="correct_topic"' in said and 'value="fulfil"' not in said
    make_topic("Reports")
    bulk = send(client, "topic", pick(mandate(REPORT)), topic="Reports")
    assert client.get(bulk.get_absolute_url()).status_code == 200
    # Who may only decide sees what was corrected, and may not undo it.
    decider = make_user("decider", is_staff=True)
    decider.user_permissions.set(Permission.objects.filter(codename="decide_mandate"))
    client.force_login(decider)
    said = content(client.get("/mandates/?category=all"))
    assert 'value="correct_topic"' not in said and 'value="fulfil"' in said
    assert client.get(bulk.get_absolute_url()).status_code == 200
    assert client.get(f"{bulk.get_absolute_url()}undo/").status_code == 403


@pytest.mark.parametrize(
    ("kind", "entries", "after"),
    [
        ("addressees", {"how": "replace", "body_0": "Court", "body_1": "Registry"}, "Court, Registry"),
        ("addressees", {"how": "add", "body_0": "Court"}, "Bureau, Court"),
        ("topic", {"topic": "Reports"}, "Reports"),
        ("deadlines", {"due": "before_session", "session": "12"}, "before the twelfth session"),
        ("deadlines", {"due": "date", "date": "2031-05-01"}, "by 1 May 2031"),
        ("deadlines", {"due": "recurring", "interval": "annual"}, "annually"),
        ("deadlines", {"due": "none"}, "no deadline"),
    ],
)
def test_what_was_shown_is_what_is_made_and_undone(
    client: Client, staff: Any, kind: str, entries: dict[str, str], after: str
) -> None:
    make_topic("Reports")
    rows = [mandate(REPORT), bring_another()]
    expected = {row.pk: after.replace("Bureau", ", ".join(stands(row)[0][0])) for row in rows}
    before = stands(*rows)
    first = client.post(CORRECT, {"do": f"correct_{kind}", **pick(*rows)})
    assert first.status_code == 200 and "What can be corrected: 2" in content(first)
    assert seal_value(first) == "" and "Nothing was recorded yet" not in content(first)

    shown = foreseen(look(client, kind, pick(*rows), **entries))
    assert {pk: then for pk, (_now, then) in shown.items()} == expected
    assert not Correction.objects.exists() and stands(*rows) == before
    bulk = send(client, kind, pick(*rows), **entries)
    assert (bulk.done, bulk.refused, bulk.made_by) == (2, 0, staff) and bulk.finished_at
    made = {each.mandate_id: each.correction for each in bulk.entries.select_related("correction")}
    assert {pk: (row.before, row.after) for pk, row in made.items() if row} == shown
    assert {row.why for row in Correction.objects.all()} == {WHY["note"]}
    place = {"addressees": 0, "topic": 1, "deadlines": 2}[kind]
    for row, now in zip(rows, stands(*rows), strict=True):
        said = now[place] if isinstance(now[place], str) else ", ".join(now[place] or ["no deadline"])
        assert said == shown[row.pk][1]
    page = content(client.get(bulk.get_absolute_url()))
    assert after.split(", ")[-1] in page and WHY["note"] in page

    undone = the_bulk(undo_many(client, bulk))
    assert (undone.done, undone.refused) == (2, 0) and stands(*rows) == before
    assert not Correction.objects.standing().exists() and Correction.objects.count() == 4
    assert f"Undo of decision {bulk.pk}" in Correction.objects.filter(kind="undone")[0].why
    again = client.get(f"{bulk.get_absolute_url()}undo/")
    assert again.context["will_count"] == 0 and "undone already" in content(again)


def seal_value(answer: Any) -> str:
    return content(answer).split('name="seal" value="')[1].split('"')[0]


def test_what_will_not_change_is_said_with_the_reason(client: Client, staff: Any) -> None:
    taken, kept = mandate(REPORT), bring_another()
    without = make_mandate()
    so = mandate(APPOINT)
    correct(entry(lambda it: OtherTopic(it, "Reports"), so))
    Mandate.objects.filter(pk=kept.pk).update(in_text=False, flag="gone")
    answer = look(client, "topic", pick(taken, kept, without, so), topic="reports")
    reasons = {shown.prospect.mandate.pk: shown.prospect.refusal for shown in answer.context["will_not"]}
    assert "no longer has it" in reasons[kept.pk] and "No file of" in reasons[without.pk]
    assert "It is so already" in reasons[so.pk] and [*foreseen(answer)] == [taken.pk]
    bulk = send(client, "topic", pick(taken, kept, without, so), topic="Reports")
    assert (bulk.done, bulk.refused) == (1, 3)
    assert {each.reason for each in bulk.entries.filter(state="refused")} == set(reasons.values())


def test_bodies_are_taken_out_but_never_all(client: Client, staff: Any) -> None:
    correct(entry(lambda it: OtherAddressees(it, ("Bureau", "Court")), mandate(REPORT)))
    answer = look(client, "addressees", pick(mandate(REPORT), mandate(APPOINT)), how="take_out", body_0="Bureau")
    assert foreseen(answer) == {mandate(REPORT).pk: ("Bureau, Court", "Court")}
    assert "Nobody would be left" in content(answer)


@pytest.mark.parametrize(
    ("kind", "entries", "said"),
    [
        ("addressees", {"how": "replace"}, "This field is required."),
        ("addressees", {"how": "replace", "body_0": "No such body"}, "Nothing is known by that name"),
        ("addressees", {"how": "nonsense", "body_0": "Court"}, "Select a valid choice"),
        ("topic", {"topic": "No such topic"}, "Nothing is known by that name"),
        ("topic", {"note": " "}, "This field is required."),
        ("deadlines", {}, "This field is required."),
        ("deadlines", {"due": "session"}, "Say this for a deadline of that kind"),
        ("deadlines", {"due": "session", "session": "x" * 50}, "Enter a whole number"),
        ("deadlines", {"due": "date", "date": "31 June"}, "Enter a valid date"),
        ("deadlines", {"due": "period", "start": "2030-01-02", "end": "2030-01-01"}, "before the first"),
    ],
)
def test_entries_are_checked(client: Client, staff: Any, kind: str, entries: dict[str, str], said: str) -> None:
    sent = {"do": f"correct_{kind}", "sure": "yes", "seal": "x", **WHY, **pick(mandate(REPORT)), **entries}
    answer = client.post(CORRECT, sent)
    assert answer.status_code == 422 and said in content(answer) and not BulkDecision.objects.exists()


def test_other_entries_or_another_text_are_shown_first(client: Client, staff: Any) -> None:
    make_topic("Reports"), make_topic("Cooperation")
    row = mandate(REPORT)
    seal = seal_of(look(client, "topic", pick(row), topic="Reports"))
    sent = {"do": "correct_topic", **pick(row), **seal, **WHY}
    answer = client.post(CORRECT, {**sent, "topic": "Cooperation"})
    assert answer.status_code == 409 and not BulkDecision.objects.exists()
    correct(entry(lambda it: OtherAddressees(it, ("Court",)), row))
    answer = client.post(CORRECT, {**sent, "topic": "Reports"})
    assert answer.status_code == 409 and "not what you were shown" in content(answer)
    assert not BulkDecision.objects.exists()


def test_all_that_match_and_what_is_parallel(client: Client, staff: Any) -> None:
    make_topic("Reports")
    first, second = mandate(REPORT), mandate(UPDATE)
    Mandate.objects.filter(pk=second.pk).update(parallel_of=first)
    matching = {"all": "yes", "query": "category=all&q=report", "seen": "2"}
    answer = look(client, "topic", matching, topic="Reports")
    assert first.pk in foreseen(answer) and second.pk not in foreseen(answer)
    assert "Not corrected with it" in content(answer) and "corrected each on their own" in content(answer)
    bulk = send(client, "topic", matching, topic="Reports")
    assert bulk.done == len(foreseen(answer)) and bulk.every_match
    assert stands(first, second)[1][1] != "Reports"


def test_one_document_is_made_anew_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    store = CorrectFindings._store

    def counted(action: CorrectFindings, *given: Any) -> None:
        made.append(action.document.symbol)
        store(action, *given)

    monkeypatch.setattr(CorrectFindings, "_store", counted)
    rows = [mandate(APPOINT), mandate(REPORT), mandate(UPDATE), bring_another()]
    bulk = bulk_of(make_staff(), "topic", rows, topic="Reports")
    assert bulk.done == 4 and sorted(made) == [OTHER, SYMBOL]


def test_what_changed_since_it_was_shown_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "DIRECTLY", 0)
    rows = [mandate(APPOINT), mandate(REPORT)]
    bulk = bulk_of(make_staff(), "topic", rows, topic="Reports")
    assert not bulk.finished_at
    correct(entry(lambda it: OtherTopic(it, "Premises"), rows[0]))
    assert bulk_continue(bulk_id=bulk.pk) == 1 == bulk_continue(bulk_id=bulk.pk)
    assert [each[1] for each in stands(*rows)] == ["Premises", "Reports"]
    assert "changed it since you looked" in bulk.entries.get(mandate=rows[0]).reason


def test_what_cannot_be_made_anew_or_fails_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "DIRECTLY", 0)
    user = make_staff()
    rows = [mandate(REPORT), bring_another()]
    bulk = bulk_of(user, "topic", rows, topic="Reports")
    store = CorrectFindings._store

    def failing(action: CorrectFindings, *given: Any) -> None:
        store(action, *given)
        raise RuntimeError("at the end")

    monkeypatch.setattr(CorrectFindings, "_store", failing)
    rows[1].document.issues.all().delete()
    assert bulk_continue(bulk_id=bulk.pk) == 0
    reasons = dict(bulk.entries.values_list("mandate", "reason"))
    assert "program failed" in reasons[rows[0].pk] and "No file of" in reasons[rows[1].pk]
    assert not Correction.objects.exists() and stands(rows[0])[0][1] != "Reports"
    bulk.refresh_from_db()
    assert bulk.finished_at and bulk.refused == 2


def test_who_lost_the_right_meanwhile_corrects_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "DIRECTLY", 0)
    user = make_staff()
    bulk = bulk_of(user, "topic", [mandate(REPORT)], topic="Reports")
    user.user_permissions.clear()
    assert bulk_continue(bulk_id=bulk.pk) == 0 and not Correction.objects.exists()
    assert "may not correct" in bulk.entries.get().reason


def test_two_workers_do_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one is through with the same document between what this one read and what it writes."""
    monkeypatch.setattr(service, "DIRECTLY", 0)
    rows = [mandate(APPOINT), mandate(REPORT)]
    bulk = bulk_of(make_staff(), "topic", rows, topic="Reports")
    execute = CorrectFindings.execute
    others: list[bool] = []

    def overtaken(action: CorrectFindings, *given: Any, **options: Any) -> Any:
        if not others:
            others.append(True)
            assert bulk_continue(bulk_id=bulk.pk) == 2
        return execute(action, *given, **options)

    monkeypatch.setattr(CorrectFindings, "execute", overtaken)
    assert bulk_continue(bulk_id=bulk.pk) == 2
    assert Correction.objects.count() == 2 and not bulk.entries.exclude(state="done").exists()


def test_undo_leaves_what_was_corrected_again_and_what_others_build_on(client: Client, staff: Any) -> None:
    rows = [mandate(APPOINT), mandate(REPORT), mandate(UPDATE)]
    bulk = bulk_of(staff, "topic", rows, topic="Reports")
    correct(entry(lambda it: OtherTopic(it, "Premises"), mandate(APPOINT)), user=make_staff("other"))
    # Another thing of the same mandate is none of it.
    correct(entry(lambda it: OtherAddressees(it, ("Court",)), mandate(REPORT)))
    undo(Correction.objects.get(bulk_entry__mandate=rows[2]))
    preview = client.get(f"{bulk.get_absolute_url()}undo/")
    assert preview.context["will_count"] == 1
    assert "other corrected it again" in content(preview) and "undone already" in content(preview)
    undone = the_bulk(undo_many(client, bulk))
    assert (undone.done, undone.refused) == (1, 2)
    assert stands(*rows)[0][1] == "Premises" and stands(rows[1])[0][0] == ["Court"]
    assert stands(rows[1])[0][1] != "Reports"


def test_undo_says_again_what_happened_before_its_turn(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    user = make_staff()
    client.force_login(user)
    rows = [mandate(APPOINT), mandate(REPORT)]
    bulk = bulk_of(user, "topic", rows, topic="Reports")
    monkeypatch.setattr(service, "DIRECTLY", 0)
    undone = the_bulk(undo_many(client, bulk))
    correct(entry(lambda it: OtherTopic(it, "Premises"), mandate(APPOINT)), user=make_staff("other"))
    undo(Correction.objects.get(bulk_entry__bulk=bulk, bulk_entry__mandate=rows[1]))
    assert bulk_continue(bulk_id=undone.pk) == 0
    reasons = dict(undone.entries.values_list("mandate", "reason"))
    assert "other corrected it again" in reasons[rows[0].pk] and "already" in reasons[rows[1].pk]


def test_a_correction_of_many_holds_for_another_file(staff: Any) -> None:
    bulk_of(staff, "addressees", [mandate(APPOINT), mandate(REPORT)], bodies=["Court"], how="add")
    bring(TEXT + "\n")
    assert [each[0] for each in stands(mandate(APPOINT), mandate(REPORT))] == [["Bureau", "Court"]] * 2


def test_queries_do_not_grow(client: Client, staff: Any) -> None:
    make_topic("Reports"), make_body("Court")
    bring_another()
    sent = {"do": "correct_topic", "all": "yes", "sure": "yes", "topic": "Reports", **WHY}
    counts = []
    for query in ("category=all&resolution=ICC-ASP%2F19%2FRes.8", "category=all"):
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(CORRECT, {**sent, "query": query})
        counts.append((len(captured), answer.context["now"]))
    assert 0 < counts[0][1] * 2 < counts[1][1] and counts[1][0] <= counts[0][0] + 1, counts
    assert not Correction.objects.exists()
