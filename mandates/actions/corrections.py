"""What people correct in the findings of a document: one or many corrections at once, made and undone.

A correction is not written into the rows of mandates: it is kept, and the text of the document is made anew from its
kept files with all corrections laid over (`mandates.correcting`), just as an import makes it. So whatever follows from
a mandate follows from the correction, and the next import comes to the same.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mandates.correcting import records
from mandates.correcting.correction_json import anchor_as_json, entered_as_json, kind_of
from mandates.correction_words import said_after, said_before
from mandates.extraction.records import MandateRecord
from mandates.models import Correction, CorrectionPlace, Mandate
from mandates.services.chains import lineage_lock
from mandates.services.correcting import correction_read, corrections_of, seen_of
from mandates.services.issuing import NotRead, Readings, standing_store
from mandates.standing_text import StandingText, standing_text
from resolutions.models import Document, Paragraph
from resolutions.reading.errors import UnreadableDocument
from resolutions.services import document_lock
from resolutions.structure.issues import issue_of

PERMISSION = "mandates.correct_mandate"


def check_may_correct(user: Any) -> None:
    """Say whether this person may correct what was found.

    Args:
        user: the person.

    Raises:
        PermissionDenied: the person may not.
    """
    if not (user.is_active and user.has_perm(PERMISSION)):
        raise PermissionDenied(_("You may not correct what was found in documents."))


def check_can_be_made_anew(document: Document, *, issued: bool) -> None:
    """Say whether the text of a document can be made anew from its kept files.

    Args:
        document: the document.
        issued: whether it has issues that are kept.

    Raises:
        ValidationError: it cannot.
    """
    if document.source_id is None or not issued:
        raise ValidationError(
            _("No file of %(symbol)s is kept, so its text cannot be made anew. Import it, then correct."),
            code="no_source",
            params={"symbol": document.symbol},
        )
    if issue_of(document.symbol).base != document.symbol:
        raise ValidationError(
            _("%(symbol)s belongs to another document: run `manage.py reparse_documents %(symbol)s` first."),
            code="apart",
            params={"symbol": document.symbol},
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to correct.

    Attributes:
        correction: what is said; with the anchor of what its maker saw (`mandates.services.correcting.mandate_anchor`).
        mandates: those that it speaks of, as they were seen; none for one that was missed.
        seen: the mark of what its maker saw of them (`mandates.services.correcting.seen_of`).
        why: the reason.
        token: the mark of the form; the same form twice is one correction. Made of the rest where it is empty.
    """

    correction: records.Correction
    mandates: tuple[Mandate, ...]
    seen: str
    why: str
    token: str = ""

    @property
    def mark(self) -> str:
        """The token, at most 64 letters."""
        said = [kind_of(self.correction), anchor_as_json(self.correction.anchor), entered_as_json(self.correction)]
        return self.token or hashlib.sha256(json.dumps([said, self.seen, self.why]).encode()).hexdigest()


@dataclass(slots=True)
class Result:
    """What came of one entry, or of one undo.

    Attributes:
        correction: its row; None where it was refused or only tried.
        before, after: in words, what it is about and what becomes of it.
        mandates: keys of the mandates that it made or changed.
        records: these mandates, as they are then.
        refusal: why it was not made; empty where it was.
        done_already: True where the same form had been sent before; nothing was written then.
    """

    correction: Correction | None = None
    before: str = ""
    after: str = ""
    mandates: tuple[str, ...] = ()
    records: tuple[MandateRecord, ...] = ()
    refusal: str = ""
    done_already: bool = False


