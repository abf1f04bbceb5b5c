"""By when a mandate is due, in the words of the text; no calendar of sessions and no today."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mandates.extraction.complements import THAT, find_infinitive
from mandates.extraction.dates import (
    Period,
    part_of_year,
    read_date,
    read_dates,
    read_month_or_year,
    read_span_of_days,
    read_years,
)
from mandates.extraction.ordinals import ORDINAL, ordinal_number
from mandates.extraction.quotations import without_foreign_words
from mandates.extraction.records import Deadline, DeadlineKind, TextSpan
from mandates.extraction.vocabulary import DeadlinePattern, DeadlineReading, Speaker, Vocabulary
from resolutions.structure.records import ParagraphRecord

# To whom it is due belongs to the words: "to the Assembly at its twenty-first session".
_RECIPIENT = re.compile(
    r"(?:to|(?:for|before)(?:\s+the)?\s+(?:consideration|approval|adoption|decision)\s+(?:by|of))\s+(?:the\s+)?[A-Z][\w’-]*(?:\s+(?:of|on|for|and|the|[A-Z][\w’-]*)){0,8},?\s*$"
)
_OWNER = re.compile(
    r"\s+of\s+(?:the\s+|its\s+)?(?P<owner>[A-Z][\w’-]*(?:\s+(?:(?:of|on|for|and|the)\s+)*[A-Z][\w’-]*)*)"
)
# The body whose session it is may stand before it: "the Committee on Budget and Finance, at its thirty-second session".
_HOLDER = (
    r"(?P<through>(?:through|via|with)\s+)?(?P<article>(?:the|its)\s+)?"
    r"(?P<holder>[A-Z][\w’-]*(?:\s+(?:(?:of|on|for|and|the)\s+)*[A-Z][\w’-]*)*)"
)
# The name next before it holds the session, whatever body an inserted phrase named before: "taking into account the
# comments of the Committee on Budget and Finance, to present to the Assembly at its sixth session".
_HOLDER_NEXT = re.compile(_HOLDER + r",?\s*$")
# An inserted phrase may stand between: "the Committee, in its report, at its session"; what is asked may not.
_HOLDER_BEFORE = re.compile(_HOLDER + r",\s+(?!(?:and\s+)?(?:also\s+|then\s+)?to\b)[^,;]{0,60},?\s*$")
_HOLDS_SESSIONS = re.compile(
    r"\b(?:Committee|Commission|Council|Conference|Assembly|Board|Forum|Congress|Panel|Working Group|Parties|Union|"
    r"Organization|Parliament)\b(?! Secretariat)"
)
# "recommendations which would be made by the Committee in 2019" (ICC-ASP/17/Res.5, annex I, para. 13(b)).
_RELATIVE = re.compile(
    r"(?:\bwhich|\bwho|\bwhose|\bthat\s+(?:will|would|is(?!,)|are|was|were|has|have|may|might|had|can))\b"
    r"(?![^;]*(?:,\s+(?:and\s+)?to\b|;))[^;]*$|\b(?:to\s+be|being|is|are|was|were)\s+(?:held|convened|organi[sz]ed|hosted)\s*$"
    r"|,\s+as\s+(?:the|its|it|they|was|were|is|has|had)\s[^,;]*$"
)
# What has happened is dated by no day that lies ahead: "States which have pledged to honour their pledges by 30 June".
_PERFECT = re.compile(r"\b(?:which|who|that)\s+(?:have|has|had)\b[^;]*$")
# "judges to be elected at the session", "a meeting to be held at": the session dates the noun.
_TO_BE_HELD = re.compile(
    r"(?<!\bis)(?<!\bare)\s(?:to\s+be|being|was|were)\s+(?:held|convened|organi[sz]ed|hosted|established|elected|conducted)\s*$"
)
# "the savings achieved in 2017": a participle behind its noun.
_DONE = re.compile(
    r"(?<!\bbe)(?<!\bbeen)(?<!\bbeing)(?<!\bis)(?<!\bare)(?<!ly)(?<!,)\s(?!need)[a-z]+(?:ed|made|held|given|taken|spent|paid)\s*$"
)
_PLANNED = re.compile(
    r"\b(?:plans?|strateg(?:y|ies)|budgets?|scales?|assessments?|programmes?|contributions?|appropriations?|reports?|terms?|"
    r"expenditures?|accounts|statements?)(?:\s+(?:for|of))?\s*$",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:elections?|conference|Conference|meetings?|seminars?|sessions?|summit|anniversary|events?|reports?|resolutions?|"
    r"decisions?|hearings?|negotiations?|adopted|held|made|submitted|issued|established|created|taken|recommendations?|"
    r"Statute|vacanc(?:y|ies)|amendments?)(?:\s+in\s+[A-Z][\w’-]*(?:\s+[A-Z][\w’-]*)?)?\s*,?\s*$"
)
# A day that lies ahead is no longer that of a report or a decision: "submit a report on 15 October".
_EVENT = re.compile(
    r"\b(?:elections?|[Cc]onference|meetings?|seminars?|sessions?|summit|anniversary|events?|hearings?|held|"
    r"vacanc(?:y|ies))(?:\s+in\s+[A-Z][\w’-]*(?:\s+[A-Z][\w’-]*)?)?\s*,?\s*$"
)
_HOLDING = re.compile(
    r"\b(?:hold|holding|organi[sz]e|organi[sz]ing|convene|convening|host|hosting|conduct|schedule|(?:shall|will|should|to)\s+(?:be\s+held|be\s+convened|take\s+place|meet)|be\s+held)\b"
)
_ABOUT_A_SESSION = re.compile(
    r"\b(?:dates?|venue|location|agenda|preparations?|arrangements?|programme|options|candidates?|budgets?|documents?|"
    r"documentation|elections?|host|hosting|scheduling|schedule|nominations?|period|held|hold|adopted|organi[sz]ation|"
    r"expenses|costs|logistics|Presidents?|year|resumption)(?:\s+and\s+\w+)?\s*$"
)


_SESSION_NAMED = re.compile(rf"({ORDINAL})\s+(?:(?:regular|annual|resumed|ordinary)\s+)*session\b")


@dataclass(frozen=True, slots=True)
class Timing:
    """What a document says of its own time.

    Attributes:
        session: number of the session at which it was adopted or for which it was written; None where unknown.
        given: the day of adoption or distribution; None where unknown.
        speaker: whose sessions count; None where the symbol tells none.
    """

    session: int | None
    given: datetime.date | None
    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class _Finding:
    """A place that a pattern found.

    Attributes:
        before, after: what the clause says before and after it.
        said: what the paragraph said before, for "at that session".
        asked: what is asked, up to the place; what tells of those who are asked ("those which intend ...") is left out.
    """

    pattern: DeadlinePattern
    match: re.Match[str]
    before: str
    after: str
    said: str
    asked: str


def find_deadlines(
    stretches: tuple[tuple[ParagraphRecord, int, int], ...], timing: Timing, vocabulary: Vocabulary
) -> tuple[Deadline, ...]:
    """Find when a mandate is due.

    Args:
        stretches: what follows the verb of the clause, then what continues it in sub-paragraphs: paragraph, start, end.
        timing: when and by whom the document was given.
        vocabulary: the forms of words that say when.

    Returns:
        The deadlines in the order of the text. Sessions, days and years that lie behind the document, sessions of
        other bodies, and times that date something else are none.
    """
    found: dict[tuple[object, ...], Deadline] = {}
    for paragraph, start, end in stretches:
        for deadline in _in_stretch(paragraph, start, end, timing, vocabulary):
            value = (
                deadline.kind,
                deadline.session,
                deadline.date,
                deadline.start,
                deadline.end,
                deadline.interval,
                deadline.event,
                deadline.text if deadline.kind is DeadlineKind.PERIOD else None,
            )
            found.setdefault(value, deadline)
    return tuple(found.values())


def _in_stretch(
    paragraph: ParagraphRecord, start: int, end: int, timing: Timing, vocabulary: Vocabulary
) -> Iterator[Deadline]:
    text = without_foreign_words(paragraph.text)
    asked = None if not start or THAT.match(text, start, end) else find_infinitive(text, start, end)
    findings = [
        _Finding(
            pattern,
            match,
            text[start : match.start()],
            text[match.end() : end],
            text[: match.start()],
            text[(asked if asked and asked < match.start() else start) : match.start()],
        )
        for pattern in vocabulary.deadlines
        for match in pattern.pattern.finditer(text, start, end)
    ]
    # Of two that overlap the one that begins first holds, then the longer, then the one listed first.
    findings.sort(key=lambda finding: (finding.match.start(), -finding.match.end()))
    reach = start
    for finding in findings:
        if finding.match.start() < reach:
            continue
        deadlines = list(_read(finding, paragraph, timing))
        if deadlines:
            reach = finding.match.end()
        yield from deadlines


def _read(finding: _Finding, paragraph: ParagraphRecord, timing: Timing) -> Iterator[Deadline]:
    reading = finding.pattern.reading
    if reading in (DeadlineReading.SESSION, DeadlineReading.NEXT_SESSION, DeadlineReading.THAT_SESSION):
        for number in _sessions(finding, timing):
            yield _deadline(finding, paragraph, session=number)
    elif reading is DeadlineReading.EVENT:
        if not _TO_BE_HELD.search(finding.before):
            yield _deadline(finding, paragraph, event=" ".join(finding.match["event"].split()))
    elif _RELATIVE.search(finding.asked) and not (
        reading is DeadlineReading.DATE and timing.given and _PERFECT.search(finding.asked)
    ):
        return
    elif reading in (DeadlineReading.ANNUAL, DeadlineReading.BIENNIAL, DeadlineReading.PERIODIC):
        # "in the first semester of each calendar year" dates the thing proposed (ICC-ASP/17/Res.5, para. 103).
        if re.search(r"\bof\s+$", finding.before):
            return
        yield _deadline(finding, paragraph, interval=reading.value)
    elif reading is DeadlineReading.DATE:
        undated = not re.search(r"\d{4}", finding.match["date"])
        held = _HELD if timing.given is None else _EVENT
        if finding.match["bound"] == "on" and (undated or held.search(finding.before)):
            return
        for day in read_dates(finding.match["date"], timing.given):
            if timing.given is None or day > timing.given:
                yield _deadline(finding, paragraph, date=day)
    elif (period := _PERIODS[reading](finding, timing)) and _lies_ahead(period, timing) and _dates_the_act(finding):
        yield _deadline(finding, paragraph, start=period.start, end=period.end)


def _sessions(finding: _Finding, timing: Timing) -> Iterator[int]:
    """Read the numbers of sessions of the body that speaks, where they lie ahead."""
    words = finding.match[0]
    if "special" in words or _TO_BE_HELD.search(finding.before):
        return
    owner = _OWNER.match(finding.after)
    holder = _HOLDER_NEXT.search(finding.before) or _HOLDER_BEFORE.search(finding.before)
    explicit = False
    if owner is not None and not _is_speaker(owner["owner"], timing.speaker):
        return
    if owner is not None:
        explicit = True
    elif holder is not None and not holder["through"]:
        explicit = _is_speaker(holder["holder"], timing.speaker)
        if (
            not explicit
            and _HOLDS_SESSIONS.search(holder["holder"])
            and not words.startswith(("to", "before", "in advance"))
        ):
            return
    if words.startswith("for") and _ABOUT_A_SESSION.search(finding.before):
        return
    if finding.pattern.reading is DeadlineReading.NEXT_SESSION:
        if timing.session is not None and not (words.startswith("for") and _ABOUT_A_SESSION.search(finding.before)):
            yield timing.session + 1
        return
    resumed = "resumed" in words
    ordinals = finding.match.groupdict().get("ordinals") or ""
    if finding.pattern.reading is DeadlineReading.THAT_SESSION:
        *_, ordinals = ["", *(match[1] for match in _SESSION_NAMED.finditer(finding.said))]
        if not ordinals and finding.match.groupdict().get("days") and timing.session is not None:
            yield timing.session + 1
    for match in re.finditer(ORDINAL, ordinals):
        number = ordinal_number(match[0])
        if number is None:
            continue
        if timing.session is None:
            yield number
            continue
        ahead = number - timing.session
        reach = 99 if explicit else (timing.speaker.reach if timing.speaker else 4)
        if 0 < ahead <= reach or (ahead == 0 and resumed):
            yield number


def _is_speaker(name: str, speaker: Speaker | None) -> bool:
    """Say whether a session is one of the body that speaks; "the Committee of the Assembly" is not it."""
    name = " ".join(name.split())
    if speaker is None:
        return "Assembly" in name
    return any(re.fullmatch(rf"(?:{re.escape(own)})(?:\s+of\s+the\s+.*)?", name) for own in speaker.sessions)


def _lies_ahead(period: Period, timing: Timing) -> bool:
    """A year that is nearly over when the text is given is looked back upon ("informed throughout 2018")."""
    if timing.given is None:
        return True
    if period.end is not None:
        return period.end > timing.given + datetime.timedelta(days=31)
    return period.start is None or period.start > timing.given - datetime.timedelta(days=366)


def _dates_the_act(finding: _Finding) -> bool:
    """A time that dates a plan or a meeting is no deadline: "Strategic Plans for the period 2019-2021"."""
    if finding.pattern.reading is DeadlineReading.UNTOLD:
        return True
    before = finding.before
    if finding.pattern.reading is DeadlineReading.WHOLE and _DONE.search(before):
        return False
    if finding.pattern.reading is DeadlineReading.YEARS and _PLANNED.search(before):
        return False
    chunk = re.split(r"[;]", before)[-1]
    return not _HELD.search(before) or _HOLDING.search(chunk) is not None


def _from_date(finding: _Finding, timing: Timing) -> Period | None:
    if not re.search(r"\d{4}", finding.match["date"]):
        return None
    day = read_date(finding.match["date"], timing.given)
    return None if day is None or (timing.given and day <= timing.given) else Period(day, None)


def _until_date(finding: _Finding, timing: Timing) -> Period | None:
    day = read_date(finding.match["date"], timing.given)
    return None if day is None or (timing.given and day <= timing.given) else Period(None, day)


def _when(finding: _Finding) -> Period | None:
    groups = finding.match.groupdict()
    return read_month_or_year(groups.get("when") or groups.get("when_at") or "")


def _from_start(finding: _Finding, timing: Timing) -> Period | None:
    period = _when(finding)
    return period and Period(period.start, None)


def _until_end(finding: _Finding, timing: Timing) -> Period | None:
    period = _when(finding)
    return period and Period(None, period.end)


def _part_of_year(finding: _Finding, timing: Timing) -> Period | None:
    match = finding.match
    number = -1 if match["number"] == "last" else ordinal_number(match["number"])
    period = part_of_year(int(match["year"]), match["division"], number or 0)
    closes = match["bound"] in ("by", "before", "until", "no later than") or match["end"]
    return Period(None, period.end) if period and closes else period


_PERIODS: dict[DeadlineReading, Callable[[_Finding, Timing], Period | None]] = {
    DeadlineReading.DAYS: lambda finding, timing: read_span_of_days(finding.match["days"], timing.given),
    DeadlineReading.YEARS: lambda finding, timing: read_years(finding.match["years"]),
    DeadlineReading.WHOLE: lambda finding, timing: _when(finding),
    DeadlineReading.FROM_DATE: _from_date,
    DeadlineReading.UNTIL_DATE: _until_date,
    DeadlineReading.FROM_START: _from_start,
    DeadlineReading.UNTIL_END: _until_end,
    DeadlineReading.PART_OF_YEAR: _part_of_year,
    DeadlineReading.UNTOLD: lambda finding, timing: Period(None, None),
}


def _deadline(
    finding: _Finding,
    paragraph: ParagraphRecord,
    session: int | None = None,
    date: datetime.date | None = None,
    start: datetime.date | None = None,
    end: datetime.date | None = None,
    interval: str | None = None,
    event: str | None = None,
) -> Deadline:
    """Make the record; its words take in to whom it is due and whose session it is."""
    first, last = finding.match.span()
    if interval is None and (recipient := _RECIPIENT.search(finding.before)):
        first -= len(finding.before) - recipient.start()
    if session is not None and (owner := _OWNER.match(finding.after)):
        last += owner.end()
    return Deadline(
        kind=finding.pattern.kind,
        text=paragraph.text[first:last],
        span=TextSpan(paragraph.key, first, last),
        rule=f"deadline: {finding.pattern.name}",
        session=session,
        date=date,
        start=start,
        end=end,
        interval=interval,
        event=event,
    )
