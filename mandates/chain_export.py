"""The table of chains as a file: all rows of a filter, with a column for each session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from mandates.chain_list import chains_asked_most
from mandates.chain_matrix import Cell, Chain, columns, matrix
from mandates.columns import SEPARATOR, Value
from mandates.exports import BYTE_ORDER_MARK, cell, csv_lines
from mandates.filters import MandateFilterSet

# Chains read at once, each time in the same number of queries.
CHUNK = 200
FIRST_COLUMNS = ("key", "addressees", "action", "topic", "sessions", "texts", "since", "permalink")


def csv_chunks(filterset: MandateFilterSet, absolute: Callable[[str], str]) -> Iterator[str]:
    """Write the table as CSV, as the list of mandates is written (`mandates.exports`).

    Args:
        filterset: what was asked for.
        absolute: makes an address absolute.

    Yields:
        Lines, some at a time, the first one with the names of the columns; the last ones are sessions, by their codes.
    """
    heads = columns(filterset)
    yield BYTE_ORDER_MARK + csv_lines([[*FIRST_COLUMNS, *(cell(head.code) for head in heads)]])
    counted = iter(chains_asked_most(filterset))
    while rows := list(islice(counted, CHUNK)):
        yield csv_lines(
            [*map(cell, _first_values(chain, absolute)), *(cell(_session(each)) for each in chain.cells)]
            for chain in matrix(filterset, rows, heads).chains
        )


def _first_values(chain: Chain, absolute: Callable[[str], str]) -> list[Value]:
    latest = chain.latest
    return [
        latest.key,
        SEPARATOR.join(row.body.name for row in latest.addressee_rows.all()),
        latest.action,
        latest.topic.name if latest.topic else "",
        chain.sessions,
        chain.asked,
        chain.since,
        absolute(latest.get_absolute_url()),
    ]


def _session(each: Cell) -> str:
    """``repeated ICC-ASP/17/Res.5, annex I, para. 3(b)``, or ``not read ICC-ASP/16/Res.2``."""
    places = [f"{place.mark} {place.citation}" for place in each.places]
    return SEPARATOR.join(places or (f"not read {symbol}" for symbol in each.unread))
