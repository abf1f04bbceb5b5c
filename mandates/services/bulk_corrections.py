"""Carries corrections of many mandates out: document by document, as each is made anew once for all of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from mandates.actions.corrections import CorrectFindings, CorrectionAction, Entry, Result, UndoCorrections
from mandates.bulk.corrections import corrected_again, correction_maker, for_corrections
from mandates.models import BulkDecision, BulkEntry, Correction, Mandate
from mandates.services.correcting import document_texts, mandate_anchor, seen_of
from resolutions.models import Document

logger = logging.getLogger(__name__)

_ROWS = 200


def next_document_correct(*, bulk: BulkDecision, note: str) -> None:
    """Correct what waits of a decision in one document, in one transaction with the rows of the decision.

    Args:
        bulk: that corrects, or undoes corrections.
        note: the reason, where it undoes some.

    Raises:
        OperationalError, InterfaceError: the database went away; the document is corrected later.
    """
    waiting = BulkEntry.objects.filter(bulk=bulk, state=BulkEntry.State.WAITING).order_by("pk")
    waiting.filter(mandate=None).update(
        state=BulkEntry.State.REFUSED, reason=_("It is gone: the last import no longer found it.")
    )
    first = waiting.select_related("mandate__document").first()
    if first is None or first.mandate is None:
        return
    document = first.mandate.document
    entries = list(waiting.filter(mandate__document=document))
    try:
        _Step(bulk, document, entries).carry_out(note)
        return
    except (ValidationError, PermissionDenied) as error:
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Correcting %s failed", document.symbol)
        reason = _("The program failed on it, so nothing was recorded; the log says where.")
    waiting.filter(pk__in=[entry.pk for entry in entries]).update(state=BulkEntry.State.REFUSED, reason=reason)


class _Step:
    """What waits of a decision in one document."""

    def __init__(self, bulk: BulkDecision, document: Document, entries: Iterable[BulkEntry]) -> None:
        self._bulk = bulk
        self._document = document
        self._entries = list(entries)
        self._tried: list[BulkEntry] = []  # in the order of what the action gives

    def carry_out(self, note: str) -> None:
        action = self._undo(note) if self._bulk.undoes else self._correct()
        if self._tried:
            action.execute(self._bulk.made_by, follow=self._tick_off)
        else:
            with transaction.atomic():
                self._tick_off([])

    def _correct(self) -> CorrectionAction:
        make = correction_maker(self._bulk.kind, self._bulk.entered)
        texts = document_texts(self._document)
        rows = {row.pk: row for row in for_corrections(Mandate.objects.filter(document=self._document))}
        found = []
        for entry in self._entries:
            mandate = rows[entry.mandate_id or 0]
            if seen_of([mandate]) != entry.seen:
                _refuse(entry, _("Somebody or an import changed it since you looked at it. Look at it again."))
                continue
            correction = make(mandate, mandate_anchor(mandate, texts))
            # One entry is one correction, whatever else says the same.
            token = f"bulk entry {entry.pk}"
            found.append(Entry(correction, (mandate,), entry.seen, self._bulk.entered["note"], token))
            self._tried.append(entry)
        return CorrectFindings(document=self._document, entries=found)

    def _undo(self, note: str) -> CorrectionAction:
        ids = [entry.mandate_id for entry in self._entries]
        made = BulkEntry.objects.filter(bulk=self._bulk.undoes, mandate__in=ids, state=BulkEntry.State.DONE)
        corrections = {row.mandate_id: row.correction for row in made.select_related("correction") if row.correction}
        again = corrected_again(corrections.values())
        found = []
        for entry in self._entries:
            correction = corrections[entry.mandate_id]
            if reason := again.get(correction.pk):
                _refuse(entry, reason)
                continue
            found.append(correction)
            self._tried.append(entry)
        return UndoCorrections(document=self._document, corrections=found, why=note)

    def _tick_off(self, results: list[Result]) -> None:
        """Keep what came of each; nothing is kept where another worker has been at these rows."""
        undone = {row.undoes_id: row for row in Correction.objects.filter(undoes__in=_corrections(results))}
        for entry, result in zip(self._tried, results, strict=True):
            made = result.correction
            if self._bulk.undoes and made is not None:
                made = undone.get(made.pk)
            if result.refusal or made is None:
                _refuse(entry, result.refusal)
            elif result.done_already:
                _refuse(entry, _("The very same was recorded already."))
            else:
                entry.state, entry.correction = BulkEntry.State.DONE, made
        ids = [entry.pk for entry in self._entries]
        if BulkEntry.objects.filter(pk__in=ids, state=BulkEntry.State.WAITING).count() != len(ids):
            transaction.set_rollback(True)
            return
        BulkEntry.objects.bulk_update(self._entries, ["state", "reason", "correction"], batch_size=_ROWS)


def _corrections(results: Iterable[Result]) -> list[Correction]:
    return [result.correction for result in results if result.correction is not None]


def _refuse(entry: BulkEntry, reason: str) -> None:
    entry.state, entry.reason = BulkEntry.State.REFUSED, reason