class CorrectionAction(ABC):
    """What corrections and their undoing have in common.

    Args:
        document: whose findings are corrected.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._readings = Readings()

    def check(self, user: Any) -> None:
        """Say whether this person may, and whether the document can be made anew.

        Args:
            user: the person.

        Raises:
            PermissionDenied: the person may not correct.
            ValidationError: the bytes of the document are not kept.
        """
        check_may_correct(user)
        check_can_be_made_anew(self.document, issued=self.document.issues.exists())

    def preview(self, user: Any) -> list[Result]:
        """Say what would come of it; nothing is kept.

        Raises:
            PermissionDenied, ValidationError: as in `check`.
        """
        return self._in_transaction(user, keep=False)

    def execute(self, user: Any, follow: Callable[[list[Result]], None] | None = None) -> list[Result]:
        """Do it, with the document made anew once; what is refused is left out.

        Args:
            user: the person.
            follow: what else is written in the same transaction, from what came of each.

        Returns:
            What came of each, in order.

        Raises:
            PermissionDenied, ValidationError: as in `check`, or a reason is missing.
        """
        if not all(self.reasons()):
            raise ValidationError(_("Give the reason."), code="why")
        return self._in_transaction(user, keep=True, follow=follow)

    @abstractmethod
    def reasons(self) -> list[str]:
        """Give the reasons, each of which must be there."""

    def _in_transaction(
        self, user: Any, *, keep: bool, follow: Callable[[list[Result]], None] | None = None
    ) -> list[Result]:
        self.check(user)
        self._read([row.source for row in self.document.issues.select_related("source")])
        while True:
            try:
                with transaction.atomic():
                    if keep:
                        lineage_lock()
                        self.document, _made = document_lock(symbol=self.document.symbol, kind=self.document.kind)
                    results = self._carry_out(user, keep=keep)
                    if follow is not None:
                        follow(results)
                    return results
            except NotRead as missing:  # another import brought an issue meanwhile
                self._read(missing.sources)

    def _read(self, sources: Iterable[Any]) -> None:
        try:
            self._readings.read(sources)
        except UnreadableDocument as error:
            raise ValidationError(
                _("The kept file cannot be read any more: %(reason)s"), params={"reason": error.reason}
            ) from error

    def _text(self, corrections: Sequence[records.Correction]) -> StandingText:
        issues = self._readings.of(self.document)
        return standing_text(issues, header=self.document.corrections, corrections=corrections)

    def _store(self, standing: StandingText) -> None:
        imported_at = self.document.imported_at
        standing_store(document=self.document, standing=standing, corrections=None)
        Document.objects.filter(pk=self.document.pk).update(imported_at=imported_at)

    @abstractmethod
    def _carry_out(self, user: Any, *, keep: bool) -> list[Result]:
        """Do it, or find out what would come of it, in a transaction."""


class CorrectFindings(CorrectionAction):
    """Correct what was found in a document.

    Args:
        document: as above.
        entries: what to correct, in order.
    """

    def __init__(self, *, document: Document, entries: Sequence[Entry]) -> None:
        super().__init__(document)
        self.entries = [replace(entry, why=entry.why.strip()) for entry in entries]

    def reasons(self) -> list[str]:
        return [entry.why for entry in self.entries]

    def _carry_out(self, user: Any, *, keep: bool) -> list[Result]:
        results = [Result() for _entry in self.entries]
        sent = {
            row.token: row
            for row in Correction.objects.standing().filter(
                document=self.document, made_by=user, token__in=[entry.mark for entry in self.entries]
            )
        }
        now = self._seen_now()
        old = corrections_of(document=self.document)
        wanted: list[int] = []
        for number, (entry, result) in enumerate(zip(self.entries, results, strict=True)):
            if (row := sent.get(entry.mark)) is not None:
                result.correction, result.done_already = row, True
                result.before, result.after = row.before, row.after
            elif now[number] != entry.seen:
                result.refusal = _("Somebody or an import changed it since you looked at it. Look at it again.")
            else:
                wanted.append(number)
        standing = self._text([*old, *(self.entries[number].correction for number in wanted)])
        while True:
            outcomes = dict(zip(wanted, standing.corrections[len(old) :], strict=True))
            refused = [number for number, outcome in outcomes.items() if outcome.state is not records.State.APPLIED]
            for number in refused:
                results[number].refusal = refusal(outcomes[number])
            if not refused:
                break
            # What follows may have built on what is left out.
            wanted = [number for number in wanted if number not in refused]
            standing = self._text([*old, *(self.entries[number].correction for number in wanted)])
        made = {} if standing.parsed is None else {each.key: each for each in standing.parsed.extraction.mandates}
        for number in wanted:
            entry, result = self.entries[number], results[number]
            result.mandates = outcomes[number].mandates
            result.before = said_before(entry.correction, entry.mandates)
            result.records = tuple(made[key] for key in result.mandates if key in made)
            result.after = said_after(entry.correction, result.records)
        if keep and wanted:
            for number in wanted:
                results[number].correction = self._row(self.entries[number], results[number], user)
            self._store(standing)
        return results

    def _row(self, entry: Entry, result: Result, user: Any) -> Correction:
        return Correction.objects.create(
            document=self.document,
            kind=kind_of(entry.correction),
            anchor=anchor_as_json(entry.correction.anchor),
            entered=entered_as_json(entry.correction),
            before=result.before,
            after=result.after,
            token=entry.mark,
            why=entry.why,
            made_by=user,
        )

    def _seen_now(self) -> list[str]:
        """Give the mark of what each entry is about, as it stands now."""
        ids = {mandate.pk for entry in self.entries for mandate in entry.mandates}
        rows = (
            Mandate.objects.filter(pk__in=ids)
            .select_related("paragraph", "topic")
            .prefetch_related("addressee_rows__body", "deadlines")
        )
        found = {row.pk: row for row in rows}
        keys = {entry.correction.anchor.paragraph for entry in self.entries if not entry.mandates}
        texts = dict(
            Paragraph.objects.filter(document=self.document, in_text=True, key__in=keys).values_list("key", "text")
        )
        return [
            seen_of([found[mandate.pk] for mandate in entry.mandates if mandate.pk in found])
            if entry.mandates
            else seen_of((), texts.get(entry.correction.anchor.paragraph, ""))
            for entry in self.entries
        ]


class UndoCorrections(CorrectionAction):
    """Undo corrections: the mandates are as the tracker finds them, and as other corrections have them.

    Args:
        document: whose corrections they are.
        corrections: the rows; those of other documents are refused.
        why: the reason.
    """

    def __init__(self, *, document: Document, corrections: Sequence[Correction], why: str) -> None:
        super().__init__(document)
        self.corrections = list(corrections)
        self.why = why.strip()

    def reasons(self) -> list[str]:
        return [self.why]

    def _carry_out(self, user: Any, *, keep: bool) -> list[Result]:
        rows = list(Correction.objects.standing().filter(document=self.document).order_by("pk"))
        numbers = {row.pk: number for number, row in enumerate(rows)}
        current = self._text([correction_read(row) for row in rows])
        results = [Result(correction=row, before=row.after, after=row.before) for row in self.corrections]
        undoing = Correction.objects.filter(document=self.document, undoes__in=self.corrections)
        undone = set(undoing.values_list("undoes", flat=True))
        for row, result in zip(self.corrections, results, strict=True):
            if row.pk not in numbers:
                result.done_already = row.pk in undone
                result.refusal = "" if result.done_already else _("There is no such correction of this document.")
            else:
                result.mandates = current.corrections[numbers[row.pk]].mandates
        going = {row.pk for row in self.corrections} & {*numbers}
        while blocked := self._built_upon(rows, current, going):
            going -= {*blocked}
            for row, result in zip(self.corrections, results, strict=True):
                result.refusal = blocked.get(row.pk, result.refusal)
        if keep and going:
            for row in rows:
                if row.pk in going:
                    self._undone(row, user)
            self._store(self._text([correction_read(row) for row in rows if row.pk not in going]))
        return results

    @staticmethod
    def _built_upon(rows: Sequence[Correction], current: StandingText, going: set[int]) -> dict[int, str]:
        """Give those that a correction which stays builds on, with the sentence that says so."""
        blocked = {}
        for row, outcome in zip(rows, current.corrections, strict=True):
            for number in outcome.builds_on if row.pk not in going else ():
                if rows[number].pk in going:
                    blocked[rows[number].pk] = _("A later correction builds on it: %(what)s. Undo that one first.") % {
                        "what": row.get_kind_display()
                    }
        return blocked

    def _undone(self, row: Correction, user: Any) -> Correction:
        return Correction.objects.create(
            document=self.document,
            kind=Correction.Kind.UNDONE,
            before=row.after,
            after=row.before,
            token=f"undo {row.pk}",
            why=self.why,
            undoes=row,
            made_by=user,
        )


def refusal(outcome: records.Outcome) -> str:
    """Say why a correction is not made: it cannot be placed, or it is so already."""
    if outcome.reason is None:
        return _("It is so already; there is nothing to correct.")
    return str(CorrectionPlace.Reason(outcome.reason.value).label)
