"""The one filter of the list of mandates: page, exports, and whatever else shows "these mandates" read it from here.

`docs/list-and-export.md` explains each name and value; a test holds the two together.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mandates.columns import COLUMNS, Column
from mandates.filter_fields import (
    Chosen,
    DayField,
    ListField,
    Lookup,
    Notice,
    WordsField,
    ignored_notice,
    missing_notice,
)
from mandates.filter_values import (
    ANSWERED,
    CATEGORIES,
    CATEGORY_KEYS,
    DUE_CONDITIONS,
    DUES,
    EVERYONE,
    NOBODY,
    STATUSES,
    STRENGTHS,
    TEXTS,
    TRACKED_CATEGORIES,
    documents,
    fixed,
    named,
    session_codes,
    session_numbers,
)
from mandates.in_time import with_answers
from mandates.models import Body, Mandate, MandateAddressee, Reference, ReportingDeadline, Topic
from mandates.orderings import DEFAULT, ORDERINGS, ordered
from mandates.querysets import MandateQuerySet
from resolutions.finding.places import WrittenPlace
from resolutions.finding.query import LONGEST_QUERY, SearchQuery, parse_query
from resolutions.models import Document, Paragraph
from resolutions.search import search

# What an address may hold besides the filters.
PAGE_PARAMETERS = frozenset({"page", "per_page"})
COLUMN_HEADINGS = {column.name: column.heading for column in COLUMNS}
_NOT_OURS = ("utm_", "fbclid", "gclid")

Condition = Callable[[list[Any]], Q]


def _to_category(keys: list[Any]) -> Q:
    addressees = MandateAddressee.objects.filter(mandate=OuterRef("pk"))
    condition = Q(Exists(addressees.filter(body__category__in=[key for key in keys if key != NOBODY])))
    return condition | ~Q(Exists(addressees)) if NOBODY in keys else condition


def _to_body(keys: list[Any]) -> Q:
    return Q(Exists(MandateAddressee.objects.filter(mandate=OuterRef("pk"), body__in=keys)))


def _due_at(numbers: list[Any]) -> Q:
    # A recurring mandate is due at its coming occurrence as well as where it names a session.
    named = ReportingDeadline.objects.filter(mandate=OuterRef("pk"), session_number__in=numbers)
    return Q(Exists(named)) | Q(recurring=True, due_session_as_at__in=numbers)


def _due(keys: list[Any]) -> Q:
    condition = Q()
    for key in keys:
        condition |= DUE_CONDITIONS[key]
    return condition


def _adopted_at(codes: list[Any]) -> Q:
    # The code as printed counts where the table has no such session yet.
    return Q(document__session__code__in=codes) | Q(document__session=None, document__session_code__in=codes)


class ListFilter(django_filters.Filter):
    """Any of several values; `condition` says what a mandate must be like to have one of them."""

    field_class = ListField

    def __init__(self, lookup: Lookup, condition: Condition, **kwargs: Any) -> None:
        self.condition = condition
        super().__init__(lookup=lookup, **kwargs)

    def filter(self, queryset: MandateQuerySet, value: Chosen) -> MandateQuerySet:
        """Narrow to the mandates that have one of the values; to none where none of them exists."""
        if not value:
            return queryset
        return queryset.filter(self.condition(value.keys)) if value.choices else queryset.none()


class ScopeFilter(ListFilter):
    """A filter that says which mandates the list is about at all; `MandateFilterSet.scoped` applies them together."""

    def filter(self, queryset: MandateQuerySet, value: Chosen) -> MandateQuerySet:
        """Leave the queryset alone."""
        return queryset


class OrderingFilter(ListFilter):
    """The order; the first of several."""

    def filter(self, queryset: MandateQuerySet, value: Chosen) -> MandateQuerySet:
        """Put the mandates in the order that was asked for, or in the usual one."""
        return ordered(queryset, value.keys[0] if value.choices else DEFAULT, self.parent.day)


class AnsweredFilter(ListFilter):
    """How what was due was answered, once that day has passed."""

    def filter(self, queryset: MandateQuerySet, value: Chosen) -> MandateQuerySet:
        """Narrow to the mandates that were answered so by the day on which the list is read."""
        return super().filter(with_answers(queryset, self.parent.day), value) if value else queryset


class ColumnsFilter(ListFilter):
    """The columns of an export, in the order in which they are named."""

    def filter(self, queryset: MandateQuerySet, value: Chosen) -> MandateQuerySet:
        """Leave the queryset alone."""
        return queryset


class WordsFilter(django_filters.Filter):
    """Words, phrases and symbols in the text of the mandate's paragraph."""

    field_class = WordsField

    def filter(self, queryset: MandateQuerySet, value: str) -> MandateQuerySet:
        """Narrow to mandates that stand in a paragraph that the search finds.

        A document that was not read is found where it is cited. Sub-paragraphs that ask for nothing by themselves are
        part of what their chapeau asks for.
        """
        query = parse_query(value)
        if not query:
            return queryset
        found = search(Paragraph.objects.all(), query)
        if query.places:
            found |= search(_citing(query.places), replace(query, places=()))
        hits = found.order_by().values("pk")
        silent = Paragraph.objects.filter(pk__in=hits, mandates=None, parent__isnull=False).order_by()
        above = silent.filter(parent__mandates=None, parent__parent__isnull=False)
        # One list, as the planner of PostgreSQL joins it; three with OR it takes for dear, and then chooses badly.
        return queryset.filter(
            paragraph__in=hits.union(silent.values("parent"), above.values("parent__parent"), all=True)
        )


