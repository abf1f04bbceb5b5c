"""Word's automatic numbers: not in the text of a DOCX, but counted from its definitions (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from resolutions.reading.docx_names import W, attribute, child, number, switch, value
from resolutions.reading.ordinals import ordinal_text

_LEVELS = 9
_LONGEST_TEXT = 60  # Word takes half of that; without a bound, a short file could give a very long text
_SEPARATORS = {"tab": "\t", "space": " ", "nothing": ""}
_DASHES = re.compile(r"[-–—]")


@dataclass(frozen=True, slots=True)
class NumberingReference:
    """What a paragraph or a style says of its number (``w:numPr``).

    Attributes:
        list_id: ``w:numId``; 0 takes a number away that a style gives (17.9.18).
        level: ``w:ilvl``; None where it is left to the list's definition.
    """

    list_id: int | None
    level: int | None


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    separator: str
    restart: int | None  # 17.9.10: the level (from 1) that restarts this one; 0: none does
    legal: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    definition: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


def reference_of(properties: etree._Element | None) -> NumberingReference | None:
    """Read the ``w:numPr`` of paragraph properties.

    Args:
        properties: a ``w:pPr``, of a paragraph or a style.

    Returns:
        The reference; None where there is none.
    """
    found = child(properties, "numPr")
    if found is None:
        return None
    return NumberingReference(number(value(found, "numId")), number(value(found, "ilvl")))


class Numbering:
    """The lists of a document, and how far each has counted.

    Lists with the same definition (``w:abstractNum``) count on together, as Word does; a ``w:startOverride`` starts
    its level anew the first time that its list is used (17.9.26).

    Args:
        numbering: root of ``numbering.xml``; None where the document has none.
        style_lists: the list that a numbering style names, by style id, for definitions that only point to one
            (17.9.21).
    """

    def __init__(self, numbering: etree._Element | None, style_lists: Mapping[str, int] | None = None) -> None:
        self._lists = _lists(numbering, style_lists or {})
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[tuple[int, int]] = set()

    def level_of_style(self, list_id: int, style: str) -> int:
        """Give the level that a list ties to a paragraph style (``w:pStyle``, 17.9.23); 0 where it ties none."""
        found = self._lists.get(list_id)
        levels = found.levels if found is not None else {}
        return next((depth for depth, level in sorted(levels.items()) if level.style == style), 0)

    def next_label(self, list_id: int, depth: int) -> str:
        """Count one paragraph.

        Args:
            list_id: its ``w:numId``.
            depth: its level, from 0.

        Returns:
            The label as printed with what parts it from the text, ``"1.\\t"``; empty where the list is not defined.
        """
        found = self._lists.get(list_id)
        if found is None or depth not in found.levels:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        for upper in range(depth + 1):
            if upper in found.starts and (list_id, upper) not in self._used:
                self._used.add((list_id, upper))
                counts.pop(upper, None)
        counts[depth] = counts[depth] + 1 if depth in counts else _start(found, depth)
        for lower in [deeper for deeper in counts if deeper > depth]:
            restart = found.levels[lower].restart if lower in found.levels else None
            if restart is None or depth < restart:
                del counts[lower]
        return _label(found, counts, depth)


def _start(numbers: _List, depth: int) -> int:
    return numbers.starts.get(depth, numbers.levels[depth].start)


def _label(numbers: _List, counts: Mapping[int, int], depth: int) -> str:
    level = numbers.levels[depth]
    if level.form == "bullet":
        # The letter of a bullet means something in its own font only (a filled circle is 0xF0B7 in "Symbol").
        sign = level.text if _DASHES.fullmatch(level.text) else "•"
        return (sign + level.separator) if level.text else ""

    def printed(match: re.Match[str]) -> str:
        upper = int(match[1]) - 1
        if upper not in numbers.levels:
            return ""
        form = numbers.levels[upper].form
        # A level that no paragraph has reached yet is printed with its start, and is not counted by that.
        count = counts.get(upper, _start(numbers, upper))
        return ordinal_text(count, "decimal" if level.legal and form != "none" else form)

    text = re.sub(r"%([1-9])", printed, level.text)
    return text + level.separator if text else ""


def _lists(numbering: etree._Element | None, style_lists: Mapping[str, int]) -> dict[int, _List]:
    if numbering is None:
        return {}
    definitions = {attribute(found, "abstractNumId") or "": found for found in numbering.iterfind(W + "abstractNum")}
    nums = {number(attribute(found, "numId")): found for found in numbering.iterfind(W + "num")}
    lists: dict[int, _List] = {}
    for list_id, found in nums.items():
        if not list_id:
            continue
        name = value(found, "abstractNumId") or ""
        definition = definitions.get(name)
        linked = nums.get(style_lists.get(value(definition, "numStyleLink") or ""))
        if linked is not None:
            name = value(linked, "abstractNumId") or ""
            definition = definitions.get(name)
        if definition is None:
            continue
        levels = dict(_level(level) for level in definition.iterfind(W + "lvl"))
        starts: dict[int, int] = {}
        for override in found.iterfind(W + "lvlOverride"):
            depth = number(attribute(override, "ilvl"))
            if depth is None:
                continue
            replacement = child(override, "lvl")
            if replacement is not None:
                levels[depth] = _level(replacement)[1]
            start = number(value(override, "startOverride"))
            if start is not None:
                starts[depth] = start
        lists[list_id] = _List(name, {d: level for d, level in levels.items() if 0 <= d < _LEVELS}, starts)
    return lists


def _level(element: etree._Element) -> tuple[int, _Level]:
    start = number(value(element, "start"))
    return (
        number(attribute(element, "ilvl")) or 0,
        _Level(
            start=start if start is not None else 0,  # 17.9.25
            form=value(element, "numFmt") or "decimal",
            text=(value(element, "lvlText") or "")[:_LONGEST_TEXT],
            separator=_SEPARATORS.get(value(element, "suff") or "tab", "\t"),
            restart=number(value(element, "lvlRestart")),
            legal=bool(switch(element, "isLgl")),
            style=value(element, "pStyle"),
        ),
    )
