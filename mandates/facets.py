"""Facets: for each filter the values it could take, each with the number of mandates that all other filters leave it.

Counted are tasks, as the list shows them: a parallel set is one.

The number of queries is fixed: one for the short lists together, one for bodies, topics, documents,
texts and answers, one or two for each other list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mandates.filter_fields import Chosen, Label
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
)
from mandates.filters import MandateFilterSet
from mandates.in_time import with_answers
from mandates.models import ReportingDeadline
from mandates.querysets import MandateQuerySet
from mandates.session_names import nth_session

# Shown at once, and at most: what is beyond is found by its words, or by another filter first.
SHOWN = 7
MOST = 200


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet."""

    name: str
    value: str
    label: Label
    count: int
    chosen: bool

    @property
    def id(self) -> str:
        """Stays the same from one answer to the next, so that the keyboard keeps its place."""
        return f"f-{self.name}-{slugify(self.value)}"


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values, the first few apart from the rest."""

    name: str
    label: Label
    options: list[Option]
    hint: Label = ""
    shown: int = SHOWN
    left_out: int = 0

    @property
    def chosen(self) -> bool:
        """True where one of its values is chosen."""
        return any(option.chosen for option in self.options)

    @property
    def first(self) -> list[Option]:
        """Those to show at once: the first few and whatever is chosen."""
        return [option for rank, option in enumerate(self.options) if rank < self.shown or option.chosen]

    @property
    def rest(self) -> list[Option]:
        """Those to show when asked."""
        return [option for rank, option in enumerate(self.options) if rank >= self.shown and not option.chosen]


@dataclass(frozen=True, slots=True)
class Facets:
    """All facets of a list, and the numbers of the list itself.

    Attributes:
        total: mandates that all filters leave.
        overdue, without_deadline: of them.
        untracked: those that would come on top if everyone's mandates were shown; 0 where bodies were chosen.
    """

    facets: list[Facet] = field(default_factory=list)
    total: int = 0
    overdue: int = 0
    without_deadline: int = 0
    untracked: int = 0

    def __iter__(self) -> Any:
        return iter(self.facets)


_STATUS = {value: Q(status_as_at=value) for value in STATUSES}
_STRENGTH = {value: Q(strength=value) for value in STRENGTHS}
# The value of each, and the words for it.
_GROUPS = {
    "addressee": (F("addressees__slug"), F("addressees__name")),
    "topic": (F("topic__slug"), F("topic__name")),
    "resolution": (F("document__symbol"), F("document__symbol")),
    "proposed": (Case(When(proposed=True, then=Value("yes")), default=Value("no")), Value("")),
    "answered": (F("answer"), Value("")),
}
_SHORT = {"status": _STATUS, "due": DUE_CONDITIONS, "strength": _STRENGTH}


def count_facets(filterset: MandateFilterSet) -> Facets:
    """Count every facet of a list.

    Args:
        filterset: what was asked for.
    """
    short = _count_short_lists(filterset)
    categories, everyone = _categories(filterset)
    grouped = _grouped(filterset)
    texts = {value: count for value, _words, count in grouped["proposed"]}
    answers = {value: count for value, _words, count in grouped["answered"]}
    facets = [
        _listed(filterset, "status", STATUSES, short["status"]),
        _listed(filterset, "due", DUES, short["due"]),
        _from_rows(filterset, "session", _sessions_due(filterset)),
        _from_rows(filterset, "addressee", grouped["addressee"]),
        categories,
        _from_rows(filterset, "topic", grouped["topic"]),
        _listed(filterset, "strength", STRENGTHS, short["strength"]),
        _from_rows(filterset, "adopted_session", _sessions_adopted(filterset)),
        _from_rows(filterset, "resolution", grouped["resolution"], shown=5),
        _listed(filterset, "answered", ANSWERED, answers),
        _listed(filterset, "proposed", {key: TEXTS[key] for key in ("no", "yes")}, texts),
    ]
    totals = short["totals"]
    return Facets(
        facets,
        total=totals["total"],
        overdue=totals["overdue"],
        without_deadline=totals["without_deadline"],
        untracked=max(0, everyone - totals["total"]) if filterset.usual_scope else 0,
    )


def _chosen(filterset: MandateFilterSet, name: str) -> list[str]:
    value: Chosen = filterset.values[name]
    return [choice.value for choice in value.choices]


def _listed(
    filterset: MandateFilterSet, name: str, labels: Mapping[str, Label], counts: Mapping[str, int], hint: Label = ""
) -> Facet:
    chosen = _chosen(filterset, name)
    options = [Option(name, value, label, counts.get(value, 0), value in chosen) for value, label in labels.items()]
    return Facet(name, filterset.filters[name].label, options, hint, shown=len(options))


def _from_rows(
    filterset: MandateFilterSet, name: str, rows: Iterable[tuple[str, Label, int]], shown: int = SHOWN
) -> Facet:
    """Take values from the data; what is chosen stays visible, also where nothing is left of it."""
    chosen: dict[str, Label] = {choice.value: choice.label for choice in filterset.values[name].choices}
    rows = list(rows)
    options = [Option(name, value, label, count, value in chosen) for value, label, count in rows[:MOST]]
    listed = {option.value for option in options}
    counts = {value: count for value, _label, count in rows[MOST:]}
    options += [
        Option(name, value, _label_of(name, value, label), counts.get(value, 0), True)
        for value, label in chosen.items()
        if value not in listed
    ]
    return Facet(name, filterset.filters[name].label, options, shown=shown, left_out=max(0, len(rows) - MOST))


def _label_of(name: str, value: str, label: Label) -> Label:
    return nth_session(int(value)) if name in ("session", "adopted_session") and value.isdigit() else label


def _count_short_lists(filterset: MandateFilterSet) -> dict[str, dict[str, int]]:
    """Count status, due and strength in one query, each by the choices made in the other two."""
    picked = {name: _any(conditions, _chosen(filterset, name)) for name, conditions in _SHORT.items()}
    counts: dict[str, Count] = {}
    for name, conditions in _SHORT.items():
        others = _all(condition for other, condition in picked.items() if other != name)
        for value, condition in conditions.items():
            counts[f"{name}_{value}"] = Count("task", distinct=True, filter=others & condition)
    everything = _all(picked.values())
    counts["totals_total"] = Count("task", distinct=True, filter=everything)
    counts["totals_overdue"] = Count("task", distinct=True, filter=everything & Q(overdue_as_at=True))
    counts["totals_without_deadline"] = Count("task", distinct=True, filter=everything & Q(has_deadline=False))
    queryset = filterset.narrowed(without=[*_SHORT, "ordering"])
    found = queryset.alias(has_deadline=Exists(ReportingDeadline.objects.filter(mandate=OuterRef("pk")))).aggregate(
        **counts
    )
    result: dict[str, dict[str, int]] = {"totals": {}, **{name: {} for name in _SHORT}}
    for key, count in found.items():
        name, _underscore, value = key.partition("_")
        result[name][value] = count
    return result


def _any(conditions: Mapping[str, Q], values: Iterable[str]) -> Q:
    picked = Q()
    for value in values:
        picked |= conditions[value]
    return picked


def _all(conditions: Iterable[Q]) -> Q:
    # Never empty, as an aggregate cannot be filtered by nothing.
    together = Q(pk__isnull=False)
    for condition in conditions:
        together &= condition
    return together


def _others(filterset: MandateFilterSet, name: str) -> MandateQuerySet:
    others = filterset.narrowed(without=[name, "ordering"]).order_by()
    return with_answers(others, filterset.day) if name == "answered" else others


def _grouped(filterset: MandateFilterSet) -> dict[str, list[tuple[str, Label, int]]]:
    """Count by body, topic, document, text and answer in one query, each by what the other filters leave."""
    counted = [
        _others(filterset, name)
        .annotate(facet=Value(name), value=value, words=words)
        .filter(value__isnull=False)
        .values_list("facet", "value", "words")
        .annotate(count=Count("task", distinct=True))
        for name, (value, words) in _GROUPS.items()
    ]
    found: dict[str, list[tuple[str, Label, int]]] = {name: [] for name in _GROUPS}
    for name, value, words, count in counted[0].union(*counted[1:], all=True):
        found[name].append((value, words, count))
    return {name: sorted(rows, key=lambda row: (-row[2], str(row[1]))) for name, rows in found.items()}


def _categories(filterset: MandateFilterSet) -> tuple[Facet, int]:
    queryset = _others(filterset, "category")
    kinds = queryset.annotate(kind=F("addressees__category")).values_list("kind")
    together = queryset.annotate(kind=Value(EVERYONE)).values_list("kind")
    rows = kinds.annotate(count=Count("task", distinct=True)).union(
        together.annotate(count=Count("task", distinct=True)), all=True
    )
    slugs = {key: slug for slug, key in CATEGORY_KEYS.items()} | {EVERYONE: EVERYONE}
    counts = {slugs.get(kind, NOBODY): count for kind, count in rows}
    everyone = counts.get(EVERYONE, 0)
    hint = _("Assembly bodies and Court organs, until you choose.")
    return _listed(filterset, "category", CATEGORIES, counts, hint), everyone


def _sessions_due(filterset: MandateFilterSet) -> list[tuple[str, Label, int]]:
    """Count by session named in a deadline, and by coming occurrence where that is none of them."""
    queryset = _others(filterset, "session")
    named = (
        queryset.filter(deadlines__session_number__isnull=False)
        .annotate(number=F("deadlines__session_number"))
        .values_list("number")
        .annotate(count=Count("task", distinct=True))
    )
    said = ReportingDeadline.objects.filter(mandate=OuterRef("pk"), session_number=OuterRef("due_session_as_at"))
    coming = (
        queryset.filter(~Exists(said), recurring=True, due_session_as_at__isnull=False)
        .annotate(number=F("due_session_as_at"))
        .values_list("number")
        .annotate(count=Count("task", distinct=True))
    )
    counts: dict[int, int] = {}
    for number, count in named.union(coming, all=True):
        counts[number] = counts.get(number, 0) + count
    return [(str(number), nth_session(number), counts[number]) for number in sorted(counts, reverse=True)]


def _sessions_adopted(filterset: MandateFilterSet) -> list[tuple[str, Label, int]]:
    rows = (
        _others(filterset, "adopted_session")
        .annotate(code=Coalesce("document__session__code", "document__session_code"))
        .exclude(code="")
        .values_list("code", "document__session__name", "document__session__opening_date")
        .annotate(count=Count("task", distinct=True))
        .order_by(F("document__session__opening_date").desc(nulls_last=True), "code")
    )
    return [
        (code, name or (nth_session(int(code), opening) if code.isdigit() else code), count)
        for code, name, opening, count in rows
    ]
