"""The queue of suggestions that wait for a person, and what a page shows of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mandates.models import Mandate, Suggestion
from mandates.querysets import SuggestionQuerySet
from mandates.queues.queue import AskedOfFilter, Queue, QueueFilterSet, SessionFilter
from resolutions.citations import citation
from resolutions.links import document_url
from resolutions.rendering import Mark, text_html


class SuggestionFilterSet(QueueFilterSet):
    """Narrows the queue of suggestions."""

    waits = "waiting"
    state = django_filters.ChoiceFilter(
        choices=[
            ("waiting", _("Waiting for a decision")),
            ("confirmed", _("Confirmed")),
            ("dismissed", _("Dismissed")),
        ],
        method="in_state",
        label=_("Suggestions"),
        empty_label=None,
    )
    reason = django_filters.ChoiceFilter(
        choices=Suggestion.Reason.choices, label=_("Why it is shown"), empty_label=_("Any reason")
    )
    session = SessionFilter("mandate__document__session", _("Session of the mandate"))
    body = AskedOfFilter("mandate")

    def in_state(self, suggestions: SuggestionQuerySet, name: str, state: str) -> SuggestionQuerySet:
        """Narrow to a state; those of mandates that are answered by now wait no more."""
        return suggestions.waiting() if state == Suggestion.State.WAITING else suggestions.filter(state=state)


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A suggestion as a page shows it.

    Attributes:
        quoted: the paragraph that says so, with its words marked; of a title that title.
        source, href: where it stands, and the address of that place.
    """

    suggestion: Suggestion
    quoted: SafeString
    source: str
    href: str

    @property
    def mandate(self) -> Mandate:
        """The mandate that it is about, or the first of its parallel set."""
        return self.suggestion.mandate


class SuggestionQueue(Queue):
    """Suggestions that wait, and those that were decided about."""

    name = _("Suggestions")
    about = _("A later document seems to answer a mandate.")
    page = "mandates:review_suggestions"
    page_of_one = "mandates:review_suggestion"
    filters = SuggestionFilterSet
    # Suggestions for one mandate stand together; the second makes the order one of its own.
    order = ("mandate_id", "pk")

    def all(self) -> QuerySet[Suggestion]:
        return Suggestion.objects.all()

    def read_along(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        parts = ("document__session", "paragraph", "topic")
        return rows.select_related(
            "occurrence", "paragraph__document", *(f"mandate__{part}" for part in parts)
        ).prefetch_related("mandate__addressee_rows__body", "mandate__deadlines")

    def rows(self, found: Iterable[Suggestion]) -> list[SuggestionRow]:
        return suggestion_rows(found)


SUGGESTION_QUEUE = SuggestionQueue()


def suggestion_rows(suggestions: Iterable[Suggestion]) -> list[SuggestionRow]:
    """Give suggestions with their words; they are read with `SuggestionQueue.read_along`."""
    return [_row(suggestion) for suggestion in suggestions]


def _row(suggestion: Suggestion) -> SuggestionRow:
    paragraph = suggestion.paragraph
    if paragraph is None:
        symbol = suggestion.source.partition(" ")[0]
        return SuggestionRow(suggestion, text_html(suggestion.quotation), symbol, document_url(symbol))
    symbol, start, end = paragraph.document.symbol, suggestion.start, suggestion.end
    # Where the text was changed since a person decided, the words stand elsewhere or are gone.
    stands = start is not None and end is not None and paragraph.text[start:end] == suggestion.quotation
    marks = [Mark(start or 0, end or 0, "said")] if stands else []
    text, emphases = (paragraph.text, paragraph.emphases) if stands else (suggestion.quotation, [])
    return SuggestionRow(
        suggestion,
        text_html(text, emphases, marks=marks),
        citation(symbol, paragraph.part, paragraph.label, paragraph.key),
        document_url(symbol, paragraph.key),
    )
