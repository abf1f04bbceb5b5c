"""Word search over the text of paragraphs, the same on SQLite and PostgreSQL; the index is that of migration 0002.

`parse_query` reads what a person typed and never fails; `search` narrows a queryset by it; `hit_spans` finds the words
again in a text, for a page to mark them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import connections, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from resolutions.models import Paragraph
from resolutions.stemming import stem
from resolutions.structure.symbols import canonical_symbol

AnyModel = TypeVar("AnyModel", bound=models.Model)
Phrase = tuple[str, ...]

# Longer than any real question, and short enough for both query parsers.
LONGEST_QUERY = 300

_TERM = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_SESSION = r"(?:S-\d{1,2}|\d{1,2})"
_CITATION = re.compile(
    rf"""(?<![\w/.])(?:
        (?:ICC[\s-]?ASP\s?[/-]\s?)?(?P<session>{_SESSION})\s?[/-]\s?(?P<resolution>R[eé]s(?:olution)?\.?\s?\d{{1,3}}
            (?:/(?:Add|Corr|Rev)\.?\d{{1,3}})*)
      | RC\s?[/-]\s?(?P<conference>(?:Res|Decl|Dec)\.?\s?\d{{1,2}})
      | ICC[\s-]?ASP\s?[/-]\s?(?P<number>{_SESSION}\s?/\s?(?:INF\.?\s?)?\d{{1,3}}(?:/(?:Add|Corr|Rev)\.?\d{{1,3}})*)
    )(?!\w)
    (?:[\s,]+(?P<part>(?:annex|appendix)(?:\s[IVX]+\b)?(?:[\s,]+appendix(?:\s[IVX]+\b)?)?))?
    (?:[\s,]+(?:(?:op\.?\s?|operative\s)?(?:paragraph|para|par|p)\.?\s?|§\s?)?
        (?P<label>\d{{1,3}}(?:\s?(?:bis|ter))?(?:\s?\([a-z]{{1,5}}\))*)(?![\w/-]))?""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A document, and the paragraph of it where one is named."""

    symbol: str
    part: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One side of an OR: a paragraph must have all of the first, each in its order, and none of the second."""

    all_of: tuple[Phrase, ...]
    none_of: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A query as it was understood.

    Attributes:
        citations: documents and paragraphs that it names; hits lie in one of them.
        alternatives: words to look for; hits fit one of them. Empty where it asks for no words.
        too_long: it was cut to `LONGEST_QUERY` characters.
        only_negative: it, or one side of an OR, only left words out, which asks for nothing.
    """

    citations: tuple[Citation, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    too_long: bool = False
    only_negative: bool = False

    def __bool__(self) -> bool:
        return bool(self.citations or self.alternatives)


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Cut a text into words as the index does.

    Yields:
        Start, end, and the word in lower case without accents, for each run of letters and digits.
    """
    start = -1
    folded = ""
    for offset, letter in enumerate(text + " "):
        category = unicodedata.category(letter)
        if category[0] == "L" or category == "Nd":
            start = offset if start < 0 else start
            folded += "".join(each for each in unicodedata.normalize("NFD", letter) if not unicodedata.combining(each))
        elif start >= 0 and not ("\u0300" <= letter <= "\u036f"):
            yield start, offset, folded.lower()
            start, folded = -1, ""


def parse_query(text: str) -> SearchQuery:
    """Read a query.

    Args:
        text: words (all must be there), "phrases", OR, - or NOT before what must not be there, symbols in any
            spelling ("20/Res.2 para 25"). Whatever else it holds is passed over.
    """
    text = text.replace("\x00", " ").strip()
    too_long = len(text) > LONGEST_QUERY
    text = text[:LONGEST_QUERY].translate(_QUOTES)
    citations: list[Citation] = []

    def take_citation(match: re.Match[str]) -> str:
        before = text[: match.start()]
        citation = None if before.count('"') % 2 or before.endswith("-") else _citation(match)
        if citation is None:
            return match[0]
        citations.append(citation)
        return " "

    alternatives, only_negative = _alternatives(_CITATION.sub(take_citation, text))
    return SearchQuery(tuple(dict.fromkeys(citations)), alternatives, too_long, only_negative)


def _citation(match: re.Match[str]) -> Citation | None:
    if match["conference"]:
        written = f"RC/{match['conference'].title()}"
    elif match["resolution"]:
        number = re.sub(r"(?i)^r[eé]s(?:olution)?\.?\s?", "Res.", match["resolution"])
        written = f"ICC-ASP/{match['session'].upper()}/{number}"
    else:
        written = f"ICC-ASP/{match['number'].upper()}"
    symbol = canonical_symbol(re.sub(r"(?i)/(add|corr|rev)", lambda suffix: "/" + suffix[1].title(), written))
    if symbol is None:
        return None
    part = re.sub(r"[\s,]+", " ", match["part"] or "").lower()
    part = re.sub(r"\b[ivx]+\b", lambda number: number[0].upper(), part)
    return Citation(symbol, part, re.sub(r"\s", "", match["label"] or "").lower())


