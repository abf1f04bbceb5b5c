"""The queue of corrections that found no place in the text as it is, and all others that were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mandates.actions.corrections import PERMISSION
from mandates.models import Correction, Mandate
from mandates.queues.queue import Queue, QueueFilterSet
from resolutions.citations import citation
from resolutions.links import document_url
from resolutions.models import Paragraph


class CorrectionFilterSet(QueueFilterSet):
    """Narrows the queue of corrections."""

    waits = "not_placed"
    state = django_filters.ChoiceFilter(
        choices=[
            ("not_placed", _("Without a place")),
            ("applied", _("Made")),
            ("not_needed", _("Found by the tracker by now")),
            ("undone", _("Undone")),
        ],
        method="in_state",
        label=_("Corrections"),
        empty_label=None,
    )
    kind = django_filters.ChoiceFilter(
        choices=[choice for choice in Correction.Kind.choices if choice[0] != Correction.Kind.UNDONE],
        label=_("What was corrected"),
        empty_label=_("Anything"),
    )

    def in_state(self, rows: QuerySet[Any, Any], name: str, state: str) -> QuerySet[Any, Any]:
        """Narrow to what came of them."""
        return rows.exclude(undone_by=None) if state == "undone" else rows.filter(undone_by=None, place__state=state)


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction as a page shows it.

    Attributes:
        citation, href: the paragraph in which its words stand or stood, and its address: that of the document where
            the text has no such paragraph.
        words: that it speaks of, as they were.
        mandates: that it made or changed.
        reason: why it has no place; empty where it has one.
        paragraph: the paragraph of today; None where there is none.
    """

    correction: Correction
    citation: str
    href: str
    words: str
    mandates: list[Mandate]
    reason: str
    paragraph: Paragraph | None


class CorrectionQueue(Queue):
    """Corrections; those without a place wait."""

    name = _("Corrections without a place")
    about = _("The text no longer has the words that somebody corrected.")
    permission = PERMISSION
    page = "mandates:review_corrections"
    page_of_one = "mandates:review_correction"
    filters = CorrectionFilterSet
    order = ("-pk",)

    def all(self) -> QuerySet[Correction]:
        return Correction.objects.filter(undoes=None)

    def read_along(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return rows.select_related("document", "made_by", "place", "undone_by__made_by").prefetch_related(
            "place__mandates__document", "place__mandates__paragraph"
        )

    def rows(self, found: Iterable[Correction]) -> list[CorrectionRow]:
        corrections = list(found)
        keys = {_key(row) for row in corrections}
        paragraphs = Paragraph.objects.filter(
            in_text=True, document__in={row.document_id for row in corrections}, key__in=keys
        )
        there = {(each.document_id, each.key): each for each in paragraphs}
        return [_row(row, there.get((row.document_id, _key(row)))) for row in corrections]


CORRECTION_QUEUE = CorrectionQueue()


def _key(row: Correction) -> str:
    place = getattr(row, "place", None)
    return (place.paragraph if place else "") or str(row.anchor["paragraph"])


def _row(row: Correction, paragraph: Paragraph | None) -> CorrectionRow:
    symbol, place = row.document.symbol, getattr(row, "place", None)
    cited = citation(symbol, paragraph.part, paragraph.label, paragraph.key) if paragraph else symbol
    return CorrectionRow(
        correction=row,
        citation=cited,
        href=document_url(symbol, paragraph.key) if paragraph else document_url(symbol),
        words=str(row.anchor["text"])[int(row.anchor["start"]) : int(row.anchor["end"])],
        mandates=list(place.mandates.all()) if place else [],
        reason=place.get_reason_display() if place and place.reason else "",
        paragraph=paragraph,
    )
