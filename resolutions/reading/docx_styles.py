"""What a run looks like once its styles are applied (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from resolutions.reading.docx_names import W, attribute, child, number, switch, value
from resolutions.reading.docx_numbering import NumberingReference, reference_of

_USUAL_SIZE = 20  # half-points, where neither a style nor the defaults name one (17.3.2.38)
_DEEPEST_CHAIN = 32  # styles refer to their base; damaged ones to themselves
_RAISED_BY = 4  # half-points; less is a correction of the type, no footnote mark


@dataclass(frozen=True, slots=True)
class RunFormat:
    """The look of a run.

    Attributes:
        italic, bold, superscript: as in `TextRun`.
        hidden: not printed (``w:vanish``).
        size: in half-points.
    """

    italic: bool
    bold: bool
    superscript: bool
    hidden: bool
    size: int


class Styles:
    """The styles of a document.

    Args:
        styles: root of ``styles.xml``; None where the document has none.
    """

    def __init__(self, styles: etree._Element | None) -> None:
        found = [] if styles is None else list(styles.iterfind(W + "style"))
        self._styles = {attribute(style, "styleId") or "": style for style in found}
        self._usual = {
            attribute(style, "type"): attribute(style, "styleId")
            for style in found
            if (attribute(style, "default") or "0") in ("1", "true", "on")
        }
        self._defaults = child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr")
        # A document has a thousand runs and a dozen pairs of styles.
        self._toggles: dict[tuple[str | None, str | None, str], bool] = {}
        self._values: dict[tuple[str | None, str | None, str], str | None] = {}

    def list_names(self) -> dict[str, int]:
        """Give the list of each numbering style, by style id."""
        lists: dict[str, int] = {}
        for name, style in self._styles.items():
            reference = reference_of(child(style, "pPr"))
            if reference is not None and reference.list_id:
                lists[name] = reference.list_id
        return lists

    def numbering(self, paragraph_style: str | None) -> tuple[NumberingReference, str] | None:
        """Find the list that a paragraph style gives.

        Args:
            paragraph_style: its id; None for the usual one.

        Returns:
            The reference and the style of the chain that has it; None where no style has one.
        """
        level: int | None = None
        for name, style in self._chain(paragraph_style, "paragraph"):
            reference = reference_of(child(style, "pPr"))
            if reference is None:
                continue
            level = reference.level if level is None else level
            if reference.list_id is not None:
                return NumberingReference(reference.list_id, level), name
        return None

    def format(self, paragraph_style: str | None, properties: etree._Element | None) -> RunFormat:
        """Apply the styles to a run.

        Args:
            paragraph_style: id of the style of its paragraph; None for the usual one.
            properties: its ``w:rPr``; None where it has none.

        Returns:
            Its look.
        """
        run_style = value(properties, "rStyle")

        def toggle(name: str) -> bool:
            direct = switch(properties, name)
            return self._toggled(paragraph_style, run_style, name) if direct is None else direct

        def nearest(name: str) -> str | None:
            given = value(properties, name)
            return self._inherited(paragraph_style, run_style, name) if given is None else given

        align = nearest("vertAlign")
        raised = align == "superscript" or (align is None and (number(nearest("position")) or 0) >= _RAISED_BY)
        return RunFormat(
            italic=toggle("i"),
            bold=toggle("b"),
            superscript=raised,
            hidden=toggle("vanish"),
            size=number(nearest("sz")) or _USUAL_SIZE,
        )

    def _toggled(self, paragraph_style: str | None, run_style: str | None, name: str) -> bool:
        """Combine a toggle property over the hierarchy of styles (17.7.3): two styles that set it undo each other."""
        key = (paragraph_style, run_style, name)
        if key not in self._toggles:
            of_run = self._chain(run_style, "character") if run_style else ()
            given = [
                next((on for _, style in chain if (on := switch(child(style, "rPr"), name)) is not None), False)
                for chain in (self._chain(paragraph_style, "paragraph"), of_run)
            ]
            self._toggles[key] = bool(switch(self._defaults, name)) or sum(given) == 1
        return self._toggles[key]

    def _inherited(self, paragraph_style: str | None, run_style: str | None, name: str) -> str | None:
        key = (paragraph_style, run_style, name)
        if key not in self._values:
            self._values[key] = self._nearest(paragraph_style, run_style, name)
        return self._values[key]

    def _nearest(self, paragraph_style: str | None, run_style: str | None, name: str) -> str | None:
        """Find a property in the run's style, then in the paragraph's, then in the defaults."""
        if run_style:
            for _, style in self._chain(run_style, "character"):
                if (given := value(child(style, "rPr"), name)) is not None:
                    return given
        for _, style in self._chain(paragraph_style, "paragraph"):
            if (given := value(child(style, "rPr"), name)) is not None:
                return given
        return value(self._defaults, name)

    def _chain(self, name: str | None, kind: str) -> Iterator[tuple[str, etree._Element]]:
        """Give a style and those it is based on."""
        if name not in self._styles:
            name = self._usual.get(kind)
        for _ in range(_DEEPEST_CHAIN):
            style = self._styles.get(name) if name is not None else None
            if name is None or style is None:
                return
            yield name, style
            name = value(style, "basedOn")
