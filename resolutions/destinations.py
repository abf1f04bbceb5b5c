"""Where what somebody typed leads straight away: a document, or a paragraph of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from resolutions.finding.places import WrittenPlace, read_place
from resolutions.links import document_url
from resolutions.lookup import documents_asked, near_documents
from resolutions.models import Document, KnownDocument
from resolutions.pinpoints import Finding, FoundPlaces, Places

# "Res.2 para 3" says of no session which resolution it means; what has a number and a stroke may be a symbol misread.
_NUMBER_ALONE = re.compile(r"\s*res(?:olution)?\.?\s?(?P<number>\d{1,3})(?P<rest>(?!\d).*)", re.IGNORECASE)
_LIKE_A_SYMBOL = re.compile(r"\d\s?/|/\s?\d|\bICC\b|\bRC\b", re.IGNORECASE)
_MOST_MEANT = 8


@dataclass(frozen=True, slots=True)
class Destination:
    """An address to go to.

    Attributes:
        href: of the document or of the paragraph in it.
        symbol: of the document.
        missing: what was asked for and is not there, in words: ``para. 250``; empty where it is there.
        instead: address of the nearest paragraph, where there is one.
        ambiguous: several parts have such a paragraph; it is the first.
    """

    href: str
    symbol: str
    missing: str = ""
    instead: str = ""
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """A document that may have been meant: what to type for it, and its title."""

    written: str
    title: str


def destination_of(text: str) -> Destination | None:
    """Give where a text leads that names a document or a place in one, and nothing else.

    Args:
        text: as typed: "20/Res.2 para 25".

    Returns:
        The address; None where the text says anything else, or names a document of which nothing is known.
    """
    place = read_place(text)
    if place is None:
        return None
    (asked,) = documents_asked(text)
    if asked.document is None:
        return Destination(document_url(asked.known.symbol), asked.known.symbol) if asked.known else None
    url = document_url(asked.document.symbol)
    if not (place.part or place.label):
        return Destination(url, asked.document.symbol)
    found = _find(asked.document, place)
    there = document_url(asked.document.symbol, found.key) if found.key else ""
    if found.finding == Finding.NOT_FOUND:
        return Destination(url, asked.document.symbol, place.words, there)
    return Destination(there or url, asked.document.symbol, ambiguous=found.finding == Finding.AMBIGUOUS)


def documents_meant(text: str) -> list[Meant]:
    """Give what may have been meant by a symbol that names no document here; nothing where it looks like none."""
    if match := _NUMBER_ALONE.fullmatch(text):
        named = {"symbol__endswith": f"/Res.{match['number']}"}
        rows = [
            row
            for model in (Document, KnownDocument)
            for row in model._default_manager.filter(**named).values_list("symbol", "title")
        ]
        titles = dict(reversed(rows))
        symbols = sorted(titles, key=_newest_first)[:_MOST_MEANT]
        return [Meant(f"{symbol}{match['rest']}", titles[symbol]) for symbol in symbols]
    place = read_place(text)
    if place is None and not _LIKE_A_SYMBOL.search(text):
        return []
    return [Meant(document.symbol, document.title) for document in near_documents(place.symbol if place else text)]


def _find(document: Document, place: WrittenPlace) -> FoundPlaces:
    rows = document.paragraphs.filter(in_text=True).only("key", "part", "label").order_by("position")
    if "." not in place.label:
        return Places(rows).find(", ".join(filter(None, [place.part, place.label])))
    part = place.part or "body"
    key = next((row.key for row in rows if row.part == part and row.key.endswith(f"/{place.label}")), "")
    return FoundPlaces(Finding.FOUND if key else Finding.NOT_FOUND, (), key)


def _newest_first(symbol: str) -> tuple[int, str]:
    session = re.search(r"/(\d+)/", symbol)
    return (-int(session[1]) if session else 0, symbol)
