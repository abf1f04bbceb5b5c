"""Corrections are stored through the line that imports are stored by, and hold whatever is read anew."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from mandates.actions.corrections import CorrectFindings
from mandates.correcting.records import (
    EnteredDeadline,
    Merge,
    Missed,
    NotAMandate,
    OtherAddressees,
    OtherDeadlines,
    OtherTopic,
    Split,
)
from mandates.extraction.records import DeadlineKind
from mandates.models import Correction, CorrectionPlace, Mandate
from mandates.services.correcting import seen_of
from mandates.services.importing import document_import
from mandates.tests.corrections import anchor, correct, entry, undo, words_anchor
from mandates.tests.factories import make_staff, make_user
from mandates.tests.imports import SHORTER, SYMBOL, TEXT, bring, edited, everything, fulfil, mandate
from mandates.tests.issues import CORRIGENDUM, ORIGINAL, REVISION
from mandates.tests.issues import SYMBOL as ISSUED
from mandates.tests.test_reparsing import reparse
from resolutions.models import Document

APPOINT, RECOMMEND = "body:16:requests:0", "body:16:recommends:0"
CALLED, REPORT, UPDATE = "body:15:calls-upon:0", "body:17:requests:0", "body:17:requests:1"
SUPPORT = "body:14:encourages:0"
DEVELOPED = "takes note of the continued development and operability of this mechanism"
TENTH = EnteredDeadline(DeadlineKind.SESSION, session=10, words="at its ninth session")


@pytest.fixture(autouse=True)
def stored(reference_data: None) -> None:
    bring()


def bodies(row: Mandate) -> list[str]:
    return [each.body.name for each in row.addressee_rows.all()]


def found() -> dict[str, Any]:
    """All that is stored of the findings, the ids of rows apart."""
    rows = everything()
    for each in rows["Document"]:
        each.pop("imported_at")
    keys = dict(Mandate.objects.values_list("pk", "key"))
    for name in ("MandateAddressee", "ReportingDeadline"):
        for each in rows[name]:
            each.pop("id")
            each["mandate_id"] = keys[each["mandate_id"]]
        rows[name].sort(key=lambda each: (each["mandate_id"], each["position"]))
    for each in rows["Mandate"]:
        each.pop("id"), each.pop("task"), each.pop("chain_id"), each.pop("parallel_of_id")
    rows["Mandate"].sort(key=lambda each: str(each["key"]))
    return {name: rows[name] for name in ("Document", "Paragraph", "Mandate", "MandateAddressee", "ReportingDeadline")}


def test_fields_follow_and_so_does_what_follows_from_them() -> None:
    row = mandate(REPORT)
    assert (bodies(row), row.due_session, row.tracked) == (["Bureau"], 9, True)
    (done,) = correct(entry(lambda it: OtherAddressees(it, ("Court", "Registry")), row))
    assert (done.refusal, done.before, done.after) == ("", "Bureau", "Court, Registry")
    correct(entry(lambda it: OtherDeadlines(it, (TENTH,)), mandate(REPORT)))
    correct(entry(lambda it: OtherTopic(it, "Reports"), mandate(REPORT)))
    row = mandate(REPORT)
    assert (row.pk, bodies(row), row.due_session) == (mandate(REPORT).pk, ["Court", "Registry"], 10)
    assert row.deadlines.get().text == "at its ninth session" and row.topic and row.topic.name == "Reports"
    assert {place.state for place in row.correction_places.all()} == {"applied"}
    correct(entry(lambda it: OtherAddressees(it, ("States Parties",)), mandate(REPORT)))
    assert not mandate(REPORT).tracked


def test_all_kinds_survive_what_is_read_anew_and_undoing_gives_what_the_machine_found() -> None:
    before = found()
    staff = make_staff()
    document = Document.objects.get()
    point = words_anchor(document, "body/16(b)", "Exploring ways to continue enhancing the enforcement")
    missed = Missed(words_anchor(document, "body/12", DEVELOPED), "requests", "takes note", ("Registry",))
    correct(entry(lambda it: OtherAddressees(it, ("Court",)), mandate(CALLED)), user=staff)
    correct(entry(lambda it: Split(it, point), mandate(RECOMMEND)), user=staff)
    both = mandate(REPORT), mandate(UPDATE)
    correct(entry(Merge(anchor(both[0]), (anchor(both[1]),)), *both), user=staff)
    correct(entry(NotAMandate, mandate(SUPPORT)), user=staff)
    (done,) = correct(entry(missed), user=staff, document=document)
    assert done.mandates == (f"{SYMBOL}:body:12:requests:0",)
    assert CorrectionPlace.objects.filter(state="applied").count() == 5
    after = found()
    assert f"{SYMBOL}:body:16(b):recommends:0" in {row["key"] for row in after["Mandate"]}
    assert not Mandate.objects.filter(key__in=[f"{SYMBOL}:{key}" for key in (UPDATE, SUPPORT)]).exists()
    assert bodies(mandate(REPORT)) == ["Bureau", "Court"]
    reparse()
    assert found() == after
    # The same words in another file.
    bring(TEXT + "\n")
    again = found()
    for rows in (after, again):
        rows["Document"][0].pop("source_id")
    assert again == after
    assert not any(result.refusal for result in undo(*Correction.objects.standing()))
    last = found()
    last["Document"][0].pop("source_id"), before["Document"][0].pop("source_id")
    assert last == before
    assert not CorrectionPlace.objects.exists() and Correction.objects.count() == 10


def test_a_correction_follows_its_words_to_another_number() -> None:
    correct(entry(lambda it: OtherAddressees(it, ("Court",)), mandate(APPOINT)))
    bring(SHORTER.replace("16. *Requests*", "15. *Requests*").replace("17. *Encourages*", "16. *Encourages*"))
    assert bodies(mandate("body:15:requests:0")) == ["Court"] and bodies(mandate("body:16:requests:0")) == ["Bureau"]


def test_a_correction_follows_words_that_were_lightly_redrafted() -> None:
    correct(entry(lambda it: OtherAddressees(it, ("Court",)), mandate(REPORT)))
    bring(edited(("Bureau to report on significant", "Bureau to report on all significant")))
    assert bodies(mandate(REPORT)) == ["Court"]


def test_what_cannot_be_placed_is_kept_and_changes_nothing_else() -> None:
    correct(entry(lambda it: OtherAddressees(it, ("Court",)), mandate(CALLED)))
    bring(SHORTER)
    place = CorrectionPlace.objects.get()
    assert (place.state, place.reason, place.mandates.count()) == ("not_placed", "words_gone", 0)
    assert Correction.objects.unplaced().count() == 1
    bring(TEXT + "\n")
    assert bodies(mandate(CALLED)) == ["Court"] and not Correction.objects.unplaced().exists()


def test_corrections_hold_through_the_issues_of_a_document() -> None:
    document_import(name="it.txt", data=ORIGINAL)
    row = Mandate.objects.get(key=f"{ISSUED}:body:3:requests:0")
    gone = Mandate.objects.get(key=f"{ISSUED}:body:4:encourages:0")
    correct(entry(lambda it: OtherAddressees(it, ("Court",)), row), entry(NotAMandate, gone))
    document_import(name="it.txt", data=CORRIGENDUM)
    row = Mandate.objects.get(key=f"{ISSUED}:body:2:requests:0")
    assert bodies(row) == ["Court"]
    document_import(name="it.txt", data=REVISION)
    row.refresh_from_db()
    assert bodies(row) == ["Court"]
    # That it is no mandate does not make it one that an issue took out.
    assert not Mandate.objects.filter(document=row.document, verb="encourages").exists()


def test_decisions_stay_with_their_mandates() -> None:
    change = fulfil(mandate(RECOMMEND))
    point = words_anchor(Document.objects.get(), "body/16(b)", "Exploring ways to continue enhancing the enforcement")
    correct(entry(lambda it: Split(it, point), mandate(RECOMMEND)))
    assert mandate(RECOMMEND).pk == change.mandate_id and mandate(RECOMMEND).outcome == "fulfilled"
    other = fulfil(mandate(CALLED))
    (done,) = correct(entry(NotAMandate, mandate(CALLED)))
    row = Mandate.objects.get(pk=other.mandate_id)
    assert not row.in_text and row.flag and row.outcome == "fulfilled"
    assert done.correction
    undo(done.correction)
    row.refresh_from_db()
    assert row.in_text and not row.flag


def test_stale_and_twice() -> None:
    staff = make_staff()
    said = entry(lambda it: OtherAddressees(it, ("Court",)), mandate(REPORT))
    (done,) = correct(said, user=staff)
    (again,) = correct(said, user=staff)
    assert again.done_already and again.correction == done.correction and Correction.objects.count() == 1
    (other,) = correct(said)
    assert "Look at it again" in other.refusal and Correction.objects.count() == 1
    (known,) = correct(entry(lambda it: OtherAddressees(it, ("Court",)), mandate(REPORT)))
    assert "so already" in known.refusal and Correction.objects.count() == 1


def test_many_of_one_document_are_one_reading() -> None:
    made = [
        entry(lambda it: OtherAddressees(it, ("Court",)), mandate(REPORT)),
        entry(lambda it: OtherAddressees(it, ("Bureau",)), mandate(APPOINT)),
        entry(lambda it: OtherTopic(it, "Reports"), mandate(UPDATE)),
        entry(lambda it: OtherTopic(it, "Reports"), mandate(CALLED), seen="something else"),
    ]
    action = CorrectFindings(document=Document.objects.get(), entries=made)
    staff = make_staff()
    tried = action.preview(staff)
    assert not Correction.objects.exists() and bodies(mandate(REPORT)) == ["Bureau"]
    done = action.execute(staff)
    assert [bool(result.refusal) for result in done] == [False, True, False, True]
    assert [(each.before, each.after, each.refusal) for each in tried] == [
        (each.before, each.after, each.refusal) for each in done
    ]
    assert Correction.objects.count() == 2
    assert Mandate.objects.get(topic__name="Reports") == mandate(UPDATE)


def test_who_may() -> None:
    said = entry(NotAMandate, mandate(CALLED))
    with pytest.raises(PermissionDenied):
        correct(said, user=make_user())
    with pytest.raises(ValidationError, match="reason"):
        correct(entry(NotAMandate, mandate(CALLED), why="  "))
    Document.objects.update(source=None)
    with pytest.raises(ValidationError, match="Import it"):
        correct(entry(NotAMandate, mandate(CALLED)))
    assert not Correction.objects.exists()


def test_what_others_build_on_is_not_undone_before_them() -> None:
    staff, document = make_staff(), Document.objects.get()
    words = words_anchor(document, "body/12", DEVELOPED)
    (made,) = correct(entry(Missed(words, "requests", "takes note", ("Registry",))), user=staff, document=document)
    (other,) = correct(entry(lambda it: OtherTopic(it, "Reports"), mandate("body:12:requests:0")), user=staff)
    assert made.correction and other.correction
    (result,) = undo(made.correction)
    assert "Topic" in result.refusal and mandate("body:12:requests:0")
    assert not any(each.refusal for each in undo(made.correction, other.correction))
    assert all(each.done_already for each in undo(made.correction, other.correction))
    assert not Mandate.objects.filter(key=f"{SYMBOL}:body:12:requests:0").exists()


def test_what_is_interrupted_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def die(**given: Any) -> None:
        raise KeyboardInterrupt

    said = entry(NotAMandate, mandate(CALLED))
    monkeypatch.setattr("mandates.services.issuing.suggestions_refresh", die)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        correct(said)
    assert everything() == before and not Correction.objects.exists()


def test_corrections_are_append_only() -> None:
    (done,) = correct(entry(NotAMandate, mandate(CALLED)))
    row = done.correction
    assert row
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()
    for statement in ("UPDATE mandates_correction SET why = 'x'", "DELETE FROM mandates_correction"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_day_that_a_person_names() -> None:
    day = EnteredDeadline(DeadlineKind.DATE, date=datetime.date(2010, 5, 31))
    correct(entry(lambda it: OtherDeadlines(it, (day,)), mandate(CALLED)))
    row = mandate(CALLED)
    assert (row.due_on, row.deadlines.get().text) == (datetime.date(2010, 5, 31), "by 31 May 2010")
    assert seen_of([row]) != ""


def test_a_correction_is_news_of_its_list(client: Client) -> None:
    (done,) = correct(entry(lambda it: OtherAddressees(it, ("Court",)), mandate(REPORT)))
    news = client.get("/mandates/feed.atom?addressee=court").content.decode()
    assert "Corrected (Addressee): ICC-ASP/8/Res.2, para. 17" in news and "Bureau → Court" in news
    assert "Corrected (" not in client.get("/mandates/feed.atom?addressee=registry").content.decode()
    assert done.correction
    undo(done.correction)
    assert "Corrected (" not in client.get("/mandates/feed.atom").content.decode()
