"""The queue of suggestions that wait for a person, and what a page shows of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mandates.models import Body, Mandate, MandateAddressee, Suggestion
from mandates.querysets import SuggestionQuerySet
from mandates.queues.links import Neighbours
from resolutions.citations import citation
from resolutions.links import document_url
from resolutions.models import AssemblySession
from resolutions.rendering import Mark, text_html

# Suggestions for one mandate stand together; the second makes the order one of its own.
ORDER = ("mandate_id", "pk")


class SuggestionFilterSet(django_filters.FilterSet):
    """Reads the query string of the queue; a value that it does not know is left aside."""

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
    session = django_filters.ModelChoiceFilter(
        queryset=AssemblySession.objects.order_by("-opening_date"),
        field_name="mandate__document__session",
        to_field_name="code",
        label=_("Session of the mandate"),
        empty_label=_("Any session"),
    )
    body = django_filters.ModelChoiceFilter(
        queryset=Body.objects.order_by("name"),
        method="asked_of",
        to_field_name="slug",
        label=_("Asked of"),
        empty_label=_("Any body"),
    )

    class Meta:
        model = Suggestion
        fields: Sequence[str] = ()

    def in_state(self, suggestions: SuggestionQuerySet, name: str, state: str) -> SuggestionQuerySet:
        """Narrow to a state; those of mandates that are answered by now wait no more."""
        return suggestions.waiting() if state == Suggestion.State.WAITING else suggestions.filter(state=state)

    def asked_of(self, suggestions: SuggestionQuerySet, name: str, body: Body) -> SuggestionQuerySet:
        """Narrow to suggestions whose mandate asks this body."""
        return suggestions.filter(Exists(MandateAddressee.objects.filter(mandate=OuterRef("mandate"), body=body)))

    @property
    def waiting(self) -> bool:
        """Whether these are the ones that wait for a decision."""
        return self.form.cleaned_data.get("state") in ("", None, "waiting")


def filter_suggestions(query: Any) -> SuggestionFilterSet:
    """Read the query string; without a state, those that wait."""
    data = query.copy()
    data.setdefault("state", "waiting")
    suggestions = Suggestion.objects.order_by(*ORDER)
    filters = SuggestionFilterSet(data, queryset=suggestions)
    filters.form.is_valid()
    # What is not known is taken out, so that the rest still narrows.
    for name in filters.form.errors:
        data[name] = "waiting" if name == "state" else ""
    return SuggestionFilterSet(data, queryset=suggestions) if filters.form.errors else filters


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

    @property
    def choice(self) -> str:
        """How a form names it: with the version that was seen."""
        return f"{self.suggestion.pk}:{self.suggestion.version}"


def with_mandates(suggestions: SuggestionQuerySet) -> SuggestionQuerySet:
    """Read along what rows need."""
    parts = ("document__session", "paragraph", "topic")
    return suggestions.select_related(
        "occurrence", "paragraph__document", *(f"mandate__{part}" for part in parts)
    ).prefetch_related("mandate__addressee_rows__body", "mandate__deadlines")


def suggestion_rows(suggestions: Iterable[Suggestion]) -> list[SuggestionRow]:
    """Give suggestions with their words; they are read with `with_mandates`."""
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


def neighbours(suggestions: SuggestionQuerySet, suggestion: Suggestion) -> Neighbours:
    """Find the suggestions before and after one, also where it is no longer among them itself."""
    mandate = suggestion.mandate_id
    before = suggestions.filter(Q(mandate_id__lt=mandate) | Q(mandate_id=mandate, pk__lt=suggestion.pk))
    after = suggestions.filter(Q(mandate_id__gt=mandate) | Q(mandate_id=mandate, pk__gt=suggestion.pk))
    return Neighbours(
        previous=before.order_by("-mandate_id", "-pk").values_list("pk", flat=True).first(),
        following=after.order_by(*ORDER).values_list("pk", flat=True).first(),
        place=before.count() + 1,
        total=suggestions.count(),
    )
