"""Where the words of a record are, to be held against the words of its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from resolutions.structure.records import Footnote, ResolutionRecord

_WORD = re.compile(r"[^\W_⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def words_of(text: str) -> list[str]:
    """The words of a text, those of a compound one by one; raised footnote marks are no words."""
    return _WORD.findall(text)


def words_of_record(record: ResolutionRecord, *, raised: bool) -> Counter[str]:
    """Count the words of every place of a record.

    A mark stands twice in the source, in the text and at its note, unless it is raised and so no word at all.
    """
    words = Counter(word for place in _places(record) for word in words_of(place))
    for note in _notes(record) if not raised else ():
        words.update(words_of(note.mark) * (1 if note.offset is None else 2))
    return words


def words_of_repeated_notes(record: ResolutionRecord) -> set[str]:
    """The words of the notes to which two marks refer: they stand once in the source."""
    counts = Counter((note.mark, note.text) for note in _notes(record))
    return {word for (_, text), count in counts.items() if count > 1 for word in words_of(text)}


def running_words(record: ResolutionRecord) -> list[str]:
    """The words of the paragraphs in their order, with their printed labels."""
    return [word for p in record.paragraphs for word in words_of(f"{p.printed} {p.text}")]


def _places(record: ResolutionRecord) -> Iterator[str]:
    yield from record.header_lines
    yield from record.furniture
    yield from (heading.text for heading in record.headings)
    yield from (text for paragraph in record.paragraphs for text in (paragraph.printed, paragraph.text))
    yield from (note.text for note in _notes(record))


def _notes(record: ResolutionRecord) -> Iterator[Footnote]:
    return (note for paragraph in record.paragraphs for note in paragraph.footnotes)
