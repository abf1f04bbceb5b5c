"""Which mandates of the list a decision is about: those that were ticked, or all that match its filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import strip_tags

from mandates.facets import count_facets
from mandates.filters import MandateFilterSet, query_string
from mandates.queues.queue import Queue
from mandates.wording import sentence

MOST = 10_000
# So many are read of a form that names each: as many as stand on one page of a list.
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Selection:
    """Mandates of the list, or what is selected in a queue.

    Attributes:
        versions: for each by its id the version that was seen; one more than `MOST` where there are too many.
        query: the query string of the list, in its one form.
        every_match: all that the filters leave now, not some that were ticked.
        seen: of how many the person was told; None where they were ticked.
        shown: what the list says it shows.
        page: name of the address of the list.
    """

    versions: dict[int, int]
    query: str
    every_match: bool
    seen: int | None
    shown: str
    page: str = "mandates:list"

    @property
    def address(self) -> str:
        """The list that it was made on."""
        path = reverse(self.page)
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
    return Selection(
        dict(rows),
        query,
        every_match=True,
        seen=_seen(sent),
        shown=strip_tags(sentence(filterset, count_facets(filterset))),
    )


def read_found_selection(sent: QueryDict, queue: Queue, field: str, given: QueryDict) -> Selection:
    """Read what is selected in a queue of links or suggestions, as `read_selection` does for mandates.

    Args:
        sent: either `all` with the count `seen`, or each choice as id and version.
        queue: which is worked through.
        field: name of the boxes that select.
        given: the query string of the list.
    """
    filters = queue.read(given)
    if "all" not in sent:
        versions = read_choices(sent.getlist(field))
        return Selection(versions, filters.query, every_match=False, seen=None, shown="", page=queue.page)
    rows = filters.qs.order_by("pk").values_list("pk", "version")[: MOST + 1]
    return Selection(
        dict(rows), filters.query, every_match=True, seen=_seen(sent), shown=filters.in_words, page=queue.page
    )


def read_choices(chosen: Iterable[str]) -> dict[int, int]:
    """Read what a form names: the id of each and the version that was seen; what is not one is left out."""
    versions: dict[int, int] = {}
    for each in chosen:
        pk, _mark, version = each.partition(":")
        if all(part.isascii() and part.isdigit() and len(part) <= 10 for part in (pk, version)):
            versions[int(pk)] = int(version)
    return dict(list(versions.items())[:MOST_AT_ONCE])


def _seen(sent: QueryDict) -> int | None:
    seen = sent.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= 9 else None
