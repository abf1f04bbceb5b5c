"""Document symbols: one canonical form for each of the many ways in which a symbol is written.

The grammar is that of the Assembly's document series (``ICC-ASP/20/Res.2``), of the Review Conference
(``RC/Res.6``) and of the United Nations organs that resolutions cite (``A/RES/73/7``, ``S/RES/1593 (2005)``,
``A/HRC/RES/39/14``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Look-alikes that text extraction leaves behind, one character for one, so that spans stay true.
_LOOKALIKES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " "})

_SUFFIX = r"(?:\s?\*|\s?[/,]\s?(?:Add|Corr|Rev)\.?\s?\d{1,3}(?!\d)|/AV\b|/R\b(?!es))"

# `ICC-ASP/19/ Res.7`, `ICC-ASP-18/Res.3`, `ICCASP/10/Res.5`, `ICC-ASP/15/Res5`, `ICC-ASP/10/Rés.5`.
# Eight digits after the hyphen are a press release (ICC-ASP-20091126-PR481), four a Bureau file: no symbols.
_ASSEMBLY = re.compile(
    rf"""(?<![\w])ICC[- ]?ASP\s?[/-]\s?(?P<session>S-\d{{1,2}}|\d{{1,2}})(?!\d)\s?[/-]\s?
    (?P<body>
        R(?:[eé]s|ES)\.?\s?\d{{1,3}}
      | (?:INF|L|WP|CRP)\.?\s?\d{{1,3}}
      | (?:S/LDC|S/PA|SP|OS|IS|S)/\d{{1,3}}
      | [A-Z]{{3,8}}/(?:(?:INF|L|WP|CRP)\.\s?)?\d{{1,3}}
      | \d{{1,3}}(?:/Part\.[IVX]+(?:-[A-Z])?)?
    )(?!\d)(?P<suffixes>{_SUFFIX}*)""",
    re.VERBOSE,
)
_REVIEW_CONFERENCE = re.compile(
    r"(?<![\w/-])RC\s?[/-]\s?(?P<body>(?:Res|Decl|Dec)\.?\s?\d{1,2}|ST/[A-Z]{1,4}/(?:INF\.)?\d{1,2}|\d{1,2})"
    rf"(?![\w])(?P<suffixes>{_SUFFIX}*)"
)
# Sessional organs count by session (A/HRC/59/L.17, A/C.1/80/L.39), others by year (E/2025/L.11, A/AC.109/2025/L.9).
_UNITED_NATIONS = re.compile(
    r"""(?<![\w/-])(?:
        S/RES/\d{1,4}\s?\(\d{4}\)
      | (?:
            A/HRC/(?:(?:RES|DEC|PRST)/)?(?:S-|OS/)?\d{1,3}/(?:(?:L|CRP)\.|(?:INF|NGO)/)?\d{1,4}
          | A/(?:RES|DEC)/(?:ES-|S-)?\d{1,3}/\d{1,4}(?:\s?[A-Z](?![\w]))?
          | A/(?:ES-|S-)?\d{1,3}/(?:(?:L|PV|CRP)\.|INF/)?\d{1,4}
          | [AES]/(?:(?:AC|C|CN|CONF)\.\d{1,3}|ICEF)/(?:(?:ES-|S-)?\d{1,4}/)?(?:(?:L|CRP|SR)\.|(?:INF|NGO)/)?\d{1,4}
          | S/(?:PRST/)?\d{4}/\d{1,4}
          | E/(?:(?:RES|DEC)/)?\d{4}/(?:L\.|INF/)?\d{1,4}
        )(?:/(?:Add|Corr|Rev)\.\d{1,3})*
    )(?!\d)""",
    re.VERBOSE,
)
_COMMITTEE = re.compile(r"(?<![\w/-])(?:ICC-ASP/)?CBF(?:\.|/)\d{1,2}/\d{1,3}(?!\d)")
_TOGETHER_WITH = re.compile(r"\s(?:and|et|y)\s(?P<suffix>(?:Add|Corr|Rev)\.?\s?\d{1,3})(?!\d)")

_PARAGRAPH = r"\d{1,3}(?:\s?\((?:[a-z]|[ivx]{1,5})\))*"
_PART = r"(?:annex(?:es)?\s[IVX]+|annex|appendix(?:\s[IVX]+)?)"
_AFTER = re.compile(
    # ", annex I, para 3 (a)", ", paras. 112-118", " of 27 November 2013, §18", ", operative paragraph 24"
    rf"(?:\sof\s\d{{1,2}}\s[A-Z][a-z]+\s\d{{4}})?(?:(?:,|\s-)\s?(?P<part>{_PART}(?:,\s?{_PART})*))?"
    rf"(?:(?:,|\s-)?\s?(?:(?:operative\s)?para(?:graph)?s?\.?|§§?)\s?"
    rf"(?P<numbers>{_PARAGRAPH}(?:(?:,\s?|\sand\s|\s?-\s?){_PARAGRAPH})*))?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:para(?:graph)?s?\.?|§)\s?(?P<numbers>{_PARAGRAPH}(?:(?:,\s?|\sand\s|\s?-\s?|\sto\s){_PARAGRAPH})*)"
    rf"\s(?:of|in)\s(?:(?P<part>{_PART})\s(?:to|of)\s)?(?:its\s|the\s|Assembly\s)*(?:resolution\s|document\s|report\s)?\(?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(_PARAGRAPH)


@dataclass(frozen=True, slots=True)
class DocumentSymbol:
    """A symbol as a value: equal symbols are equal however they were written.

    Attributes:
        series: ``ICC-ASP``, ``RC``, ``CBF``, or the United Nations organ: ``A``, ``A/HRC``, ``S``, ``E``.
        session: number of the Assembly's session, ``S-1`` for a special one; None for the other series.
        body: what follows, with its suffixes: ``Res.2``, ``15/Add.1``.
    """

    series: str
    session: int | str | None
    body: str

    def __str__(self) -> str:
        if self.session is None:
            return f"{self.series}/{self.body}"
        return f"{self.series}/{self.session}/{self.body}"

    @property
    def is_resolution(self) -> bool:
        """True for the symbols under which resolutions, decisions and declarations are adopted."""
        return re.match(r"(?:RES/|DEC/|Res\.|Decl\.)", self.body) is not None

    @property
    def is_draft(self) -> bool:
        """True for limited documents, the series in which drafts are issued (``ICC-ASP/18/L.4``)."""
        return re.search(r"(?:^|/)L\.\d", self.body) is not None

    @classmethod
    def parse(cls, text: str) -> DocumentSymbol | None:
        """Read one symbol.

        Args:
            text: a symbol in any of its written forms, alone.

        Returns:
            The symbol, or None where the text is not one; a draft's blank such as ``ICC-ASP/16/Res....``
            (ICC-ASP/16/17, annex II, para. 1) names no document.
        """
        mentions = find_symbols(text.strip())
        if not mentions or mentions[0].start != 0:
            return None
        return mentions[0].symbol


@dataclass(frozen=True, slots=True)
class SymbolMention:
    """A symbol in running text.

    Attributes:
        symbol: what it names.
        start, end: the symbol alone is `text[start:end]`.
        part: annex or appendix that the citation points to, as written (``annex I``); None for the body.
        paragraphs: labels of the paragraphs it points to (``3(a)``); a range gives its two ends.
    """

    symbol: DocumentSymbol
    start: int
    end: int
    part: str | None = None
    paragraphs: tuple[str, ...] = ()


def canonical_symbol(text: str) -> str | None:
    """Give the canonical form of a symbol.

    Args:
        text: a symbol as written, for example ``ICC-ASP/19/ Res.7`` (ICC-ASP/20/Res.2, footnote 6).

    Returns:
        The canonical form, ``ICC-ASP/19/Res.7``; None where the text is not a symbol.
    """
    symbol = DocumentSymbol.parse(text)
    return None if symbol is None else str(symbol)


def find_symbols(text: str) -> tuple[SymbolMention, ...]:
    """Find the symbols of a text, with the part and paragraphs they point to.

    Args:
        text: running text or a footnote.

    Returns:
        The mentions in the order of the text. Pinpoints are read after the symbol ("ICC-ASP/13/Res.3, para. 4",
        ICC-ASP/16/17, footnote 9) and before it ("paragraph 37 of resolution ICC-ASP/19/Res.2", ICC-ASP/20/Res.2).
    """
    plain = text if text.isascii() else text.translate(_LOOKALIKES)
    found: list[tuple[int, int, DocumentSymbol]] = []
    for parts, pattern, symbol_of in _SERIES:
        if any(part in plain for part in parts):  # most lines cite nothing, and need not be searched
            found += [(match.start(), match.end(), symbol_of(match)) for match in pattern.finditer(plain)]
    if not found:
        return ()
    found += [together for item in found for together in _together_with(plain, item)]
    mentions: list[SymbolMention] = []
    for start, end, symbol in sorted(found, key=lambda item: item[:2]):
        if mentions and start < mentions[-1].end:
            continue
        part, paragraphs = _pinpoint(plain, start, end)
        mentions.append(SymbolMention(symbol, start, end, part, paragraphs))
    return tuple(mentions)


def _assembly_symbol(match: re.Match[str]) -> DocumentSymbol:
    session: int | str = match["session"] if match["session"].startswith("S") else int(match["session"])
    return DocumentSymbol("ICC-ASP", session, _tidy(match["body"]) + _tidy(match["suffixes"]))


def _conference_symbol(match: re.Match[str]) -> DocumentSymbol:
    # RC/Dec.2 is cited (ICC-ASP/20/Res.2, preamble) for the declaration registered as RC/Decl.2.
    body = re.sub(r"^Dec\.", "Decl.", _tidy(match["body"]))
    return DocumentSymbol("RC", None, body + _tidy(match["suffixes"]))


def _committee_symbol(match: re.Match[str]) -> DocumentSymbol:
    return DocumentSymbol("CBF", None, re.sub(r"^(?:ICC-ASP/)?CBF[./]", "", match[0]))


def _united_nations_symbol(match: re.Match[str]) -> DocumentSymbol:
    text = re.sub(r"\s?\(", " (", match[0])
    series = "A/HRC" if text.startswith("A/HRC/") else text[0]
    return DocumentSymbol(series, None, text[len(series) + 1 :])


_SERIES = (
    (("ASP",), _ASSEMBLY, _assembly_symbol),
    (("RC",), _REVIEW_CONFERENCE, _conference_symbol),
    (("CBF",), _COMMITTEE, _committee_symbol),
    (("A/", "S/", "E/"), _UNITED_NATIONS, _united_nations_symbol),
)


def _together_with(text: str, item: tuple[int, int, DocumentSymbol]) -> list[tuple[int, int, DocumentSymbol]]:
    """Read the second document of "ICC-ASP/1/3 and Corr.1" (ICC-ASP/17/Res.5, annex II, footnote 6)."""
    _, end, symbol = item
    match = _TOGETHER_WITH.match(text, end)
    if match is None:
        return []
    suffix = DocumentSymbol(symbol.series, symbol.session, f"{symbol.body}/{_tidy(match['suffix'])}")
    return [(match.start("suffix"), match.end("suffix"), suffix)]


def _tidy(text: str) -> str:
    """Write "Res. 3", "Res5", "Rés.5", ", Add.1", "/Add1" in their one form."""
    text = re.sub(r"\s", "", text).replace("é", "e").replace("RES", "Res").replace(",", "/")
    return re.sub(r"(Res|Decl|Dec|INF|WP|CRP|Add|Corr|Rev|(?<![A-Z])L)\.?(?=\d)", r"\1.", text)


def _pinpoint(text: str, start: int, end: int) -> tuple[str | None, tuple[str, ...]]:
    after = _AFTER.match(text, end)
    if after is not None and (after["part"] or after["numbers"]):
        return after["part"], _labels(after["numbers"] or "")
    before = _BEFORE.search(text, max(0, start - 120), start)
    if before is not None:
        return before["part"], _labels(before["numbers"])
    return None, ()


def _labels(numbers: str) -> tuple[str, ...]:
    return tuple(re.sub(r"\s", "", match[0]) for match in _NUMBER.finditer(numbers))
