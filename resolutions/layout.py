"""A document laid out for reading: parts, headings in place, hanging numbers, notes, contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.safestring import SafeString

from resolutions.citations import anchor, citation
from resolutions.cited_by import CitingPlace
from resolutions.links import ParagraphLinks
from resolutions.models import Document, Paragraph
from resolutions.rendering import Note, footnote_marks, text_html

_LAST_NUMBER = re.compile(r"\(?[^()]+\)?$")


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A section heading or the title of a part."""

    text: str
    anchor: str
    is_heading: bool = True


@dataclass(frozen=True, slots=True)
class ParagraphLine:
    """A paragraph as the page shows it.

    Attributes:
        depth: number of chapeaux above it.
        lead: the words that stand before it and are no paragraph: "The Assembly of States Parties,".
        mandates: what it asks, as far as it was fetched with it.
        cited_by: the paragraphs of other documents that cite it.
        css: the classes that say what it is.
    """

    paragraph: Paragraph
    number: str
    depth: int
    anchor: str
    citation: str
    html: SafeString
    lead: str = ""
    mandates: Sequence[object] = ()
    cited_by: Sequence[CitingPlace] = ()
    css: str = "line"
    is_heading: bool = False


@dataclass(slots=True)
class PartLayout:
    """The body, an annex or an appendix; its notes follow it, as its numbering is its own."""

    name: str
    anchor: str
    title: str
    proposed: bool
    own_titles: frozenset[str] = frozenset()
    lines: list[HeadingLine | ParagraphLine] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class ContentsEntry:
    """A line of the contents: the heading, where it is, and the numbers under it."""

    text: str
    anchor: str
    numbers: list[str] = field(default_factory=list)
    is_part: bool = False
    is_preamble: bool = False
    is_operative: bool = False

    @property
    def range(self) -> str:
        """The printed numbers under the heading: ``2–6``; for the preamble how many there are."""
        if self.is_preamble:
            return str(len(self.numbers))
        numbers = [number for number in self.numbers if number]
        return "–".join(dict.fromkeys((numbers[0], numbers[-1]))) if numbers else ""


@dataclass(frozen=True, slots=True)
class DocumentLayout:
    """A document ready to be read."""

    parts: list[PartLayout]
    contents: list[ContentsEntry]
    counts: Mapping[str, int]

    @property
    def mandates(self) -> list[object]:
        """All that the document asks, in the order of its text."""
        lines = (line for part in self.parts for line in part.lines if isinstance(line, ParagraphLine))
        return [mandate for line in lines for mandate in line.mandates]

    @property
    def total(self) -> int:
        """The number of paragraphs, those under a chapeau not counted."""
        return sum(self.counts.values())


def hanging_number(label: str) -> str:
    """Give what stands before a paragraph: ``25.`` for 25, ``(a)`` for 16(a)."""
    if not label or label == "preamble":
        return ""
    if label.isdigit():
        return f"{label}."
    found = _LAST_NUMBER.search(label)
    return found.group() if found else label


def lay_out(
    document: Document,
    paragraphs: Sequence[Paragraph],
    links: Mapping[int, ParagraphLinks],
    lead: str = "",
    cited_by: Mapping[int, Sequence[CitingPlace]] | None = None,
) -> DocumentLayout:
    """Lay a document out.

    Args:
        document: with its headings.
        paragraphs: in the order of the text.
        links: the citations that lead somewhere, by paragraph id.
        lead: the line that opens the preamble and is no paragraph.
        cited_by: who cites them, by paragraph id.
    """
    parts: list[PartLayout] = []
    contents: list[ContentsEntry] = []
    by_id = {paragraph.pk: paragraph for paragraph in paragraphs}
    headings = _headings_by_key(document.headings)
    for name, members in groupby(paragraphs, key=lambda paragraph: paragraph.part):
        rows = list(members)
        part = _part(name, rows, len(parts), document.headings)
        parts.append(part)
        if part.title:
            contents.append(ContentsEntry(part.title, part.anchor, is_part=True))
        for paragraph in rows:
            for number, text in enumerate(headings.get(paragraph.key, ())):
                if text.casefold() not in part.own_titles:
                    _add_heading(part, contents, text, f"s-{anchor(paragraph.key)}" + (f".{number}" if number else ""))
            _count_in_contents(contents, part, paragraph)
            opens = paragraph.kind == Paragraph.Kind.PREAMBULAR
            cites = (cited_by or {}).get(paragraph.pk, ())
            part.lines.append(_line(document, paragraph, by_id, links, part.notes, lead if opens else "", cites))
            lead = "" if opens else lead
    trailing = [row["text"] for row in document.headings if row.get("before") is None]
    for number, text in enumerate(trailing):
        if parts:
            _add_heading(parts[-1], contents, text, f"s-end.{number}")
    return DocumentLayout(parts, contents, _counts(paragraphs))


