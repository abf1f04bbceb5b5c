"""Stretches of time in which a mandate is due, and those that date something else."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from mandates.extraction.dates import (
    Period,
    part_of_year,
    read_date,
    read_month_or_year,
    read_span_of_days,
    read_span_of_months,
    read_years,
)
from mandates.extraction.findings import Finding, Timing
from mandates.extraction.vocabulary import DeadlineReading
from resolutions.structure.ordinals import ordinal_number

# "the savings achieved in 2017": a participle behind its noun.
_DONE = re.compile(
    r"(?<!\bbe)(?<!\bbeen)(?<!\bbeing)(?<!\bis)(?<!\bare)(?<!ly)(?<!,)\s(?!need)[a-z]+(?:ed|made|held|given|taken|spent|paid)\s*$"
)

_PLANNED = re.compile(
    r"\b(?:plans?|strateg(?:y|ies)|budgets?|scales?|assessments?|programmes?|contributions?|appropriations?|reports?|terms?|"
    r"expenditures?|accounts|statements?)(?:\s+(?:for|of))?\s*$",
    re.IGNORECASE,
)

HELD = re.compile(
    r"\b(?:elections?|conference|Conference|meetings?|seminars?|sessions?|summit|anniversary|events?|reports?|resolutions?|"
    r"decisions?|hearings?|negotiations?|adopted|held|made|submitted|issued|established|created|taken|recommendations?|"
    r"Statute|vacanc(?:y|ies)|amendments?)(?:\s+in\s+[A-Z][\w’-]*(?:\s+[A-Z][\w’-]*)?)?\s*,?\s*$"
)

# "to renew, with effect from the date of adoption of this resolution until 13 January 2026, the Panel"
_OF_RESOLUTION = re.compile(r"\b(?:adoption\s+of\s+)?(?:this|the\s+present)\s+resolution\s*,?\s*$")

# "the report in 2019" is dated; "to report in early 2019" is what is asked.
_REPORTING = re.compile(r"\b(?:to|and|or|[a-z]+ly|further|also|shall|should|will|must)\s+report\s*,?\s*$")

_HOLDING = re.compile(
    r"\b(?:hold|holding|organi[sz]e|organi[sz]ing|convene|convening|host|hosting|conduct|schedule|(?:shall|will|should|to)\s+(?:be\s+held|be\s+convened|take\s+place|meet)|be\s+held)\b"
)


def lies_ahead(period: Period, timing: Timing, reading: DeadlineReading) -> bool:
    """A year that is nearly over when the text is given is looked back upon ("informed throughout 2018"); a day until
    which something holds may be near ("to extend ..., until 9 May 2025", S/RES/2778 (2025), para. 1)."""
    if timing.given is None or reading is DeadlineReading.UNTIL_DATE:
        return True
    if period.end is not None:
        return period.end > timing.given + datetime.timedelta(days=31)
    return period.start is None or period.start > timing.given - datetime.timedelta(days=366)


def dates_the_act(finding: Finding) -> bool:
    """A time that dates a plan or a meeting is no deadline: "Strategic Plans for the period 2019-2021"."""
    if finding.pattern.reading is DeadlineReading.UNTOLD:
        return True
    before = finding.before
    if finding.pattern.reading is DeadlineReading.UNTIL_DATE and _OF_RESOLUTION.search(before):
        return True
    if finding.pattern.reading is DeadlineReading.WHOLE and _DONE.search(before):
        return False
    if finding.pattern.reading is DeadlineReading.YEARS and _PLANNED.search(before):
        return False
    chunk = re.split(r"[;]", before)[-1]
    return not HELD.search(before) or _REPORTING.search(before) is not None or _HOLDING.search(chunk) is not None


def _from_date(finding: Finding, timing: Timing) -> Period | None:
    if not re.search(r"\d{4}", finding.match["date"]):
        return None
    day = read_date(finding.match["date"], timing.given)
    return None if day is None or (timing.given and day <= timing.given) else Period(day, None)


def _until_date(finding: Finding, timing: Timing) -> Period | None:
    day = read_date(finding.match["date"], timing.given)
    return None if day is None or (timing.given and day <= timing.given) else Period(None, day)


def _when(finding: Finding) -> Period | None:
    groups = finding.match.groupdict()
    return read_month_or_year(groups.get("when") or groups.get("when_at") or "")


def _from_start(finding: Finding, timing: Timing) -> Period | None:
    period = _when(finding)
    return period and Period(period.start, None)


def _until_end(finding: Finding, timing: Timing) -> Period | None:
    period = _when(finding)
    return period and Period(None, period.end)


def _part_of_year(finding: Finding, timing: Timing) -> Period | None:
    match = finding.match
    number = -1 if match["number"] == "last" else ordinal_number(match["number"])
    period = part_of_year(int(match["year"]), match["division"], number or 0)
    closes = match["bound"] in ("by", "before", "until", "no later than") or match["end"]
    return Period(None, period.end) if period and closes else period


PERIODS: dict[DeadlineReading, Callable[[Finding, Timing], Period | None]] = {
    DeadlineReading.DAYS: lambda finding, timing: read_span_of_days(finding.match["days"], timing.given),
    DeadlineReading.MONTHS: lambda finding, timing: read_span_of_months(finding.match["months"]),
    DeadlineReading.YEARS: lambda finding, timing: read_years(finding.match["years"]),
    DeadlineReading.WHOLE: lambda finding, timing: _when(finding),
    DeadlineReading.FROM_DATE: _from_date,
    DeadlineReading.UNTIL_DATE: _until_date,
    DeadlineReading.FROM_START: _from_start,
    DeadlineReading.UNTIL_END: _until_end,
    DeadlineReading.PART_OF_YEAR: _part_of_year,
    DeadlineReading.UNTOLD: lambda finding, timing: Period(None, None),
}
