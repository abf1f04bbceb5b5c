"""The list of mandates as a file: all rows of a filter, in the order of the page, written one by one."""

from __future__ import annotations

import csv
import datetime
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from mandates.columns import COLUMNS, Column, Value, with_columns
from mandates.models import Mandate
from mandates.querysets import MandateQuerySet

# Rows read at once, each time with one query a relation.
CHUNK = 1000
_BYTE_ORDER_MARK = "\ufeff"
# A cell that begins so is a formula to a spreadsheet, also in full width (as East Asian keyboards write it).
_FORMULA_SIGNS = ("=", "+", "-", "@")
_CONTROL_SIGNS = ("\t", "\r", "\n")


class _Line:
    """What csv.writer writes to: hands each line on."""

    def write(self, line: str) -> str:
        return line


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
    """Write a value as CSV has it: days as 2021-12-09, yes or no, nothing for None."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case datetime.date():
            return value.isoformat()
        case _:
            return harmless(value)


def rows(
    queryset: MandateQuerySet,
    day: datetime.date,
    absolute: Callable[[str], str],
    columns: Sequence[Column] = COLUMNS,
) -> Iterator[list[Value]]:
    """Give the values of each mandate, read a chunk at a time.

    Args:
        queryset: as `MandateFilterSet` gives it.
        day: on which the list is read.
        absolute: makes an address absolute.
        columns: which, in which order.
    """
    mandates: Iterable[Mandate] = with_columns(queryset, day).iterator(chunk_size=CHUNK)
    for mandate in mandates:
        yield [column.value(mandate, absolute) for column in columns]


def csv_lines(
    queryset: MandateQuerySet,
    day: datetime.date,
    absolute: Callable[[str], str],
    columns: Sequence[Column] = COLUMNS,
) -> Iterator[str]:
    """Write a list as CSV (RFC 4180) that opens in a spreadsheet: with a byte order mark, formulas made harmless.

    Args:
        queryset, day, absolute, columns: as for `rows`.

    Yields:
        Lines, the first one with the names of the columns.
    """
    writer = csv.writer(_Line())
    yield _BYTE_ORDER_MARK + writer.writerow([column.name for column in columns])
    for values in rows(queryset, day, absolute, columns):
        yield writer.writerow([cell(value) for value in values])
