"""Who cites a document, and which paragraphs of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q

from resolutions.citations import citation
from resolutions.links import document_url
from resolutions.models import Document, Paragraph

MOST = 500
_FIELDS = (
    "pk", "key", "part", "label", "document__symbol", "document__title", "references__cited_paragraph",
    "references__cited_places",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CitingPlace:
    """A paragraph that cites: `place` in its document, `citation` in full, and what it names of the document cited."""

    citation: str
    place: str
    href: str
    names: str


@dataclass(slots=True)
class CitingDocument:
    """A document that cites another, with its paragraphs in the order of its text."""

    symbol: str
    title: str
    href: str
    places: list[CitingPlace] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CitedBy:
    """What other documents say of one.

    Attributes:
        documents: those that cite it, the newest first.
        by_paragraph: the paragraphs that cite each of its own, by its id.
        is_cut: whether there are more than `MOST`.
    """

    documents: list[CitingDocument]
    by_paragraph: Mapping[int, list[CitingPlace]]
    is_cut: bool = False

    @property
    def total(self) -> int:
        """The number of places."""
        return sum(len(document.places) for document in self.documents)


def cited_by(symbol: str, document: Document | None = None) -> CitedBy:
    """Gather who cites a document, in one query.

    Args:
        symbol: of the document.
        document: the document where it is here; what it cites of itself is left out.
    """
    condition = Q(references__symbol__in=[symbol, f"{symbol}*"])  # with a star where it was issued again
    paragraphs = Paragraph.objects.filter(in_text=True)
    if document is not None:
        condition |= Q(references__cited_document=document)
        paragraphs = paragraphs.exclude(document=document)
    newest_first = F("document__adopted").desc(nulls_last=True)
    rows = paragraphs.filter(condition).order_by(newest_first, "document", "position", "references__position")
    return _gathered(list(rows.values(*_FIELDS)[: MOST + 1]))


def _gathered(rows: list[dict[str, Any]]) -> CitedBy:
    documents: dict[str, CitingDocument] = {}
    by_paragraph: dict[int, list[CitingPlace]] = {}
    for row in rows[:MOST]:
        symbol = row["document__symbol"]
        href = document_url(symbol)
        citing = documents.setdefault(symbol, CitingDocument(symbol, row["document__title"], href))
        cited_as = citation(symbol, row["part"], row["label"], row["key"])
        named = citation("", "body", row["references__cited_paragraph"]).removeprefix(", ")
        place = CitingPlace(cited_as, cited_as.removeprefix(f"{symbol}, "), document_url(symbol, row["key"]), named)
        _add_once(citing.places, place)
        if row["references__cited_places"] is not None:
            _add_once(by_paragraph.setdefault(row["references__cited_places"], []), place)
    return CitedBy(list(documents.values()), by_paragraph, len(rows) > MOST)


def _add_once(places: list[CitingPlace], place: CitingPlace) -> None:
    """A paragraph that names the same place twice, or a range, is one place."""
    if place not in places[-8:]:
        places.append(place)
