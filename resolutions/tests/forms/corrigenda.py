"""Corrigenda as they are published, in several layouts: each as text, and as a secretariat types it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.sax.saxutils import escape

from resolutions.tests.forms.manuscript import columns, footnote, typed
from resolutions.tests.forms.samples import FOLDER
from resolutions.tests.reading.word import a_list, definition, level, numbered, p, r

SYMBOL = "ICC-ASP/19/Res.8/Corr.1"
_MASTHEAD = (
    ("International Criminal Court", "Assembly of States Parties"),
    (SYMBOL, "Distr.: General", "3 March 2021"),
)
_TITLES = ("Resolution on the archives of the Court", "Corrigendum")
_MARKS = "¹²³"


class Set(StrEnum):
    """How a paragraph is set."""

    PLAIN = "plain"
    BOLD = "bold"
    QUOTE = "quote"  # indented, in italics
    NUMBER = "number"  # numbered by the word processor
    LETTER = "letter"
    PAGE = "page"  # on a new page


@dataclass(frozen=True, slots=True)
class Layout:
    """A corrigendum: its paragraphs, with italics between stars and ^ where a footnote is called, and the footnotes."""

    paragraphs: tuple[tuple[Set, str], ...]
    notes: tuple[str, ...] = ()
    in_columns: bool = True


LAYOUTS = {
    "numbered": Layout(
        (
            (Set.PLAIN, "The following corrections should be made to the above-mentioned document:"),
            (
                Set.NUMBER,
                (
                    "Paragraph 1: for “to the Assembly at its twentieth session” read “to the Assembly, through the "
                    "Bureau and the working groups that it has established, at its twenty-first session”."
                ),
            ),
            (Set.NUMBER, "In paragraph 2 (b), replace “costs” with “cost and location”."),
            (Set.NUMBER, "Paragraph 12: for “Bureau” read “Court”."),
            (Set.NUMBER, "What the annex says of lending is meant otherwise."),
        )
    ),
    "headings": Layout(
        (
            (Set.BOLD, "Page 2, operative paragraph 1, second line"),
            (Set.PLAIN, "For"),
            (Set.QUOTE, "to the Assembly at its twentieth session"),
            (Set.PLAIN, "read"),
            (
                Set.QUOTE,
                (
                    "to the Assembly at its twenty-first session, and to the Committee on Budget and Finance at the "
                    "session that it holds before that session of the Assembly"
                ),
            ),
            (Set.BOLD, "Page 2, operative paragraph 2, subparagraph (b)"),
            (Set.PLAIN, "*For* costs *read* rooms"),
            (Set.BOLD, "Annex, paragraph 1"),
            (Set.PLAIN, "Replace the paragraph with the following:"),
            (
                Set.QUOTE,
                (
                    "“1. The Registry keeps the archives in the order in which they came to it, and keeps a list of "
                    "all that it has taken over from the other organs of the Court.”"
                ),
            ),
        )
    ),
    "long": Layout(
        (
            (Set.BOLD, "Paragraph 2"),
            (Set.PLAIN, "Replace the paragraph with the following:"),
            (
                Set.PLAIN,
                (
                    "2. *Asks* the Bureau, in consultation with the Registry, and without prejudice to what it has "
                    "decided before:"
                ),
            ),
            (Set.LETTER, "to study where the archives could be kept, for how long, and under whose control;"),
            (Set.LETTER, "to report on what that costs; and"),
            (Set.PAGE, "Paragraph 3"),
            (Set.PLAIN, "After the paragraph insert a new paragraph 4, to read as follows:"),
            (Set.PLAIN, "“4. *Requests* the Registry to publish a list of the archives;”"),
            (Set.PLAIN, "Renumber the subsequent paragraph accordingly."),
        )
    ),
    "notes": Layout(
        (
            (Set.PLAIN, "Paragraph 1: for “twentieth session” read “twenty-first session^”."),
            (Set.PLAIN, "Paragraph 4: delete “, and again,”."),
        ),
        notes=("The dates of the session were changed by a decision of the Bureau of 2 February 2021.",),
        in_columns=False,
    ),
}


def corrigendum_text(layout: Layout) -> bytes:
    """Give a corrigendum as text, its numbers and marks typed."""
    left, right = _MASTHEAD
    lines, number, letter = ["\n".join((*left, *right)), *_TITLES], 0, 0
    for kind, words in layout.paragraphs:
        number, letter = number + (kind is Set.NUMBER), letter + 1 if kind is Set.LETTER else 0
        words = words.replace("^", _MARKS[0])
        if kind is Set.NUMBER:
            words = f"{number}. {words}"
        elif kind is Set.LETTER:
            words = f"({'abc'[letter - 1]}) {words}"
        elif kind is Set.QUOTE:
            words = f"*{words}*"
        elif kind in (Set.BOLD, Set.PAGE):
            words = f"**{words}**"
        lines.append(words)
    lines += [f"{mark} {words}" for mark, words in zip(_MARKS, layout.notes, strict=False)]
    return ("\n\n".join(lines) + "\n").encode()


def corrigendum_manuscript(layout: Layout) -> bytes:
    """Type a corrigendum: masthead in two columns, automatic numbers, italics, footnotes, symbol and job number.

    Returns:
        A DOCX.
    """
    left, right = _MASTHEAD
    head = columns(left, right) if layout.in_columns else "".join(p(escape(line)) for line in (*left, *right))
    body = head + "".join(p(r(escape(line), "<w:b/>"), '<w:jc w:val="center"/>') for line in _TITLES)
    notes = [footnote(number, r(escape(words))) for number, words in enumerate(layout.notes, start=2)]
    marks = [mark for mark, _text in notes]
    for kind, words in layout.paragraphs:
        body += p(_runs(words, _LOOK.get(kind, ""), marks), _PARAGRAPH.get(kind, '<w:jc w:val="both"/>'))
    numbering = definition(1, level(0, "%1.")) + definition(2, level(0, "(%1)", "lowerLetter"))
    return typed(
        body,
        SYMBOL,
        numbering=numbering + a_list(1, 1) + a_list(2, 2),
        footnotes="".join(text for _mark, text in notes),
    )


def corrigendum_file(name: str, form: str) -> bytes:
    """Give a corrigendum as it was saved by the word processor: ``docx``, ``pdf`` or ``html``."""
    return path_of(name, form).read_bytes()


def path_of(name: str, form: str) -> Path:
    """Say where the kept file of a layout is."""
    return FOLDER / f"corrigendum-{name}.{form}"


def _runs(words: str, look: str, marks: list[str]) -> str:
    made = ""
    for index, piece in enumerate(re.split(r"[*]", words)):
        for nth, part in enumerate(piece.split("^")):
            made += marks[0] if nth else ""
            made += r(escape(part), "<w:i/>" if index % 2 else look) if part else ""
    return made


_LOOK = {Set.BOLD: "<w:b/>", Set.PAGE: "<w:b/>", Set.QUOTE: "<w:i/>"}
_PARAGRAPH = {
    Set.QUOTE: '<w:ind w:left="1134" w:right="567"/><w:jc w:val="both"/>',
    Set.NUMBER: numbered(1),
    Set.LETTER: numbered(2),
    Set.PAGE: "<w:pageBreakBefore/>",
}
