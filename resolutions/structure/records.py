"""What the structure stage gives: a document as its header and its paragraphs, every word in one place."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is: adopted text, or a report written for a session."""

    RESOLUTION = "resolution"
    REPORT = "report"


class ParagraphKind(StrEnum):
    """The role of a paragraph in the document."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    NARRATIVE = "narrative"
    UNCLASSIFIED = "unclassified"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Italic or bold words of a paragraph: `text[start:end]`."""

    start: int
    end: int
    style: str  # "italic" or "bold"


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote cut out of the running text and tied to the paragraph that refers to it.

    Attributes:
        mark: the number or sign as printed.
        text: the words of the note.
        offset: where in the paragraph's text the mark stood; None where it was not found there.
    """

    mark: str
    text: str
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class ParagraphRecord:
    """One paragraph or lettered sub-paragraph.

    Attributes:
        key: unique in the document, made of printed numbers, never of positions: ``body/25``,
            ``annex-I/3(b)``; unnumbered ones ``body/preamble.2``, ``body/unnumbered.1``.
        part: ``body``, ``annex I``, ``annex I appendix`` ...
        label: ``25``, ``16(a)``, ``(a)`` as in domain.md; ``preamble`` for preambular ones, empty for other
            unnumbered ones.
        kind: its role.
        heading: the nearest section heading, or the topic that the chapeau names; None where there is none.
        text: the whole text, without its printed number, footnote marks and page furniture.
        emphases: italic and bold words.
        footnotes: the notes it refers to, in order.
        parent: key of the chapeau it continues; None at the top level.
        proposed: True where the text was not adopted (a draft in a report).
        page, last_page: pages on which it starts and ends, where known.
        printed: its number or letter as printed, ``16.``, ``- (a)``; empty where it has none.
    """

    key: str
    part: str
    label: str
    kind: ParagraphKind
    heading: str | None
    text: str
    emphases: tuple[Emphasis, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    parent: str | None = None
    proposed: bool = False
    page: int | None = None
    last_page: int | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading or the title of a part, before the paragraph whose key is `before` (None: at the end)."""

    text: str
    part: str
    before: str | None


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """Something that staff should look at, for example a gap in the numbering.

    Attributes:
        sentence: what is odd.
        paragraphs: keys of the paragraphs that it speaks of; none where it speaks of the whole document.
        field: the field of the head that it speaks of, as `ResolutionRecord` names it; empty for all else.
    """

    sentence: str
    paragraphs: tuple[str, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True)
class ResolutionRecord:
    """A document, structured.

    Attributes:
        symbol: canonical symbol, for example ``ICC-ASP/20/Res.2``.
        kind, title: as printed on its head.
        session: number of the session (``S-1`` for the first special session is given as text); None if unknown.
        adopted, meeting, mode: of a resolution; distributed: of a report.
        paragraphs: in the order of the text.
        headings: section headings and part titles, each once.
        header_lines: lines of the head (symbol, adoption, enacting line ...) that are no paragraph.
        furniture: page headers, footers, page numbers, contents lists that were taken out.
        warnings: what reading it found odd.
    """

    symbol: str
    kind: DocumentKind
    title: str
    session: int | str | None
    adopted: datetime.date | None
    meeting: str | None
    mode: str | None
    distributed: datetime.date | None
    paragraphs: tuple[ParagraphRecord, ...]
    headings: tuple[Heading, ...] = ()
    header_lines: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    warnings: tuple[DocumentWarning, ...] = ()
