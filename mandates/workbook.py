"""The list of mandates as a workbook: a sheet to filter and sort, and one that says what it is."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import IO, Any

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mandates.columns import SEPARATOR, Column, Value
from mandates.exports import About, about, chunks
from mandates.filters import MandateFilterSet

# Of a sheet, its header among them (ECMA-376 names no limit; Excel's is this one). More go on in a further sheet.
MOST_ROWS = 1_048_576
# Of a cell; Excel refuses to open a file with more.
MOST_SIGNS = 32_767
_WIDTHS = {
    "key": 34, "symbol": 20, "topic": 24, "addressees": 28, "action": 60, "deadline": 30, "repeated_by": 34,
    "repeats": 34, "parallel_of": 34, "evidence": 24, "permalink": 40, "text": 80,
}  # fmt: skip
_USUAL_WIDTH = 13
_OPTIONS = {
    "constant_memory": True,  # rows go to a file at once
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(filterset: MandateFilterSet, absolute: Callable[[str], str]) -> IO[bytes]:
    """Write a list as XLSX.

    Days are days, sessions are numbers, all else is text, also what looks like a formula.

    Args:
        filterset: what was asked for.
        absolute: makes an address absolute.

    Returns:
        A temporary file at its beginning, gone when it is closed.
    """
    said = about(filterset, absolute)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    # In the memory of the process it has one chunk, on the disk everything twice.
    with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": _("Mandates"),
                "subject": said.subject[:255],
                "author": _("ASP Mandate Tracker"),
                "comments": said.address[:255],
                "created": datetime.datetime.combine(said.day, datetime.time()),
            }
        )
        rows = chain.from_iterable(chunks(filterset.qs, filterset.day, absolute, said.columns))
        cut = _write_mandates(workbook, said.columns, rows)
        _write_about(workbook, said, cut)
    file.seek(0)
    return file


def _write_mandates(workbook: Any, columns: Sequence[Column], rows: Iterator[list[Value]]) -> int:
    """Write the rows, in as many sheets as they need.

    Returns:
        The number of cells that had to be cut.
    """
    heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    cut = number = 0
    following: list[list[Value]] = []
    while following or not number:
        number += 1
        sheet = workbook.add_worksheet(_("Mandates") if number == 1 else f"{_('Mandates')} {number}")
        for position, column in enumerate(columns):
            sheet.set_column(position, position, _WIDTHS.get(column.name, _USUAL_WIDTH))
            sheet.write_string(0, position, str(column.heading), heading)
        sheet.freeze_panes(1, 1 if columns[0].name in ("key", "symbol") else 0)
        last = 0
        for last, values in enumerate(chain(following, islice(rows, MOST_ROWS - 1 - len(following))), 1):
            for position, value in enumerate(values):
                match value:
                    case None | "" | ():
                        pass
                    case datetime.date():
                        sheet.write_datetime(last, position, value, day)
                    case bool():
                        sheet.write_string(last, position, _("yes") if value else _("no"), wrapped)
                    case int():
                        sheet.write_number(last, position, value, wrapped)
                    case _:
                        text = SEPARATOR.join(value) if isinstance(value, tuple) else value
                        cut += len(text) > MOST_SIGNS
                        sheet.write_string(last, position, _shortened(text), wrapped)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        following = list(islice(rows, 1))
    return cut


def _write_about(workbook: Any, said: About, cut: int) -> None:
    sheet = workbook.add_worksheet(_("About"))
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    tasks = _(
        "%(mandates)d mandates. Those that one session gives several times are listed each time: %(tasks)d tasks."
    )
    lines = [
        (_("What is listed"), said.subject),
        (_("As at"), date_format(said.day, "j F Y")),
        (_("How many"), tasks % {"mandates": said.mandates, "tasks": said.tasks}),
        (_("Address"), said.address),
        *((_("Not understood"), notice) for notice in said.notices),
    ]
    if cut:
        shortened = _("%(count)d longer than a cell can hold; they end with an ellipsis.") % {"count": cut}
        lines.append((_("Texts cut"), shortened))
    columns = [(str(column.heading), f"{column.name}: {column.meaning}") for column in said.columns]
    for row, (name, words) in enumerate([*lines, ("", ""), (_("Columns"), ""), *columns]):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, _shortened(words), wrapped)


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else text[: MOST_SIGNS - 1] + "…"
