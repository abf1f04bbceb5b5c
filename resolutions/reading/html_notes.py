"""Footnotes of a web page: a raised link in the text, and the note with its id further down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from lxml import etree

_MARK = re.compile(r"[\[(]?\s*(?P<mark>\d{1,3}|[*†‡§]{1,4}|[ivxlc]{1,6}|[a-z])\s*[\])]?")
_BACK = re.compile(r"(?:[↑↩⏎^⤴]|\ufe0e|\ufe0f|\s|back|return|\[|\]|top)*", re.IGNORECASE)
_HOLDERS = frozenset({"p", "li", "div", "dd", "aside", "td", "tr", "section", "blockquote"})
_WRAPPERS = frozenset({"div", "li", "dd", "aside"})


@dataclass(frozen=True, slots=True)
class PageNote:
    """A footnote.

    Attributes:
        mark: as printed, without brackets.
        holder: the element that holds its words.
    """

    mark: str
    holder: etree._Element


def notes_of(root: etree._Element) -> dict[etree._Element, PageNote]:
    """Find the footnotes of a page.

    A link is a reference to a note if its text is a mark, it leads down the page, and it is raised, is marked as one
    (``role="doc-noteref"``), or a link leads back from there. So it is with LibreOffice (``sdfootnote1sym``), Word
    (``_ftn1``), Markdown (``fn:1``) and Wikipedia.

    Args:
        root: of the page.

    Returns:
        The notes by the links that refer to them, in the order of the text.
    """
    order = {element: index for index, element in enumerate(root.iter())}
    names: dict[str, etree._Element] = {}
    for element in order:
        for name in (element.get("id"), element.get("name")):
            if name:
                names.setdefault(name, element)
    found: list[tuple[etree._Element, str, etree._Element]] = []
    for link in root.iter("a"):
        mark = _MARK.fullmatch(text_of(link).strip())
        target = names.get(unquote((link.get("href") or "")[1:])) if (link.get("href") or "").startswith("#") else None
        if mark is not None and target is not None and order[target] > order[link]:
            found.append((link, mark["mark"], target))
    targets = {target for _, _, target in found}
    notes: dict[etree._Element, PageNote] = {}
    for link, mark_text, target in found:
        holder = _holder(link, target, targets)
        if holder is not None and (_is_raised(link) or _leads_back(holder, link)):
            notes[link] = PageNote(mark_text, holder)
    return notes


def leads_back(link: etree._Element) -> bool:
    """Say whether a link in a note only leads back to the text: the mark again, an arrow."""
    text = text_of(link).strip()
    is_sign = _MARK.fullmatch(text) is not None or _BACK.fullmatch(text) is not None
    return link.tag == "a" and (link.get("href") or "").startswith("#") and is_sign


def text_of(element: etree._Element) -> str:
    """Give the characters in an element."""
    return "".join(str(text) for text in element.itertext())


def _holder(link: etree._Element, target: etree._Element, targets: set[etree._Element]) -> etree._Element | None:
    """Find the element with the words of a note: the paragraph or item of the target, or a box of its own around it."""
    holder: etree._Element | None = target
    while holder is not None and holder.tag not in _HOLDERS:
        holder = holder.getparent()
    if holder is None or _contains(holder, link) or _holds_several(holder, targets):
        return None
    parent = holder.getparent()
    while (
        parent is not None
        and parent.tag in _WRAPPERS
        and parent.get("id") is not None
        and not _contains(parent, link)
        and not _holds_several(parent, targets)
    ):
        holder, parent = parent, parent.getparent()
    return holder


def _contains(element: etree._Element, inner: etree._Element) -> bool:
    return element is inner or any(above is element for above in inner.iterancestors())


def _holds_several(element: etree._Element, targets: set[etree._Element]) -> bool:
    return len(list(islice((inner for inner in element.iter() if inner in targets), 2))) > 1


def _is_raised(link: etree._Element) -> bool:
    if link.get("role") == "doc-noteref" or "footnote" in (link.get("class") or "").lower():
        return True
    parent = link.getparent()
    return link.find(".//sup") is not None or (parent is not None and parent.tag == "sup")


def _leads_back(holder: etree._Element, link: etree._Element) -> bool:
    names = {name for name in (link.get("id"), link.get("name")) if name}
    parent = link.getparent()
    if parent is not None and parent.get("id"):
        names.add(str(parent.get("id")))
    return any(unquote((back.get("href") or "")[1:]) in names for back in holder.iter("a"))
