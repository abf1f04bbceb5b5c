"""What people corrected in a document: read for each making of its text, and kept with what came of it there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from mandates.correcting import records
from mandates.correcting.correction_json import correction_from_json
from mandates.correcting.placing import anchor_at
from mandates.models import Correction, CorrectionPlace, Mandate
from resolutions.models import Document


def corrections_of(*, document: Document) -> list[records.Correction]:
    """Give what holds for a document, in the order in which it was said.

    Args:
        document: stored, or on its way.
    """
    rows = Correction.objects.standing().filter(document=document).order_by("pk")
    return [correction_read(row) for row in rows]


def correction_read(row: Correction) -> records.Correction:
    """Give a stored correction as the text code takes it."""
    return correction_from_json(row.kind, row.anchor, row.entered)


def corrections_place(*, document: Document, outcomes: Sequence[records.Outcome]) -> None:
    """Keep what came of the corrections of a document, in the transaction that stored its mandates.

    Args:
        document: locked.
        outcomes: of those that hold, in their order.
    """
    CorrectionPlace.objects.filter(correction__document=document).delete()
    if not outcomes:
        return
    rows = Correction.objects.standing().filter(document=document).order_by("pk")
    places = [_place(row, outcome) for row, outcome in zip(rows, outcomes, strict=True)]
    CorrectionPlace.objects.bulk_create(places)
    keys = {key for outcome in outcomes for key in outcome.mandates}
    mandates = dict(Mandate.objects.filter(document=document, key__in=keys).values_list("key", "pk"))
    through = CorrectionPlace.mandates.through
    through.objects.bulk_create(
        through(correctionplace_id=place.pk, mandate_id=mandates[key])
        for place, outcome in zip(places, outcomes, strict=True)
        for key in outcome.mandates
        if key in mandates
    )


def _place(row: Correction, outcome: records.Outcome) -> CorrectionPlace:
    span = outcome.span
    return CorrectionPlace(
        correction=row,
        state=outcome.state.value,
        reason=outcome.reason.value if outcome.reason else "",
        paragraph=span.paragraph if span else "",
        start=span.start if span else None,
        end=span.end if span else None,
    )


def document_texts(document: Document) -> dict[str, str]:
    """Give the paragraphs of a document's text by key, in order."""
    return dict(document.paragraphs.filter(in_text=True).order_by("position").values_list("key", "text"))


def mandate_anchor(mandate: Mandate, texts: dict[str, str]) -> records.Anchor:
    """Give the anchor of a mandate: the words of its clause.

    Args:
        mandate: in the text, its paragraph fetched.
        texts: of its document, from `document_texts`.

    Raises:
        ValueError: the text has it no longer.
    """
    return anchor_at(texts, mandate.paragraph.key, mandate.clause_start, mandate.clause_end)


def seen_of(mandates: Iterable[Mandate], text: str = "") -> str:
    """Give the mark of what somebody sees of mandates: whoever corrects them says with it what they saw.

    Args:
        mandates: with paragraph, topic, addressees (with bodies) and deadlines fetched.
        text: of the paragraph, where words of it are what matters.
    """
    seen = [
        [
            mandate.key,
            mandate.paragraph.text[mandate.clause_start : mandate.clause_end],
            mandate.continuations,
            [row.body.name for row in mandate.addressee_rows.all()],
            [
                [row.kind, row.session_number, str(row.start_date), str(row.end_date), row.interval, row.event]
                for row in mandate.deadlines.all()
            ],
            mandate.topic.name if mandate.topic else None,
            mandate.in_text,
        ]
        for mandate in sorted(mandates, key=lambda mandate: mandate.key)
    ]
    return hashlib.sha256(json.dumps([seen, text]).encode()).hexdigest()
