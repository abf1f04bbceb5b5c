"""Places of documents as people write them: "20/Res.2 para 25", "op 3 of resolution 2 of the twentieth session".

The symbols are those of `resolutions.structure.symbols`; read here besides is what is only typed: small letters, the
short "20/Res.2", a resolution by number and session.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from resolutions.structure.ordinals import ORDINAL, ordinal_number
from resolutions.structure.symbols import canonical_symbol, find_symbols

# One sign for one, so that places in the text stay true.
_ALIKE = str.maketrans(
    {"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "⁄": "/", "∕": "/"}
    | dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\t\r\n", " ")
)
_SESSION = r"(?:S-\d{1,2}|\d{1,2})"
_RESOLUTION = r"R[eé]s(?:olution)?\.?\s?"
_SUFFIXES = r"(?:\s?/\s?(?:Add|Corr|Rev)\.?\s?\d{1,3}(?!\d))*"
_SYMBOL = re.compile(
    rf"""(?<![\w/.])(?:
        (?:ICC[\s-]?ASP\s?[/-]\s?)?(?P<session>{_SESSION})\s?[/-]\s?{_RESOLUTION}(?P<number>\d{{1,3}}{_SUFFIXES})
      | RC\s?[/-]\s?(?P<conference>(?:Res|Decl|Dec)\.?\s?\d{{1,2}}{_SUFFIXES})
      | ICC[\s-]?ASP\s?[/-]\s?(?P<other>{_SESSION}\s?[/-]\s?(?:[A-Z]{{1,8}}[./]?\s?)*\d{{1,3}}{_SUFFIXES})
      | {_RESOLUTION}(?P<nth_number>\d{{1,3}}),?\s\(?(?:(?:of|from|at|adopted\sat)\s)?(?:(?:the|its)\s)?
        (?P<nth>{ORDINAL})\s(?:regular\s)?session\b\)?
    )(?![\w])""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE = re.compile(rf"\s*(?P<bare>{_SESSION}\s?/\s?(?:INF\.?\s?)?\d{{1,3}}{_SUFFIXES})(?![\w/])", re.IGNORECASE)

