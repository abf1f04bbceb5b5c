"""What people say of the mandates of a document, and what came of it in a text."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from mandates.extraction.records import DeadlineKind, Extraction, TextSpan

# What a finding carries as its rule where a person made it.
BY_A_PERSON = "corrected by a person"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a paragraph as they stood when somebody spoke of them: `text[start:end]`.

    Attributes:
        paragraph: key of the paragraph.
        text: the whole paragraph.
        start, end: the words in it.
        rank, total: how many paragraphs with the very same words stood before it, and how many there were with it.
        others: further paragraphs, in their words alone, that had these words or were much alike; none is meant.
    """

    paragraph: str
    text: str
    start: int
    end: int
    rank: int = 0
    total: int = 1
    others: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The words that are meant."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class EnteredDeadline:
    """A deadline as a person says it; `words` are those of the text that say so, empty where none do.

    The other fields are those of `mandates.extraction.records.Deadline`.
    """

    kind: DeadlineKind
    session: int | None = None
    date: datetime.date | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    interval: str | None = None
    event: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class OtherAddressees:
    """These bodies must act, by their canonical names; the anchor is the clause of the mandate."""

    anchor: Anchor
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherDeadlines:
    """It is due then; nothing where it has no deadline."""

    anchor: Anchor
    deadlines: tuple[EnteredDeadline, ...]


@dataclass(frozen=True, slots=True)
class OtherTopic:
    """It is about this; None where it has no topic."""

    anchor: Anchor
    topic: str | None


@dataclass(frozen=True, slots=True)
class NotAMandate:
    """The clause directs nobody."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Split:
    """The clause is two mandates; the second has the words of `second`, from the place on to where they end."""

    anchor: Anchor
    second: Anchor


@dataclass(frozen=True, slots=True)
class Merge:
    """The clause is one mandate with those of `others`."""

    anchor: Anchor
    others: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """The words of the anchor are a mandate.

    Attributes:
        verb: a directive verb of the vocabulary ("requests"); empty where the words have one that is found.
        verb_words: the words that say so ("is requested to"); empty where none do.
        bodies, deadlines: who must act, and when; None where that is to be found in the words.
        topic: what it is about; empty where it follows from the heading.
    """

    anchor: Anchor
    verb: str = ""
    verb_words: str = ""
    bodies: tuple[str, ...] | None = None
    deadlines: tuple[EnteredDeadline, ...] | None = None
    topic: str = ""


Correction: TypeAlias = OtherAddressees | OtherDeadlines | OtherTopic | NotAMandate | Split | Merge | Missed


class State(StrEnum):
    """What came of a correction in a text."""

    APPLIED = "applied"
    NOT_NEEDED = "not_needed"
    NOT_PLACED = "not_placed"


class Reason(StrEnum):
    """Why a correction was not placed."""

    WORDS_GONE = "words_gone"
    AMBIGUOUS = "ambiguous"
    NO_MANDATE = "no_mandate"
    PLACE_GONE = "place_gone"
    APART = "apart"
    NO_VERB = "no_verb"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one correction.

    Attributes:
        reason: why it was not placed; None where it was.
        span: where its words stand now; None where they stand nowhere.
        mandates: keys of the mandates that it made or changed, in the order of the text.
        builds_on: numbers of the corrections before it that made or reshaped the mandate which it speaks of.
    """

    state: State
    reason: Reason | None = None
    span: TextSpan | None = None
    mandates: tuple[str, ...] = ()
    builds_on: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """The findings as people have them, and what came of each correction, in the order in which they were given."""

    extraction: Extraction
    outcomes: tuple[Outcome, ...]
