"""The list of mandates as a file: all rows of a filter, in the order of the page, a chunk at a time."""

from __future__ import annotations

import csv
import datetime
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count
from django.urls import reverse

from mandates.columns import COLUMNS, SEPARATOR, Column, Row, Value, permalinks, read_beside, read_rows
from mandates.filters import MandateFilterSet, query_string
from mandates.querysets import MandateQuerySet
from mandates.wording import subject

# Rows read at once, each time with one query a relation, and written at once.
CHUNK = 1000
BYTE_ORDER_MARK = "\ufeff"
# A cell that begins so is a formula to a spreadsheet, also in full width (as East Asian keyboards write it).
_FORMULA_SIGNS = ("=", "+", "-", "@")
_CONTROL_SIGNS = ("\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class About:
    """What an export says of itself.

    Attributes:
        subject: what is listed, in words.
        day: on which the list is read.
        address: of the page that shows the same.
        mandates, tasks: how many there are; a task that one session wrote down several times is one.
        columns: which, in which order.
        notices: what of the address was not understood.
    """

    subject: str
    day: datetime.date
    address: str
    mandates: int
    tasks: int
    columns: Sequence[Column]
    notices: Sequence[str]


def about(filterset: MandateFilterSet, absolute: Callable[[str], str]) -> About:
    """Say what a list is.

    Args:
        filterset: what was asked for.
        absolute: makes an address absolute.
    """
    counts = filterset.qs.order_by().aggregate(mandates=Count("pk"), tasks=Count("task", distinct=True))
    return About(
        subject=subject(filterset),
        day=filterset.day,
        address=absolute(query_string(filterset.pairs(), reverse("mandates:list"))),
        columns=filterset.chosen_columns,
        notices=[notice.text for notice in filterset.notices],
        **counts,
    )


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    Args:
        text: of a cell; it may hide the sign behind blanks.
    """
    if text.startswith(_CONTROL_SIGNS):
        return "'" + text
    start = next((letter for letter in text if not _is_blank(letter)), "")
    return "'" + text if unicodedata.normalize("NFKC", start).startswith(_FORMULA_SIGNS) else text


def _is_blank(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf")


def cell(value: Value) -> str:
    """Write a value as CSV has it: days as 2021-12-09, yes or no, several with "; " between, nothing for None."""
    match value:
        case str():
            # Nearly every cell; a call less for each.
            return value if value[:1].isalnum() else harmless(value)
        case None:
            return ""
        case tuple():
            return harmless(SEPARATOR.join(value))
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case datetime.date():
            return value.isoformat()


def chunks(
    queryset: MandateQuerySet,
    day: datetime.date,
    absolute: Callable[[str], str],
    columns: Sequence[Column] = COLUMNS,
) -> Iterator[list[list[Value]]]:
    """Give the values of each mandate, some mandates at a time.

    Args:
        queryset: as `MandateFilterSet` gives it.
        day: on which the list is read.
        absolute: makes an address absolute.
        columns: which, in which order.
    """
    permalink = permalinks(absolute)
    values = [column.value for column in columns]
    mandates: Iterator[Row] = read_rows(queryset).iterator(chunk_size=CHUNK)
    while chunk := list(islice(mandates, CHUNK)):
        beside = read_beside(chunk, day, permalink)
        yield [[value(row, beside) for value in values] for row in chunk]


def csv_chunks(filterset: MandateFilterSet, absolute: Callable[[str], str]) -> Iterator[str]:
    """Write a list as CSV (RFC 4180) that opens in a spreadsheet: with a byte order mark, formulas made harmless.

    Args:
        filterset: what was asked for.
        absolute: makes an address absolute.

    Yields:
        Lines, some at a time; the first has the names of the columns.
    """
    yield BYTE_ORDER_MARK + csv_lines([[column.name for column in filterset.chosen_columns]])
    for chunk in chunks(filterset.qs, filterset.day, absolute, filterset.chosen_columns):
        yield csv_lines([list(map(cell, values)) for values in chunk])


def csv_lines(rows: Iterable[Sequence[str]]) -> str:
    """Write rows as lines of CSV, together, as each part of an answer is sent by itself.

    Args:
        rows: of cells as `cell` writes them.
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def json_chunks(filterset: MandateFilterSet, absolute: Callable[[str], str]) -> Iterator[str]:
    """Write a list as JSON: an object with what the list is (`about`) and its `mandates`, each an object by column.

    Days are written 2021-12-09; several values are an array, what is not there is null.

    Args:
        filterset: what was asked for.
        absolute: makes an address absolute.

    Yields:
        The text, some mandates at a time.
    """
    said = about(filterset, absolute)
    head = {
        "subject": said.subject,
        "day": said.day,
        "address": said.address,
        "mandates": said.mandates,
        "tasks": said.tasks,
        "columns": {column.name: str(column.meaning) for column in said.columns},
        "notices": list(said.notices),
    }
    yield f'{{"about": {_json(head)},\n"mandates": ['
    names = [column.name for column in said.columns]
    joint = "\n"
    for chunk in chunks(filterset.qs, filterset.day, absolute, said.columns):
        yield joint + ",\n".join(_json(dict(zip(names, values, strict=True))) for values in chunk)
        joint = ",\n"
    yield "\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=datetime.date.isoformat)
