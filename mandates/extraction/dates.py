"""Days, months, years and stretches of them, as the words name them; nothing here knows today."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
MONTH = "(?:" + "|".join(_MONTHS) + ")"
_GAP = r"[\s\u00a0]+"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d{2}"
# "Monday, 3 September 2012"
_WEEKDAY = rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?{_GAP})?"
_DASH = r"\s?[-\u2010-\u2015]\s?"

# Patterns without groups, to be set into larger ones.
DATE = (
    rf"{_WEEKDAY}(?:{_DAY}{_GAP}(?:of{_GAP})?{MONTH}(?:,?{_GAP}{_YEAR})?(?!\d)"
    rf"|{MONTH}{_GAP}{_DAY},?{_GAP}{_YEAR}(?!\d))"
)
SPAN_OF_MONTHS = rf"{MONTH}(?:{_GAP}{_YEAR})?(?:{_GAP}(?:to|and|until|through){_GAP}|{_DASH}){MONTH}{_GAP}{_YEAR}(?!\d)"
SPAN_OF_DAYS = (
    rf"{_WEEKDAY}{_DAY}(?:{_GAP}{MONTH}(?:{_GAP}{_YEAR})?)?(?:{_GAP}(?:to|and|until|through){_GAP}|{_DASH})"
    rf"{_WEEKDAY}{_DAY}{_GAP}{MONTH}(?:{_GAP}{_YEAR})?(?!\d)"
)
YEARS = rf"{_YEAR}(?:{_DASH}|{_GAP}(?:to|through|and){_GAP}){_YEAR}(?!\d)"
MONTH_OR_YEAR = rf"(?:{MONTH}{_GAP})?{_YEAR}(?![\d/]|\s?[-\u2010-\u2015]\s?\d)"

_DATE = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?:of{_GAP})?(?P<month>{MONTH})(?:,?{_GAP}(?P<year>{_YEAR}))?"
    rf"|(?P<month2>{MONTH}){_GAP}(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?{_GAP}(?P<year2>{_YEAR})"
)
_SPAN = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP}(?P<month>{MONTH})(?:{_GAP}(?P<year>{_YEAR}))?)?\D+?"
    rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?P<month2>{MONTH})(?:{_GAP}(?P<year2>{_YEAR}))?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last; None where the words do not tell it."""

    start: datetime.date | None
    end: datetime.date | None


def read_date(words: str, given: datetime.date | None = None) -> datetime.date | None:
    """Read a day.

    Args:
        words: what `DATE` matched, for example "31 January 2019" (ICC-ASP/17/Res.5, annex I, para. 19(b)).
        given: the day on which the text was given; a day without a year is the next such day after it.

    Returns:
        The day; None where the calendar has no such day, or its year cannot be told.
    """
    match = _DATE.search(words)
    if match is None:
        return None
    day, month = int(match["day"] or match["day2"]), _MONTHS[match["month"] or match["month2"]]
    year = match["year"] or match["year2"]
    if year is not None:
        return _day(int(year), month, day)
    if given is None:
        return None
    this_year = _day(given.year, month, day)
    return this_year if this_year is None or this_year > given else _day(given.year + 1, month, day)


def read_dates(words: str, given: datetime.date | None = None) -> Iterator[datetime.date]:
    """Read days in a row; those without a year are of the year that follows in the row.

    Args:
        words: days joined by commas and "and": "15 January, 15 April and 15 July 2020" (ICC-ASP/12/Res.1 family,
            recalled).
        given: the day on which the text was given, where the row names no year.

    Yields:
        Each day that the calendar has.
    """
    for match in re.finditer(DATE, words):
        year = re.search(_YEAR, words[match.start() :])
        day = match[0] if year is None or re.search(_YEAR, match[0]) else f"{match[0]} {year[0]}"
        if (found := read_date(day, given)) is not None:
            yield found


def read_span_of_days(words: str, given: datetime.date | None = None) -> Period | None:
    """Read days that belong together.

    Args:
        words: what `SPAN_OF_DAYS` matched: "29 April to 3 May 2019" (ICC-ASP/17/Res.5, annex I, para. 19(a)),
            "7 to 8 June 2018".
        given: the day on which the text was given, for days without a year.

    Returns:
        The period; None where the calendar has no such days or the last lies before the first.
    """
    match = _SPAN.search(words)
    if match is None:
        return None
    year2 = match["year2"] and int(match["year2"])
    end = _day(year2, _MONTHS[match["month2"]], int(match["day2"])) if year2 else None
    if end is None:
        end = read_date(f"{match['day2']} {match['month2']}", given) if not year2 else None
    if end is None:
        return None
    month = _MONTHS[match["month"] or match["month2"]]
    year = int(match["year"]) if match["year"] else end.year
    start = _day(year, month, int(match["day"]))
    if start is not None and start > end and match["month"] and not match["year"]:
        start = _day(year - 1, month, int(match["day"]))
    return None if start is None or start > end else Period(start, end)


def read_years(words: str) -> Period | None:
    """Read years that belong together.

    Args:
        words: what `YEARS` matched, for example "2019-2021" (ICC-ASP/17/Res.5, para. 67).

    Returns:
        The first day of the first to the last day of the last; None where they are the wrong way round.
    """
    first, last = (int(year) for year in re.findall(_YEAR, words)[:2])
    return Period(datetime.date(first, 1, 1), datetime.date(last, 12, 31)) if first <= last else None


def read_span_of_months(words: str) -> Period | None:
    """Read months that belong together.

    Args:
        words: what `SPAN_OF_MONTHS` matched, for example "September to October 2010" (RC/Res.1 family, recalled); the
            first is of the year of the last where it names none.

    Returns:
        The first day of the first to the last day of the last; None where they are the wrong way round.
    """
    (first, year), (last, last_year) = re.findall(rf"({MONTH})(?:{_GAP}({_YEAR}))?", words)[:2]
    begins, ends = read_month_or_year(f"{first} {year or last_year}"), read_month_or_year(f"{last} {last_year}")
    if begins is None or ends is None or begins.start is None or ends.end is None or begins.start > ends.end:
        return None
    return Period(begins.start, ends.end)


def read_month_or_year(words: str) -> Period | None:
    """Read a whole month or a whole year.

    Args:
        words: what `MONTH_OR_YEAR` matched, for example "2022" (ICC-ASP/20/Res.2, para. 15), "May 2019".

    Returns:
        Its first and last day; None where there is no year in the words.
    """
    year_found = re.search(_YEAR, words)
    if year_found is None:
        return None
    year = int(year_found[0])
    month_found = re.search(MONTH, words)
    if month_found is None:
        return Period(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    month = _MONTHS[month_found[0]]
    return Period(datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1]))


def part_of_year(year: int, division: str, number: int) -> Period | None:
    """Give a part of a year.

    Args:
        year: the year.
        division: "quarter", or "half", "semester" (ICC-ASP/17/Res.5, paras. 67 and 103), "trimester".
        number: which of them, from 1; -1 is the last.

    Returns:
        Its first and last day; None where the year has no such part.
    """
    months = {"quarter": 3, "trimester": 3, "half": 6, "semester": 6}[division]
    count = 12 // months
    if number == -1:
        number = count
    if not 1 <= number <= count:
        return None
    last = number * months
    return Period(
        datetime.date(year, last - months + 1, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])
    )


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
