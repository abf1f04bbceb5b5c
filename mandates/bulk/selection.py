"""Which mandates of the list a decision is about: those that were ticked, or all that match its filters."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import strip_tags

from mandates.bulk.lineage import read_choices
from mandates.facets import count_facets
from mandates.filters import MandateFilterSet, query_string
from mandates.wording import sentence

MOST = 10_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Mandates of the list.

    Attributes:
        versions: for each by its id the version that was seen; one more than `MOST` where there are too many.
        query: the query string of the list, in its one form.
        every_match: all that the filters leave now, not some that were ticked.
        seen: of how many the person was told; None where they were ticked.
        shown: what the list says it shows.
    """

    versions: dict[int, int]
    query: str
    every_match: bool
    seen: int | None
    shown: str

    @property
    def address(self) -> str:
        """The list that it was made on."""
        path = reverse("mandates:list")
        return f"{path}?{self.query}" if self.query else path


def read_selection(sent: QueryDict) -> Selection:
    """Read a selection from a form. All that match are found by running the filters again, never taken from the form.

    Args:
        sent: `query`, and either `all` with the count `seen`, or each `pick` as id and version.
    """
    filterset = MandateFilterSet(QueryDict(sent.get("query", "")))
    query = query_string(filterset.pairs()).removeprefix("?")
    if "all" not in sent:
        return Selection(read_choices(sent.getlist("pick")), query, every_match=False, seen=None, shown="")
    rows = filterset.qs.tasks().order_by("pk").values_list("pk", "outcome_version")[: MOST + 1]
    seen = sent.get("seen", "")
    return Selection(
        dict(rows),
        query,
        every_match=True,
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= 9 else None,
        shown=strip_tags(sentence(filterset, count_facets(filterset))),
    )
