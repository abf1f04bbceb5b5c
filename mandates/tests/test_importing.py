"""Importing documents: what is stored, and what is changed when they come again."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mandates.models import Body, Mandate, MandateAddressee, Reference, ReportingDeadline
from mandates.reference_data import bodies_load, topics_load
from mandates.services.importing import document_import
from mandates.tests.imports import CORPUS, SHORTER, SYMBOL, TEXT, bring, edited, everything, fulfil, mandate
from resolutions.models import Document, ImportRun, Paragraph, SourceFile
from resolutions.reference_data import sessions_load


@pytest.fixture(autouse=True)
def reference_data(db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()


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
        assert len(long) < 150  # far from one a mandate


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
        result = bring(SHORTER)
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


def test_pages_show_the_name_of_a_file_and_not_the_folders_above_it() -> None:
    result = document_import(name="/home/someone/papers/ICC-ASP-8-Res2-ENG.txt", data=TEXT.encode())
    assert result.run is not None and result.run.name == "ICC-ASP-8-Res2-ENG.txt"
    assert SourceFile.objects.get().name == "ICC-ASP-8-Res2-ENG.txt"
