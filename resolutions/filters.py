"""The filter of the list of documents."""

from __future__ import annotations

import datetime
from typing import ClassVar

import django_filters
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Length
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resolutions.models import AssemblySession, Document, KnownDocument
from resolutions.structure.symbols import canonical_symbol

MOST_WORDS = 8


class DocumentFilterSet(django_filters.FilterSet):
    """Reads the query string of the list of documents; a value that it does not know is left aside."""

    orders: ClassVar[dict[str, str | Promise]] = {
        "-adopted": _("Newest first"),
        "adopted": _("Oldest first"),
        "symbol": _("Symbol"),
        "title": _("Title"),
        "-mandates": _("Most mandates first"),
    }

    q = django_filters.CharFilter(method="with_words", label=_("Words of the title, or a symbol"))
    session = django_filters.ModelChoiceFilter(
        queryset=AssemblySession.objects.filter(documents__isnull=False).distinct().order_by("-opening_date"),
        to_field_name="code",
        label=_("Session"),
        empty_label=_("Any session"),
    )
    kind = django_filters.ChoiceFilter(
        choices=Document.Kind.choices, label=_("Kind"), empty_label=_("Resolutions and reports")
    )
    ordering = django_filters.ChoiceFilter(
        choices=list(orders.items()), method="in_order", label=_("Sort by"), empty_label=None
    )

    class Meta:
        model = Document
        fields: ClassVar[list[str]] = []

    def with_words(self, documents: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        """Keep those whose title or symbol has every word, or whose symbol it is, however written."""
        return documents.filter(_has_words(value))

    def in_order(self, documents: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        """Sort them; every order is total, so that no document is on two pages."""
        return documents.order_by(*_order(value))

    @property
    def notices(self) -> list[str]:
        """What was asked for and is not known here, in words."""
        return [str(error) for errors in self.form.errors.values() for error in errors]


class KnownDocumentFilterSet(django_filters.FilterSet):
    """Reads the query string of the list of documents that are known and were not read."""

    q = django_filters.CharFilter(method="with_words", label=_("Words of the title, or a symbol"))
    session = django_filters.ModelChoiceFilter(
        queryset=AssemblySession.objects.order_by("-opening_date"),
        to_field_name="code",
        method="of_session",
        label=_("Session"),
        empty_label=_("Any session"),
    )

    class Meta:
        model = KnownDocument
        fields: ClassVar[list[str]] = []

    def with_words(self, documents: QuerySet[KnownDocument], name: str, value: str) -> QuerySet[KnownDocument]:
        """Keep those whose title or symbol has every word, or whose symbol it is, however written."""
        return documents.filter(_has_words(value))

    def of_session(
        self, documents: QuerySet[KnownDocument], name: str, value: AssemblySession
    ) -> QuerySet[KnownDocument]:
        """Keep those of a session."""
        return documents.filter(session_code=value.code)


def _has_words(value: str) -> Q:
    condition = Q()
    for word in value.replace("\x00", "").split()[:MOST_WORDS]:
        condition &= Q(title__icontains=word) | Q(symbol__icontains=word)
    if symbol := canonical_symbol(value):
        condition |= Q(symbol=symbol)
    return condition


def counted(documents: QuerySet[Document], today: datetime.date) -> QuerySet[Document]:
    """Annotate documents with the numbers of their mandates, as the list of mandates counts them.

    Args:
        documents: any.
        today: the day that "overdue" is measured against.
    """
    tracked = Q(mandates__tracked=True, mandates__in_text=True)
    is_open = tracked & Q(mandates__headline_status="open")
    overdue = is_open & Q(mandates__recurring=False, mandates__due_on__lt=today)
    numbers = {f"is_{status}": _count(tracked, status) for status in ("repeated", "fulfilled", "withdrawn")}
    return documents.annotate(
        is_tracked=Count("mandates__task", distinct=True, filter=tracked),
        is_open=Count("mandates__task", distinct=True, filter=is_open),
        is_overdue=Count("mandates__task", distinct=True, filter=overdue),
        is_proposed=Count("mandates__task", distinct=True, filter=Q(mandates__proposed=True, mandates__in_text=True)),
        **numbers,
    ).order_by(*_order("-adopted"))


def _count(tracked: Q, status: str) -> Count:
    return Count("mandates__task", distinct=True, filter=tracked & Q(mandates__headline_status=status))


def _order(value: str) -> list[Combinable]:
    day = Coalesce("adopted", "distributed", "session__opening_date")
    # Shorter first puts Res.2 before Res.10.
    symbol: list[Combinable] = [
        Case(When(symbol__contains="Res", then=Value(0)), default=Value(1)),
        Length("symbol"),
        F("symbol"),
    ]
    session = F("session__number").desc(nulls_last=True)
    orders: dict[str, list[Combinable]] = {
        "-adopted": [day.desc(nulls_last=True), *symbol],
        "adopted": [day.asc(nulls_last=True), *symbol],
        "symbol": [session, *symbol],
        "title": [F("title").asc(), *symbol],
        "-mandates": [F("is_tracked").desc(), *symbol],
    }
    return orders[value]
