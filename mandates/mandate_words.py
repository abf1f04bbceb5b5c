"""The words of mandates, whole: the clause with what goes on with it in sub-paragraphs, for a screen to compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from mandates.models import Mandate
from resolutions.models import Paragraph


@dataclass(frozen=True, slots=True)
class MandateWords:
    """The text of a mandate and its italics, as `Paragraph.emphases` keeps them."""

    text: str
    emphases: tuple[Mapping[str, Any], ...] = ()


def words_of(mandates: Iterable[Mandate]) -> dict[int, MandateWords]:
    """Give the words of mandates by their id, with one query at most.

    Args:
        mandates: with their paragraph fetched.

    Returns:
        For each the clause and its continuations; where the last import no longer has it, what was asked for.
    """
    rows = list(mandates)
    wanted = {(row.document_id, str(place["paragraph"])) for row in rows if row.in_text for place in row.continuations}
    below = {
        (paragraph.document_id, paragraph.key): paragraph
        for paragraph in (
            Paragraph.objects.filter(
                Q(key__in={key for _, key in wanted}), document__in={document for document, _ in wanted}
            )
            if wanted
            else ()
        )
    }
    return {row.pk: _words(row, below) for row in rows}


def _words(mandate: Mandate, below: Mapping[tuple[int, str], Paragraph]) -> MandateWords:
    if not mandate.in_text:
        return MandateWords(mandate.action)  # its spans hold no more
    stretches = [(mandate.paragraph, mandate.clause_start, mandate.clause_end)]
    stretches += [
        (paragraph, int(place["start"]), int(place["end"]))
        for place in mandate.continuations
        if (paragraph := below.get((mandate.document_id, str(place["paragraph"]))))
    ]
    text, emphases = "", []
    for paragraph, start, end in stretches:
        text += " " if text else ""
        at = len(text) - start
        text += paragraph.text[start:end]
        emphases += [
            {"style": row["style"], "start": max(row["start"], start) + at, "end": min(row["end"], end) + at}
            for row in paragraph.emphases
            if row["start"] < end and row["end"] > start
        ]
    return MandateWords(text, tuple(emphases))
