"""What the queues of what waits for a person have in common: their filters, their order, and the place of one in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mandates.actions.decision import PERMISSION
from mandates.models import Body, MandateAddressee
from resolutions.models import AssemblySession


class SessionFilter(django_filters.ModelChoiceFilter):
    """Narrows to one session.

    Args:
        of: the way from a row to the session.
        label: of the field.
    """

    def __init__(self, of: str, label: str | Promise) -> None:
        super().__init__(
            queryset=AssemblySession.objects.order_by("-opening_date"),
            field_name=of,
            to_field_name="code",
            label=label,
            empty_label=_("Any session"),
        )


class AskedOfFilter(django_filters.ModelChoiceFilter):
    """Narrows to what one body is asked.

    Args:
        mandate: the way from a row to the mandate.
    """

    def __init__(self, mandate: str) -> None:
        super().__init__(
            queryset=Body.objects.order_by("name"),
            to_field_name="slug",
            label=_("Asked of"),
            empty_label=_("Any body"),
        )
        self.mandate = mandate

    def filter(self, rows: Any, body: Body | None) -> Any:
        """Give the rows whose mandate asks this body."""
        if body is None:
            return rows
        return rows.filter(Exists(MandateAddressee.objects.filter(mandate=OuterRef(self.mandate), body=body)))


class QueueFilterSet(django_filters.FilterSet):
    """Reads the query string of a queue; a value that it does not know is left aside, so that the rest still narrows.

    A queue whose rows stay when they are decided about has a filter `standing`; where nothing is given, it is `waits`.
    """

    standing: ClassVar[str] = "state"
    waits: ClassVar[str] = ""
    given: Mapping[str, Any]

    @classmethod
    def read(cls, query: QueryDict, rows: QuerySet[Any]) -> Self:
        """Read a query string.

        Args:
            query: what the address says.
            rows: of the queue, whatever their state, in its order.
        """
        known = query.copy()
        defaults = {cls.standing: cls.waits} if cls.waits else {}
        for name, value in defaults.items():
            known.setdefault(name, value)
        filters = cls(known, queryset=rows)
        filters.form.is_valid()
        for name in filters.form.errors:
            known[name] = defaults.get(name, "")
        if filters.form.errors:
            filters = cls(known, queryset=rows)
        filters.given = query
        return filters

    @property
    def waiting(self) -> bool:
        """Whether these are the ones that wait for a decision."""
        return not self.waits or self.form.cleaned_data.get(self.standing) in ("", None, self.waits)

    @property
    def narrowed(self) -> bool:
        """Whether something else was asked for than how they stand."""
        return any(name != self.standing for name, _value in self.pairs)

    @property
    def in_words(self) -> str:
        """What the rows are narrowed to, in words: "Links: Waiting for a decision; Asked of: Court"."""
        said = []
        for name, value in self.form.cleaned_data.items():
            if value:
                field = self.form.fields[name]
                word = dict(getattr(field, "choices", ())).get(value, value) if isinstance(value, str) else value
                said.append(f"{field.label}: {word}")
        return "; ".join(said)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was asked for, as names and values."""
        return [(name, self.given[name]) for name in self.base_filters if self.given.get(name)]

    @property
    def query(self) -> str:
        """What was asked for, as a query string."""
        return urlencode(self.pairs)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where something stands in its queue; the addresses are empty where there is none before or after it."""

    previous: str
    following: str
    place: int
    total: int


class Queue(ABC):
    """One sort of what waits for a person, with the addresses of its list and of the page of one.

    Attributes:
        name, about: what it is called and what it is, on the page of all queues.
        permission: of those who may work through it.
        page, page_of_one: names of the addresses.
        filters: reads the query string.
        order: the columns by which it is sorted; together they tell every row from every other.
        key: the columns by which the address of one names it.
    """

    name: ClassVar[str | Promise]
    about: ClassVar[str | Promise]
    permission: ClassVar[str] = PERMISSION
    page: ClassVar[str]
    page_of_one: ClassVar[str]
    filters: ClassVar[type[QueueFilterSet]]
    order: ClassVar[Sequence[str]]
    key: ClassVar[Sequence[str]] = ("pk",)

    @abstractmethod
    def all(self) -> QuerySet[Any, Any]:
        """Give all rows, whatever their state."""

    def read_along(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Read along what a page shows of each."""
        return rows

    @abstractmethod
    def rows(self, found: Iterable[Any]) -> Sequence[Any]:
        """Give what a page shows of each, read with `read_along`, in a number of queries that does not grow."""

    def read(self, query: QueryDict) -> QueueFilterSet:
        """Read a query string; its `qs` has the rows that it leaves, in the order of the queue."""
        return self.filters.read(query, self.all().order_by(*self.order))

    def count(self) -> int:
        """Give how many wait."""
        return self.read(QueryDict()).qs.count()

    def address(self, query: str = "") -> str:
        """Give the address of the list."""
        return _with(reverse(self.page), query)

    def address_of(self, key: Sequence[Any], query: str = "") -> str:
        """Give the address of the page of one.

        Args:
            key: its values of the columns of `key`.
            query: the query string of the list that is worked through.
        """
        return _with(reverse(self.page_of_one, args=key), query)

    def neighbours(self, filters: QueueFilterSet, one: Any) -> Neighbours:
        """Find what stands before and after one, also where it is no longer in the queue itself.

        Args:
            filters: of the list that is worked through.
            one: a row, with the columns of `order`.
        """
        before, after, equal = Q(), Q(), Q()
        for column in self.order:
            name = column.removeprefix("-")
            value = _value(one, name)
            lower, higher = ("gt", "lt") if column.startswith("-") else ("lt", "gt")
            before |= equal & Q(**{f"{name}__{lower}": value})
            after |= equal & Q(**{f"{name}__{higher}": value})
            equal &= Q(**{name: value})
        back = [column.removeprefix("-") if column.startswith("-") else f"-{column}" for column in self.order]
        earlier = filters.qs.filter(before)
        previous = earlier.order_by(*back).values_list(*self.key).first()
        following = filters.qs.filter(after).values_list(*self.key).first()
        return Neighbours(
            previous=self.address_of(previous, filters.query) if previous else "",
            following=self.address_of(following, filters.query) if following else "",
            place=earlier.count() + 1,
            total=filters.qs.count(),
        )

    def key_of(self, one: Any) -> list[Any]:
        """Give what names one in its address."""
        return [_value(one, name) for name in self.key]

    def contains(self, filters: QueueFilterSet, one: Any) -> bool:
        """Say whether one is among those that the filters leave."""
        return bool(filters.qs.filter(**{name: _value(one, name) for name in self.key}).exists())


def _value(one: Any, column: str) -> Any:
    if isinstance(one, Mapping):
        return one[column]
    return reduce(getattr, column.split("__"), one)


def _with(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address
