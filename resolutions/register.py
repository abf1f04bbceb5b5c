"""Loads the register of documents: `reference/documents.csv` and `reference/resolutions.csv`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from resolutions.models import KnownDocument
from resolutions.reference_data import LoadReport, read_rows, row_load
from resolutions.structure.symbols import find_symbols


@transaction.atomic
def register_load() -> LoadReport:
    """Load the documents that are known by their symbols.

    A row whose symbol stands for two ("ICC-ASP/1/3 and Corr.1") is two documents. One that has no symbol of its own
    ("ICC-ASP/5/35 annex II", a part of another document) is left out and named in the report.

    Returns:
        What was done.

    Raises:
        FileNotFoundError: a file is missing.
    """
    report = LoadReport()
    known = {row.symbol: row for row in KnownDocument.objects.all()}
    for written, values in _rows():
        symbols = register_symbols(written)
        if not symbols:
            report.left_out.append(
                _("%(written)s is no symbol of a document, so its row is left out: %(title)s")
                % {"written": written, "title": values["title"]}
            )
        for symbol in symbols:
            listed = "" if symbol == written else f"listed as {written}"
            note = "; ".join(filter(None, (listed, str(values["note"]))))
            known[symbol] = known.get(symbol) or KnownDocument(symbol=symbol)
            row_load(known[symbol], {**values, "note": note}, report)
    return report


def register_symbols(written: str) -> list[str]:
    """Give the documents that the register names in one row.

    Args:
        written: as listed; a star, which marks a document issued again, is no part of its symbol.

    Returns:
        Their canonical symbols; none where the words name no document, or only a part of one.
    """
    mentions = find_symbols(written)
    rest = written
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.end :]
    if rest.strip() not in ("", "and"):
        return []
    return [str(mention.symbol).replace("*", "") for mention in mentions]


def first_day(date: str) -> datetime.date | None:
    """Give the first day that a date as printed can mean: 1 December 2021 for ``2021-12``."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    return datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None


def _rows() -> Iterator[tuple[str, dict[str, object]]]:
    for row in read_rows("resolutions.csv"):
        yield row["symbol"], _values(row, row["adoption_date"], "resolution")
    for row in read_rows("documents.csv"):
        yield row["symbol"], _values(row, row["date"], row["kind"])


def _values(row: Mapping[str, str], date: str, kind: str) -> dict[str, object]:
    session, _blank, sitting = row["session"].partition(" ")
    return {
        "title": "" if row["title"] == "[symbol seen only; title not seen]" else row["title"],
        "session_code": session,
        "date": date,
        "first_day": first_day(date),
        "kind": kind,
        "source": row["source"],
        "verification": row["verification"],
        "note": "; ".join(filter(None, (f"{sitting} session" if sitting else "", row["note"]))),
    }
