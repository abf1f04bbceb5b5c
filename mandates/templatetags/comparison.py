"""What a document can be compared with, for its page."""

from __future__ import annotations

from django import template

from resolutions.models import Document
from resolutions.partners import earlier, partners

register = template.Library()


@register.inclusion_tag("resolutions/compare_with.html")
def compare_with(document: Document) -> dict[str, object]:
    """Lead to the comparison of a document with those on the same matter, the earlier of two on the left."""
    return {"document": document, "pairs": [(each, earlier(each, document)) for each in partners(document)]}
