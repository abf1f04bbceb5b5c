"""Words of a paragraph put in the place of others, with its italics and footnote marks kept where they belong."""

from __future__ import annotations

import re
from dataclasses import replace

from resolutions.structure.records import Emphasis, ParagraphRecord

_ALIKE = {"-": "[-\u2010\u2011\u2013]", "'": "['’‘]", "’": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Find words in a text.

    Args:
        text: of a paragraph.
        words: as another document quotes them: spacing, quotation marks, hyphens and a capital at their beginning may
            differ.

    Returns:
        Where they stand, as whole words.
    """
    words = words.strip()
    if not words:
        return []
    pattern = r"\s+".join("".join(_ALIKE.get(c, re.escape(c)) for c in word) for word in words.split())
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    found = [match.span() for match in re.finditer(before + pattern + after, text)]
    if found:
        return found
    return [match.span() for match in re.finditer(before + pattern + after, text, re.IGNORECASE)]


def substituted(paragraph: ParagraphRecord, old: str, new: str) -> ParagraphRecord:
    """Give a paragraph with words in the place of others, wherever they stand in it; no words delete them."""
    for start, end in reversed(occurrences(paragraph.text, old)):
        paragraph = _spliced(paragraph, *_with_space(paragraph.text, start, end, new), new)
    return paragraph


def substituted_note(paragraph: ParagraphRecord, mark: str, old: str, new: str) -> ParagraphRecord:
    """Give a paragraph with words in the place of others in the footnote that has this mark."""
    notes = []
    for note in paragraph.footnotes:
        text = note.text
        if note.mark == mark:
            for start, end in reversed(occurrences(text, old)):
                start, end = _with_space(text, start, end, new)
                text = text[:start] + new + text[end:]
        notes.append(replace(note, text=text))
    return replace(paragraph, footnotes=tuple(notes))


def _with_space(text: str, start: int, end: int, new: str) -> tuple[int, int]:
    """Where words are deleted, one of the spaces around them goes as well."""
    if new or not (start and text[start - 1].isspace()):
        return start, end
    return (start - 1, end) if not text[end : end + 1].strip() or not text[end].isalnum() else (start, _past(text, end))


def _past(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip())


def _spliced(paragraph: ParagraphRecord, start: int, end: int, new: str) -> ParagraphRecord:
    text = paragraph.text[:start] + new + paragraph.text[end:]
    added = len(new) - (end - start)
    emphases = []
    for emphasis in paragraph.emphases:
        if emphasis.end <= start:
            emphases.append(emphasis)
        elif emphasis.start >= end:
            emphases.append(replace(emphasis, start=emphasis.start + added, end=emphasis.end + added))
        elif emphasis.start <= start and emphasis.end >= end:
            emphases.append(replace(emphasis, end=emphasis.end + added))
        elif emphasis.start < start:
            emphases.append(replace(emphasis, end=start))
        elif emphasis.end > end:
            emphases.append(Emphasis(start + len(new), emphasis.end + added, emphasis.style))
    notes = tuple(
        note if note.offset is None else replace(note, offset=_moved(note.offset, start, end, added, len(new)))
        for note in paragraph.footnotes
    )
    kept = tuple(emphasis for emphasis in emphases if emphasis.start < emphasis.end)
    return replace(paragraph, text=text, emphases=kept, footnotes=notes)


def _moved(offset: int, start: int, end: int, added: int, length: int) -> int:
    if offset <= start:
        return offset
    return offset + added if offset >= end else start + length
