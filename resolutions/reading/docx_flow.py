"""Which elements of a Word document are read, and through which one looks without seeing them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from resolutions.reading.docx_names import W

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Nothing in these is printed.
_PROPERTIES = ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr")
_TAKEN_OUT = ("del", "moveFrom", "delText", "delInstrText")  # by tracked changes, 17.13.5
_BESIDE = ("instrText", "rt", "annotationRef", "footnoteRef", "endnoteRef", "smartTagPr", "customXmlPr")
NOT_PRINTED = frozenset(W + name for name in (*_PROPERTIES, *_TAKEN_OUT, *_BESIDE)) | {_COMPATIBILITY + "Fallback"}


def alternative(element: etree._Element) -> etree._Element | None:
    """Choose from ``mc:AlternateContent``, where one text box stands twice: for newer programs and for older ones.

    Args:
        element: any element.

    Returns:
        What newer programs show (ECMA-376 part 3, 7.5); None for every other element.
    """
    if element.tag != _COMPATIBILITY + "AlternateContent":
        return None
    chosen = element.find(_COMPATIBILITY + "Choice")
    chosen = element.find(_COMPATIBILITY + "Fallback") if chosen is None else chosen
    return element if chosen is None else chosen


def in_flow(container: etree._Element) -> Iterator[etree._Element]:
    """Give the paragraphs and tables of a story, through content controls, insertions and custom XML."""
    for element in container:
        if element.tag in (W + "p", W + "tbl"):
            yield element
        elif element.tag not in NOT_PRINTED:
            chosen = alternative(element)
            yield from in_flow(element if chosen is None else chosen)


def elements(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Give the rows of a table or the cells of a row, through content controls."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag not in NOT_PRINTED and element.tag not in (W + "tr", W + "tc", W + "p"):
            yield from elements(element, tag)
