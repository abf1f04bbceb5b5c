"""The corrections that a page shows: those of a mandate with their history, and those in the margin of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from mandates.models import Correction, CorrectionPlace, Mandate
from resolutions.models import Document

_MOST = 100


@dataclass(frozen=True, slots=True)
class MandateCorrections:
    """What people corrected about a mandate.

    Attributes:
        standing: what holds, the latest of a kind first.
        history: every correction and every undoing of one.
    """

    standing: list[Correction]
    history: list[Correction]

    def of_field(self, kind: str) -> Correction | None:
        """Give the correction by which a field is as it is."""
        return next((row for row in self.standing if row.kind == kind), None)

    @property
    def addressees(self) -> Correction | None:
        """That of the addressees."""
        return self.of_field(Correction.Kind.ADDRESSEES)

    @property
    def deadlines(self) -> Correction | None:
        """That of the deadlines."""
        return self.of_field(Correction.Kind.DEADLINES)

    @property
    def topic(self) -> Correction | None:
        """That of the topic."""
        return self.of_field(Correction.Kind.TOPIC)

    @property
    def of_shape(self) -> list[Correction]:
        """Those by which it is a mandate, one or two."""
        kinds = (Correction.Kind.SPLIT, Correction.Kind.MERGE, Correction.Kind.MISSED)
        return [row for row in self.standing if row.kind in kinds]


def mandate_corrections(mandate: Mandate) -> MandateCorrections:
    """Give what people corrected about a mandate, with one query.

    Args:
        mandate: with its paragraph fetched.
    """
    touched = CorrectionPlace.mandates.through.objects.filter(mandate=mandate, correctionplace=OuterRef("pk"))
    rows = (
        Correction.objects.filter(document_id=mandate.document_id, undoes=None)
        .annotate(touches=Exists(touched))
        .filter(Q(touches=True) | Q(anchor__paragraph=mandate.paragraph.key))
        .select_related("made_by", "place", "undone_by__made_by")
        .order_by("-pk")[:_MOST]
    )
    found = [row for row in rows if row.touches or _spoke_of(row, mandate)]
    undone = [row.undone_by for row in found if hasattr(row, "undone_by")]
    return MandateCorrections([row for row in found if row.touches], [*found, *undone])


def _spoke_of(row: Correction, mandate: Mandate) -> bool:
    """Say whether a correction that holds no more spoke of the words of a mandate."""
    if row.anchor["text"] != mandate.paragraph.text:
        return False
    shared = min(row.anchor["end"], mandate.clause_end) - max(row.anchor["start"], mandate.clause_start)
    return bool(shared * 2 >= row.anchor["end"] - row.anchor["start"])


def no_mandates(document: Document) -> Mapping[str, list[Correction]]:
    """Give the corrections that say of a clause that it is no mandate, by the key of its paragraph."""
    rows = (
        Correction.objects.standing()
        .filter(document=document, kind=Correction.Kind.NOT_A_MANDATE, place__state=CorrectionPlace.State.APPLIED)
        .select_related("made_by", "place")
        .order_by("pk")
    )
    found: dict[str, list[Correction]] = {}
    for row in rows:
        found.setdefault(row.place.paragraph, []).append(row)
    return found