def _citing(places: Iterable[WrittenPlace]) -> QuerySet[Paragraph]:
    """Give the paragraphs that cite one of these places in a document that was not read."""
    cited = Q()
    for place in places:
        cited |= Q(symbol=place.symbol) & (Q(cited_paragraph=place.label) if place.label else Q())
    read = Document.objects.filter(Exists(Paragraph.objects.filter(document=OuterRef("pk")))).values("symbol")
    references = Reference.objects.filter(cited).exclude(symbol__in=read)
    return Paragraph.objects.filter(pk__in=references.values("paragraph"))


class DayFilter(django_filters.Filter):
    """The day on which the list is read; it decides what the filters start from."""

    field_class = DayField

    def filter(self, queryset: MandateQuerySet, value: datetime.date | None) -> MandateQuerySet:
        """Leave the queryset alone."""
        return queryset


class MandateFilterSet(django_filters.FilterSet):
    """Reads the query string of the list of mandates.

    Without a choice it gives what the tracker is for: adopted text, asked of Assembly bodies and Court organs. A choice
    of bodies (`addressee`) or of their kinds (`category`) replaces the second half of that, `proposed` the first.
    Whatever it cannot read it passes over and says so in `notices`.
    """

    q = WordsFilter(label=gettext_lazy("Words"))
    status = ListFilter(fixed(STATUSES), lambda keys: Q(status_as_at__in=keys), label=gettext_lazy("Status"))
    due = ListFilter(fixed(DUES), _due, label=gettext_lazy("Due"))
    answered = AnsweredFilter(fixed(ANSWERED), lambda keys: Q(answer__in=keys), label=gettext_lazy("Answered"))
    session = ListFilter(session_numbers, _due_at, label=gettext_lazy("Due at"))
    addressee = ListFilter(named(Body), _to_body, open_ended=True, label=gettext_lazy("Asked of"))
    category = ScopeFilter(fixed(CATEGORIES, CATEGORY_KEYS), _to_category, label=gettext_lazy("Kind of body"))
    topic = ListFilter(named(Topic), lambda keys: Q(topic__in=keys), open_ended=True, label=gettext_lazy("Topic"))
    strength = ListFilter(fixed(STRENGTHS), lambda keys: Q(strength__in=keys), label=gettext_lazy("Strength"))
    resolution = ListFilter(
        documents, lambda keys: Q(document__in=keys), open_ended=True, label=gettext_lazy("Document")
    )
    adopted_session = ListFilter(session_codes, _adopted_at, open_ended=True, label=gettext_lazy("Adopted at"))
    proposed = ScopeFilter(fixed(TEXTS), lambda keys: Q(proposed__in=keys), label=gettext_lazy("Text"))
    as_at = DayFilter(label=gettext_lazy("As at"))
    ordering = OrderingFilter(fixed(ORDERINGS), lambda keys: Q(), label=gettext_lazy("Sort by"))
    columns = ColumnsFilter(fixed(COLUMN_HEADINGS), lambda keys: Q(), label=gettext_lazy("Columns"))

    class Meta:
        model = Mandate
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, today: datetime.date | None = None) -> None:
        super().__init__(data, queryset=Mandate.objects.all())
        self.form.full_clean()
        self.values: dict[str, Any] = self.form.cleaned_data
        self.day: datetime.date = self.values["as_at"] or today or timezone.localdate()
        self.search: SearchQuery = parse_query(self.values["q"])

    def filter_queryset(self, queryset: MandateQuerySet) -> MandateQuerySet:
        """Give the mandates that were asked for, in order."""
        return self.narrowed()

    def narrowed(self, without: Collection[str] = ()) -> MandateQuerySet:
        """Give the mandates that all filters but some leave, annotated with how they stand on the day.

        Args:
            without: names of filters to leave out, as a facet does with its own.
        """
        queryset = self.scoped(self.every(), without)
        for name, each in self.filters.items():
            if name not in without:
                queryset = each.filter(queryset, self.values[name])
        return queryset

    def in_order(self, found: Collection[int]) -> MandateQuerySet:
        """Give a few mandates that were found, a page of them, as the list has them: annotated and in its order.

        Args:
            found: their ids, not a query: what rows need besides is then fetched for these alone, whatever a database
                expects the filters to cost.
        """
        mandates = self.every().filter(pk__in=found)
        queryset: MandateQuerySet = self.filters["ordering"].filter(mandates, self.values["ordering"])
        return queryset

    def every(self) -> MandateQuerySet:
        """Give all mandates that there were on the day, annotated with how they stood on it."""
        there = Mandate.objects.filter(in_text=True)
        return there.as_at(self.day) if self.values["as_at"] else there.standing(self.day)

    def scoped(self, queryset: MandateQuerySet, without: Collection[str] = ()) -> MandateQuerySet:
        """Leave the mandates that the list is about: adopted, of the bodies that the tracker is for, or as chosen."""
        if "proposed" not in without and (texts := self.texts) != {False, True}:
            queryset = queryset.filter(proposed__in=texts)
        if "category" in without:
            return queryset
        categories: Chosen = self.values["category"]
        if categories:
            everyone = EVERYONE in categories.keys
            return queryset if everyone else queryset.filter(self.filters["category"].condition(categories.keys))
        if self.values["addressee"] or "addressee" in without:
            return queryset
        if self.texts == {False} and "proposed" not in without:
            return queryset.tracked()
        return queryset.filter(_to_category(TRACKED_CATEGORIES))

    @property
    def texts(self) -> set[bool]:
        """Whether adopted text, proposed text or both are asked for, as values of `Mandate.proposed`."""
        keys = self.values["proposed"].keys or ["no"]
        return {False, True} if "all" in keys else {key == "yes" for key in keys}

    @property
    def usual_scope(self) -> bool:
        """True where nobody chose bodies or their kinds, so that those of the tracker are shown."""
        return not self.values["category"] and not self.values["addressee"]

    @property
    def order(self) -> str:
        """The order in which the mandates come."""
        chosen: Chosen = self.values["ordering"]
        return str(chosen.keys[0]) if chosen.choices else DEFAULT

    @property
    def chosen_columns(self) -> list[Column]:
        """The columns of an export: those chosen, in that order, else all of them."""
        named = {column.name: column for column in COLUMNS}
        return [named[name] for name in self.values["columns"].keys] or list(COLUMNS)

    def pairs(self, without: Collection[str] = ()) -> list[tuple[str, str]]:
        """Give the query string in its one form: what was asked for and understood, each name in its place.

        Args:
            without: names to leave out.
        """
        pairs: list[tuple[str, str]] = []
        for name in (name for name in self.filters if name not in without):
            value = self.values[name]
            if name == "columns":
                pairs += [(name, ",".join(value.values))] if value else []
            elif isinstance(value, Chosen):
                values = value.values[:1] if name == "ordering" else value.values
                pairs += [(name, each) for each in values if (name, each) != ("ordering", DEFAULT)]
            elif value:
                pairs.append((name, value.isoformat() if isinstance(value, datetime.date) else value))
        return pairs

    @property
    def notices(self) -> list[Notice]:
        """What of the query string was not understood, and what would be."""
        notices = list(_strangers(self.data, self.filters))
        for name, value in self.values.items():
            label = self.filters[name].label
            if isinstance(value, Chosen) and value.missing:
                notices.append(missing_notice(name, label, value.missing))
            if isinstance(value, Chosen) and value.ignored:
                notices.append(ignored_notice(name, value.ignored, _allowed(name)))
        if days := self.form.fields["as_at"].ignored:
            notices.append(ignored_notice("as_at", days, [_("a day such as 2021-12-09")]))
        return notices + self._search_notices()

    def _search_notices(self) -> list[Notice]:
        notices = []
        if self.search.only_negative:
            notices.append(Notice("q", _("q: name a word to look for; what only leaves words out finds nothing.")))
        elif self.values["q"] and not self.search:
            notices.append(Notice("q", _("q: there is no word to look for in what you typed, so all are shown.")))
        if self.search.too_long or len(self.values["q"]) >= LONGEST_QUERY:
            notices.append(Notice("q", _("q: only the first %(count)d signs were read.") % {"count": LONGEST_QUERY}))
        return notices


def _allowed(name: str) -> Iterable[str]:
    values: dict[str, Iterable[str]] = {
        "status": STATUSES, "due": DUES, "answered": ANSWERED, "category": CATEGORIES, "strength": STRENGTHS,
        "proposed": TEXTS, "ordering": ORDERINGS, "columns": COLUMN_HEADINGS,
    }  # fmt: skip
    return values.get(name) or [_("numbers of sessions, such as 21")]


def _strangers(data: QueryDict, known: Iterable[str]) -> Iterable[Notice]:
    names = [name for name in data if name not in {*known, *PAGE_PARAMETERS} and not name.startswith(_NOT_OURS)]
    if names:
        yield Notice("", ignored_notice(_("Address"), names, known).text)


def query_string(pairs: Iterable[tuple[str, str]], path: str = "") -> str:
    """Write an address of the list, with a question mark only where something follows it."""
    encoded = urlencode(list(pairs), safe=",")
    return f"{path}?{encoded}" if encoded else path or "?"
