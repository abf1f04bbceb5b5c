"""Citations in a text as links to the documents that have a page here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.urls import reverse

from resolutions.citations import anchor
from resolutions.models import Document
from resolutions.rendering import Link

_PLAIN_NUMBER = re.compile(r"\d+(\([a-z]+\))*$")


class CitedPlace(Protocol):
    """A citation: what it names, and where in the paragraph, or in which of its notes, it stands."""

    paragraph_id: int
    symbol: str
    cited_paragraph: str
    start: int
    end: int
    footnote: int | None


@dataclass(slots=True)
class ParagraphLinks:
    """The links of one paragraph, and those of its notes by their number."""

    text: list[Link] = field(default_factory=list)
    notes: dict[int, list[Link]] = field(default_factory=dict)


def document_url(symbol: str, cited_paragraph: str = "") -> str:
    """Give the address of a document, or of the paragraph of its body that is cited."""
    url = reverse("resolutions:detail", args=[symbol])
    return f"{url}#{anchor(f'body/{cited_paragraph}')}" if _PLAIN_NUMBER.match(cited_paragraph) else url


def known_symbols(symbols: Iterable[str]) -> set[str]:
    """Give those of the symbols that have a page, in one query."""
    return set(Document.objects.filter(symbol__in=set(symbols)).values_list("symbol", flat=True))


def citation_links(citations: Iterable[CitedPlace]) -> dict[int, ParagraphLinks]:
    """Give the links of paragraphs by their id; a document that is not known has no address."""
    rows = list(citations)
    known = known_symbols(row.symbol for row in rows)
    links: dict[int, ParagraphLinks] = {}
    for row in rows:
        of_paragraph = links.setdefault(row.paragraph_id, ParagraphLinks())
        place = of_paragraph.text if row.footnote is None else of_paragraph.notes.setdefault(row.footnote, [])
        href = document_url(row.symbol, row.cited_paragraph) if row.symbol in known else ""
        place.append(Link(row.start, row.end, href))
    return links
