"""One correction of many mandates: for each what is there now and what it becomes, worked out from the rows alone.

No document is read anew for it. A correction holds for the text of one mandate, so each of a parallel set is corrected
on its own. What cannot be placed in its text is refused when it is carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mandates.actions.corrections import check_can_be_made_anew, check_may_correct
from mandates.bulk.plan import Plan, Prospect
from mandates.correcting.correction_json import anchor_as_json, correction_from_json
from mandates.correcting.fields import deadline_words
from mandates.correcting.records import (
    Anchor,
    Correction,
    EnteredDeadline,
    OtherAddressees,
    OtherDeadlines,
    OtherTopic,
)
from mandates.correction_words import said_after, said_before
from mandates.extraction.records import DeadlineKind
from mandates.models import BulkDecision, BulkEntry, CorrectionPlace, Mandate, ReportingDeadline
from mandates.models import Correction as CorrectionRow
from mandates.querysets import MandateQuerySet
from mandates.services.correcting import seen_of
from resolutions.models import Document, DocumentIssue

# What becomes of the bodies that a mandate names.
REPLACE, ADD, TAKE_OUT = "replace", "add", "take_out"
MakeCorrection = Callable[[Mandate, Anchor], Correction]


def for_corrections(mandates: MandateQuerySet) -> MandateQuerySet:
    """Read along what a correction of mandates looks at, in the order of the documents."""
    return (
        mandates.select_related("document", "paragraph", "topic")
        .prefetch_related("addressee_rows__body", "deadlines")
        .defer("action", "flag", "document__corrections")
        .order_by("document", "position", "pk")
    )


def correction_maker(bulk_kind: str, entered: Mapping[str, Any]) -> MakeCorrection:
    """Give what makes the correction of each mandate.

    Args:
        bulk_kind: of `BulkDecision.Kind`, one that corrects.
        entered: as `BulkDecision.entered` keeps it: what `correction_from_json` reads, and for addressees `how`.
    """
    nowhere = anchor_as_json(Anchor("", "", 0, 0))
    said = correction_from_json(CorrectionRow.Kind(bulk_kind.removeprefix("correct_")).value, nowhere, entered)
    how = entered.get("how", REPLACE)

    def make(mandate: Mandate, anchor: Anchor) -> Correction:
        if not isinstance(said, OtherAddressees) or how == REPLACE:
            return replace(said, anchor=anchor)
        named = [row.body.name for row in mandate.addressee_rows.all()]
        if how == ADD:
            bodies = tuple(dict.fromkeys((*named, *said.bodies)))
        else:
            bodies = tuple(name for name in named if name not in said.bodies)
        return OtherAddressees(anchor, bodies)

    return make


def refused(correction: Correction, mandate: Mandate) -> str:
    """Say why a correction comes to nothing for a mandate, as far as its rows tell; empty where it does not.

    Args:
        correction: of addressees, topic or deadlines.
        mandate: as `for_corrections` reads it.
    """
    if not mandate.in_text:
        return _("The text no longer has it, so there is nothing to correct.")
    if isinstance(correction, OtherAddressees):
        named = {row.body.name for row in mandate.addressee_rows.all()}
        same = named == set(correction.bodies)
        if not correction.bodies and not same:
            return _("Nobody would be left who must act. Replace them instead.")
    elif isinstance(correction, OtherDeadlines):
        same = {_entered(row) for row in mandate.deadlines.all()} == set(correction.deadlines)
    else:
        assert isinstance(correction, OtherTopic)
        same = correction.topic == (mandate.topic.name if mandate.topic else None)
    return _("It is so already; there is nothing to correct.") if same else ""


def correction_plan(versions: Mapping[int, int], kind: str, entered: Mapping[str, Any] | None, user: Any) -> Plan:
    """Work out what a correction would change, with a number of queries that does not grow with the mandates.

    Args:
        versions: the mandates by their ids, each with the version of its outcome.
        kind: of `BulkDecision.Kind`.
        entered: what the form says; None where nothing is entered yet, and then it is said what is there now.
        user: who would correct.

    Returns:
        What would come of each.

    Raises:
        PermissionDenied: the person may not correct.
    """
    check_may_correct(user)
    mandates = list(for_corrections(Mandate.objects.filter(pk__in=versions)))
    hindrances = _hindrances(mandate.document for mandate in mandates)
    empty: dict[str, Any] = {"bodies": [], "topic": None, "deadlines": []}
    make = correction_maker(kind, empty if entered is None else entered)
    prospects = []
    for mandate in mandates:
        anchor = Anchor(mandate.paragraph.key, mandate.paragraph.text, mandate.clause_start, mandate.clause_end)
        correction = make(mandate, anchor)
        refusal = hindrances.get(mandate.document_id, "")
        after = ""
        if entered is not None and not refusal:
            refusal = refused(correction, mandate)
            after = "" if refusal else _after(correction)
        prospects.append(
            Prospect(
                mandate,
                versions[mandate.pk],
                refusal,
                before=said_before(correction, [mandate]),
                after=after,
                seen=seen_of([mandate]),
            )
        )
    return Plan(prospects, gone=len(versions) - len(mandates))


def correction_undo_plan(bulk: BulkDecision, user: Any) -> Plan:
    """Work out which corrections of many would be undone, and which not, as somebody corrected them again.

    Args:
        bulk: what was corrected.
        user: who would undo it.

    Raises:
        PermissionDenied: the person may not correct.
    """
    check_may_correct(user)
    done = bulk.entries.filter(state=BulkEntry.State.DONE)
    corrections = {
        entry.mandate_id: entry.correction
        for entry in done.filter(mandate__isnull=False).select_related("correction__undone_by")
        if entry.correction
    }
    mandates = list(for_corrections(Mandate.objects.filter(pk__in=corrections)))
    hindrances = _hindrances(mandate.document for mandate in mandates)
    again = corrected_again(corrections.values())
    prospects = []
    for mandate in mandates:
        row = corrections[mandate.pk]
        refusal = hindrances.get(mandate.document_id, "") or again.get(row.pk, "")
        if hasattr(row, "undone_by"):
            refusal = _("The correction was undone already.")
        prospects.append(
            Prospect(mandate, mandate.outcome_version, refusal, before=row.after, after=row.before, seen=str(row.pk))
        )
    return Plan(prospects, gone=done.count() - len(mandates))


def corrected_again(corrections: Iterable[CorrectionRow]) -> dict[int, str]:
    """Say of which corrections somebody corrected the same thing again, in two queries.

    Args:
        corrections: of one kind, as they were made together.

    Returns:
        By the id of each that was: who corrected it again, and when.
    """
    rows = {row.pk: row for row in corrections}
    if not rows:
        return {}
    kind = next(iter(rows.values())).kind
    through = CorrectionPlace.mandates.through.objects
    places = list(through.filter(correctionplace__in=rows).values_list("mandate_id", "correctionplace_id"))
    later = (
        CorrectionRow.objects.standing()
        .filter(kind=kind, pk__gt=min(rows), place__mandates__in={mandate for mandate, _row in places})
        .select_related("made_by")
        .order_by("pk")
        .annotate(spoken_of=F("place__mandates"))
    )
    latest = {row.spoken_of: row for row in later}
    again = {}
    for mandate, pk in places:
        last = latest.get(mandate)
        if last is not None and last.pk > pk:
            again[pk] = _("%(who)s corrected it again on %(when)s.") % {
                "who": last.made_by.get_full_name() or last.made_by.get_username(),
                "when": formats.date_format(timezone.localtime(last.made_at), "DATETIME_FORMAT"),
            }
    return again


def said_entered(bulk: BulkDecision) -> str:
    """Say in words what was entered for all of them; empty where it is no correction.

    Args:
        bulk: the decision.
    """
    if not bulk.corrects or bulk.undoes_id:
        return ""
    correction = correction_maker(bulk.kind, {**bulk.entered, "how": REPLACE})(Mandate(), Anchor("", "", 0, 0))
    sentences = {ADD: _("Added: %(what)s"), TAKE_OUT: _("Taken out: %(what)s")}
    return sentences.get(bulk.entered.get("how", ""), _("Set to: %(what)s")) % {"what": _after(correction)}


def _after(correction: Correction) -> str:
    if isinstance(correction, OtherDeadlines) and correction.deadlines:
        return "; ".join(map(deadline_words, correction.deadlines))
    return said_after(correction, ())


def _entered(row: ReportingDeadline) -> EnteredDeadline:
    """Give a stored deadline as a person would say it."""
    is_date = row.kind == ReportingDeadline.Kind.DATE
    return EnteredDeadline(
        DeadlineKind(row.kind),
        session=row.session_number,
        date=row.end_date if is_date else None,
        start=row.start_date,
        end=None if is_date else row.end_date,
        interval=row.interval or None,
        event=row.event or None,
    )


def _hindrances(documents: Iterable[Document]) -> dict[int, str]:
    """Say of which documents the text cannot be made anew, and why."""
    known = {document.pk: document for document in documents}
    issued = set(DocumentIssue.objects.filter(document__in=known).values_list("document", flat=True))
    found = {}
    for pk, document in known.items():
        try:
            check_can_be_made_anew(document, issued=pk in issued)
        except ValidationError as error:
            found[pk] = " ".join(error.messages)
    return found