def _alternatives(text: str) -> tuple[tuple[Alternative, ...], bool]:
    sides: list[tuple[list[Phrase], list[Phrase]]] = [([], [])]
    negative = False
    for term in _TERM.finditer(text):
        if term["word"] == "OR" and not term["minus"]:
            sides.append(([], []))
        elif term["word"] in ("AND", "NOT") and not term["minus"]:
            negative = term["word"] == "NOT"
        elif phrase := tuple(word for _start, _end, word in words_of(term["phrase"] or term["word"] or "")):
            sides[-1][1 if negative or term["minus"] else 0].append(phrase)
            negative = False
    alternatives = tuple(
        Alternative(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))
        for wanted, unwanted in sides
        if wanted
    )
    return alternatives, any(unwanted and not wanted for wanted, unwanted in sides)


def search(
    queryset: models.QuerySet[AnyModel], query: str | SearchQuery, paragraph: str = "pk"
) -> models.QuerySet[AnyModel]:
    """Narrow a queryset to what a query finds.

    Args:
        queryset: of paragraphs, or of anything that has one.
        query: what was typed, or what `parse_query` made of it; one that asks for nothing narrows nothing.
        paragraph: the field that holds the paragraph; ``pk`` where the queryset is of paragraphs.

    Returns:
        A queryset like any other, unordered by relevance.
    """
    if isinstance(query, str):
        query = parse_query(query)
    if query.citations:
        cited = Q()
        for citation in query.citations:
            cited |= _cited(citation)
        queryset = queryset.filter(**{f"{paragraph}__in": Paragraph.objects.filter(cited).values("pk")})
    if query.alternatives:
        queryset = queryset.filter(**{f"{paragraph}__in": _matching(query, connections[queryset.db].vendor)})
    return queryset


def _cited(citation: Citation) -> Q:
    cited = Q(document__symbol=citation.symbol)
    if citation.part:
        cited &= Q(part=citation.part)
    elif citation.label and ("Res." in citation.symbol or "Decl." in citation.symbol):
        # "ICC-ASP/17/Res.5, para. 3" is of the body; only annexes are named. A report has its numbers in its annexes.
        cited &= Q(part="body")
    if citation.label:
        cited &= Q(label=citation.label) | Q(label__startswith=f"{citation.label}(")
    return cited


def _matching(query: SearchQuery, vendor: str) -> RawSQL:
    if vendor == "postgresql":
        sql, params = _tsquery(query)
        # The query is made of fixed words here; what a person typed is in the parameters.
        return RawSQL(f"SELECT id FROM resolutions_paragraph WHERE search_vector @@ ({sql})", params)  # noqa: S608, S611
    return RawSQL(
        "SELECT rowid FROM resolutions_paragraph_fts WHERE resolutions_paragraph_fts MATCH %s", [_fts5(query)]
    )


def _fts5(query: SearchQuery) -> str:
    # Words are letters and digits only, so that quotation marks are all it takes.
    def quoted(phrases: tuple[Phrase, ...], joint: str) -> str:
        return joint.join('"' + " ".join(phrase) + '"' for phrase in phrases)

    sides = []
    for side in query.alternatives:
        wanted = f"({quoted(side.all_of, ' AND ')})"
        sides.append(f"({wanted} NOT ({quoted(side.none_of, ' OR ')}))" if side.none_of else wanted)
    return " OR ".join(sides)


def _tsquery(query: SearchQuery) -> tuple[str, list[str]]:
    word = "phraseto_tsquery('search_words', search_plain(%s))"
    sides = []
    params: list[str] = []
    for side in query.alternatives:
        sides.append("(" + " && ".join([word] * len(side.all_of) + [f"!! {word}"] * len(side.none_of)) + ")")
        params += [" ".join(phrase) for phrase in (*side.all_of, *side.none_of)]
    return " || ".join(sides), params


def hit_spans(text: str, query: SearchQuery) -> list[tuple[int, int]]:
    """Find what a query looks for in a text.

    Args:
        text: any words of a paragraph that was found, not necessarily those that match.
        query: as `parse_query` gives it.

    Returns:
        Start and end of each hit, in order, without overlaps; the words of a phrase count together only.
    """
    phrases = {tuple(map(stem, phrase)) for side in query.alternatives for phrase in side.all_of}
    if not phrases:
        return []
    words = [(start, end, stem(word)) for start, end, word in words_of(text)]
    spans: list[tuple[int, int]] = []
    position = 0
    while position < len(words):
        longest = max(
            (
                len(phrase)
                for phrase in phrases
                if all(word[2] == wanted for word, wanted in zip(words[position:], phrase, strict=False))
                and position + len(phrase) <= len(words)
            ),
            default=0,
        )
        if longest:
            spans.append((words[position][0], words[position + longest - 1][1]))
        position += longest or 1
    return spans
