"""The document that somebody means, however they write its symbol, and those that they may have meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import Q

from resolutions.finding.places import find_places, read_place
from resolutions.models import Document, KnownDocument
from resolutions.structure.issues import base_symbol

LONGEST = 200
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for.

    Attributes:
        written: as it was written.
        symbol: its canonical symbol; as written where it is none.
        part: the part that is named, ``body`` or ``annex I``; empty for the whole document.
        document: the document; None where it was not read.
        known: what is known of one that was not read.
    """

    written: str
    symbol: str
    part: str = ""
    document: Document | None = None
    known: KnownDocument | None = None


def documents_asked(*written: str) -> list[Asked]:
    """Find documents by what somebody wrote.

    Args:
        written: symbols in any spelling, "20/res2", with a part or without: "ICC-ASP/16/17, annex I".
    """
    read = [_read(text.replace("\0", "").strip()[:LONGEST]) for text in written]
    symbols = {symbol for _, candidates, _ in read for symbol in candidates}
    found = {each.symbol: each for each in Document.objects.select_related("session").filter(symbol__in=symbols)}
    unread = symbols - found.keys() - {""}
    known = {each.symbol: each for each in KnownDocument.objects.filter(symbol__in=unread)} if unread else {}
    asked = []
    for text, candidates, part in read:
        document = next((found[symbol] for symbol in candidates if symbol in found), None)
        listed = next((known[symbol] for symbol in candidates if symbol in known and not document), None)
        symbol = document.symbol if document else listed.symbol if listed else candidates[0]
        asked.append(Asked(text, symbol, part, document, listed))
    return asked


def near_documents(written: str) -> list[Document | KnownDocument]:
    """Give documents that somebody may have meant: with a like symbol, or with the words in their title."""
    symbols = [
        *Document.objects.values_list("symbol", flat=True),
        *KnownDocument.objects.not_read().values_list("symbol", flat=True),
    ]
    near = get_close_matches(written[:LONGEST], symbols, n=_NEAR, cutoff=0.7)
    words = re.findall(r"[^\W\d_]{3,}", written)[:8]
    titled = Q(*(Q(title__icontains=word) for word in words)) if words and not near else Q(symbol__in=near)
    documents: list[Document | KnownDocument] = list(Document.objects.filter(titled)[:_NEAR])
    if near:
        documents += KnownDocument.objects.not_read().filter(titled)
        documents.sort(key=lambda each: near.index(each.symbol))
    return documents


def _read(text: str) -> tuple[str, list[str], str]:
    """Give the text, the symbols that it may stand for, and the part that it names."""
    place = read_place(text) or next((place for _start, _end, place in find_places(text)), None)
    symbols = [place.symbol] if place else []
    # The text of a corrected or revised document is kept under the symbol that it corrects.
    bases = [base for symbol in symbols if (base := base_symbol(symbol))]
    return text, [*symbols, *bases, text], place.part if place else ""
