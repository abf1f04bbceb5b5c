"""Everything can be rebuilt from the kept bytes, and keeps what people decided."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mandates.models import Mandate, OutcomeChange
from mandates.reference_data import bodies_load, topics_load
from mandates.tests.imports import SYMBOL, TEXT, bring, everything, fulfil, mandate
from resolutions.models import Document, ImportRun, Paragraph
from resolutions.reference_data import sessions_load

FULFILLED = "body:17:requests:0"


@pytest.fixture(autouse=True)
def stored(db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()
    bring()


def reparse(*arguments: str) -> str:
    said = StringIO()
    call_command("reparse_documents", *arguments, stdout=said)
    return said.getvalue()


def test_all_is_there_again() -> None:
    change = fulfil(mandate(FULFILLED))
    texts = sorted(Paragraph.objects.values_list("key", "text"))
    keys = sorted(Mandate.objects.values_list("key", flat=True))
    # As rules of another day would have left it.
    Paragraph.objects.update(text="Something else")
    Mandate.objects.exclude(pk=change.mandate_id).delete()
    Document.objects.update(title="", adopted=None)

    said = reparse()
    assert sorted(Paragraph.objects.values_list("key", "text")) == texts
    assert sorted(Mandate.objects.values_list("key", flat=True)) == keys
    assert Document.objects.get().adopted
    row = mandate(FULFILLED)
    assert (row.pk, row.outcome, OutcomeChange.objects.count()) == (change.mandate_id, "fulfilled", 1)
    assert "1 read again, 0 failed" in said and f"{len(keys)} mandates ({len(keys) - 1} new, 1 unchanged)" in said


def test_a_second_time_changes_nothing() -> None:
    reparse()
    before = everything()
    said = reparse()
    after = everything()
    for rows in (before, after):
        rows["Document"][0].pop("imported_at")
    assert after == before
    assert "new" not in said.splitlines()[-1]


def test_corrections_stay() -> None:
    Document.objects.update(corrections={"title": "Working together"}, title="")
    reparse()
    assert Document.objects.get().title == "Working together"


def test_dry_run_says_the_same_and_keeps_nothing() -> None:
    Mandate.objects.all().delete()
    before, runs = everything(), ImportRun.objects.count()
    said = reparse("--dry-run")
    assert "nothing was kept" in said and " new" in said
    assert (everything(), ImportRun.objects.count()) == (before, runs)


def test_only_what_is_named() -> None:
    bring(TEXT.replace(SYMBOL, "ICC-ASP/8/Res.9"))
    assert "1 read again" in reparse("ICC-ASP-8/ Res.9")
    with pytest.raises(CommandError, match=r"No bytes are kept of ICC-ASP/8/Res\.7"):
        reparse("ICC-ASP/8/Res.7")


def test_one_that_fails_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes, name: str) -> None:
        raise ZeroDivisionError

    before = everything()
    monkeypatch.setattr("mandates.services.importing.parse_document", fail)
    with pytest.raises(CommandError, match="1 of 1 documents failed"):
        reparse()
    assert everything() == before
