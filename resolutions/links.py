"""Citations in a text as links to the documents that have a page here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.urls import reverse

from resolutions.citations import anchor
from resolutions.models import Document, KnownDocument
from resolutions.rendering import Link


class CitedPlace(Protocol):
    """A citation (`mandates.models.Reference`): where it stands in the paragraph or its notes, and what it leads to."""

    paragraph_id: int
    symbol: str
    state: str
    cited_document: Document | None
    cited_key: str
    start: int
    end: int
    footnote: int | None


@dataclass(slots=True)
class ParagraphLinks:
    """The links of one paragraph, and those of its notes by their number."""

    text: list[Link] = field(default_factory=list)
    notes: dict[int, list[Link]] = field(default_factory=dict)


def document_url(symbol: str, key: str = "") -> str:
    """Give the address of a document, or of the paragraph of it that has this key."""
    url = reverse("resolutions:detail", args=[symbol])
    return f"{url}#{anchor(key)}" if key else url


def cited_url(citation: CitedPlace) -> str:
    """Give the address that a citation leads to; empty where nothing is known of the document."""
    if citation.cited_document is not None:
        return document_url(citation.cited_document.symbol, citation.cited_key)
    return document_url(citation.symbol) if citation.state == "known" else ""


def known_symbols(symbols: Iterable[str]) -> set[str]:
    """Give those of the symbols that have a page, of a document that was read or is only known."""
    wanted = set(symbols)
    if not wanted:
        return set()
    rows = [model._default_manager.filter(symbol__in=wanted) for model in (Document, KnownDocument)]
    return {symbol for symbols in rows for symbol in symbols.values_list("symbol", flat=True)}


def citation_links(citations: Iterable[CitedPlace]) -> dict[int, ParagraphLinks]:
    """Give the links of paragraphs by their id; a document of which nothing is known has no address."""
    links: dict[int, ParagraphLinks] = {}
    for row in citations:
        of_paragraph = links.setdefault(row.paragraph_id, ParagraphLinks())
        place = of_paragraph.text if row.footnote is None else of_paragraph.notes.setdefault(row.footnote, [])
        place.append(Link(row.start, row.end, cited_url(row)))
    return links
