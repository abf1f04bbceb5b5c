"""Footnotes and endnotes of a DOCX: their marks, counted as Word counts them (ECMA-376 part 1, 17.11)."""

from __future__ import annotations

from lxml import etree

from resolutions.reading.docx_names import W, attribute, child, number, value
from resolutions.reading.ordinals import ordinal_text

# The element that refers to a note, the part and the element that hold it, its settings, and how it is counted usually.
_KINDS = {
    "footnoteReference": ("footnotes.xml", "footnote", "footnotePr", "decimal"),
    "endnoteReference": ("endnotes.xml", "endnote", "endnotePr", "lowerRoman"),
}


class Notes:
    """The notes of a document, numbered on through the document or anew in each section.

    Numbering that starts again on each page (``eachPage``) goes on here, as a DOCX has no pages.

    Args:
        parts: roots of ``footnotes.xml`` and ``endnotes.xml`` by these names, where the document has them.
        settings: root of ``settings.xml``; None where there is none.
        body: root of the text, whose sections can have settings of their own.
    """

    def __init__(
        self, parts: dict[str, etree._Element | None], settings: etree._Element | None, body: etree._Element
    ) -> None:
        self._notes: dict[str, dict[str, etree._Element]] = {}
        for kind, (part, name, _, _) in _KINDS.items():
            root = parts.get(part)
            found = [] if root is None else list(root.iterfind(W + name))
            self._notes[kind] = {attribute(note, "id") or "": note for note in found}
        self._settings = settings
        self._sections = [
            section
            for section in body.iter(W + "sectPr")
            if (parent := section.getparent()) is None or parent.tag != W + "sectPrChange"
        ]
        self._section = 0
        self._counts: dict[str, int] = {}

    def end_section(self) -> None:
        """Go on with the next section."""
        self._section += 1
        for kind in _KINDS:
            if self._setting(kind, "numRestart") == "eachSect":
                self._counts.pop(kind, None)

    def next_mark(self, kind: str) -> str:
        """Count one note.

        Args:
            kind: name of the element that refers to it, ``footnoteReference`` or ``endnoteReference``.

        Returns:
            Its mark as printed.
        """
        start = number(self._setting(kind, "numStart"))
        self._counts[kind] = self._counts.get(kind, (1 if start is None else start) - 1) + 1
        return ordinal_text(self._counts[kind], self._setting(kind, "numFmt") or _KINDS[kind][3])

    def take(self, kind: str, name: str | None) -> etree._Element | None:
        """Give the note with this id the first time that it is referred to; None where it is missing.

        Notes that refer to themselves, or a thousand references to a long one, are not from a word processor.
        """
        return self._notes[kind].pop(name or "", None)

    def _setting(self, kind: str, name: str) -> str | None:
        section = self._sections[self._section] if self._section < len(self._sections) else None
        for owner in (section, self._settings):
            if (given := value(child(owner, _KINDS[kind][2]), name)) is not None:
                return given
        return None
