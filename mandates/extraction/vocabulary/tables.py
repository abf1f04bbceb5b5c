"""The tables of the vocabulary, read from the files beside this module and from the reference data."""

from __future__ import annotations

import csv
import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mandates.extraction.dates import DATE, MONTH, MONTH_OR_YEAR, SPAN_OF_DAYS, SPAN_OF_MONTHS, YEARS
from mandates.extraction.records import DeadlineKind, Strength
from resolutions.structure.ordinals import CARDINAL, ORDINAL

FOLDER = Path(__file__).parent
REFERENCE = Path(__file__).parents[3] / "reference"


class VocabularyError(ValueError):
    """A table of the vocabulary cannot be used as it stands; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Verb:
    """An operative verb: its third person ("requests"), base form and participle.

    Attributes:
        verb: the third person, which is the name of the entry.
        base, participle: "request", "requesting".
        strength: of a directive verb; None where it directs nobody.
        noun: empty, ``also`` where the third person is a plural noun too ("requests for cooperation"), ``mostly``
            where it is a noun more often than not ("tasks").
        unless: what must not follow ("extends its gratitude"), a pattern; empty where anything may.
        source: the place in a resolution that shows it.
    """

    verb: str
    base: str
    participle: str
    strength: Strength | None
    noun: str
    unless: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """Words that stand by a verb or between bodies, with what the table says of them."""

    words: str
    role: str
    source: str


class DeadlineReading(StrEnum):
    """How the words that a deadline pattern found become values."""

    SESSION = "session"
    NEXT_SESSION = "next_session"
    THAT_SESSION = "that_session"
    DATE = "date"
    FROM_DATE = "from_date"
    UNTIL_DATE = "until_date"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    WHOLE = "whole"
    FROM_START = "from_start"
    UNTIL_END = "until_end"
    PART_OF_YEAR = "part_of_year"
    UNTOLD = "untold"
    ANNUAL = "annual"
    BIENNIAL = "biennial"
    PERIODIC = "periodic"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class DeadlinePattern:
    """A form of words that says when; the example is such words, with what they are read as in a note.

    `needs` has words (or parts of words; "#" is a digit) of which each text has one that the form is found in: most
    texts have none of them and need not be searched.
    """

    name: str
    kind: DeadlineKind
    reading: DeadlineReading
    pattern: re.Pattern[str]
    needs: frozenset[str]
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class AddresseeRule:
    """A place in the sentence where the body that must act is named.

    Attributes:
        rule: the name that an addressee found there carries.
        finds: what stands there, in words.
        example: a clause that it finds somebody in.
    """

    rule: str
    finds: str
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class EventName:
    """An event before which something is due."""

    event: str
    pattern: str
    source: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A body that adopts resolutions: the sessions of whose documents count, and who "decides".

    Attributes:
        body: canonical name.
        symbols: how the symbols of its documents begin.
        names: how it calls itself in its own text.
        sessions: names of the body whose sessions count; a Review Conference reports to the Assembly's.
        reach: how many sessions ahead a session may lie that is called "its" and names no body.
    """

    body: str
    symbols: str
    names: tuple[str, ...]
    sessions: tuple[str, ...]
    reach: int
    source: str


@dataclass(frozen=True, slots=True)
class BodyEntry:
    """A body of the reference table, with the names it is called by."""

    name: str
    aliases: tuple[str, ...]
    category: str
    source: str


