"""Where the words of a record are, to be held against the words of its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from resolutions.structure.records import Footnote, ResolutionRecord

# A mark can be glued to its word or year: "Goals6", "20255".
_WORD = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?=\d{1,2}(?!\d))|[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d+")


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


def words_in_order(record: ResolutionRecord) -> list[list[str]]:
    """The words of each paragraph in turn, with its printed label; compounds as one word."""
    return [words_of(without_hyphens(f"{p.printed} {p.text}")) for p in record.paragraphs]


def words_beside(record: ResolutionRecord) -> Counter[str]:
    """The words that can stand inside a paragraph on the page: furniture, footnotes with their marks, symbols."""
    places = [*record.furniture, *(f"{note.mark} {note.mark} {note.text}" for note in _notes(record))]
    return Counter(word for place in places for word in words_of(without_hyphens(place)))


def without_hyphens(text: str) -> str:
    """A text in which words that a hyphen joins, at a line end or in a compound, are one."""
    return re.sub(r"(?<=\w)[-\u2010\u2011](?:\s*\n\s*)?(?=\w)", "", text)


def _places(record: ResolutionRecord) -> Iterator[str]:
    yield from record.header_lines
    yield from record.furniture
    yield from (heading.text for heading in record.headings)
    yield from (text for paragraph in record.paragraphs for text in (paragraph.printed, paragraph.text))
    yield from (note.text for note in _notes(record))


def _notes(record: ResolutionRecord) -> Iterator[Footnote]:
    return (note for paragraph in record.paragraphs for note in paragraph.footnotes)
