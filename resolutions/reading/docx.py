"""Reader of Word documents (DOCX): whole paragraphs with the numbers, notes and changes that Word prints.

Own code on zipfile and lxml: a mandate is cited by its number, and no library gives Word's automatic numbers rightly.
Sources: ECMA-376 part 1, 17 (WordprocessingML), sections named where a rule is carried out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from resolutions.reading.blocks import TextBlock, TextRun
from resolutions.reading.docx_flow import MATH_TEXT, NOT_PRINTED, alternative, elements, in_flow
from resolutions.reading.docx_names import W, attribute, child, value
from resolutions.reading.docx_notes import Notes
from resolutions.reading.docx_numbering import Numbering, reference_of
from resolutions.reading.docx_package import Package
from resolutions.reading.docx_styles import Styles
from resolutions.reading.drafts import BREAK, Draft, blocks_of, row_of
from resolutions.reading.errors import UnreadableDocument

_NOTE_REFERENCES = {W + name: name for name in ("footnoteReference", "endnoteReference")}
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": BREAK, W + "br": BREAK, W + "noBreakHyphen": "-"}
# Signs of the fonts that have pictures for letters (17.3.3.30); others are kept as they are.
_SYMBOLS = {"B7": "•", "A7": "▪", "2D": "–", "E0": "→", "FC": "✓", "A3": "≤", "B3": "≥", "B0": "°", "B4": "×"}


def read_docx(data: bytes) -> tuple[TextBlock, ...]:
    """Read a Word document.

    Args:
        data: bytes of a DOCX.

    Returns:
        Its paragraphs in reading order, with automatic numbers as printed ("1.\\t"), each note behind the paragraph
        that refers to it, tracked changes accepted; a table row by row. Page headers and footers are no part of it.

    Raises:
        UnreadableDocument: ``broken_docx``, ``not_docx``, ``encrypted``, ``zip_bomb``, ``external_entity``, or
            ``empty_file`` where it holds no text.
    """
    package = Package(data)
    reader = _Reader(package)
    blocks = blocks_of(reader.drafts())
    if not any(block.text.strip() for block in blocks):
        raise UnreadableDocument("empty_file", "The document holds no text; check that it is the right one.")
    return blocks


class _Reader:
    """Walks through the text; each kind of element is a method."""

    def __init__(self, package: Package) -> None:
        self.root = package.document()
        self.styles = Styles(package.part("styles.xml"))
        self.numbering = Numbering(package.part("numbering.xml"), self.styles.list_names())
        parts = {name: package.part(name) for name in ("footnotes.xml", "endnotes.xml")}
        self.notes = Notes(parts, package.part("settings.xml"), self.root)
        self.fields: list[bool] = []  # of the fields that are open, outermost first: is the result reached?
        self.style: str | None = None  # of the paragraph

    def drafts(self) -> list[Draft]:
        body = child(self.root, "body")
        return [] if body is None else self._story(body)

    # --- paragraphs and tables -----------------------------------------------------------------------------------

    def _story(self, container: etree._Element) -> list[Draft]:
        """Read the paragraphs of a body, a cell, a note or a text box."""
        outer = self.fields, self.style
        self.fields = []
        drafts: list[Draft] = []
        open_draft: Draft | None = None
        for element in in_flow(container):
            if element.tag == W + "tbl":
                if open_draft is not None:
                    drafts.append(open_draft)
                    open_draft = None
                drafts += self._table(element)
                continue
            open_draft = open_draft or Draft()
            if self._paragraph(element, open_draft):
                drafts.append(open_draft)
                open_draft = None
        if open_draft is not None:
            drafts.append(open_draft)
        self.fields, self.style = outer
        return drafts

    def _paragraph(self, element: etree._Element, draft: Draft) -> bool:
        """Read a paragraph and say whether it ends: one whose mark was deleted runs on in the next (17.13.5.15)."""
        properties = child(element, "pPr")
        self.style = value(properties, "pStyle")
        self._read(element, draft)
        # An instruction ends with its paragraph; one that was never closed must not hide the text.
        self.fields = [True] * len(self.fields)
        if child(properties, "sectPr") is not None:
            self.notes.end_section()
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            return False
        if draft.has_text or not self.styles.format(self.style, mark).hidden:
            label = self._label(properties)
            if label:
                draft.runs.insert(0, TextRun(label))
        return True

    def _label(self, properties: etree._Element | None) -> str:
        """Count the paragraph's number: its own list, else that of its style (17.9.18, 17.9.23)."""
        own, inherited = reference_of(properties), self.styles.numbering(self.style)
        list_id = own.list_id if own is not None else None
        level = own.level if own is not None else None
        if list_id is None and inherited is not None:
            reference, style = inherited
            list_id = reference.list_id
            level = reference.level if level is None else level
            if level is None and list_id:
                level = self.numbering.level_of_style(list_id, style)
        return self.numbering.next_label(list_id, level or 0) if list_id else ""

    def _table(self, table: etree._Element) -> Iterator[Draft]:
        for row in elements(table, W + "tr"):
            change = child(row, "trPr")
            if child(change, "del") is not None:
                continue
            cells = [
                [draft for draft in self._story(cell) if draft.has_text or draft.after]
                for cell in elements(row, W + "tc")
                if child(child(cell, "tcPr"), "cellDel") is None
            ]
            yield from row_of(cells)

    # --- runs ----------------------------------------------------------------------------------------------------

    def _read(self, element: etree._Element, draft: Draft) -> None:
        """Read what stands in a paragraph; names that are not known are looked into, so that no word is lost."""
        for inner in element:
            tag = inner.tag
            if tag in NOT_PRINTED:
                continue
            if tag == W + "r":
                self._run(inner, draft)
            elif tag == W + "txbxContent":
                draft.after += [found for found in self._story(inner) if found.has_text]
            elif (chosen := alternative(inner)) is not None:
                self._read(chosen, draft)
            elif tag == MATH_TEXT:
                draft.runs.append(TextRun(inner.text or ""))
            else:
                self._read(inner, draft)

    def _run(self, run: etree._Element, draft: Draft) -> None:
        look = self.styles.format(self.style, child(run, "rPr"))
        style = TextRun("", look.italic, look.bold, look.superscript, float(look.size))
        custom: tuple[str, etree._Element] | None = None
        mark = ""
        for inner in run:
            if inner.tag == W + "fldChar":
                self._field(attribute(inner, "fldCharType"))
                continue
            if not all(self.fields) or look.hidden:
                continue
            if inner.tag in _NOTE_REFERENCES:
                kind = _NOTE_REFERENCES[inner.tag]
                if attribute(inner, "customMarkFollows") in ("1", "true", "on"):
                    custom = kind, inner
                else:
                    self._note(kind, inner, self.notes.next_mark(kind), style, draft)
                continue
            text = _characters(inner)
            if text is None:
                if inner.tag not in NOT_PRINTED:  # a drawing, a picture, the base of ruby text
                    chosen = alternative(inner)
                    self._read(inner if chosen is None else chosen, draft)
            elif custom is not None:
                mark += text
            elif text:
                draft.runs.append(replace(style, text=text))
        if custom is not None:
            self._note(*custom, mark, style, draft)

    def _field(self, kind: str | None) -> None:
        """Follow a field (17.16.18): what stands between begin and separate is its instruction, then its result."""
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def _note(self, kind: str, reference: etree._Element, mark: str, style: TextRun, draft: Draft) -> None:
        if not mark.strip():
            return
        draft.runs.append(replace(style, text=mark, superscript=True))
        note = self.notes.take(kind, attribute(reference, "id"))
        if note is None:
            return
        paragraphs = [found for found in self._story(note) if found.has_text]
        runs: list[TextRun] = []
        for paragraph in paragraphs:
            runs += [TextRun(" "), *paragraph.runs] if runs else paragraph.runs
        runs = [run if run.text != BREAK else TextRun(" ") for run in runs]
        draft.after.insert(
            sum(1 for found in draft.after if _is_note(found)),
            Draft([replace(style, text=mark, superscript=True), TextRun(" "), *_without_mark(runs, mark)]),
        )


def _characters(element: etree._Element) -> str | None:
    """Give what an element of a run prints; None where it is no text."""
    if element.tag == W + "t":
        return element.text or ""
    if element.tag in _CHARACTERS:
        return _CHARACTERS[element.tag]
    if element.tag == W + "sym":
        code = (attribute(element, "char") or "").upper()
        if code[:1] == "F" and code[2:] in _SYMBOLS:
            return _SYMBOLS[code[2:]]
        try:
            return chr(int(code, 16))
        except (ValueError, OverflowError):
            return ""
    return None


def _is_note(draft: Draft) -> bool:
    return bool(draft.runs) and draft.runs[0].superscript


def _without_mark(runs: list[TextRun], mark: str) -> list[TextRun]:
    """Take a mark that somebody typed from the start of a note, with the white space after it."""
    runs = list(runs)
    rest = mark
    while runs:
        text = runs[0].text.lstrip() if rest in ("", mark) else runs[0].text
        if rest and text and rest.startswith(text):
            rest, text = rest[len(text) :], ""
        elif rest and text.startswith(rest):
            text, rest = text[len(rest) :].lstrip(), ""
        if text:
            return [replace(runs[0], text=text), *runs[1:]]
        runs.pop(0)
    return runs
