"""What the preview of an import shows: the text as the file has it, and beside it what was read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mandates.extraction.records import MandateRecord
from mandates.pipeline import ParsedDocument
from mandates.services.matching import words_of
from resolutions.citations import anchor
from resolutions.reading.blocks import TextBlock
from resolutions.rendering import Mark, text_html
from resolutions.structure.records import DocumentWarning, ParagraphKind, ParagraphRecord, ResolutionRecord

# By so many words the beginning of a paragraph is looked for in the file, so far ahead.
_OPENING = 6
_LOOK_AHEAD = 3000


@dataclass(frozen=True, slots=True)
class OriginalLine:
    """A line or paragraph of the file; `page` where a page begins with it."""

    html: SafeString
    page: int | None


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph as it was read: where it stands, its marked words, how much was found in it, its footnotes.

    Attributes:
        continues: the page on which it ends, where that is not the one on which it starts.
        warnings: what is odd about it.
        before, after: anchors of the paragraphs with warnings around it, where it has one itself.
    """

    place: str
    anchor: str
    html: SafeString
    heading: str
    mandates: int
    deadlines: int
    unclassified: bool
    proposed: bool
    notes: Sequence[tuple[str, str]]
    continues: int | None = None
    warnings: Sequence[str] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ShownWarning:
    """A warning, the paragraphs that it speaks of (anchor and name), or the field of the head."""

    sentence: str
    places: Sequence[tuple[str, str]]
    field: str


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The picture of a page, and its size in pixels."""

    page: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands side by side: a stretch of the file or a whole page, and the paragraphs that begin in it.

    Of a page, `continued` are those that began on one before it and reach into it.
    """

    original: Sequence[OriginalLine]
    read: Sequence[ReadParagraph]
    picture: PagePicture | None = None
    continued: Sequence[ReadParagraph] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The numbers, the warnings and the text of a preview."""

    counts: Mapping[str, int]
    rows: Sequence[Beside]
    warnings: Sequence[ShownWarning] = ()
    furniture: Sequence[str] = field(default_factory=tuple)

    @property
    def head_warned(self) -> bool:
        """A warning speaks of the head of the document."""
        return any(warning.field for warning in self.warnings)


def preview_of(
    parsed: ParsedDocument, sizes: Sequence[tuple[int, int]] = (), warnings: Sequence[DocumentWarning] = ()
) -> Preview:
    """Lay a parsed document out for the person who decides about it.

    Args:
        parsed: the document, its head corrected.
        sizes: of the pictures of its pages, where they can be drawn; it is then laid out by page.
        warnings: about it.

    Returns:
        Its numbers, its warnings, and its text beside that of the file, each warning with its paragraph.
    """
    record, extraction = parsed.record, parsed.extraction
    kinds = Counter(paragraph.kind for paragraph in record.paragraphs)
    counts = {
        "preambular": kinds[ParagraphKind.PREAMBULAR],
        "operative": kinds[ParagraphKind.OPERATIVE],
        "other": kinds[ParagraphKind.NARRATIVE] + kinds[ParagraphKind.UNCLASSIFIED],
        "headings": len(record.headings),
        "footnotes": sum(len(paragraph.footnotes) for paragraph in record.paragraphs),
        "mandates": len(extraction.mandates),
        "references": len(extraction.references),
    }
    read = [_read(paragraph, *found) for paragraph, found in _with_findings(record, extraction.mandates)]
    read = _warned(record.paragraphs, read, warnings)
    shown = {paragraph.key: (one.anchor, one.place) for paragraph, one in zip(record.paragraphs, read, strict=True)}
    starts = _starts(record.paragraphs, read, parsed.blocks)
    rows = _by_page(starts, parsed.blocks, sizes) if sizes else _by_paragraph(starts, parsed.blocks)
    return Preview(
        counts,
        list(rows),
        [ShownWarning(one.sentence, [shown[key] for key in one.paragraphs], one.field) for one in warnings],
        record.furniture,
    )


def _with_findings(
    record: ResolutionRecord, mandates: Iterable[MandateRecord]
) -> Iterator[tuple[ParagraphRecord, tuple[list[MandateRecord], list[Mark]]]]:
    opened: dict[str, list[MandateRecord]] = defaultdict(list)
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mandate in mandates:
        verb = mandate.clause.verb_span
        opened[mandate.clause.span.paragraph].append(mandate)
        marks[verb.paragraph].append(Mark(verb.start, verb.end, "verb"))
        for span in (addressee.span for addressee in mandate.addressees):
            if span is not None:
                marks[span.paragraph].append(Mark(span.start, span.end, "body"))
        for span in (deadline.span for deadline in mandate.deadlines):
            marks[span.paragraph].append(Mark(span.start, span.end, "due"))
    for paragraph in record.paragraphs:
        yield paragraph, (opened[paragraph.key], marks[paragraph.key])


def _read(paragraph: ParagraphRecord, mandates: Sequence[MandateRecord], marks: Sequence[Mark]) -> ReadParagraph:
    emphases = [{"start": e.start, "end": e.end, "style": e.style} for e in paragraph.emphases]
    return ReadParagraph(
        place=_place(paragraph),
        anchor=anchor(paragraph.key),
        html=text_html(paragraph.text, emphases, marks),
        heading=paragraph.heading or "",
        mandates=len(mandates),
        deadlines=sum(len(mandate.deadlines) for mandate in mandates),
        unclassified=paragraph.kind is ParagraphKind.UNCLASSIFIED,
        proposed=paragraph.proposed,
        notes=[(note.mark, note.text) for note in paragraph.footnotes],
        continues=paragraph.last_page if paragraph.last_page != paragraph.page else None,
    )


def _warned(
    paragraphs: Sequence[ParagraphRecord], read: Sequence[ReadParagraph], warnings: Iterable[DocumentWarning]
) -> list[ReadParagraph]:
    """Put warnings to their paragraphs, and ways from one of these to the next."""
    said: dict[str, list[str]] = defaultdict(list)
    for warning in warnings:
        for key in warning.paragraphs:
            said[key].append(warning.sentence)
    stops = ["", *(one.anchor for one, of in zip(read, paragraphs, strict=True) if of.key in said), ""]
    around = iter(zip(stops, stops[2:], strict=False))
    return [
        one if of.key not in said else _with_warnings(one, said[of.key], *next(around))
        for one, of in zip(read, paragraphs, strict=True)
    ]


def _with_warnings(read: ReadParagraph, sentences: Sequence[str], before: str, after: str) -> ReadParagraph:
    return replace(read, warnings=sentences, before=before, after=after)


def _place(paragraph: ParagraphRecord) -> str:
    name, _again, again = paragraph.key.partition("/")[2].partition("~")
    stem, _dot, nth = name.rpartition(".")
    if stem == "preamble":
        place = _("Preamble, paragraph %(nth)s") % {"nth": nth}
    elif stem == "unnumbered":
        place = _("Unnumbered, %(nth)s") % {"nth": nth}
    else:
        place = _("Paragraph %(label)s") % {"label": paragraph.label}
    if again:
        place = _("%(place)s, printed again") % {"place": place}
    return place if paragraph.part == "body" else f"{place}, {paragraph.part}"


def _starts(
    paragraphs: Sequence[ParagraphRecord], read: Sequence[ReadParagraph], blocks: Sequence[TextBlock]
) -> Mapping[int, list[ReadParagraph]]:
    """Give the blocks where paragraphs begin; one whose beginning is not found stands with the one before."""
    starts: dict[int, list[ReadParagraph]] = {0: []}
    words, place_of = _words(blocks)
    at, block = 0, 0
    for paragraph, shown in zip(paragraphs, read, strict=True):
        opening = words_of(paragraph.text).split()[:_OPENING]
        found = _find(words, opening, at)
        if found is not None:
            at, block = found + len(opening), place_of[found]
        starts.setdefault(block, []).append(shown)
    return starts


def _by_page(
    starts: Mapping[int, Sequence[ReadParagraph]], blocks: Sequence[TextBlock], sizes: Sequence[tuple[int, int]]
) -> Iterator[Beside]:
    """Give each page, also one without words, with the paragraphs that begin on it."""
    lines: dict[int, list[OriginalLine]] = defaultdict(list)
    read: dict[int, list[ReadParagraph]] = defaultdict(list)
    continued: dict[int, list[ReadParagraph]] = defaultdict(list)
    for number, block in enumerate(blocks):
        page = block.page or 1
        lines[page].append(OriginalLine(_original(block), None))
        read[page] += starts.get(number, ())
        for paragraph in starts.get(number, ()):
            for later in range(page + 1, (paragraph.continues or page) + 1):
                continued[later].append(paragraph)
    for page, (width, height) in enumerate(sizes, start=1):
        yield Beside(lines[page], read[page], PagePicture(page, width, height), continued[page])


def _by_paragraph(starts: Mapping[int, Sequence[ReadParagraph]], blocks: Sequence[TextBlock]) -> Iterator[Beside]:
    """Cut the file where paragraphs begin."""
    edges = [*sorted(starts), len(blocks)]
    page = None
    for start, end in pairwise(edges):
        lines = []
        for original in blocks[start:end]:
            lines.append(OriginalLine(_original(original), original.page if original.page != page else None))
            page = original.page
        if lines or starts[start]:
            yield Beside(lines, starts[start])


def _words(blocks: Sequence[TextBlock]) -> tuple[list[str], list[int]]:
    words: list[str] = []
    place_of: list[int] = []
    for number, block in enumerate(blocks):
        found = words_of(block.text).split()
        words += found
        place_of += [number] * len(found)
    return words, place_of


def _find(words: Sequence[str], opening: Sequence[str], start: int) -> int | None:
    if not opening:
        return None
    last = min(len(words) - len(opening), start + _LOOK_AHEAD)
    return next((i for i in range(start, last + 1) if words[i : i + len(opening)] == opening), None)


def _original(block: TextBlock) -> SafeString:
    html = SafeString("")
    for run in block.runs:
        words: SafeString = conditional_escape(run.text)
        for on, tag in ((run.italic, "em"), (run.bold, "strong"), (run.superscript, "sup")):
            if on:
                words = format_html("<{}>{}</{}>", SafeString(tag), words, SafeString(tag))
        html += words
    return html