@dataclass(frozen=True, slots=True)
class NameChoice:
    """A body that a short name may mean.

    Attributes:
        when: what the heading, the topic or the title says then.
        unless: what must not follow the name ("transmit ... to the Presidency" is asked of another); None for nothing.
    """

    body: str
    when: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """A short name borne by several bodies, and what tells them apart."""

    short: str
    default: str
    choices: tuple[NameChoice, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that extraction knows of the language of resolutions."""

    verbs: tuple[Verb, ...]
    adverbs: tuple[Word, ...]
    adverbials: tuple[Word, ...]
    companions: tuple[Word, ...]
    action_nouns: tuple[Word, ...]
    actors: tuple[Word, ...]
    long_names: tuple[Word, ...]
    addressee_rules: tuple[AddresseeRule, ...]
    deadlines: tuple[DeadlinePattern, ...]
    events: tuple[EventName, ...]
    speakers: tuple[Speaker, ...]
    bodies: tuple[BodyEntry, ...]
    ambiguous: tuple[AmbiguousName, ...]
    topics: tuple[tuple[str, tuple[str, ...]], ...]

    def __hash__(self) -> int:
        return id(self)


@functools.cache
def load_vocabulary(folder: Path = FOLDER, reference: Path = REFERENCE) -> Vocabulary:
    """Read the vocabulary.

    Args:
        folder: where the tables of the language are.
        reference: where `bodies.csv` and `topics.csv` are.

    Returns:
        The vocabulary; the same object for the same folders.

    Raises:
        VocabularyError: an entry is incomplete, or its pattern is no pattern.
        OSError: a table cannot be read.
    """
    events = tuple(EventName(row["event"], row["pattern"], row["source"]) for row in _rows(folder / "events.csv"))
    return Vocabulary(
        verbs=tuple(_verbs(folder / "verbs.csv")),
        adverbs=_words(folder / "adverbs.csv", "adverb", "position"),
        adverbials=_words(folder / "adverbials.csv", "adverbial", None),
        companions=_words(folder / "companions.csv", "words", "addressed"),
        action_nouns=_words(folder / "action_nouns.csv", "noun", None),
        actors=_words(folder / "actors.csv", "noun", None),
        long_names=_words(folder / "long_names.csv", "name", None),
        addressee_rules=tuple(
            AddresseeRule(row["rule"], row["finds"], row["example"], row["source"])
            for row in _rows(folder / "addressee_rules.csv")
        ),
        deadlines=tuple(_deadline_patterns(folder / "deadlines.toml", events)),
        events=events,
        speakers=tuple(
            Speaker(
                row["body"],
                row["symbols"],
                _split(row["names"]),
                _split(row["sessions"]),
                int(row["reach"]),
                row["source"],
            )
            for row in _rows(folder / "speakers.csv")
        ),
        bodies=tuple(
            BodyEntry(row["canonical"], _split(row["aliases"]), row["category"], row["source"])
            for row in _rows(reference / "bodies.csv")
        ),
        ambiguous=tuple(_ambiguous_names(folder / "ambiguous_names.toml")),
        topics=tuple((row["topic"], _split(row["aliases"])) for row in _rows(reference / "topics.csv")),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if not row.get("source"):
            raise VocabularyError(f"{path.name}: {next(iter(row.values()))!r} names no source")
    return rows


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _verbs(path: Path) -> Iterator[Verb]:
    for row in _rows(path):
        try:
            strength = Strength(row["strength"]) if row["strength"] else None
        except ValueError as error:
            raise VocabularyError(f"{path.name}: {row['verb']!r} has no such strength") from error
        forms = row["verb"], row["base"], row["participle"]
        yield Verb(*forms, strength, row["noun"], row["unless"], row["source"], row["note"])


def _words(path: Path, column: str, role: str | None) -> tuple[Word, ...]:
    return tuple(Word(row[column], row[role] if role else "", row["source"]) for row in _rows(path))


def _deadline_patterns(path: Path, events: tuple[EventName, ...]) -> Iterator[DeadlinePattern]:
    parts = {
        "{ordinal}": ORDINAL,
        "{cardinal}": CARDINAL,
        "{number}": r"(?:\d{1,3}|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|" + CARDINAL + ")",
        "{date}": f"(?:{DATE})",
        "{month}": MONTH,
        "{days}": f"(?:{SPAN_OF_DAYS})",
        "{months}": f"(?:{SPAN_OF_MONTHS})",
        "{years}": f"(?:{YEARS})",
        "{month_or_year}": f"(?:{MONTH_OR_YEAR})",
        "{event}": "(?:" + "|".join(_any_blanks(event.pattern) for event in events) + ")",
        "{whose}": r"(?:(?:its|the|the\s+Assembly[’']s|(?:that|the\s+same)\s+body[’']s|their)\s+)",
        "{which}": (
            r"(?:(?:regular|annual|resumed|ordinary|special|plenary|main|"
            r"substantive|forthcoming|upcoming|next),?\s+)*"
        ),
    }
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["pattern"]:
        pattern = _any_blanks(entry["pattern"])
        for name, part in parts.items():
            pattern = pattern.replace(name, part)
        try:
            # An event's name is written as it is; the rest may open a sentence.
            compiled = re.compile(r"(?<![\w-])(?:" + pattern + ")")
            kind, reading = DeadlineKind(entry["kind"]), DeadlineReading(entry["reading"])
            needs = frozenset(entry["needs"])
            yield DeadlinePattern(entry["name"], kind, reading, compiled, needs, entry["example"], entry["source"])
        except (re.error, KeyError, ValueError) as error:
            raise VocabularyError(f"{path.name}: {entry.get('name')!r}: {error}") from error


def _any_blanks(pattern: str) -> str:
    """Let a blank of the table stand for any white space of the text, the no-break space of a date included."""
    return re.sub(r"(?<![\[\\-])\ ", r"\\s+", pattern)


def _ambiguous_names(path: Path) -> Iterator[AmbiguousName]:
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["name"]:
        choices = tuple(
            NameChoice(
                choice["body"],
                re.compile(choice["when"]),
                re.compile(choice["unless"]) if "unless" in choice else None,
            )
            for choice in entry.get("choice", [])
        )
        yield AmbiguousName(entry["short"], entry["default"], choices, entry["source"])
