"""By when a mandate is due, in the words of the text; no calendar of sessions and no today."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator

from mandates.extraction.complements import THAT, find_infinitive
from mandates.extraction.dates import read_dates
from mandates.extraction.findings import Finding, Timing
from mandates.extraction.periods import HELD, PERIODS, dates_the_act, lies_ahead
from mandates.extraction.quotations import without_foreign_words
from mandates.extraction.records import Deadline, DeadlineKind, TextSpan
from mandates.extraction.sessions import OWNER, TO_BE_HELD, sessions_meant
from mandates.extraction.vocabulary import DeadlineReading, Vocabulary
from resolutions.structure.records import ParagraphRecord

_DIGIT = re.compile(r"\d")
# To whom it is due belongs to the words: "to the Assembly at its twenty-first session".
_RECIPIENT = re.compile(
    r"(?:to|(?:for|before)(?:\s+the)?\s+(?:consideration|approval|adoption|decision)\s+(?:by|of))\s+(?:the\s+)?[A-Z][\w’-]*(?:\s+(?:of|on|for|and|the|[A-Z][\w’-]*)){0,8},?\s*$"
)

# "recommendations which would be made by the Committee in 2019" (ICC-ASP/17/Res.5, annex I, para. 13(b)).
_RELATIVE = re.compile(
    r"(?:\bwhich|\bwho|\bwhose|\bthat\s+(?:will|would|is(?!,)|are|was|were|has|have|may|might|had|can))\b"
    r"(?![^;]*(?:,\s+(?:and\s+)?to\b|;)|\s+[^,;]*,\s+(?:shall|should|will|must)\b|[^;]*\sto\s+[a-z]+\s[^,;]*\sto\s+do\s+so\b)[^;]*$|\b(?:to\s+be|being|is|are|was|were)\s+(?:held|convened|organi[sz]ed|hosted)\s*$"
    r"|,\s+as\s+(?:the|its|it|they|was|were|is|has|had)\s[^,;]*$"
)

# What has happened is dated by no day that lies ahead: "States which have pledged to honour their pledges by 30 June".
_PERFECT = re.compile(r"\b(?:which|who|that)\s+(?:have|has|had)\b[^;]*$")

# "the Convention, opened for signature on 14 February 2024"
_DONE_IN_THE_PAST = re.compile(
    r"(?<!\bbe)(?<!\bbeen)(?<!\bbeing)(?<!ly)(?<!\band)(?<!\bor)(?<!\s)\s+(?!need)"
    r"(?:[a-z]{2,}ed|held|made|given|taken)"
    r"(?:\s+(?:for|in|at|by|into)\s+(?:(?!\bto\b)[^,;]){1,60})?\s*$"
)
# A day that lies ahead is no longer that of a report or a decision: "submit a report on 15 October".
_EVENT = re.compile(
    r"\b(?:elections?|[Cc]onference|meetings?|seminars?|sessions?|summit|anniversary|events?|hearings?|held|"
    r"vacanc(?:y|ies))(?:\s+in\s+[A-Z][\w’-]*(?:\s+[A-Z][\w’-]*)?)?\s*,?\s*$"
)


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
    said = _words_there(text[start:end], vocabulary)
    findings = [
        Finding(
            pattern,
            match,
            text[start : match.start()],
            text[match.end() : end],
            text[: match.start()],
            text[(asked if asked and asked < match.start() else start) : match.start()],
        )
        for pattern in vocabulary.deadlines
        if not said.isdisjoint(pattern.needs)
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


def _words_there(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Tell which of the words are in a text without which a form of deadline is not."""
    digits = ["#"] if _DIGIT.search(text) else []
    return frozenset(digits + [word for word in _needed(vocabulary) if word in text])


@functools.cache
def _needed(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(word for pattern in vocabulary.deadlines for word in pattern.needs)


def _read(finding: Finding, paragraph: ParagraphRecord, timing: Timing) -> Iterator[Deadline]:
    reading = finding.pattern.reading
    if reading in (DeadlineReading.SESSION, DeadlineReading.NEXT_SESSION, DeadlineReading.THAT_SESSION):
        for number in sessions_meant(finding, timing):
            yield _deadline(finding, paragraph, session=number)
    elif reading is DeadlineReading.EVENT:
        if not TO_BE_HELD.search(finding.before):
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
        held = HELD if timing.given is None else _EVENT
        done = held.search(finding.before) or _DONE_IN_THE_PAST.search(finding.before)
        if finding.match["bound"] == "on" and (undated or done):
            return
        for day in read_dates(finding.match["date"], timing.given):
            if timing.given is None or day > timing.given:
                yield _deadline(finding, paragraph, date=day)
    elif (
        (period := PERIODS[reading](finding, timing)) and lies_ahead(period, timing, reading) and dates_the_act(finding)
    ):
        yield _deadline(finding, paragraph, start=period.start, end=period.end)


def _deadline(
    finding: Finding,
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
    if session is not None and (owner := OWNER.match(finding.after)):
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
