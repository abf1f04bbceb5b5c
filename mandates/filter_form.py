"""The short form of pages that show a picture of a list: what can be added to what is chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from mandates.filter_fields import Label
from mandates.filters import MandateFilterSet
from mandates.models import Body, MandateAddressee, Topic
from mandates.querysets import MandateQuerySet

MOST_CHOICES = 300


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form.

    Attributes:
        name: as in the query string.
        label: in words.
        chosen: whether something is chosen already, which the form keeps.
        values: what can be added, each with its words.
    """

    name: str
    label: Label
    chosen: bool
    values: Sequence[tuple[str, Label]]


def filterset_without(data: QueryDict, names: Collection[str]) -> MandateFilterSet:
    """Read the query string as the list of mandates does, but without some names, for which a page has no use."""
    data = data.copy()
    for name in names:
        data.pop(name, None)
    return MandateFilterSet(data)


def fields(filterset: MandateFilterSet, values: Mapping[str, Iterable[tuple[str, Label]]]) -> list[Field]:
    """Give the fields of the form.

    Args:
        filterset: what is chosen.
        values: for each name all values that can be chosen, with their words.
    """
    return [
        Field(
            name,
            filterset.filters[name].label,
            bool(filterset.values[name]),
            [(value, label) for value, label in pairs if value not in filterset.values[name].values],
        )
        for name, pairs in values.items()
    ]


def bodies_asked(mandates: MandateQuerySet) -> list[tuple[str, Label]]:
    """Give the bodies that must act on one of these mandates, by name."""
    asked = MandateAddressee.objects.filter(body=OuterRef("pk"), mandate__in=mandates.values("pk"))
    return _named(Body.objects.filter(Exists(asked)))


def topics_of(mandates: MandateQuerySet) -> list[tuple[str, Label]]:
    """Give the topics that one of these mandates is about, by name."""
    return _named(Topic.objects.filter(Exists(mandates.filter(topic=OuterRef("pk")))))


def _named(rows: QuerySet[Body] | QuerySet[Topic]) -> list[tuple[str, Label]]:
    return list(rows.order_by("name").values_list("slug", "name")[:MOST_CHOICES])
