"""Names of WordprocessingML (ECMA-376 part 1, 17) and the reading of its attributes."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ON = frozenset({"1", "true", "on"})


def attribute(element: etree._Element | None, name: str) -> str | None:
    """Give an attribute of the ``w:`` namespace; None where element or attribute is missing."""
    return None if element is None else element.get(W + name)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Give the first child with a ``w:`` name; None where element or child is missing."""
    return None if element is None else element.find(W + name)


def value(element: etree._Element | None, name: str) -> str | None:
    """Give ``w:val`` of the child with this name."""
    return attribute(child(element, name), "val")


def number(text: str | None) -> int | None:
    """Read a decimal number, which other programs write as ``12.0`` at times; None where it is none."""
    try:
        read = int(float(text)) if text is not None else None
    except (ValueError, OverflowError):
        return None
    return read if read is not None and abs(read) < 1_000_000 else None


def switch(element: etree._Element | None, name: str) -> bool | None:
    """Read a property that is on or off (ECMA-376 part 1, 17.17.4: present without ``w:val`` is on).

    Returns:
        None where the property is not there.
    """
    found = child(element, name)
    if found is None:
        return None
    given = attribute(found, "val")
    return given is None or given.lower() in _ON
