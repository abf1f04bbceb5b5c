"""Words of a mandate for comparison: what changes from year to year by itself is one masked word each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mandates.extraction.dates import DATE, MONTH_OR_YEAR, SPAN_OF_DAYS, SPAN_OF_MONTHS, YEARS
from resolutions.structure.notemarks import SUPERSCRIPTS
from resolutions.structure.ordinals import ORDINAL
from resolutions.structure.symbols import find_symbols

_JOINED = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+or\s+|\s+to\s+|\s*[-\u2010-\u2015]\s*)"
_LABEL = r"\d{1,3}(?:\s?\((?:[a-z]|[ivx]{1,5})\))*"
_LABELS = rf"{_LABEL}(?:{_JOINED}{_LABEL})*"
_PARAGRAPHS = rf"(?:operative\s+|sub-?)?\bpara(?:graph)?s?\.?\s+{_LABELS}"
_PART = r"(?:annex(?:es)?|appendix|appendices)\s+[IVX]+\b"

_SESSION = re.compile(
    # "at its sixteenth session", "the resumed seventh session" (ICC-ASP/8/Res.2 family), "the 18th and 19th sessions"
    rf"(?:\bresumed\s+)?\b(?:{ORDINAL}(?:{_JOINED}(?:the\s+|its\s+)?{ORDINAL})*|next|forthcoming|upcoming)"
    r"\s+(?:(?:resumed|regular|ordinary|annual|special)\s+)*sessions?\b(?:\s+in\s+(?:19|20)\d{2}\b)?"
    r"|\bReview\s+Conference\b",
    re.IGNORECASE,
)
_SESSION_NEAR = re.compile(r"\bsessions?\b|\bConference\b", re.IGNORECASE)
_ORDINALS_BEFORE, _YEAR_AFTER = 80, 10
_DATE = re.compile("|".join(rf"\b(?:{form})" for form in (SPAN_OF_DAYS, SPAN_OF_MONTHS, DATE, YEARS, MONTH_OR_YEAR)))
# "paragraph 15 of resolution", "annex I to resolution", "resolution" before a symbol; ", annex I, para. 3(a)" after it.
_BEFORE_SYMBOL = re.compile(
    rf"(?:(?:{_PARAGRAPHS}|{_PART})(?:,\s*(?:{_PARAGRAPHS}|{_PART}))*,?\s+(?:of|in|to)\s+)*"
    r"(?:(?:its|the|Assembly)\s+)*(?:resolutions?\s+)?\(?$",
    re.IGNORECASE,
)
_AFTER_SYMBOL = re.compile(rf"\)?(?:,?\s*(?:{_PARAGRAPHS}|§§?\s*{_LABELS}|{_PART}))+", re.IGNORECASE)
# General Assembly resolution 72/3, Security Council resolution 1593 (2005): cited without a symbol.
_CITED_IN_SHORT = re.compile(
    r"\bresolutions?\s+(?:\d{3,4}\s\(\d{4}\)|(?:S-)?\d{1,3}/\d{1,4})"
    r"(?:(?:,|\s+and)\s+(?:\d{3,4}\s\(\d{4}\)|\d{1,3}/\d{1,4}))*"
)
_NUMBER = re.compile(rf"{_PARAGRAPHS}|\b{_PART}", re.IGNORECASE)
# "article 87, paragraph 7" and "paragraph 6 of article 112" are words of the Statute, not of last year's resolution.
_OF_AN_ARTICLE = re.compile(r"\b(?:articles?|rules?|regulations?)\s+\d+\w*(?:\s?\(\w+\))*,?\s*$", re.IGNORECASE)
_THEN_AN_ARTICLE = re.compile(r",?\s+(?:of|to)\s+(?:articles?|rules?|regulations?)\b", re.IGNORECASE)
_NOTE = re.compile(rf"[{SUPERSCRIPTS}]+|(?<=\w)\[\d{{1,3}}\]")
_FIGURES = re.compile(rf"[\d{SUPERSCRIPTS}]|\b[IVX]+\b|annex", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:(?:['’‘\-\u2010\u2011./&]|(?<=\d),(?=\d))[^\W_]+)*")

_ONE_SIGN = str.maketrans({"’": "'", "‘": "'", "\u2010": "-", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands: `text` is the words as printed from `start` to `end`.

    Attributes:
        text: as printed.
        start, end: its place in the text that was read.
        mask: ``session``, ``date``, ``symbol``, ``number`` (of a paragraph or annex) or ``note`` (a footnote mark) for
            what changes by itself; None for a word.
        norm: what is compared: the word in one case with one kind of hyphen and apostrophe; a mask as ``<session>``.
    """

    text: str
    start: int
    end: int
    mask: str | None
    norm: str


@lru_cache(maxsize=4096)
def masked_words(text: str) -> tuple[Word, ...]:
    """Give the words of a mandate with what changes from year to year masked.

    Args:
        text: words of a document.

    Returns:
        The words in order. One masked word each are: sessions ("twenty-first session", ICC-ASP/20/Res.2, para. 25;
        "18th session"; "next session", the same said in another year), dates and years ("31 January 2019",
        ICC-ASP/17/Res.5, annex I, para. 19(b)), symbols with the paragraphs they point to ("paragraph 37 of resolution
        ICC-ASP/19/Res.2", ICC-ASP/20/Res.2, preamble), paragraphs and annexes by their number, marks of footnotes.
        Articles and rules keep their number: it tells one thing from another.
    """
    words: list[Word] = []
    end = 0
    for start, stop, mask in sorted(_masked(text), key=lambda item: (item[0], -item[1])):
        if start < end:
            continue
        words += _plain(text, end, start)
        words.append(Word(text[start:stop], start, stop, mask, f"<{mask}>"))
        end = stop
    return (*words, *_plain(text, end, len(text)))


def _masked(text: str) -> Iterator[tuple[int, int, str]]:
    for mention in find_symbols(text):
        before = _BEFORE_SYMBOL.search(text, max(0, mention.start - 120), mention.start)
        after = _AFTER_SYMBOL.match(text, mention.end)
        start = before.start() if before else mention.start
        while start < mention.start and not text[start].isalnum():
            start += 1
        yield start, after.end() if after else mention.end, "symbol"
    # The patterns are long; they are tried only by the words that they need.
    for near in _SESSION_NEAR.finditer(text):
        for match in _SESSION.finditer(text, max(0, near.start() - _ORDINALS_BEFORE), near.end() + _YEAR_AFTER):
            yield match.start(), match.end(), "session"
    if not _FIGURES.search(text):
        return
    yield from ((match.start(), match.end(), "symbol") for match in _CITED_IN_SHORT.finditer(text))
    yield from ((match.start(), match.end(), "date") for match in _DATE.finditer(text))
    yield from ((match.start(), match.end(), "note") for match in _NOTE.finditer(text))
    for match in _NUMBER.finditer(text):
        if not _OF_AN_ARTICLE.search(text, 0, match.start()) and not _THEN_AN_ARTICLE.match(text, match.end()):
            yield match.start(), match.end(), "number"


def _plain(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        yield Word(match[0], match.start(), match.end(), None, match[0].casefold().translate(_ONE_SIGN))