def _headings_by_key(rows: Iterable[Mapping[str, str | None]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.get("before"):
            found.setdefault(str(row["before"]), []).append(str(row["text"]))
    return found


def _part(name: str, rows: Sequence[Paragraph], index: int, headings: Iterable[Mapping[str, str | None]]) -> PartLayout:
    title = ""
    # "Appendix" is printed over the part that is called "annex I appendix".
    bare = {name.casefold(), name.rpartition(" ")[2].casefold()} if name != "body" else set()
    if name != "body":
        # As printed where more was printed ("Annex I: Draft resolution"), else by its name.
        printed = (str(row["text"]) for row in headings if row.get("part") == name)
        title = next((text for text in printed if text.casefold().startswith(name.casefold())), "")
        title = title or (name[:1].upper() + name[1:]).replace(" appendix", ", appendix")
    return PartLayout(
        name=name,
        # A part that is interrupted by another comes twice; its second stretch needs an id of its own.
        anchor=f"part-{anchor(name)}.{index}" if index else f"part-{anchor(name)}",
        title=title,
        own_titles=frozenset({title.casefold(), *bare}),
        proposed=any(row.proposed for row in rows),
    )


def _add_heading(part: PartLayout, contents: list[ContentsEntry], text: str, where: str) -> None:
    part.lines.append(HeadingLine(text, where))
    contents.append(ContentsEntry(text, where))


def _count_in_contents(contents: list[ContentsEntry], part: PartLayout, paragraph: Paragraph) -> None:
    preambular = paragraph.kind == Paragraph.Kind.PREAMBULAR
    if preambular and not (contents and contents[-1].is_preamble):
        contents.append(ContentsEntry("", anchor(paragraph.key), is_preamble=True))
    elif not preambular and contents and contents[-1].is_preamble:
        contents.append(ContentsEntry("", anchor(paragraph.key), is_operative=True))
    elif not contents and not part.lines:
        contents.append(ContentsEntry("", anchor(paragraph.key)))
    if preambular or paragraph.parent_id is None:
        contents[-1].numbers.append(paragraph.label)


def _line(
    document: Document,
    paragraph: Paragraph,
    by_id: Mapping[int, Paragraph],
    links: Mapping[int, ParagraphLinks],
    part_notes: list[Note],
    lead: str,
    cited_by: Sequence[CitingPlace],
) -> ParagraphLine:
    found = links.get(paragraph.pk, ParagraphLinks())
    marks, notes = footnote_marks(paragraph.key, paragraph.text, paragraph.footnotes, found.notes)
    part_notes.extend(notes)
    depth, above = 0, paragraph.parent_id
    while above is not None and above in by_id and depth < 4:
        depth, above = depth + 1, by_id[above].parent_id
    mandates = [mandate for mandate in paragraph.mandates.all() if mandate.in_text]
    kinds = {
        "pre": paragraph.kind == Paragraph.Kind.PREAMBULAR,
        f"sub sub-{depth}": depth > 0,
        "mand": bool(mandates),
        "prop": paragraph.proposed,
    }
    return ParagraphLine(
        paragraph=paragraph,
        number=hanging_number(paragraph.label),
        depth=depth,
        anchor=anchor(paragraph.key),
        citation=citation(document.symbol, paragraph.part, paragraph.label, paragraph.key),
        html=text_html(paragraph.text, paragraph.emphases, links=found.text, notes=marks),
        lead=lead,
        mandates=mandates,
        cited_by=cited_by,
        css=" ".join(["line", *(name for name, holds in kinds.items() if holds)]),
    )


def _counts(paragraphs: Iterable[Paragraph]) -> dict[str, int]:
    counts = dict.fromkeys(Paragraph.Kind.values, 0)
    for paragraph in paragraphs:
        if paragraph.parent_id is None:
            counts[paragraph.kind] += 1
    return counts
