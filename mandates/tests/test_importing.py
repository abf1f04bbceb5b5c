"""Importing documents: what is stored, what is kept, and that nothing is ever stored by half."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from mandates.actions import MarkFulfilled
from mandates.models import (
    Body,
    Mandate,
    MandateAddressee,
    OutcomeChange,
    Reference,
    ReportingDeadline,
    Topic,
)
from mandates.reference_data import bodies_load, topics_load
from mandates.services import statuses_refresh
from mandates.services.importing import ImportResult, document_import
from mandates.tests.factories import make_link, make_mandate, make_staff, make_user
from resolutions.models import Document, ImportRun, Paragraph, SourceFile
from resolutions.reference_data import sessions_load
from resolutions.tests.factories import make_document, make_session

CORPUS: Path = settings.BASE_DIR / "corpus"
TEXT = (CORPUS / "ICC-ASP-8-Res2-ENG.txt").read_text(encoding="utf-8")
SYMBOL = "ICC-ASP/8/Res.2"
STORED = (Document, Paragraph, Mandate, MandateAddressee, ReportingDeadline, Reference, Body, Topic, SourceFile)


@pytest.fixture(autouse=True)
def reference_data(db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()


def bring(text: str = TEXT, **options: Any) -> ImportResult:
    return document_import(name="ICC-ASP-8-Res2-ENG.txt", data=text.encode(), **options)


def edited(*replacements: tuple[str, str]) -> str:
    text = TEXT
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def mandate(key: str) -> Mandate:
    return Mandate.objects.get(key=f"{SYMBOL}:{key}")


def fulfil(mandate: Mandate) -> OutcomeChange:
    symbol = "ICC-ASP/9/24"
    action = MarkFulfilled(mandate=mandate, version=mandate.outcome_version, evidence_symbol=symbol)
    return action.execute(make_staff(f"staff{mandate.pk}")).change


def everything() -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, Any] = {model.__name__: model._default_manager.order_by("pk").values() for model in STORED}
    return {name: list(values) for name, values in rows.items()}


class TestNew:
    def test_stores_what_was_found_in_its_place(self) -> None:
        result = bring()
        assert (result.status, result.symbol) == ("new", SYMBOL)
        document = Document.objects.get()
        assert (document.kind, document.adopted, document.mode) == (
            "resolution",
            datetime.date(2009, 11, 26),
            "by consensus",
        )
        assert document.session and document.session.number == 8
        for row in Mandate.objects.select_related("paragraph"):
            assert row.paragraph.text[row.verb_start : row.verb_end].casefold().endswith(row.verb.split()[-1])
            assert row.action[:20] in row.paragraph.text[row.clause_start : row.clause_end] or row.continuations
        for deadline in ReportingDeadline.objects.select_related("mandate__document"):
            paragraph = Paragraph.objects.get(key=deadline.span_paragraph)
            assert paragraph.text[deadline.start : deadline.end] == deadline.text
        child = Paragraph.objects.get(key="body/16(a)")
        assert child.parent and child.parent.key == "body/16"
        assert Reference.objects.filter(symbol="ICC-ASP/7/Res.3", cited_paragraph="42").exists()

    def test_sets_status_and_due_day(self) -> None:
        bring()
        row = mandate("body:17:requests:0")
        assert (row.tracked, row.headline_status, row.due_session) == (True, "open", 9)
        assert row.due_on == datetime.date(2010, 12, 6)
        row = mandate("body:17:requests:1")
        assert (row.due_session, row.due_on) == (10, datetime.date(2011, 12, 12))
        assert not mandate("body:14:encourages:0").tracked

    def test_counts_add_up_and_the_run_has_them(self) -> None:
        result = bring()
        for counts, rows in (("paragraphs", Paragraph.objects), ("mandates", Mandate.objects)):
            assert result.counts[counts]["found"] == result.counts[counts]["new"] == rows.count()
        run = ImportRun.objects.get()
        assert (run.status, run.stage, run.counts) == ("new", "done", result.counts)
        assert run.document and run.source and bytes(run.source.content) == TEXT.encode()
        assert run.timings.keys() == {"read", "store"}
        assert run.finished_at

    def test_of_proposed_text_is_proposed(self) -> None:
        document_import(name="report.txt", data=(CORPUS / "ICC-ASP-16-17-ENG.txt").read_bytes())
        assert Mandate.objects.exists()
        assert set(Mandate.objects.values_list("proposed", "headline_status", "tracked")) == {(True, "proposed", False)}

    def test_makes_bodies_that_nobody_knew(self) -> None:
        Body.objects.all().delete()
        bring()
        names = set(MandateAddressee.objects.values_list("body__name", "body__category"))
        assert {("Bureau", "Assembly body"), ("Court", "Court organ")} <= names

    def test_takes_a_bounded_number_of_queries(self) -> None:
        data = (CORPUS / "ICC-ASP-17-Res5-ENG.txt").read_bytes()
        with CaptureQueriesContext(connection) as long:
            document_import(name="long.txt", data=data)
        assert Mandate.objects.count() > 100
        assert len(long) < 80


class TestSameBytes:
    def test_changes_nothing(self) -> None:
        bring()
        before = everything()
        result = bring()
        assert (result.status, result.symbol, result.counts) == ("unchanged", SYMBOL, {})
        assert everything() == before
        assert list(ImportRun.objects.values_list("status", flat=True)) == ["unchanged", "new"]

    def test_read_again_finds_the_same(self) -> None:
        bring()
        before = everything()
        counts = bring(reread=True).counts
        assert all(part["unchanged"] == part["found"] and not part["new"] for part in counts.values())
        after = everything()
        for rows in (before["Document"], after["Document"]):
            rows[0].pop("imported_at")
        assert after == before


class TestChanged:
    def test_says_what_it_did(self) -> None:
        bring()
        text = edited(
            ("14. *Encourages* States Parties to continue to express", "14. *Encourages* States Parties to express"),
            (
                "\n15. *Calls upon* States to enter into arrangements",
                "\n15. *Invites* States to enter into arrangements",
            ),
        )
        result = bring(text)
        assert result.status == "changed"
        found = Mandate.objects.count()
        assert result.counts["mandates"] == {
            "found": found, "new": 1, "changed": 1, "unchanged": found - 2, "removed": 1, "flagged": 0,
        }  # fmt: skip
        assert result.counts["paragraphs"]["changed"] == 2
        assert mandate("body:14:encourages:0").action.startswith("to express")

    def test_goes_back_when_the_first_file_comes_again(self) -> None:
        bring()
        bring(edited(("at its ninth session", "at its tenth session")))
        assert bring().status == "changed"
        assert mandate("body:17:requests:0").due_session == 9
        assert SourceFile.objects.count() == 2

    def test_removes_what_nobody_decided_about(self) -> None:
        bring()
        start, end = TEXT.index("15. *Calls upon*"), TEXT.index("16. *Requests*")
        result = bring(TEXT[:start] + TEXT[end:])
        assert (result.counts["mandates"]["removed"], result.counts["paragraphs"]["removed"]) == (1, 1)
        assert not Mandate.objects.filter(label="15").exists()
        assert not Paragraph.objects.filter(key="body/15").exists()

    def test_warns_where_a_symbol_comes_with_an_entirely_other_text(self) -> None:
        bring()
        change = fulfil(mandate("body:17:requests:0"))
        text = (CORPUS / "ICC-ASP-11-Res5-ENG.txt").read_text(encoding="utf-8").replace("ICC-ASP/11/Res.5", SYMBOL)
        result = bring(text)
        assert result.status == "changed"
        change.mandate.refresh_from_db()
        assert change.mandate.outcome == "fulfilled"
        assert change.mandate.flag

    def test_warns_where_the_kind_changed(self) -> None:
        bring()
        Document.objects.update(kind="report")
        result = bring(TEXT + "\n")
        assert any("known as a report" in warning for warning in result.warnings)
        assert Document.objects.get().kind == "resolution"


class TestDecisions:
    def test_stay_where_the_deadline_changed_and_are_flagged(self) -> None:
        bring()
        fulfil(mandate("body:17:requests:0"))
        result = bring(edited(("at its ninth session", "at its tenth session")))
        row = mandate("body:17:requests:0")
        assert (row.outcome, row.headline_status, row.outcome_version, row.due_session) == ("fulfilled",) * 2 + (1, 10)
        assert "at its ninth session" in row.flag and "at its tenth session" in row.flag
        assert result.counts["mandates"]["flagged"] == 1

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            pytest.param(
                "requests* the Bureau to report on significant",
                "requests* the Bureau to report on all",
                "The action was",
                id="action",
            ),
            pytest.param(
                "*requests* the Bureau to report", "*requests* the Registry to report", "Registry", id="addressee"
            ),
        ],
    )
    def test_are_flagged_where_the_words_changed(self, old: str, new: str, said: str) -> None:
        bring()
        fulfil(mandate("body:17:requests:0"))
        bring(edited((old, new)))
        assert said in mandate("body:17:requests:0").flag

    def test_are_not_flagged_for_spacing_and_punctuation(self) -> None:
        bring()
        fulfil(mandate("body:17:requests:0"))
        result = bring(
            edited(("Bureau to report on significant developments", "Bureau to  report, on significant developments"))
        )
        assert result.status == "changed"
        assert mandate("body:17:requests:0").flag == ""

    def test_stay_where_the_text_no_longer_has_them(self) -> None:
        bring()
        fulfil(mandate("body:15:calls upon:0".replace(" ", "-")))
        start, end = TEXT.index("15. *Calls upon*"), TEXT.index("16. *Requests*")
        shorter = TEXT[:start] + TEXT[end:]
        result = bring(shorter)
        row = mandate("body:15:calls-upon:0")
        assert (row.outcome, row.in_text, row.tracked) == ("fulfilled", False, False)
        assert "no longer has it" in row.flag
        assert (result.counts["mandates"]["removed"], result.counts["mandates"]["flagged"]) == (1, 1)
        assert not row.paragraph.in_text

        again = bring(shorter + "\n")
        assert (again.counts["mandates"]["removed"], again.counts["mandates"]["flagged"]) == (0, 0)

        bring()
        row.refresh_from_db()
        assert (row.outcome, row.in_text, row.flag) == ("fulfilled", True, "")
        assert Paragraph.objects.get(key="body/15").in_text

    def test_go_with_their_words_to_another_number(self) -> None:
        """Where a paragraph is put in, every key after it names something else."""
        bring()
        row = mandate("body:2:encourages:0")
        fulfil(row)
        inserted = "\n2. *Encourages* the Registry to publish its plans;\n3. *Encourages* national prosecuting"
        text = edited(
            ("\n2. *Encourages* national prosecuting", inserted),
            ("\n3. *Encourages* the Court", "\n4. *Encourages* the Court"),
        )
        bring(text)
        row.refresh_from_db()
        assert (row.key, row.outcome) == (f"{SYMBOL}:body:3:encourages:0", "fulfilled")
        assert "It was 2 and is now 3." in row.flag
        assert mandate("body:2:encourages:0").outcome == "open"
        assert row.paragraph.key == "body/3"

    def test_on_links_count_as_well(self) -> None:
        bring()
        later = make_mandate(document=make_document("ICC-ASP/9/Res.3", session=make_session(9)))
        make_link(later, mandate("body:15:calls-upon:0"), decision="rejected")
        start, end = TEXT.index("15. *Calls upon*"), TEXT.index("16. *Requests*")
        bring(TEXT[:start] + TEXT[end:])
        assert not mandate("body:15:calls-upon:0").in_text

    def test_on_text_that_turns_out_to_be_proposed_stay(self) -> None:
        bring()
        row = mandate("body:17:requests:0")
        fulfil(row)
        Paragraph.objects.filter(pk=row.paragraph_id).update(text="edited")
        text = TEXT.replace("Adopted at the 8th plenary meeting, on 26 November 2009, by consensus", "")
        text = text.replace("Resolution ICC-ASP/8/Res.2", "ICC-ASP/8/L.2").replace(SYMBOL, "ICC-ASP/8/L.2")
        Document.objects.update(symbol="ICC-ASP/8/L.2")
        assert bring(text).status == "changed"
        row.refresh_from_db()
        assert row.outcome == "fulfilled" and row.proposed is False
        assert "proposed" in row.flag


class TestLinks:
    def test_an_earlier_mandate_is_open_again_when_what_repeated_it_goes(self) -> None:
        bring()
        earlier = make_mandate(document=make_document("ICC-ASP/7/Res.3", session=make_session(7)))
        make_link(mandate("body:15:calls-upon:0"), earlier)
        statuses_refresh()
        earlier.refresh_from_db()
        assert earlier.headline_status == "repeated"
        start, end = TEXT.index("15. *Calls upon*"), TEXT.index("16. *Requests*")
        bring(TEXT[:start] + TEXT[end:])
        earlier.refresh_from_db()
        assert earlier.headline_status == "open"


class TestFailure:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            pytest.param(b"", "empty_file", id="empty"),
            pytest.param(b"\x00\x01\x02" * 100, "not_text", id="binary"),
            pytest.param(b"Dear all, lunch is at one.", "not_a_resolution", id="no resolution"),
        ],
    )
    def test_leaves_the_reason_and_nothing_else(self, data: bytes, code: str) -> None:
        before = everything()
        result = document_import(name="a.txt", data=data)
        assert (result.status, result.error_code) == ("failed", code)
        assert everything() == before
        run = ImportRun.objects.get()
        assert (run.status, run.error_code, run.error) == ("failed", code, result.error)
        assert run.finished_at

    def test_of_the_program_is_a_result_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(data: bytes, name: str) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("mandates.services.importing.parse_document", fail)
        assert bring().error_code == "internal_error"

    def test_needs_the_permission(self) -> None:
        with pytest.raises(PermissionDenied):
            bring(user=make_user())
        assert bring(user=make_staff()).run.started_by.username == "staff"  # type: ignore[union-attr]

    def test_dry_run_keeps_nothing(self) -> None:
        before = everything()
        result = bring(dry_run=True)
        assert (result.status, result.counts["mandates"]["new"] > 10) == ("new", True)
        assert everything() == before
        assert not ImportRun.objects.exists()
        bring()
        before = everything()
        assert bring(TEXT + "\n", dry_run=True).status == "changed"
        assert everything() == before

    @pytest.mark.parametrize("known", [False, True], ids=["new document", "changed document"])
    def test_at_any_write_leaves_nothing_behind(self, known: bool) -> None:
        """Every write of an import fails in its turn, until none is left to fail."""
        if known:
            bring()
            fulfil(mandate("body:17:requests:0"))
        start, end = TEXT.index("15. *Calls upon*"), TEXT.index("16. *Requests*")
        text = TEXT[:start] + TEXT[end:].replace("at its ninth session", "at its tenth session")
        before, failures = everything(), 0
        while True:
            with connection.execute_wrapper(failing_at(failures)):
                result = bring(text)
            if result.status != "failed":
                break
            assert result.error_code == "not_stored"
            assert everything() == before, f"write {failures}"
            failures += 1
        assert failures > 8
        assert result.status == ("changed" if known else "new")


def failing_at(number: int) -> Callable[..., Any]:
    """Let the write with this number fail, not counting those of the row of the run."""
    writes = 0

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal writes
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "resolutions_importrun" not in sql:
            writes += 1
            if writes == number + 1:
                raise DatabaseError("The disk is full")
        return execute(sql, params, many, context)

    return wrapper


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run each in a thread with a connection of its own, all from the same moment."""
    start, results = threading.Barrier(len(works)), []

    def run(work: Callable[[], Any]) -> None:
        try:
            start.wait()
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_same_new_document_is_stored_once(self) -> None:
        Body.objects.all().delete()
        results = at_once(*[bring] * 4)
        assert sorted(result.status for result in results) == ["new", "unchanged", "unchanged", "unchanged"]
        assert (Document.objects.count(), SourceFile.objects.count()) == (1, 1)
        keys = Mandate.objects.values_list("key", flat=True)
        assert len(keys) == len(set(keys))

    def test_two_versions_leave_one_whole(self) -> None:
        texts = [TEXT, edited(("at its ninth session", "at its tenth session"))]
        results = at_once(*[lambda text=text: bring(text) for text in texts])
        assert sorted(result.status for result in results) == ["changed", "new"]
        document = Document.objects.get()
        assert document.source
        wanted = 9 if bytes(document.source.content) == TEXT.encode() else 10
        assert mandate("body:17:requests:0").due_session == wanted

    def test_a_decision_is_never_lost(self) -> None:
        bring()
        row, user = mandate("body:15:calls-upon:0"), make_staff()
        start, end = TEXT.index("15. *Calls upon*"), TEXT.index("16. *Requests*")
        action = MarkFulfilled(mandate=row, version=0, evidence_symbol="ICC-ASP/9/24")
        results = at_once(lambda: bring(TEXT[:start] + TEXT[end:]), lambda: action.execute(user))
        decided = not any(isinstance(result, Mandate.DoesNotExist) for result in results)
        assert Mandate.objects.filter(pk=row.pk, outcome="fulfilled").exists() == decided, [str(getattr(r, "args", r)) for r in results if isinstance(r, Exception)]
        assert OutcomeChange.objects.count() == decided
