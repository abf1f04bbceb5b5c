"""The vocabulary of resolutions as data: each entry names the place in a resolution that shows it.

The tables beside this module are read once; `docs/vocabulary.md` lists them, and the phrase tables of the tests
hold each entry to texts that it must find and texts that it must leave alone.
"""

from mandates.extraction.vocabulary.tables import (
    AddresseeRule,
    AmbiguousName,
    BodyEntry,
    DeadlinePattern,
    DeadlineReading,
    EventName,
    Speaker,
    Verb,
    Vocabulary,
    VocabularyError,
    Word,
    load_vocabulary,
)

__all__ = [
    "AddresseeRule",
    "AmbiguousName",
    "BodyEntry",
    "DeadlinePattern",
    "DeadlineReading",
    "EventName",
    "Speaker",
    "Verb",
    "Vocabulary",
    "VocabularyError",
    "Word",
    "load_vocabulary",
]
