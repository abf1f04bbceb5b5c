"""The margin of a document's page: where each mandate comes from and where it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template

from mandates.correction_history import no_mandates
from mandates.margin import Note, margin_notes
from mandates.models import Correction, Mandate
from resolutions.models import Document, Paragraph

register = template.Library()


@register.simple_tag
def notes_of_all(document: Document) -> Mapping[int, Sequence[Note]]:
    """Gather the notes of all mandates of a document: ``{% notes_of_all document as margin %}``."""
    return margin_notes(document)


@register.simple_tag
def no_mandates_of(document: Document) -> Mapping[str, Sequence[Correction]]:
    """Gather what people said is no mandate: ``{% no_mandates_of document as said_none %}``."""
    return no_mandates(document)


@register.filter
def in_paragraph(said_none: Mapping[str, Sequence[Correction]], paragraph: Paragraph) -> Sequence[Correction]:
    """Give those of one paragraph: ``{% for correction in said_none|in_paragraph:line.paragraph %}``."""
    return said_none.get(paragraph.key, ())


@register.filter
def notes_of(margin: Mapping[int, Sequence[Note]], mandate: Mandate) -> Sequence[Note]:
    """Give those of one mandate: ``{% for note in margin|notes_of:mandate %}``."""
    return margin.get(mandate.pk, ())
