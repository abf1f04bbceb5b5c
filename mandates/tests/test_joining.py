"""Documents that were stored under the symbol of an issue, before issues were known, join the one that they are of."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from mandates.actions.outcomes import Reopen
from mandates.models import Mandate, OutcomeChange
from mandates.reference_data import bodies_load, topics_load
from mandates.services.importing import document_import
from mandates.services.joining import document_join
from mandates.tests.factories import make_staff
from mandates.tests.imports import fulfil
from mandates.tests.issues import CORRIGENDUM, GUIDE, ORIGINAL, REVISION, SECOND, STUDY, SYMBOL, written
from mandates.tests.test_issues import bring, mandate, state
from resolutions.models import Document, DocumentIssue, ImportRun
from resolutions.reference_data import sessions_load

REV = f"{SYMBOL}/Rev.1"


@pytest.fixture(autouse=True)
def reference_data(db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()


def bring_apart(data: bytes, symbol: str = REV) -> Document:
    """Store an issue as the program did before it knew of issues: as the only file of a document with that symbol."""
    text = data.decode().replace(symbol, "ICC-ASP/19/Res.99")
    assert document_import(name="archives.txt", data=text.encode()).status == "new"
    document = Document.objects.get(symbol="ICC-ASP/19/Res.99")
    document.symbol = symbol
    document.save()
    document.issues.update(symbol=symbol)
    for row in document.mandates.all():
        row.key = row.key.replace("ICC-ASP/19/Res.99", symbol)
        row.save()
    source = document.source
    assert source is not None
    type(source).objects.filter(pk=source.pk).update(content=data)
    return document


def reparse(*arguments: str) -> str:
    said = StringIO()
    call_command("reparse_documents", *arguments, stdout=said)
    return said.getvalue()


def test_alone_takes_the_symbol_of_its_document() -> None:
    bring_apart(REVISION)
    change = fulfil(mandate("publish a guide"))
    said = reparse()
    assert "0 failed" in said
    assert Document.objects.get().symbol == SYMBOL
    row = mandate("publish a guide")
    assert (row.pk, row.key) == (change.mandate_id, f"{SYMBOL}:body:4:requests:0")
    assert (row.outcome, row.headline_status, row.in_text, row.flag) == ("fulfilled", "fulfilled", True, "")
    assert DocumentIssue.objects.get().revision == 1
    assert set(ImportRun.objects.values_list("document__symbol", flat=True)) == {SYMBOL}
    assert not Mandate.objects.exclude(key__startswith=f"{SYMBOL}:").exists()


def test_supersedes_the_text_that_is_here_and_decisions_move() -> None:
    bring(ORIGINAL)
    earlier = fulfil(mandate("look into the costs"))
    bring_apart(REVISION)
    later = fulfil(Mandate.objects.get(document__symbol=REV, action__icontains="study where"))
    reparse()
    document = Document.objects.get()
    assert list(document.issues.values_list("symbol", "state")) == [(SYMBOL, "superseded"), (REV, "standing")]
    for change, words in ((earlier, "look into the costs"), (later, "study where")):
        row = mandate(words)
        assert (row.pk, row.outcome, row.in_text) == (change.mandate_id, "fulfilled", True)
    assert "no longer has it" in mandate("state of the archives").flag
    assert OutcomeChange.objects.count() == 2
    before = state()
    reparse()
    assert state() == before


def test_ends_in_the_state_that_its_issues_make() -> None:
    bring_apart(REVISION)
    bring(ORIGINAL)
    reparse(REV)
    wanted = state()
    DocumentIssue.objects.all().delete()
    Mandate.objects.all().delete()
    Document.objects.all().delete()
    bring(ORIGINAL)
    bring(REVISION)
    now = state()
    for name in wanted.keys() - {"document", "issues"}:  # the bytes were made up
        assert now[name] == wanted[name], name


def test_decided_about_twice_is_kept_and_flagged() -> None:
    bring(ORIGINAL)
    first = fulfil(mandate("study where"))
    bring_apart(REVISION)
    # What was decided about one held for both, until somebody reopened it on the page of the other.
    row = Mandate.objects.get(document__symbol=REV, action__icontains="study where")
    second = Reopen(mandate=row, version=row.outcome_version, note="Not yet.").execute(make_staff("other")).change
    reparse()
    kept = Mandate.objects.get(pk=first.mandate_id)
    assert (kept.key, kept.in_text) == (f"{SYMBOL}:body:1:invites:0", True)
    other = Mandate.objects.get(pk=second.mandate_id)
    assert (other.document, other.in_text) == (kept.document, False)
    assert OutcomeChange.objects.count() == 2
    assert f"Decided about in {REV}, which was a document of its own" in other.flag


def test_of_which_the_text_has_nothing_any_more_is_kept_and_flagged() -> None:
    bring(SECOND)
    bring_apart(REVISION)
    change = fulfil(mandate("study where"))
    reparse()
    row = Mandate.objects.get(pk=change.mandate_id)
    assert (row.document.symbol, row.in_text, row.outcome) == (SYMBOL, False, "fulfilled")
    assert "no longer has it" in row.flag
    assert DocumentIssue.objects.get(revision=1).state == "superseded"


def test_a_corrigendum_that_was_read_as_a_text_waits_for_its_own() -> None:
    whole = written(STUDY, GUIDE, suffix="/Corr.1")
    bring_apart(whole, f"{SYMBOL}/Corr.1")
    change = fulfil(mandate("study where"))
    # As it came, it had no text in it.
    source = Document.objects.get().source
    assert source is not None
    type(source).objects.filter(pk=source.pk).update(content=CORRIGENDUM)
    reparse()
    row = Mandate.objects.get()
    assert (row.pk, row.key, row.in_text) == (change.mandate_id, f"{SYMBOL}:body:1:invites:0", False)
    assert DocumentIssue.objects.get().state == "waiting"
    assert "no longer has it" in row.flag


def test_a_dry_run_keeps_nothing() -> None:
    bring_apart(REVISION)
    before = list(Mandate.objects.order_by("pk").values())
    assert "nothing was kept" in reparse("--dry-run")
    assert list(Mandate.objects.order_by("pk").values()) == before
    assert Document.objects.get().symbol == REV


def test_what_cannot_be_read_any_more_stays_as_it_was() -> None:
    document = bring_apart(REVISION)
    assert document.source is not None
    type(document.source).objects.filter(pk=document.source.pk).update(content=b"%PDF-1.4 broken")
    with pytest.raises(Exception, match="1 of 1 documents failed"):
        reparse()
    assert Document.objects.get().symbol == REV and mandate("publish a guide").key.startswith(REV)


def test_an_import_says_what_to_do() -> None:
    bring_apart(REVISION)
    result = bring(ORIGINAL)
    said = f"{REV} was stored as a document of its own; `manage.py reparse_documents {REV}` joins it."
    assert said in result.warnings
    assert not any("document of its own" in warning for warning in bring(SECOND.replace(b"Res.8", b"Res.7")).warnings)


def test_one_that_was_brought_again_meanwhile_gives_way_to_the_newer_file() -> None:
    apart = bring_apart(REVISION)
    newer = REVISION.replace(b"by 1 June 2021", b"by 1 July 2021")
    bring(newer)
    base = document_join(document=apart)
    assert base.issues.get().source == base.source
    assert "July" in mandate("publish a guide").action