_PART = r"(?:(?:annex(?:es)?|appendix)(?:\s[ivx]+\b)?)"
_PARAGRAPH = r"(?:(?:op|o\.p|operative|paragraphs?|paras?|par|p)\b\.?|op(?=\d)|§§?)\s?"
_UNNUMBERED = r"(?:preamble|preambular|unnumbered|pp(?=\s?\.?\s?\d))\b\.?|pp(?=\d)"
_LETTER = r"(?:[a-z]|[ivx]{2,5})"
_LETTERS = rf"(?:\s?\(\s?{_LETTER}\s?\)|\s?[a-z]\)|[a-z](?!\w))"
_LABEL = rf"(?:\d{{1,3}}(?:\s?(?:bis|ter)\b)?{_LETTERS}*|(?:\({_LETTER}\)\s?)+)"
_MORE = rf"(?:\s?(?:-|,|&|\bto\b|\band\b)\s?{_LABEL}(?![\w/-]))*"
_AFTER = re.compile(
    rf"""(?:[\s,;:\#/(]*(?P<part>{_PART}(?:[\s,]+{_PART})?|body\b))?
    (?:[\s,;:\#/(-]*(?P<unnumbered>{_UNNUMBERED}))?
    (?:[\s,;:\#/.-]*\(?(?:{_PARAGRAPH})*(?P<label>{_LABEL}){_MORE}(?![\w/-]))?""",
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE = re.compile(
    rf"""(?<!\w)(?:(?:{_PARAGRAPH})+(?P<label>{_LABEL}){_MORE}[\s,]+(?:(?:of|in|to|from)\s)?)?
    (?:(?P<part>{_PART})[\s,]+(?:(?:of|in|to)\s)?)?
    (?:(?:the|its|this)\s)?(?:Assembly\s)?(?:(?:resolution|document|report)\s\(?)?$""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class WrittenPlace:
    """A document, and the place in it where one is named.

    Attributes:
        symbol: canonical.
        part: ``annex I``, ``annex I appendix``, ``body``; empty where none is named.
        label: as paragraphs have it: ``25``, ``3(b)``, ``(g)``; ``preamble.4`` and ``unnumbered.1`` for those without a
            number; of a range the first. Empty for the whole document or part.
    """

    symbol: str
    part: str = ""
    label: str = ""

    @property
    def words(self) -> str:
        """What it names in the document, for a sentence: "annex I, para. 3(b)"."""
        kind, dot, nth = self.label.partition(".")
        label = f"{kind}, paragraph {nth}" if dot else f"para. {self.label}" if self.label else ""
        return ", ".join(filter(None, [self.part, label]))


def find_places(text: str) -> Iterator[tuple[int, int, WrittenPlace]]:
    """Find the places that a text names, each with its start and end; "16/17" alone is none of them."""
    plain = text.translate(_ALIKE)
    end = 0
    for start, last, symbol in sorted(_symbols(plain)):
        if start >= end:
            start, end, place = _place(plain, start, last, symbol, end)
            yield start, end, place


def read_place(text: str) -> WrittenPlace | None:
    """Read a text that names a place and nothing else, "16/17" included; None where it says anything more."""
    plain = text.translate(_ALIKE).strip(" .,;:")
    found = list(find_places(plain))
    if not found and (match := _BARE.match(plain)):
        symbol = canonical_symbol(f"ICC-ASP/{_cased(match['bare'])}")
        found = [_place(plain, match.start(), match.end(), symbol, 0)] if symbol else []
    whole = len(found) == 1 and not plain[: found[0][0]].strip(" (") and not plain[found[0][1] :].strip(" ).")
    return found[0][2] if whole else None


def _symbols(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _SYMBOL.finditer(text):
        if symbol := canonical_symbol(_written(match)):
            yield match.start(), match.end(), symbol
    for mention in find_symbols(_cased(text)):
        yield mention.start, mention.end, str(mention.symbol)


def _written(match: re.Match[str]) -> str:
    if match["number"]:
        return f"ICC-ASP/{match['session'].upper()}/Res.{_cased(match['number'])}"
    if match["conference"]:
        return f"RC/{match['conference'].title()}"
    if match["other"]:
        return f"ICC-ASP/{_cased(match['other'])}"
    return f"ICC-ASP/{ordinal_number(match['nth'])}/Res.{match['nth_number']}"


def _cased(text: str) -> str:
    """Write what may be a symbol in the capitals that symbols have."""
    capitals = "".join(letter.upper() if letter.isascii() else letter for letter in text)
    return re.sub(r"(?<![A-Z])(?:ADD|CORR|REV|PART)(?![A-Z])", lambda found: found[0].title(), capitals)


def _place(text: str, start: int, end: int, symbol: str, after: int) -> tuple[int, int, WrittenPlace]:
    """Read what stands behind a symbol, and before it from `after` on."""
    behind, before = _AFTER.match(text, end), _BEFORE.search(text[after:start])
    named = behind if behind and behind[0].strip() else None
    if before and before[0].strip():
        start = after + before.start()
        named = named or before
    if named is None:
        return start, end, WrittenPlace(symbol)
    unnumbered = named.groupdict().get("unnumbered") or ""
    label = _label(named["label"] or "")
    if unnumbered:
        label = f"{'unnumbered' if unnumbered.lower().startswith('u') else 'preamble'}.{label or 1}"
    part = re.sub(r"[\s,]+", " ", named["part"] or "").lower()
    part = re.sub(r"\b[ivx]+\b", lambda number: number[0].upper(), part.replace("annexes", "annex"))
    return start, max(end, behind.end() if behind and named is behind else end), WrittenPlace(symbol, part, label)


def _label(written: str) -> str:
    items = re.findall(r"\d+(?:bis|ter)?|[a-z]+", re.sub(r"\s", "", written.lower()))
    return "".join(item if item[0].isdigit() else f"({item})" for item in items)
