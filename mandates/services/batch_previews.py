"""What a person does with a document that was brought: look at it, correct its head, have it stored, leave it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mandates.pipeline import ParsedDocument, parse_document, parsed_corrected
from mandates.services.batches import imports_send
from mandates.services.importing import check_may_import
from resolutions.corrections import header_of
from resolutions.models import Document, ImportBatch, ImportRun
from resolutions.services import RunTaken, document_warnings, import_run_stage, source_file_release
from resolutions.structure.issues import issue_of
from resolutions.structure.records import DocumentWarning
from resolutions.structure.symbols import canonical_symbol


def import_parse(*, run: ImportRun, follow: bool = False, as_printed: bool = False) -> ParsedDocument:
    """Read the bytes of a run, with the head as staff corrected it.

    Args:
        run: one that has its bytes.
        follow: note each stage in the run.
        as_printed: leave corrections out.

    Returns:
        What would be stored.

    Raises:
        UnreadableDocument: it cannot be read.
        RunTaken: `follow` is given, and another has the run now.
    """
    assert run.source is not None
    parsed = parse_document(
        bytes(run.source.content),
        run.name,
        on_stage=(lambda stage: import_run_stage(run=run, stage=stage)) if follow else (lambda stage: None),
    )
    return parsed if as_printed else parsed_corrected(parsed, corrections_standing(run, parsed.record.symbol))


def corrections_standing(run: ImportRun, symbol: str) -> Mapping[str, str]:
    """Give the corrections that hold for a run: those made in it, else those of the document that is there already.

    Args:
        run: the run.
        symbol: as read.
    """
    if run.corrections is not None:
        return run.corrections
    document = Document.objects.filter(symbol=issue_of(symbol).base).first() if symbol else None
    return {} if document is None else {k: v for k, v in document.corrections.items() if k != "symbol"}


def preview_findings(parsed: ParsedDocument) -> dict[str, Any]:
    """Give what a run keeps of a preview: symbol, counts and warnings.

    Args:
        parsed: the document, its head corrected.
    """
    return {
        "symbol": parsed.record.symbol,
        "counts": {
            "paragraphs": {"found": len(parsed.record.paragraphs)},
            "mandates": {"found": len(parsed.extraction.mandates)},
        },
        "warnings": [warning.sentence for warning in preview_warnings(parsed)],
    }


def preview_warnings(parsed: ParsedDocument) -> list[DocumentWarning]:
    """Give what storing a document would warn about.

    Args:
        parsed: the document, its head corrected.
    """
    symbol = parsed.record.symbol
    known = Document.objects.filter(symbol=issue_of(symbol).base).first() if symbol else None
    return document_warnings(record=parsed.record, known=known)


def import_correct(*, run: ImportRun, header: Mapping[str, str], user: Any) -> None:
    """Correct the head of a document that waits to be looked at.

    Args:
        run: the run.
        header: fields as `resolutions.corrections.header_of` gives them; what is as printed is no correction.
        user: who corrects it.

    Raises:
        PermissionDenied: the user may not import.
        ValidationError: the symbol is none; `code` is ``symbol``.
        UnreadableDocument: the file cannot be read any more.
        RunTaken: it no longer waits to be looked at.
    """
    check_may_import(user)
    header = dict(header)
    if header.get("symbol"):
        canonical = canonical_symbol(header["symbol"])
        if canonical is None:
            raise ValidationError(
                _("“%(symbol)s” is no document symbol; one looks like ICC-ASP/21/Res.2."),
                code="symbol",
                params={"symbol": header["symbol"]},
            )
        header["symbol"] = canonical
    printed = import_parse(run=run, as_printed=True)
    as_printed = header_of(printed.record)
    corrections = {name: value for name, value in header.items() if value != as_printed[name]}
    found = preview_findings(parsed_corrected(printed, corrections))
    if not _waiting(ImportRun.objects.filter(pk=run.pk)).update(corrections=corrections, **found):
        raise RunTaken


def imports_store(*, batch: ImportBatch, run_ids: Iterable[int], user: Any) -> int:
    """Have documents stored that were looked at; workers begin on commit.

    Args:
        batch: to which they belong.
        run_ids: of the runs; those that do not wait to be looked at, or have no symbol, are left as they are.
        user: who decided it.

    Returns:
        How many will be stored.

    Raises:
        PermissionDenied: the user may not import.
    """
    check_may_import(user)
    accepted = []
    with transaction.atomic():
        for run_id in run_ids:
            runs = _waiting(batch.runs.filter(pk=run_id)).exclude(symbol="")
            if runs.update(
                status=ImportRun.Status.STORING,
                stage="waiting",
                attempts=0,
                heartbeat_at=None,
                queued_at=timezone.now(),
            ):
                accepted.append(run_id)
        imports_send(run_ids=accepted)
    return len(accepted)


def import_discard(*, run: ImportRun, user: Any) -> bool:
    """Leave a document out that was looked at, or set one aside that failed; its bytes go if nothing has them.

    Args:
        run: the run.
        user: who decided it.

    Returns:
        False where it neither waits to be looked at nor has failed.

    Raises:
        PermissionDenied: the user may not import.
    """
    check_may_import(user)
    undecided = [ImportRun.Status.READY, ImportRun.Status.FAILED]
    with transaction.atomic():
        left_out = ImportRun.objects.filter(pk=run.pk, status__in=undecided).update(
            status=ImportRun.Status.DISCARDED, stage="done", finished_at=timezone.now(), left_out_by=user
        )
        if left_out:
            source_file_release(source_id=run.source_id)
    return bool(left_out)


def _waiting(runs: Any) -> Any:
    return runs.filter(status=ImportRun.Status.READY)
