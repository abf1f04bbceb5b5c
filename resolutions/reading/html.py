"""Reader of web pages: whole paragraphs with list numbers and notes, without what a site puts around its text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from resolutions.reading.blocks import TextBlock, TextRun
from resolutions.reading.drafts import BREAK, Draft, blocks_of, row_of
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.html_notes import leads_back, notes_of, text_of
from resolutions.reading.html_style import StyleSheet, is_hidden, styled
from resolutions.reading.ordinals import ordinal_text
from resolutions.reading.sniff import UTF16_MARKS

_UNPRINTED = ("head", "title", "script", "style", "noscript", "template", "nav", "del", "meta", "link", "rt", "rp")
_EMBEDDED = ("svg", "iframe", "object", "audio", "video", "canvas", "map", "dialog")
_CONTROLS = ("select", "button", "textarea", "datalist")
_NOT_SHOWN = frozenset((*_UNPRINTED, *_EMBEDDED, *_CONTROLS))
# A page's own header and footer; those of an article are part of it (HTML Living Standard, 4.3.8).
_LANDMARKS = frozenset({"header", "footer"})
_SECTIONS = frozenset({"article", "main", "section", "aside"})
_LANDMARK_ROLES = frozenset({"navigation", "banner", "contentinfo", "search"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary", "caption", "figcaption")
_BOXES = (
    "html",
    "body",
    "div",
    "article",
    "section",
    "main",
    "aside",
    "header",
    "footer",
    "form",
    "fieldset",
    "details",
)
_TEXTS = ("p", "blockquote", "pre", "address", "center", "figure", "hr")
_LISTS = ("ul", "ol", "menu", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot")
_BLOCKS = frozenset((*_HEADINGS, *_BOXES, *_TEXTS, *_LISTS))
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CSS_FORMS = {
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "none": "none",
    "disc": "bullet", "circle": "bullet", "square": "bullet",
}  # fmt: skip
_DEEPEST = 200  # elements in one another; a table in a table of an old page makes some forty


def read_html(data: bytes) -> tuple[TextBlock, ...]:
    """Read a web page.

    Args:
        data: bytes of an HTML page, in the encoding that its mark or its ``meta`` names, else in UTF-8, else in
            Windows-1252.

    Returns:
        Its paragraphs, items and rows in reading order, with the numbers of ordered lists as browsers print them, each
        note behind the paragraph that refers to it. Menus, scripts and whatever is hidden are no part of it.

    Raises:
        UnreadableDocument: ``broken_html``, ``too_deep``, or ``empty_file`` where the page shows no text.
    """
    root = _parsed(_CONTROL.sub("", _decoded(data)))
    blocks = blocks_of(_Page(root).drafts())
    if not any(block.text.strip() for block in blocks):
        raise UnreadableDocument("empty_file", "The page shows no text; save the page that holds the document.")
    return blocks


def _decoded(data: bytes) -> str:
    if data.startswith(UTF16_MARKS):
        return data.decode("utf-16", errors="replace")
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :].decode("utf-8", errors="replace")
    named = _CHARSET.search(data[:4096])
    # Browsers read what calls itself Latin-1 or ASCII as Windows-1252 (WHATWG Encoding, 4.2).
    name = named[1].decode("ascii", "replace").lower() if named else "utf-8"
    name = "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252") else name
    if name.startswith(("utf-16", "utf-7")):  # what can be read as far as its name is neither
        name = "utf-8"
    for encoding in (name, "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("latin-1")


def _parsed(text: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise UnreadableDocument("broken_html", "The page holds no markup that can be read; save it again.")
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise UnreadableDocument("too_deep", "The page nests its elements deeper than any text; save it again.")
    return root


class _Page:
    """Walks through the page; the text of a block gathers in `draft` until the next one begins."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.sheet = StyleSheet(text_of(sheet) for sheet in root.iter("style"))
        self.notes = notes_of(root)
        self.holders = {note.holder for note in self.notes.values()}
        self.read: set[etree._Element] = set()  # the holders of notes that were read
        self.done: list[Draft] = []
        self.draft = Draft()
        self.label = ""
        self.in_note = False

    def drafts(self) -> list[Draft]:
        self._element(self.root, TextRun(""))
        self._end()
        return self.done

    # --- elements ------------------------------------------------------------------------------------------------

    def _element(self, element: etree._Element, around: TextRun, label: str = "") -> None:
        """Read an element and what it holds.

        Args:
            element: it.
            around: a run in the style of the text around it.
            label: the number that a list gives it.
        """
        tag = str(element.tag)
        declared = self.sheet.of(element)
        if self._is_apart(element, tag, declared) or (self.in_note and leads_back(element)):
            return
        if element in self.notes:
            self._reference(element, around)
        elif tag == "br":
            self.draft.runs.append(TextRun(BREAK))
        elif tag == "tr":
            self._row(element, styled(around, tag, declared))
        elif tag == "li":
            self._end()
            self.label += label
            self._inside(element, styled(around, tag, declared), declared)
            self._end(list_item=True)
        elif tag in _BLOCKS or declared.get("display") in ("block", "list-item"):
            self._end()
            self._inside(element, styled(around, tag, declared), declared)
            self._end()
        else:
            self._inside(element, styled(around, tag, declared), declared)

    def _is_apart(self, element: etree._Element, tag: str, declared: Mapping[str, str]) -> bool:
        if tag in _NOT_SHOWN or is_hidden(element, declared) or element in self.holders:
            return True
        if element.get("role") in _LANDMARK_ROLES:
            return True
        if tag in _LANDMARKS:
            return not any(above.tag in _SECTIONS for above in element.iterancestors())
        # How LibreOffice saves the headers and footers of pages.
        return tag == "div" and element.get("title") in ("header", "footer")

    def _inside(self, element: etree._Element, style: TextRun, declared: Mapping[str, str]) -> None:
        labels = self._labels(element, declared) if element.tag in ("ol", "ul", "menu") else {}
        kept = element.tag == "pre" or declared.get("white-space", "").startswith("pre")
        self._text(element.text, style, kept=kept)
        for inner in element:
            self._element(inner, style, labels.get(inner, ""))
            self._text(inner.tail, style, kept=kept)

    def _row(self, row: etree._Element, style: TextRun) -> None:
        self._end()
        cells: list[list[Draft]] = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            outer, self.done = self.done, []
            self._element(cell, style)
            self._end()
            cells.append(self.done)
            self.done = outer
        self.done += row_of(cells)

    def _labels(self, container: etree._Element, declared: Mapping[str, str]) -> dict[etree._Element, str]:
        """Number the items of a list (HTML Living Standard, 4.4.5 and 4.4.8)."""
        items = [item for item in container if item.tag == "li"]
        usual = "decimal" if container.tag == "ol" else "bullet"
        usual = _FORMS.get(container.get("type") or "", usual)
        usual = _list_form(declared) or usual
        backwards = container.get("reversed") is not None
        ordinal = _integer(container.get("start"))
        ordinal = (len(items) if backwards else 1) if ordinal is None else ordinal
        labels: dict[etree._Element, str] = {}
        for item in items:
            given = _integer(item.get("value"))
            ordinal = ordinal if given is None else given
            form = _list_form(self.sheet.of(item)) or _FORMS.get(item.get("type") or "", usual)
            if form == "bullet":
                labels[item] = "•\t"
            else:
                labels[item] = f"{ordinal_text(ordinal, form)}.\t" if form != "none" else ""
            ordinal += -1 if backwards else 1
        return labels

    # --- text ----------------------------------------------------------------------------------------------------

    def _text(self, text: str | None, style: TextRun, *, kept: bool) -> None:
        if not text:
            return
        if kept:
            for index, line in enumerate(text.split("\n")):
                self.draft.runs += [TextRun(BREAK)] * bool(index) + [replace(style, text=line)] * bool(line)
            return
        text = _SPACE.sub(" ", text)
        before = self.draft.runs[-1].text[-1:] if self.draft.runs else BREAK
        if before in (" ", BREAK):
            text = text.removeprefix(" ")
        if text:
            self.draft.runs.append(replace(style, text=text))

    def _end(self, *, list_item: bool = False) -> None:
        """End the block, if there is one. The label of an item waits for its first text."""
        if self.draft.has_text or self.draft.after:
            if self.label:
                self.draft.runs.insert(0, TextRun(self.label))
            self.label = ""
            if self.draft.runs:  # white space before the end of a block is not shown
                self.draft.runs[-1] = replace(self.draft.runs[-1], text=self.draft.runs[-1].text.rstrip(" "))
            self.done.append(self.draft)
        elif list_item and self.label:
            label, self.label = self.label, ""
            if not label.startswith("•"):
                self.done.append(Draft([TextRun(label)]))
        self.draft = Draft()

    def _reference(self, link: etree._Element, around: TextRun) -> None:
        """Read a mark in the text, and the note that it leads to when it does so first."""
        note = self.notes[link]
        self.draft.runs.append(replace(around, text=note.mark, superscript=True))
        if note.holder in self.read or self.in_note:
            return
        self.read.add(note.holder)
        outer = self.done, self.draft, self.label
        self.done, self.draft, self.label, self.in_note = [], Draft(), "", True
        self._inside(note.holder, TextRun(""), {})
        self._end()
        found, (self.done, self.draft, self.label), self.in_note = self.done, outer, False
        runs: list[TextRun] = [TextRun(note.mark, superscript=True)]
        for paragraph in found:
            runs += [TextRun(" "), *(replace(run, text=" ") if run.text == BREAK else run for run in paragraph.runs)]
        self.draft.after.append(Draft(runs))


def _list_form(declared: Mapping[str, str]) -> str | None:
    given = declared.get("list-style-type") or declared.get("list-style") or ""
    return next((_CSS_FORMS[word] for word in given.split() if word in _CSS_FORMS), None)


def _integer(text: str | None) -> int | None:
    match = re.match(r"\s*([-+]?\d{1,6})", text or "")
    return int(match[1]) if match else None
