"""Imports a document: from its bytes to stored mandates, in one go or not at all."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from mandates.pipeline import ParsedDocument, parse_document
from mandates.services.chains import lineage_lock
from mandates.services.correcting import corrections_of
from mandates.services.issuing import NotRead, Readings, issue_warnings, issued_on, standing_store
from mandates.services.joining import documents_apart
from mandates.standing_text import IssueState, standing_text
from resolutions.models import Document, DocumentIssue, ImportRun
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.sniff import media_type
from resolutions.services import (
    RunTaken,
    document_lock,
    import_run_fail,
    import_run_finish,
    import_run_stage,
    import_run_start,
    issue_key,
    issue_store,
    source_file_store,
)
from resolutions.structure.issues import Issue, issue_of

PERMISSION = "resolutions.import_document"
ATTEMPTS = 3

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of one file.

    Attributes:
        name: of the file.
        status: a value of `ImportRun.Status`: new, changed, unchanged or failed.
        symbol: of the document, or of the issue of it that the file is; empty where it failed.
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


def check_may_import(user: Any) -> None:
    """Refuse a user who may not import.

    Args:
        user: who wants to.

    Raises:
        PermissionDenied: the user may not.
    """
    if not (user.is_active and user.has_perm(PERMISSION)):
        raise PermissionDenied(_("You may not import documents."))


def document_import(
    *,
    name: str,
    data: bytes,
    user: Any = None,
    dry_run: bool = False,
    reread: bool = False,
    parse: Callable[[bytes, str], ParsedDocument] | None = None,
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
        parse: reads the bytes, where they are not read here; raises as `mandates.pipeline.parse_document` does.

    Returns:
        What came of it. A document that cannot be read or stored is a result, too: it failed, with the reason.

    Raises:
        PermissionDenied: the user may not import.
        DatabaseError: the database cannot be used, so not even the failure could be stored.
    """
    if user is not None:
        check_may_import(user)
    run = None if dry_run else import_run_start(name=_file_name(name), size=len(data), started_by=user)
    return import_carry_out(name=name, data=data, run=run, reread=reread, parse=parse)


def import_carry_out(
    *,
    name: str,
    data: bytes,
    run: ImportRun | None,
    reread: bool = False,
    parse: Callable[[bytes, str], ParsedDocument] | None = None,
) -> ImportResult:
    """Do what a run stands for, from the bytes to the stored document; arguments as in `document_import`.

    Args:
        name, data, reread, parse: as there.
        run: the row that says what comes of it, in the same transaction; None keeps nothing at all. Corrections that
            staff made stand in it.

    Raises:
        DatabaseError, InterfaceError: the database cannot be used. For a run of a batch also where its connection broke
            meanwhile: such a run can be begun again.
    """
    work = _Import(name, data, run, reread)
    try:
        return work.carry_out(parse or parse_document)
    except UnreadableDocument as error:
        code, reason = error.code, error.reason
    except RunTaken:
        return ImportResult(
            name, ImportRun.Status.FAILED, error_code="taken", error=_("It was begun anew meanwhile."), run=run
        )
    except (DatabaseError, InterfaceError) as error:
        if run is not None and run.batch_id is not None and isinstance(error, (OperationalError, InterfaceError)):
            raise
        logger.exception("Storing %s failed", name)
        code, reason = "not_stored", _("The database refused it, so nothing was stored; the log says why.")
    except Exception:
        logger.exception("Importing %s failed", name)
        code, reason = ImportRun.OWN_FAULT, _("The program failed on it, so nothing was stored; the log says where.")
    if run is not None:
        import_run_fail(run=run, code=code, reason=reason, timings=work.timings)
    return ImportResult(name, ImportRun.Status.FAILED, error_code=code, error=reason, run=run)


def _file_name(name: str) -> str:
    # The folders above it are the machine's business, and pages show the name to everybody.
    return PurePath(name).name


