"""A document that is issued again: what its text is then, and what becomes of mandates and decisions."""

from __future__ import annotations

from io import StringIO
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from mandates.import_rows import import_row
from mandates.models import Mandate
from mandates.reference_data import bodies_load, topics_load
from mandates.services.importing import ImportResult, document_import
from mandates.services.rereading import documents_reread
from mandates.tests.factories import make_staff
from mandates.tests.imports import fulfil
from mandates.tests.issues import (
    ARCHIVES,
    CORRIGENDUM,
    FURTHER,
    GUIDE,
    ISSUES,
    OF_REVISION,
    ORIGINAL,
    REISSUE,
    REISSUED,
    REVISION,
    SECOND,
    STUDY,
    SYMBOL,
    written,
)
from resolutions.models import Document, DocumentIssue, Paragraph
from resolutions.reference_data import sessions_load


@pytest.fixture(autouse=True)
def reference_data(db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()


def bring(data: bytes) -> ImportResult:
    result = document_import(name="archives.txt", data=data)
    assert result.status != "failed", result.error
    return result


def mandate(words: str) -> Mandate:
    return Mandate.objects.get(action__icontains=words)


def state() -> dict[str, Any]:
    """All that is stored of the document, without ids and times."""
    document = Document.objects.get()
    return {
        "document": (document.symbol, document.title, document.adopted, document.source and document.source.sha256),
        "issues": list(document.issues.values_list("symbol", "state", "changes", "unplaced", "source__sha256")),
        "paragraphs": sorted(document.paragraphs.values_list("key", "position", "text", "in_text", "parent__key")),
        "mandates": sorted(
            Mandate.objects.values_list(
                "key", "action", "position", "paragraph__key", "in_text", "tracked", "headline_status", "due_on", "flag"
            )
        ),
        "deadlines": sorted(Mandate.objects.values_list("key", "deadlines__text", "addressee_rows__body__name")),
    }


class TestRevision:
    def test_replaces_the_text_and_keeps_the_symbol(self) -> None:
        bring(ORIGINAL)
        result = bring(REVISION)
        assert (result.status, result.symbol) == ("changed", f"{SYMBOL}/Rev.1")
        document = Document.objects.get()
        assert document.symbol == SYMBOL
        assert document.paragraphs.get(key="body/4", in_text=True).text.endswith("by 1 June 2021;")
        assert list(document.issues.values_list("symbol", "state")) == [
            (SYMBOL, "superseded"),
            (f"{SYMBOL}/Rev.1", "standing"),
        ]

    def test_takes_decisions_along_to_the_new_number(self) -> None:
        bring(ORIGINAL)
        change = fulfil(mandate("study where"))
        bring(REVISION)
        row = mandate("study where")
        assert (row.pk, row.key, row.outcome) == (change.mandate_id, f"{SYMBOL}:body:1:invites:0", "fulfilled")
        assert "It was 2 and is now 1." in row.flag

    @pytest.mark.parametrize("decided", [True, False])
    def test_keeps_and_flags_what_it_no_longer_has(self, decided: bool) -> None:
        bring(ORIGINAL)
        before = mandate("state of the archives")
        if decided:
            fulfil(before)
        result = bring(REVISION)
        row = mandate("state of the archives")
        assert (row.pk, row.in_text, row.tracked) == (before.pk, False, False)
        assert row.outcome == ("fulfilled" if decided else "open")
        assert "no longer has it" in row.flag
        assert (result.counts["mandates"]["removed"], result.counts["mandates"]["flagged"]) == (1, 1)

    def test_that_is_lower_than_the_one_that_is_here_does_not_replace_it(self) -> None:
        bring(ORIGINAL)
        bring(SECOND)
        result = bring(REVISION)
        assert Document.objects.get().source == DocumentIssue.objects.get(revision=2).source
        assert f"{SYMBOL}/Rev.2 is here and supersedes it" in result.warnings[-1]
        assert not Document.objects.get().paragraphs.filter(key="body/3", in_text=True).exists()

    def test_without_the_original_is_the_document(self) -> None:
        assert bring(REVISION).status == "new"
        assert Document.objects.get().symbol == SYMBOL
        result = bring(ORIGINAL)
        assert "supersedes it" in result.warnings[-1]
        row = mandate("state of the archives")
        assert (row.in_text, bool(row.flag)) == (False, True)

    def test_that_has_it_again_takes_it_back(self) -> None:
        bring(ORIGINAL)
        bring(REVISION)
        bring(written(ARCHIVES, GUIDE, suffix="/Rev.2"))
        row = mandate("state of the archives")
        assert (row.in_text, row.flag, row.key) == (True, "", f"{SYMBOL}:body:1:requests:0")

    def test_of_a_draft_supersedes_the_draft(self) -> None:
        draft = ORIGINAL.decode().replace(f"Resolution {SYMBOL}", "Draft resolution").replace(SYMBOL, "ICC-ASP/19/L.3")
        draft = draft.replace("Adopted at the 6th plenary meeting, on 16 December 2020, by consensus\n\n", "")
        bring(draft.encode())
        bring(draft.replace("L.3", "L.3/Rev.1").replace(STUDY, GUIDE).encode())
        assert Document.objects.get().symbol == "ICC-ASP/19/L.3"
        assert mandate("publish a guide").proposed

    def test_same_bytes_twice_change_nothing(self) -> None:
        bring(ORIGINAL)
        bring(REVISION)
        before = state()
        assert (bring(REVISION).status, bring(ORIGINAL).status) == ("unchanged", "unchanged")
        assert state() == before


class TestReissue:
    def test_replaces_the_text_where_its_symbol_has_a_star(self) -> None:
        bring(ORIGINAL)
        bring(REISSUE)
        assert Document.objects.get().symbol == SYMBOL
        assert "thirty-seventh" in mandate("look into the costs").action
        assert DocumentIssue.objects.get(reissue=1).state == "standing"

    def test_is_known_by_its_note(self) -> None:
        bring(ORIGINAL)
        assert bring(written(ARCHIVES, STUDY, note=REISSUED)).symbol == f"{SYMBOL}*"
        assert list(DocumentIssue.objects.values_list("reissue", flat=True)) == [0, 1]


FAMILIES = {
    "texts": (ORIGINAL, REISSUE, REVISION, SECOND),
    "corrected": (ORIGINAL, REISSUE, CORRIGENDUM, FURTHER),
    "corrected and revised": (ORIGINAL, REISSUE, CORRIGENDUM, REVISION),
    "revised and corrected": (ORIGINAL, CORRIGENDUM, REVISION, OF_REVISION),
}
ORDERS = [
    pytest.param(order, id=f"{name} {number}")
    for name, family in FAMILIES.items()
    # All of the family that has an issue of every kind, and some of the others.
    for number, order in list(enumerate(permutations(family)))[:: 1 if name == "corrected and revised" else 5]
]


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_arrival_makes_no_difference(order: tuple[bytes, ...]) -> None:
    for data in sorted(order, key=ISSUES.index):
        bring(data)
    wanted = state()
    DocumentIssue.objects.all().delete()
    Mandate.objects.all().delete()
    Document.objects.all().delete()
    for data in order:
        bring(data)
    assert state() == wanted


class TestCorrigendum:
    def test_corrects_the_text_and_what_follows_from_it(self) -> None:
        bring(ORIGINAL)
        result = bring(CORRIGENDUM)
        assert (result.status, result.symbol) == ("changed", f"{SYMBOL}/Corr.1")
        document = Document.objects.get()
        assert document.symbol == SYMBOL and document.title == "Resolution on the archives of the Court"
        assert mandate("state of the archives").due_session == 21
        issue = DocumentIssue.objects.get(corrigendum=1)
        assert (issue.state, issue.changes, str(issue.issued)) == ("applied", 2, "2021-03-03")

    def test_takes_decisions_along_and_flags_them(self) -> None:
        bring(ORIGINAL)
        change = fulfil(mandate("look into the costs"))
        due = fulfil(mandate("state of the archives"))
        bring(CORRIGENDUM)
        row = mandate("look into the costs")
        assert (row.pk, row.key, row.outcome) == (change.mandate_id, f"{SYMBOL}:body:2:requests:0", "fulfilled")
        assert "It was 3 and is now 2." in row.flag
        row = mandate("state of the archives")
        assert (row.pk, row.outcome) == (due.mandate_id, "fulfilled")
        assert "twentieth session" in row.flag and "twenty-first session" in row.flag

    @pytest.mark.parametrize("decided", [True, False])
    def test_keeps_and_flags_what_it_deletes(self, decided: bool) -> None:
        bring(ORIGINAL)
        before = mandate("study where")
        if decided:
            fulfil(before)
        result = bring(CORRIGENDUM)
        row = mandate("study where")
        assert (row.pk, row.in_text, row.tracked) == (before.pk, False, False)
        assert "no longer has it" in row.flag
        assert result.counts["mandates"]["removed"] == 1

    def test_keeps_and_says_what_it_cannot_place(self) -> None:
        bring(ORIGINAL)
        result = bring(FURTHER)
        assert mandate("to keep every copy").label == "4"
        assert len(result.warnings) == 1
        assert "Corr.2, not done" in result.warnings[0] and "There is no paragraph 9." in result.warnings[0]
        issue = DocumentIssue.objects.get(corrigendum=2)
        assert issue.changes == 1 and issue.unplaced[0]["reason"] == "There is no paragraph 9."
        assert "“Bureau”" in issue.unplaced[0]["words"]

    def test_waits_for_its_text_and_is_applied_when_that_comes(self) -> None:
        result = bring(CORRIGENDUM)
        assert result.status == "unchanged"
        assert result.warnings == [f"It corrects {SYMBOL}, which is not imported yet; it is applied when that is."]
        assert DocumentIssue.objects.get().state == "waiting"
        assert not Mandate.objects.exists()
        result = bring(ORIGINAL)
        assert (result.status, result.symbol) == ("new", SYMBOL)
        assert f"{SYMBOL}/Corr.1 waited for it and is applied now." in result.warnings
        assert mandate("state of the archives").due_session == 21

    def test_of_a_revision_waits_for_the_revision(self) -> None:
        bring(ORIGINAL)
        result = bring(OF_REVISION)
        assert f"It corrects {SYMBOL}/Rev.1, which is not imported yet" in result.warnings[0]
        bring(REVISION)
        assert "maintain copies" in Mandate.objects.get(label="3", in_text=True).paragraph.text

    def test_of_what_a_revision_replaced_changes_nothing(self) -> None:
        bring(ORIGINAL)
        bring(REVISION)
        before = list(Document.objects.get().paragraphs.filter(in_text=True).values_list("key", "text"))
        assert "supersedes it" in bring(CORRIGENDUM).warnings[0]
        assert list(Document.objects.get().paragraphs.filter(in_text=True).values_list("key", "text")) == before

    def test_of_an_addendum_corrects_the_addendum(self) -> None:
        bring(ORIGINAL.replace(SYMBOL.encode(), b"ICC-ASP/19/7/Add.1"))
        bring(CORRIGENDUM.replace(SYMBOL.encode(), b"ICC-ASP/19/7/Add.1"))
        assert Document.objects.get().symbol == "ICC-ASP/19/7/Add.1"

    def test_that_brings_the_whole_text_replaces_it(self) -> None:
        bring(ORIGINAL)
        bring(written(ARCHIVES, GUIDE, suffix="/Corr.1"))
        assert DocumentIssue.objects.get(corrigendum=1).state == "standing"
        assert mandate("publish a guide").label == "2"

    def test_same_bytes_twice_change_nothing(self) -> None:
        bring(CORRIGENDUM)
        assert bring(CORRIGENDUM).status == "unchanged"
        bring(ORIGINAL)
        before = state()
        assert bring(CORRIGENDUM).status == "unchanged"
        assert state() == before

    def test_a_dry_run_says_what_it_would_do_and_keeps_nothing(self) -> None:
        bring(ORIGINAL)
        before = state()
        result = document_import(name="corrigendum.txt", data=CORRIGENDUM, dry_run=True)
        assert (result.status, result.counts["mandates"]["removed"]) == ("changed", 1)
        assert state() == before

    def test_is_shown_with_its_original(self, client: Client) -> None:
        bring(ORIGINAL)
        bring(FURTHER)
        page = client.get(f"/resolutions/{SYMBOL}/").content.decode()
        assert f"{SYMBOL}/Corr.2" in page and "Applied to the text" in page
        assert "There is no paragraph 9." not in page
        client.force_login(make_staff())
        assert "There is no paragraph 9." in client.get(f"/resolutions/{SYMBOL}/").content.decode()
        assert client.get(f"/resolutions/{SYMBOL}/Corr.2/").headers["Location"] == f"/resolutions/{SYMBOL}/"
        answer = client.get(f"/resolutions/{SYMBOL}/Corr.2/original")
        assert b"".join(answer.streaming_content) == FURTHER
        answer = client.get(f"/resolutions/{SYMBOL}/original")
        assert b"".join(answer.streaming_content) == ORIGINAL

    def test_may_stand_before_its_document_in_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(CORRIGENDUM)
        (tmp_path / "b.txt").write_bytes(ORIGINAL)
        said = StringIO()
        call_command("import_documents", tmp_path, "--jobs", "1", stdout=said)
        assert said.getvalue().splitlines()[-1] == "1 new, 1 unchanged"
        assert mandate("state of the archives").due_session == 21

    def test_that_waits_says_so_on_the_page_of_the_import(self, client: Client) -> None:
        run = bring(CORRIGENDUM).run
        assert run is not None
        assert "which is not imported yet" in import_row(run).words

    def test_alone_has_a_page_that_says_what_waits(self, client: Client) -> None:
        bring(CORRIGENDUM)
        page = client.get(f"/resolutions/{SYMBOL}/").content.decode()
        assert "Known, not read" in page and "Waits for the text" in page


@pytest.mark.parametrize("family", [FAMILIES["texts"], FAMILIES["corrected"], FAMILIES["revised and corrected"]])
def test_everything_is_rebuilt_from_the_issues(family: tuple[bytes, ...]) -> None:
    bring(ORIGINAL)
    change = fulfil(mandate("keep copies"))
    for data in family:
        bring(data)
    before = state()
    Paragraph.objects.update(text="As other rules had left it")
    assert [result.status for result in documents_reread()] == ["changed"]
    assert state() == before
    assert Mandate.objects.get(pk=change.mandate_id).outcome == "fulfilled"
