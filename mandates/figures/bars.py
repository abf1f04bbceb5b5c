"""Bars of counts: a line for each session or body, its parts to scale, and each number with the list behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from mandates.columns import Value
from mandates.filter_fields import Label
from mandates.filter_values import TRACKED_CATEGORIES
from mandates.filters import MandateFilterSet, query_string
from mandates.models import Body
from mandates.querysets import MandateQuerySet

# A value of the query string with its name.
Choice = tuple[str, str]
# Lines on the page, at once and at most; a file has all.
SHOWN, MOST = 12, 60


@dataclass(frozen=True, slots=True)
class Column:
    """What is counted.

    Attributes:
        name: how the style sheet and the shapes call it.
        heading: in words.
        choices: what narrows the list to it.
        within: name of the column of which it is a part; empty where it is beside the others.
    """

    name: str
    heading: Label
    choices: tuple[Choice, ...]
    within: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the list behind it; without a list where it is nought."""

    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: from where on and how wide, in hundredths of the longest bar; `depth` 1 lies within 0."""

    column: Column
    number: Number
    start: float
    width: float
    depth: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of numbers with its bar.

    Attributes:
        label: what it is about.
        total: of the bar.
        cells: numbers in the order of the columns.
        share: what they say in words; empty where they need none.
        mandates: how many mandates they belong to, where they count something else.
    """

    label: str
    total: Number
    cells: list[tuple[Column, Number]]
    parts: list[Part]
    share: str = ""
    mandates: Number | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Lines with their columns; `all` is the line to which the others add up, or None where they do not."""

    columns: Sequence[Column]
    lines: list[Line]
    all: Line | None = None

    @property
    def first(self) -> list[Line]:
        """Those to show at once."""
        return self.lines[:SHOWN]

    @property
    def rest(self) -> list[Line]:
        """Those to show when asked."""
        return self.lines[SHOWN:MOST]

    @property
    def left_out(self) -> int:
        """How many more there are in the file."""
        return max(0, len(self.lines) - MOST)

    def values(self) -> list[list[Value]]:
        """The same numbers as rows of a file, the first one the names of its columns."""
        rows: list[list[Value]] = [["line", *(column.name.replace("-", "_") for column in self.columns), "total"]]
        rows += [[line.label, *(each.count for _column, each in line.cells), line.total.count] for line in self.lines]
        return rows


@dataclass(frozen=True, slots=True)
class Lists:
    """Addresses of the list of mandates, for a page that takes the same query string."""

    pairs: Sequence[Choice]

    def to(self, *choices: Choice) -> str:
        """Give the address of the list as filtered, with these choices in place of others of the same names."""
        names = {name for name, _value in choices}
        return query_string(
            [*(pair for pair in self.pairs if pair[0] not in names), *choices], reverse("mandates:list")
        )

    def number(self, count: int, *choices: Choice) -> Number:
        """Give a number with its list."""
        return Number(count, self.to(*choices) if count else "")


def make_line(
    label: str,
    counts: Mapping[str, int],
    columns: Sequence[Column],
    lists: Lists,
    *,
    about: Choice | None = None,
    linked: bool = True,
    longest: int = 0,
    share: str = "",
    mandates: Number | None = None,
) -> Line:
    """Make a line.

    Args:
        label: what it is about.
        counts: by name of the columns, and their ``total``.
        columns: in the order in which they stand.
        lists: the addresses.
        about: what narrows the list to the line; None for all.
        linked: False where no list has just these.
        longest: total of the longest line, by which bars are scaled; 0 for a bar of full width.
        share: what they say in words.
        mandates: how many mandates they belong to, where they count something else, of which there are no lists.
    """
    linked = linked and mandates is None
    narrowed = (about,) if about else ()
    cells = [
        (column, lists.number(count, *narrowed, *column.choices) if linked else Number(count, ""))
        for column in columns
        for count in [counts[column.name]]
    ]
    total = lists.number(counts["total"], *narrowed) if linked else Number(counts["total"], "")
    return Line(label, total, cells, _parts(cells, longest or counts["total"]), share, mandates)


def _parts(cells: Iterable[tuple[Column, Number]], longest: int) -> list[Part]:
    parts: dict[str, Part] = {}
    end = 0.0
    for column, number in cells:
        width = round(100 * number.count / longest, 2) if longest else 0.0
        if column.within in parts:
            outer = parts[column.within]
            parts[column.name] = Part(column, number, outer.start, width, outer.depth + 1)
        else:
            parts[column.name] = Part(column, number, round(end, 2), width, 0)
            end += width
    return [part for part in parts.values() if part.number.count]


def asked_of(filterset: MandateFilterSet, queryset: MandateQuerySet) -> MandateQuerySet:
    """Annotate `body`, the id of each body that a picture has a line for: those chosen, else those of the usual list.

    A list of one of the others would have more mandates than were counted here. Grouping by numbers costs a fraction
    of what grouping by names does.
    """
    if filterset.values["addressee"]:
        queryset = queryset.filter(addressee_rows__body__in=filterset.values["addressee"].keys)
    elif filterset.usual_scope:
        queryset = queryset.filter(addressee_rows__body__category__in=TRACKED_CATEGORIES)
    else:
        queryset = queryset.filter(addressee_rows__body__isnull=False)
    return queryset.annotate(body=F("addressee_rows__body"))


def bodies_by_id() -> Mapping[int, Body]:
    """Read what all bodies are called."""
    return Body.objects.only("slug", "name").in_bulk()
