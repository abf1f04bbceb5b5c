"""Places in the language of corrigenda: "Page 3, paragraph 12 (b), second line", "annex I, paragraph 3"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from resolutions.structure.corrigenda import Place
from resolutions.structure.ordinals import ORDINAL, ordinal_number
from resolutions.structure.symbols import find_symbols

LABEL = r"\d{1,3}(?:\s?(?:bis|ter|quater)\b)?(?:\s?\((?:[a-z]{1,2}|[ivx]{1,5})\))*"
_LABELS = rf"{LABEL}(?:(?:\s?,\s?(?:and\s+)?|\s+and\s+){LABEL})*"
_NTH = rf"(?:{ORDINAL}|last|final|penultimate)"
_NUMBERS = r"\d{1,4}(?:\s?(?:,|and|to|-|–)\s?\d{1,4})*"

_PIECE = re.compile(
    rf"""(?:the\s+)?(?:
        (?P<page>pages?\s+{_NUMBERS})
      | (?P<line>lines?\s+{_NUMBERS}|{_NTH}(?:\s+and\s+{_NTH})?\s+lines?)
        (?:\s+(?:from|of)\s+the\s+(?:top|bottom|paragraph))?
      | (?P<sentence>{_NTH})\s+sentence
      | preambular\s+para(?:graph)?\.?\s+(?P<preambular>\d{{1,2}})
      | (?P<nth_preambular>{_NTH})\s+(?:preambular\s+paragraph|paragraph\s+of\s+the\s+preamble)
      | sub-?\s?paragraphs?\s+(?P<sub>(?:\s?\((?:[a-z]{{1,2}}|[ivx]{{1,5}})\))+)
      | (?:existing\s+)?(?:operative\s+)?para(?:graph)?s?\.?\s+(?P<labels>{_LABELS})
      | (?P<part>annex|appendix|attachment|enclosure)(?:\s+(?P<number>[IVXL]+|[A-H]|\d{{1,2}})\b)?
      | (?:foot)?note\s+(?P<footnote>\d{{1,3}}|\*{{1,3}})
      | (?P<title>title)(?:\s+of\s+the\s+(?:draft\s+)?(?:resolution|document|report|decision))?
      | (?P<other>chapeau|section\s+[A-Z\d]+\b|preamble)
    )(?![\w])""",
    re.VERBOSE | re.IGNORECASE,
)
_DOCUMENT = re.compile(r"(?:the\s+)?(?:(?:draft\s+)?resolution|document|report)\s+$", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:,|;|–|—|\b(?:of|to|in|on|at|under)\b)\s*|\s+", re.IGNORECASE)
_OPENING = re.compile(r"(?:(?:in|on|at)\s+)?", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    place: Place = field(default_factory=Place)
    labels: list[str] = field(default_factory=list)
    sub: str = ""
    pieces: int = 0


def places_at(text: str, start: int = 0) -> tuple[tuple[Place, ...], int]:
    """Read the places with which a text begins.

    Args:
        text: of an instruction.
        start: where to begin.

    Returns:
        The places, none where the text begins with something else, and where they end. "Page 3" is an empty place.
    """
    opening = _OPENING.match(text, start)
    assert opening is not None
    at, end = opening.end(), start
    found = _Found()
    while True:
        piece_end = _piece(text, at, found)
        if piece_end is None:
            break
        end = piece_end
        joint = _JOINT.match(text, end)
        if joint is None:
            break
        at = joint.end()
    if not found.pieces:
        return (), start
    return _places(found), end


def _piece(text: str, at: int, found: _Found) -> int | None:
    match = _PIECE.match(text, at)
    if match is None:
        return _document(text, at, found)
    found.pieces += 1
    place = found.place
    if match["line"]:
        found.place = replace(place, in_line=True)
    elif match["sentence"]:
        found.place = replace(place, sentence=_nth(match["sentence"]))
    elif match["preambular"] or match["nth_preambular"]:
        number = int(match["preambular"]) if match["preambular"] else _nth(match["nth_preambular"])
        found.place = replace(place, preambular=number)
    elif match["sub"]:
        found.sub = re.sub(r"\s", "", match["sub"])
    elif match["labels"]:
        found.labels = [label_of(label[0]) for label in re.finditer(LABEL, match["labels"], re.IGNORECASE)]
    elif match["part"]:
        name = match["part"].lower() + (f" {match['number'].upper()}" if match["number"] else "")
        # "annex I, appendix" and "the appendix to annex I"
        outer = (name, place.part) if name.startswith("annex") else (place.part, name)
        found.place = replace(place, part=" ".join(filter(None, outer)))
    elif match["footnote"]:
        found.place = replace(place, footnote=match["footnote"])
    elif match["title"]:
        found.place = replace(place, title=True)
    return match.end()


def _document(text: str, at: int, found: _Found) -> int | None:
    """Read "resolution ICC-ASP/20/Res.2"."""
    mention = next((mention for mention in find_symbols(text[at:]) if mention.start < 30), None)
    if mention is None:
        return None
    before = text[at : at + mention.start]
    if before.strip() and not _DOCUMENT.match(before):
        return None
    # Alone it is no place: it stands in every head.
    found.place = replace(found.place, symbol=str(mention.symbol))
    return at + mention.end


def _places(found: _Found) -> tuple[Place, ...]:
    if not found.labels:
        return (replace(found.place, label=found.sub),)
    return tuple(replace(found.place, label=label + found.sub) for label in found.labels)


def _nth(words: str) -> int:
    if words.lower() in ("last", "final"):
        return -1
    return -2 if words.lower() == "penultimate" else ordinal_number(words) or 0


def label_of(written: str) -> str:
    """Give a paragraph's number in the form of `ParagraphRecord.label`: ``3(b)``, ``9 bis``."""
    return re.sub(r"\s?\(", "(", re.sub(r"(\d)\s?(bis|ter|quater)", r"\1 \2", written.strip().lower()))
