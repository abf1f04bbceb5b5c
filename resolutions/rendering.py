"""A paragraph as HTML: its italics, its footnote marks, the documents it cites, and the words that were found in it.

Emphases, marks and links overlap as they like in the source. The text is cut wherever one of them begins or ends, and
neighbours under the same marks are put together again, so that the HTML is always properly nested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resolutions.citations import anchor

# From the outermost element inwards; the time of a deadline often holds the name of a body, never the other way round.
MARK_ORDER = ("said", "due", "body", "verb")
LONGEST_UNBROKEN = 24


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to be shown as found: `text[start:end]`; `kind` is one of `MARK_ORDER`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that name another document: `text[start:end]`; without `href` they lead nowhere, but stay on one line."""

    start: int
    end: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as a page shows it: its mark, its words as HTML, and the ids that tie it to its place."""

    mark: str
    html: SafeString
    id: str
    back: str


@dataclass(frozen=True, slots=True)
class _Piece:
    html: SafeString
    marks: tuple[str, ...] = ()
    link: Link | None = None


def text_html(
    text: str,
    emphases: Iterable[Mapping[str, object]] = (),
    marks: Sequence[Mark] = (),
    links: Sequence[Link] = (),
    notes: Mapping[int, Sequence[SafeString]] | None = None,
) -> SafeString:
    """Give the text of a paragraph as HTML.

    Args:
        text: as stored; every character of it comes out once.
        emphases: rows of ``start``, ``end``, ``style``, as `Paragraph.emphases` keeps them.
        marks: words that were found, overlapping as they like.
        links: citations that lead somewhere; of two that overlap the first holds.
        notes: HTML to put in at an offset, after the character before it.
    """
    pieces = _pieces(text, list(emphases), marks, links, notes or {})
    html = SafeString("")
    for (link, kinds), run in groupby(pieces, key=lambda piece: (piece.link, piece.marks)):
        html += _run_html(link, kinds, run)
    return html


def _pieces(
    text: str,
    emphases: Sequence[Mapping[str, object]],
    marks: Sequence[Mark],
    links: Sequence[Link],
    notes: Mapping[int, Sequence[SafeString]],
) -> Iterator[_Piece]:
    styled = [(int(str(row["start"])), int(str(row["end"])), str(row["style"])) for row in emphases]
    spans = [(start, end) for start, end, _style in styled] + [(span.start, span.end) for span in (*marks, *links)]
    cuts = {0, len(text), *notes, *(cut for span in spans for cut in span)}
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    yield from (_Piece(note) for note in notes.get(0, ()))
    for start, end in pairwise(edges):
        words: SafeString = conditional_escape(text[start:end])
        styles = {style for first, last, style in styled if first <= start and end <= last}
        if "bold" in styles:
            words = format_html("<strong>{}</strong>", words)
        if "italic" in styles:
            words = format_html("<em>{}</em>", words)
        kinds = {mark.kind for mark in marks if mark.start <= start and end <= mark.end}
        yield _Piece(
            words,
            marks=tuple(kind for kind in MARK_ORDER if kind in kinds),
            link=next((link for link in links if link.start <= start and end <= link.end), None),
        )
        # Outside of links and marks, as a footnote mark is a link itself.
        yield from (_Piece(note) for note in notes.get(end, ()))


def _run_html(link: Link | None, kinds: tuple[str, ...], pieces: Iterable[_Piece]) -> SafeString:
    html = SafeString("")
    for piece in pieces:
        html += piece.html
    if link:
        # Longer ones must break, or a phone would have to scroll sideways.
        css = "ref" if link.end - link.start <= LONGEST_UNBROKEN else "ref long"
        if link.href:
            html = format_html('<a class="{}" href="{}">{}</a>', css, link.href, html)
        else:
            html = format_html('<span class="{}">{}</span>', css, html)
    for kind in reversed(kinds):
        html = format_html('<mark class="m-{}">{}</mark>', kind, html)
    return html


def footnote_marks(
    key: str, text: str, footnotes: Sequence[Mapping[str, object]], links: Mapping[int, Sequence[Link]] | None = None
) -> tuple[dict[int, list[SafeString]], list[Note]]:
    """Give the marks of a paragraph's footnotes by their offset, and the notes themselves.

    Args:
        key: of the paragraph; makes the ids, as printed marks start again in every part.
        text: of the paragraph; a note whose place was not found is marked at its end.
        footnotes: rows of ``mark``, ``text``, ``offset``, as `Paragraph.footnotes` keeps them.
        links: citations in the notes, by the number of the note.
    """
    marks: dict[int, list[SafeString]] = {}
    notes = []
    for number, row in enumerate(footnotes):
        printed = str(row["mark"])
        note_id, back = f"fn-{anchor(key)}.{number + 1}", f"r-{anchor(key)}.{number + 1}"
        raw = row.get("offset")
        offset = len(text) if raw is None else min(int(str(raw)), len(text))
        marks.setdefault(offset, []).append(
            format_html(
                '<sup><a href="#{}" id="{}" aria-label="{}">{}</a></sup>',
                note_id,
                back,
                _("Footnote %(mark)s") % {"mark": printed},
                printed,
            )
        )
        html = text_html(str(row["text"]), links=(links or {}).get(number, ()))
        notes.append(Note(mark=printed, html=html, id=note_id, back=back))
    return marks, notes
