"""What a search of everything shows: paragraphs with hits and mandates, documents by title, and where to go on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from mandates.filter_fields import Notice
from mandates.filters import MandateFilterSet, query_string
from mandates.list_rows import BODIES, excerpt, marked
from mandates.models import Mandate
from resolutions.citations import citation
from resolutions.finding.hits import is_met
from resolutions.finding.places import read_place
from resolutions.finding.query import Phrase, SearchQuery, terms_of
from resolutions.links import document_url
from resolutions.models import Document, KnownDocument, Paragraph
from resolutions.search import search

PER_PAGE = 20
MOST_TITLES = 6
MOST_WORDS = 6
# Of a longer paragraph the words around its first hit are shown.
LONGEST_TEXT = 700
_AROUND = 280
_MANDATE_KEY = re.compile(r"(?P<symbol>[^:]+):(?P<rest>[^:]+:[^:]*:[^:]+:\d+)")


@dataclass(frozen=True, slots=True)
class FoundParagraph:
    """A paragraph as a result: where it stands, its words with the hits marked, the mandates in it."""

    paragraph: Paragraph
    citation: str
    href: str
    html: SafeString
    mandates: list[Mandate]


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A document whose title or symbol is what was looked for."""

    symbol: str
    html: SafeString
    href: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class WordAlone:
    """One word or phrase of a search that found nothing, and how many paragraphs have it."""

    words: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a query.

    Attributes:
        documents: in how many documents the paragraphs are.
        mandates, everyones: how many mandates the list shows for the same words, of the bodies that the tracker is for
            and of anyone, proposed text included; each with its address.
        titles, more_titles: documents by their title, and how many more there are.
        notices: what of the query was not understood.
        alone: where nothing was found, its words one by one.
    """

    page: Page[Paragraph]
    rows: list[FoundParagraph]
    documents: int
    mandates: tuple[int, str]
    everyones: tuple[int, str]
    titles: list[FoundTitle]
    more_titles: int
    notices: list[Notice]
    alone: list[WordAlone]


def mandate_typed(typed: str) -> Mandate | None:
    """Give the mandate whose key was typed: ``ICC-ASP/20/Res.2:body:25:requests:0``, its symbol in any spelling."""
    match = _MANDATE_KEY.fullmatch(typed.strip())
    place = read_place(match["symbol"]) if match else None
    if match is None or place is None:
        return None
    key = f"{place.symbol}:{match['rest']}"
    return Mandate.objects.select_related("document", "paragraph").filter(key=key).first()


def search_page(typed: str, number: str | None) -> SearchPage:
    """Search everything.

    Args:
        typed: the query, which asks for something.
        number: of the page of paragraphs; what is none gives the first, what is too high the last.
    """
    usual, everyone = _listed(typed), _listed(typed, ("category", "all"), ("proposed", "all"))
    tasks = everyone.narrowed(without=["ordering"]).aggregate(
        usual=Count("task", distinct=True, filter=Q(tracked=True)), everyone=Count("task", distinct=True)
    )
    query = usual.search
    found = _newest_first(search(Paragraph.objects.filter(in_text=True), query))
    page = Paginator(found.select_related("document").prefetch_related(_MANDATES), PER_PAGE).get_page(number)
    titles = _titles(query)
    return SearchPage(
        page=page,
        rows=[_row(paragraph, query) for paragraph in page.object_list],
        documents=found.order_by().values("document").distinct().count() if page.paginator.count else 0,
        mandates=(tasks["usual"], _address(usual)),
        everyones=(tasks["everyone"], _address(everyone)),
        titles=titles[:MOST_TITLES],
        more_titles=max(0, len(titles) - MOST_TITLES),
        notices=usual.notices,
        alone=[] if page.paginator.count else _alone(query),
    )


_MANDATES = Prefetch("mandates", Mandate.objects.filter(in_text=True).prefetch_related(BODIES).order_by("clause_start"))


def _listed(typed: str, *pairs: tuple[str, str]) -> MandateFilterSet:
    data = QueryDict(mutable=True)
    data.update({"q": typed} | dict(pairs))
    return MandateFilterSet(data)


def _address(filterset: MandateFilterSet) -> str:
    return query_string(filterset.pairs(), reverse("mandates:list"))


def _newest_first(paragraphs: QuerySet[Paragraph]) -> QuerySet[Paragraph]:
    day = Coalesce("document__adopted", "document__distributed", "document__session__opening_date")
    return paragraphs.order_by(day.desc(nulls_last=True), F("document__symbol"), "position")


def _row(paragraph: Paragraph, query: SearchQuery) -> FoundParagraph:
    symbol, text = paragraph.document.symbol, paragraph.text
    # What was found by its place alone has nothing to be marked.
    short = "" if len(text) <= LONGEST_TEXT else excerpt(text, query, _AROUND)
    return FoundParagraph(
        paragraph=paragraph,
        citation=citation(symbol, paragraph.part, paragraph.label, paragraph.key),
        href=document_url(symbol, paragraph.key),
        html=SafeString(short) or marked(text, query, text),
        mandates=list(paragraph.mandates.all()),
    )


def _titles(query: SearchQuery) -> list[FoundTitle]:
    """Find documents by their title, those that were read and the newest first; all of them are looked through."""
    if query.wanted is None:
        return []
    fields = ("symbol", "title", "session_code")
    read = [(True, *row) for row in Document.objects.values_list(*fields)]
    known = [(False, *row) for row in KnownDocument.objects.not_read().values_list(*fields)]
    found = [row for row in read + known if is_met(row[2], query)]
    found.sort(key=lambda row: (not row[0], -int(row[3]) if row[3].isdigit() else 0, row[1]))
    return [
        FoundTitle(symbol, marked(title, query, title), document_url(symbol), is_read)
        for is_read, symbol, title, _session in found
    ]


def _alone(query: SearchQuery) -> list[WordAlone]:
    terms = list(dict.fromkeys(terms_of(query.wanted)))[:MOST_WORDS]
    if len(terms) + len(query.places) < 2:
        return []
    alone = []
    for term in terms:
        words = f'"{" ".join(term.words)}"' if isinstance(term, Phrase) else f"{term.letters}*"
        words = words.strip('"') if " " not in words else words
        count = search(Paragraph.objects.filter(in_text=True), SearchQuery(wanted=term)).count()
        alone.append(WordAlone(words, count, query_string([("q", words)], reverse("mandates:search"))))
    return alone
