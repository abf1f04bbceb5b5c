"""Imports a document: from its bytes to stored mandates, in one go or not at all."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from mandates.models import Mandate
from mandates.pipeline import ParsedDocument, parse_document
from mandates.services.statuses import statuses_refresh
from mandates.services.storing import mandates_store
from resolutions.models import Document, ImportRun
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.sniff import media_type
from resolutions.services import (
    document_lock,
    document_store,
    import_run_fail,
    import_run_finish,
    import_run_stage,
    import_run_start,
    paragraphs_prune,
    source_file_store,
)

PERMISSION = "resolutions.import_document"
ATTEMPTS = 3

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of one file.

    Attributes:
        name: of the file.
        status: a value of `ImportRun.Status`: new, changed, unchanged or failed.
        symbol: of the document; empty where it failed.
        counts: what was done to ``paragraphs`` and ``mandates``: found, new, changed, unchanged, removed; of the latter
            also flagged. Empty where nothing was read.
        warnings: sentences for staff.
        error_code, error: why it failed; empty where it did not.
        run: the row of this attempt; None on a dry run.
    """

    name: str
    status: str
    symbol: str = ""
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    error_code: str = ""
    error: str = ""
    run: ImportRun | None = None


def document_import(
    *, name: str, data: bytes, user: Any = None, dry_run: bool = False, reread: bool = False
) -> ImportResult:
    """Read a document and store it with its mandates.

    Reading is slow and happens outside the transaction; storing is one short transaction, so that a document is stored
    whole or not at all. The same bytes as last time are not even read.

    Args:
        name: of the file, for people.
        data: its bytes.
        user: who asked for it; None for the command line.
        dry_run: do everything and keep nothing, not even the attempt.
        reread: read the same bytes again, for example after the rules of extraction changed.

    Returns:
        What came of it. A document that cannot be read or stored is a result, too: it failed, with the reason.

    Raises:
        PermissionDenied: the user may not import.
        DatabaseError: the database cannot be used, so not even the failure could be stored.
    """
    if user is not None and not user.has_perm(PERMISSION):
        raise PermissionDenied(_("You may not import documents."))
    sha256 = hashlib.sha256(data).hexdigest()
    known = Document.objects.filter(source__sha256=sha256).first()
    run = None if dry_run else import_run_start(name=_file_name(name), started_by=user)
    timings: dict[str, float] = {}
    if known is not None and not reread:
        return _finish(name, run, ImportRun.Status.UNCHANGED, known, {}, [], (), timings)
    try:
        return _import(name, data, run, timings, reread)
    except UnreadableDocument as error:
        code, reason = error.code, error.reason
    except DatabaseError:
        logger.exception("Storing %s failed", name)
        code, reason = "not_stored", _("The database refused it, so nothing was stored; the log says why.")
    except Exception:
        logger.exception("Importing %s failed", name)
        code, reason = "internal_error", _("The program failed on it, so nothing was stored; the log says where.")
    if run is not None:
        import_run_fail(run=run, code=code, reason=reason, timings=timings)
    return ImportResult(name, ImportRun.Status.FAILED, error_code=code, error=reason, run=run)


def _file_name(name: str) -> str:
    # The folders above it are the machine's business, and pages show the name to everybody.
    return PurePath(name).name


def _import(name: str, data: bytes, run: ImportRun | None, timings: dict[str, float], reread: bool) -> ImportResult:
    with _timed(timings, "read"):
        parsed = parse_document(data, PurePath(name).name)
    if not parsed.record.symbol:
        raise UnreadableDocument("no_symbol", _("It prints no document symbol, so there is no name to store it under."))
    if run is not None:
        import_run_stage(run=run, stage="storing")
    with _timed(timings, "store"):
        stored = _store_again_on_conflict(name, data, parsed, reread=reread, keep=run is not None)
    return _finish(name, run, *stored, parsed.record.furniture, timings)


_Stored = tuple[str, Document, dict[str, dict[str, int]], list[str]]


def _store_again_on_conflict(name: str, data: bytes, parsed: ParsedDocument, *, reread: bool, keep: bool) -> _Stored:
    """Two imports at once can both make the same body or wait for each other: the one that lost finds it made."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _store(name, data, parsed, reread=reread, keep=keep)
        except (IntegrityError, OperationalError):
            if attempt == ATTEMPTS or connection.in_atomic_block:
                raise
            logger.info("Storing %s met another import, trying again", name)
    raise AssertionError("unreachable")


def _store(name: str, data: bytes, parsed: ParsedDocument, *, reread: bool, keep: bool) -> _Stored:
    with transaction.atomic():
        stored = _store_in_transaction(name, data, parsed, reread)
        if not keep:
            transaction.set_rollback(True)
    return stored


def _store_in_transaction(name: str, data: bytes, parsed: ParsedDocument, reread: bool) -> _Stored:
    record = parsed.record
    document, made = document_lock(symbol=record.symbol, kind=record.kind.value)
    source = source_file_store(name=_file_name(name), data=data, media_type=media_type(data))
    if document.source_id == source.pk and not reread:
        # Another import brought the same bytes while these were being read.
        return ImportRun.Status.UNCHANGED, document, {}, []
    stored = document_store(document=document, record=record, source=source)
    mandates = mandates_store(document=document, extraction=parsed.extraction, paragraphs=stored.paragraphs)
    paragraphs_prune(document=document, keep=mandates.kept_paragraphs)
    statuses_refresh(mandates=Mandate.objects.filter(document=document))
    statuses_refresh(mandates=Mandate.objects.filter(pk__in=mandates.linked))
    warnings = stored.warnings + mandates.warnings
    if not made and stored.counts["found"] and stored.counts["new"] == stored.counts["found"]:
        warnings.append(_("No paragraph of the text before is left in this one: is it the right file?"))
    status = ImportRun.Status.NEW if made else ImportRun.Status.CHANGED
    return status, document, {"paragraphs": stored.counts, "mandates": mandates.counts}, warnings


def _finish(
    name: str,
    run: ImportRun | None,
    status: str,
    document: Document,
    counts: dict[str, dict[str, int]],
    warnings: list[str],
    furniture: tuple[str, ...],
    timings: dict[str, float],
) -> ImportResult:
    if run is not None:
        import_run_finish(
            run=run,
            status=status,
            document=document,
            counts=counts,
            warnings=warnings,
            furniture=furniture,
            timings=timings,
        )
    return ImportResult(name, status, document.symbol, counts, warnings, run=run)


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        timings[stage] = round(time.perf_counter() - start, 4)