@dataclass(slots=True)
class _Import:
    """One file on its way into the database."""

    name: str
    data: bytes
    run: ImportRun | None
    reread: bool
    timings: dict[str, float] = field(default_factory=dict)

    def carry_out(self, parse: Callable[[bytes, str], ParsedDocument]) -> ImportResult:
        sha256 = hashlib.sha256(self.data).hexdigest()
        known = DocumentIssue.objects.select_related("document").filter(source__sha256=sha256).first()
        if known is not None and not self.reread:
            with transaction.atomic():
                return self._finish(ImportRun.Status.UNCHANGED, known.document, known, {}, [], ())
        with _timed(self.timings, "read"):
            parsed = parse(self.data, PurePath(self.name).name)
        if self.run is not None:
            import_run_stage(run=self.run, stage="storing")
        symbol = self._symbol(parsed, known)
        if not symbol:
            raise UnreadableDocument(
                "no_symbol", _("It prints no document symbol, so there is no name to store it under.")
            )
        readings = Readings()
        readings.add(sha256, parsed)
        return self._store_again_on_conflict(issue_of(symbol), sha256, readings)

    def _symbol(self, parsed: ParsedDocument, known: DocumentIssue | None) -> str:
        """A symbol that was corrected holds for these bytes, and a file that prints it is another document."""
        if self.run is not None and self.run.corrections is not None:
            return self.run.corrections.get("symbol", parsed.record.symbol)
        return parsed.record.symbol if known is None else known.symbol

    def _store_again_on_conflict(self, issue: Issue, sha256: str, readings: Readings) -> ImportResult:
        """Two imports at once can both make the same body or wait for each other: the one that lost finds it made.

        A connection that broke is opened again, as nothing of the transaction is there.
        """
        attempt = 1
        while True:
            try:
                with transaction.atomic():
                    result = self._store(issue, sha256, readings)
                    if self.run is None:
                        transaction.set_rollback(True)
                    return result
            except NotRead as missing:
                # Other issues of the document; reading is slow, and nothing is locked meanwhile.
                with _timed(self.timings, "read_issues"):
                    readings.read(missing.sources)
            except (IntegrityError, OperationalError, InterfaceError):
                if attempt == ATTEMPTS or connection.in_atomic_block:
                    raise
                attempt += 1
                logger.info("Storing %s met another import or lost its connection, trying again", self.name)
                connection.close_if_unusable_or_obsolete()

    def _store(self, issue: Issue, sha256: str, readings: Readings) -> ImportResult:
        start = time.perf_counter()
        lineage_lock()
        parsed = readings.texts[sha256]
        document, _made = document_lock(symbol=issue.base, kind=parsed.record.kind.value)
        made = document.source_id is None
        source = source_file_store(name=_file_name(self.name), data=self.data, media_type=media_type(self.data))
        if not self.reread:
            # Another import brought the same bytes while these were being read.
            same = document.issues.filter(source=source).first()
            if same is not None:
                return self._finish(ImportRun.Status.UNCHANGED, document, same, {}, [], parsed.record.furniture)
        waited = [issue_key(old) for old in document.issues.filter(state=IssueState.WAITING).select_related("document")]
        row = issue_store(document=document, issue=issue, source=source, issued=issued_on(parsed.record))
        # The head of a corrigendum is not that of the document.
        corrections = None if self.run is None or parsed.corrigendum is not None else self.run.corrections
        standing = standing_text(
            readings.of(document),
            header=document.corrections if corrections is None else corrections,
            corrections=corrections_of(document=document),
        )
        stored = standing_store(document=document, standing=standing, corrections=corrections)
        warnings = issue_warnings(issue=issue, standing=standing, waited=waited)
        state = standing.outcomes[issue].state
        if state == IssueState.STANDING:
            warnings = stored.warnings + warnings
        for apart in documents_apart(symbol=document.symbol):
            warnings.append(
                _("%(symbol)s was stored as a document of its own; `manage.py reparse_documents %(symbol)s` joins it.")
                % {"symbol": apart.symbol}
            )
        found = stored.counts.get("paragraphs", {})
        if not made and found.get("found") and found["new"] == found["found"]:
            warnings.append(_("No paragraph of the text before is left in this one: is it the right file?"))
        status = _status(made=made, changed=stored.is_changed or state in _TAKES_EFFECT)
        self.timings["store"] = round(time.perf_counter() - start, 4)
        return self._finish(status, document, row, stored.counts, warnings, parsed.record.furniture)

    def _finish(
        self,
        status: str,
        document: Document,
        issue: DocumentIssue,
        counts: dict[str, dict[str, int]],
        warnings: list[str],
        furniture: tuple[str, ...],
    ) -> ImportResult:
        run = copy(self.run)  # where the transaction fails, the run stays as it is in the database
        if run is not None:
            import_run_finish(
                run=run,
                status=status,
                document=document,
                issue=issue,
                counts=counts,
                warnings=warnings,
                furniture=furniture,
                timings=self.timings,
            )
        return ImportResult(self.name, status, issue.symbol, counts, warnings, run=run)


_TAKES_EFFECT = (IssueState.STANDING, IssueState.APPLIED)


def _status(*, made: bool, changed: bool) -> str:
    if made and changed:
        return ImportRun.Status.NEW
    return ImportRun.Status.CHANGED if changed else ImportRun.Status.UNCHANGED


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        timings[stage] = round(time.perf_counter() - start, 4)
