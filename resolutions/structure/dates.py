"""Dates as the heads of documents write them."""

from __future__ import annotations

import datetime
import re

_MONTHS = (
    ("january", "janvier", "enero"),
    ("february", "février", "febrero"),
    ("march", "mars", "marzo"),
    ("april", "avril", "abril"),
    ("may", "mai", "mayo"),
    ("june", "juin", "junio"),
    ("july", "juillet", "julio"),
    ("august", "août", "agosto"),
    ("september", "septembre", "septiembre"),
    ("october", "octobre", "octubre"),
    ("november", "novembre", "noviembre"),
    ("december", "décembre", "diciembre"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NAMES = "|".join(_MONTH)
_DATE = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:de\s+)?(?P<month>{_NAMES})\s+(?:de\s+|del\s+)?(?P<year>\d{{4}})"
    rf"|(?P<month2>{_NAMES})\s+(?P<day2>\d{{1,2}}),\s*(?P<year2>\d{{4}})",
    re.IGNORECASE,
)

_MONTH_NEXT = re.compile(rf"\s+(?:{_NAMES})\b", re.IGNORECASE)


def first_date(text: str) -> datetime.date | None:
    """Find the first full date of a text.

    Args:
        text: a line of the head: "Adopted at the 8th plenary meeting, on 9 December 2021, by consensus".

    Returns:
        The date; None where there is none that a calendar has.
    """
    for match in _DATE.finditer(text):
        day, month, year = (match[name] or match[f"{name}2"] for name in ("day", "month", "year"))
        try:
            return datetime.date(int(year), _MONTH[month.lower()], int(day))
        except ValueError:
            continue
    return None


def opens_date(text: str) -> bool:
    """Say whether a text goes on as a date does after its day: " December 2008"."""
    return _MONTH_NEXT.match(text) is not None
