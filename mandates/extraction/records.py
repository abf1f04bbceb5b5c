"""What extraction gives: clauses, mandates, addressees, deadlines and references, each with its place in the text."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Strength(StrEnum):
    """How strongly a mandate directs (domain.md, "Clauses and mandates")."""

    DECISION = "decision"
    REQUEST = "request"
    RECOMMENDATION = "recommendation"
    INVITATION = "invitation"


class DeadlineKind(StrEnum):
    """The forms of reporting deadline (domain.md, "Reporting deadlines")."""

    SESSION = "session"
    BEFORE_SESSION = "before_session"
    DATE = "date"
    PERIOD = "period"
    RECURRING = "recurring"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A place in a paragraph: `text[start:end]` of the paragraph with this key."""

    paragraph: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a paragraph opened by an operative verb, directive or not.

    Attributes:
        span: the whole clause in its paragraph.
        verb_span: the verb as printed, adverbs included ("also calls upon").
        verb: the verb without adverbs, in lower case ("calls upon").
        strength: of a directive verb; None where it directs nobody.
        rule: name of the vocabulary entry that found it.
        continuations: what goes on with the clause in sub-paragraphs, in order.
    """

    span: TextSpan
    verb_span: TextSpan
    verb: str
    strength: Strength | None
    rule: str
    continuations: tuple[TextSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressee:
    """A body that must act: its canonical name, its category, and the words that name it (None: implied)."""

    body: str
    category: str
    span: TextSpan | None
    rule: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """When, by the words of the text.

    Attributes:
        kind: the form; it says which of the other fields are set.
        text: the words.
        span: their place, possibly in a sub-paragraph of the mandate's paragraph.
        session: number of the session, for `session` and `before_session`.
        date: for `date`.
        start, end: for `period`; None where they cannot be told.
        interval: ``annual``, ``biennial`` or ``periodic``, for `recurring`.
        event: name of the event, for `event`.
    """

    kind: DeadlineKind
    text: str
    span: TextSpan
    rule: str
    session: int | None = None
    date: datetime.date | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    interval: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class MandateRecord:
    """A clause that directs someone to act.

    `key` is ``SYMBOL:part:label:verb:nth`` with blanks as hyphens, for example
    ``ICC-ASP/20/Res.2:body:25:requests:0``; `nth` counts the mandates of that verb in the paragraph from 0.
    """

    key: str
    part: str
    label: str
    nth: int
    clause: Clause
    verb: str
    strength: Strength
    addressees: tuple[Addressee, ...]
    action: str
    action_span: TextSpan
    deadlines: tuple[Deadline, ...]
    topic: str | None
    proposed: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A document cited, in its canonical symbol, with the paragraph where one is named.

    `footnote` is the index of the paragraph's footnote in which it stands; None where it stands in the text.
    """

    span: TextSpan
    part: str
    label: str
    symbol: str
    paragraph: str | None
    written: str
    footnote: int | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document, in the order of its text."""

    clauses: tuple[Clause, ...]
    mandates: tuple[MandateRecord, ...]
    references: tuple[Reference, ...]
