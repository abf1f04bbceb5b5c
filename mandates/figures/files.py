"""The numbers behind each picture as a table to take along."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mandates.columns import Value
from mandates.exports import BYTE_ORDER_MARK, cell, csv_lines
from mandates.figures.answers import answered
from mandates.figures.bars import bodies_by_id
from mandates.figures.lifetimes import OpenFor, lifetimes
from mandates.figures.recurring import recurring
from mandates.figures.statuses import by_body, by_session
from mandates.filters import MandateFilterSet

Rows = list[list[Value]]


def _curve(found: OpenFor) -> Rows:
    rows: Rows = [["days", "followed_so_long", "done", "not_followed_further", "still_open", "from", "to"]]
    for step in found.survival.steps:
        shares = (f"{share:.4f}" for share in (step.lasting, step.low, step.high))
        rows.append([step.time, step.at_risk, step.ended, step.left, *shares])
    return rows


def _medians(found: list[OpenFor]) -> Rows:
    rows: Rows = [["line", "mandates", "fulfilled", "withdrawn", "repeated", "open", "half_done_within_days"]]
    for each in found:
        statuses = (each.fulfilled, each.withdrawn, each.asked_again, each.open)
        rows.append([each.label, each.survival.total, *statuses, each.median])
    return rows


TABLES: Mapping[str, Callable[[MandateFilterSet], Rows]] = {
    "status-by-session": lambda filterset: by_session(filterset).values(),
    "status-by-body": lambda filterset: by_body(filterset, bodies_by_id()).values(),
    "open": lambda filterset: _curve(lifetimes(filterset, bodies_by_id()).together),
    "open-by-body": lambda filterset: _medians(lifetimes(filterset, bodies_by_id()).by_body),
    "answered-by-body": lambda filterset: answered(filterset, bodies_by_id()).values(),
    "recurring-by-body": lambda filterset: recurring(filterset, bodies_by_id()).values(),
}


def csv_of(rows: Rows) -> str:
    """Write a table as CSV, as the list of mandates is written (`mandates.exports`).

    Args:
        rows: the first one the names of the columns.
    """
    return BYTE_ORDER_MARK + csv_lines([list(map(cell, row)) for row in rows])
