"""The margin of a document's page: where each mandate comes from and where it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template

from mandates.margin import Note, margin_notes
from mandates.models import Mandate
from resolutions.models import Document

register = template.Library()


@register.simple_tag
def notes_of_all(document: Document) -> Mapping[int, Sequence[Note]]:
    """Gather the notes of all mandates of a document: ``{% notes_of_all document as margin %}``."""
    return margin_notes(document)


@register.filter
def notes_of(margin: Mapping[int, Sequence[Note]], mandate: Mandate) -> Sequence[Note]:
    """Give those of one mandate: ``{% for note in margin|notes_of:mandate %}``."""
    return margin.get(mandate.pk, ())
