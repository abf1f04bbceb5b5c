"""Citations that do not lead where they should: what is cited, by whom, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.safestring import SafeString

from mandates.models import CitationCheck, Reference
from resolutions.citations import citation
from resolutions.links import document_url
from resolutions.models import Document, KnownDocument
from resolutions.rendering import Mark, text_html

MOST_PLACES = 5
# Of one citation so many paragraphs are shown with their words.
MOST_TEXTS = 20
STATES = [state for state in Reference.State if state != Reference.State.RESOLVED]


@dataclass(frozen=True, slots=True)
class CitingParagraph:
    """A paragraph that cites, and what it names of the document cited."""

    citation: str
    href: str
    names: str


@dataclass(slots=True)
class UnresolvedCitation:
    """A document that is cited and cannot be reached, with the first places that cite it.

    Attributes:
        symbol, state: what is cited, and what hinders.
        places, documents: the numbers of paragraphs that cite it and of documents that they stand in.
        title: of the document, as far as it is known.
        href: of its page; empty where it has none.
        first: the first places.
    """

    symbol: str
    state: Reference.State
    places: int
    documents: int
    title: str = ""
    href: str = ""
    first: list[CitingParagraph] = field(default_factory=list)

    @property
    def further(self) -> int:
        """The number of places that are not among the first."""
        return max(0, self.places - len({place.href for place in self.first}))


def unresolved_citations() -> QuerySet[Reference, Any]:
    """Give what is cited and cannot be reached, one row a symbol and state, with the numbers of places and documents.

    `checked` says whether somebody looked at it as it is; it can be filtered by.
    """
    return (
        _unresolved()
        .values("symbol", "state")
        .annotate(places=Count("paragraph", distinct=True), documents=Count("paragraph__document", distinct=True))
    )


def state_counts() -> dict[str, int]:
    """Give the number of documents in each state that nobody has looked at."""
    rows = _unresolved().filter(checked=False).values("state").annotate(n=Count("symbol", distinct=True))
    counts = dict(rows.values_list("state", "n"))
    return {state: counts.get(state, 0) for state in STATES}


def _unresolved() -> QuerySet[Reference]:
    checks = CitationCheck.objects.filter(symbol=OuterRef("symbol"), state=OuterRef("state")).order_by("-pk")
    rows = Reference.objects.filter(paragraph__in_text=True).exclude(state=Reference.State.RESOLVED)
    return rows.alias(checked=Coalesce(Subquery(checks.values("checked")[:1]), Value(False))).order_by()


def citation_rows(rows: Iterable[Mapping[str, Any]]) -> list[UnresolvedCitation]:
    """Make the rows of a page of `unresolved_citations`, in three queries however many they are."""
    found = {
        (row["symbol"], row["state"]): UnresolvedCitation(
            row["symbol"], Reference.State(row["state"]), row["places"], row["documents"]
        )
        for row in rows
    }
    symbols = {symbol for symbol, _state in found}
    titles = dict(KnownDocument.objects.filter(symbol__in=symbols).values_list("symbol", "title"))
    titles |= dict(Document.objects.filter(symbol__in=symbols).values_list("symbol", "title"))
    for row in found.values():
        row.title = titles.get(row.symbol, "")
        row.href = document_url(row.symbol) if row.symbol in titles or row.state == Reference.State.KNOWN else ""
    nth = Window(
        RowNumber(),
        partition_by=[F("symbol"), F("state")],
        order_by=[F("paragraph__document_id"), F("paragraph__position"), F("position")],
    )
    first = (
        Reference.objects.filter(symbol__in=symbols, state__in={state for _symbol, state in found})
        .filter(paragraph__in_text=True)
        .annotate(nth=nth)
        .filter(nth__lte=MOST_PLACES)
        .select_related("paragraph__document")
        .order_by("symbol", "nth")
    )
    for reference in first:
        paragraph = reference.paragraph
        symbol = paragraph.document.symbol
        if (cited := found.get((reference.symbol, reference.state))) is not None:
            cited.first.append(
                CitingParagraph(
                    citation(symbol, paragraph.part, paragraph.label, paragraph.key),
                    document_url(symbol, paragraph.key),
                    citation("", "body", reference.cited_paragraph).removeprefix(", "),
                )
            )
    return list(found.values())


@dataclass(frozen=True, slots=True)
class CitingText:
    """A paragraph that cites, with its words, those of the citation marked."""

    citation: str
    href: str
    names: str
    html: SafeString


def citing_paragraphs(symbol: str, state: str) -> list[CitingText]:
    """Give the first paragraphs that cite a document which cannot be reached.

    Args:
        symbol, state: what is cited, and what hinders.
    """
    rows = Reference.objects.filter(symbol=symbol, state=state, paragraph__in_text=True)
    rows = rows.select_related("paragraph__document").order_by("paragraph__document", "paragraph__position", "position")
    return [_citing_text(reference) for reference in rows[:MOST_TEXTS]]


def _citing_text(reference: Reference) -> CitingText:
    paragraph = reference.paragraph
    symbol, in_note = paragraph.document.symbol, reference.footnote is not None
    marks = [] if in_note else [Mark(reference.start, reference.end, "said")]
    return CitingText(
        citation(symbol, paragraph.part, paragraph.label, paragraph.key),
        document_url(symbol, paragraph.key),
        citation("", "body", reference.cited_paragraph).removeprefix(", "),
        text_html(paragraph.text, paragraph.emphases, marks=marks),
    )
