"""What the style of a web page says of its words: italic, bold, raised, not shown, how a list counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml import etree

from resolutions.reading.blocks import TextRun

# What browsers do without a style sheet (HTML Living Standard, 15.3).
_ITALIC = frozenset({"i", "em", "cite", "var", "dfn", "address"})
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})

_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_CLASS = re.compile(r"([\w-]*)\.([\w-]+)")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)


class StyleSheet:
    """The declarations of a page that its words depend on: those of its elements, and those of classes.

    Word processors give each look a class of its own when they save a page. Other selectors are not followed.

    Args:
        sheets: the texts of its ``style`` elements.
    """

    def __init__(self, sheets: Iterable[str]) -> None:
        self._classes: dict[tuple[str, str], dict[str, str]] = {}
        for sheet in sheets:
            for selectors, declarations in _RULE.findall(_COMMENT.sub(" ", sheet)):
                for selector in selectors.split(","):
                    if match := _CLASS.fullmatch(selector.strip()):
                        found = self._classes.setdefault((match[1].lower(), match[2]), {})
                        found.update(_declarations(declarations))

    def of(self, element: etree._Element) -> Mapping[str, str]:
        """Give the declarations that hold for an element itself, names and values in small letters."""
        given: dict[str, str] = {}
        for name in (element.get("class") or "").split():
            given.update(self._classes.get(("", name), {}))
            given.update(self._classes.get((str(element.tag), name), {}))
        given.update(_declarations(element.get("style") or ""))
        return given


def styled(run: TextRun, tag: str, declared: Mapping[str, str]) -> TextRun:
    """Give the style of the text in an element.

    Args:
        run: a run in the style of the element around it.
        tag: its name.
        declared: its declarations.
    """
    italic, bold, raised = run.italic or tag in _ITALIC, run.bold or tag in _BOLD, run.superscript or tag == "sup"
    if slant := declared.get("font-style"):
        italic = slant.startswith(("italic", "oblique")) or (slant == "inherit" and italic)
    if weight := declared.get("font-weight"):
        bold = weight in ("bold", "bolder") or (weight.isdigit() and int(weight[:4]) >= 600)
    if place := declared.get("vertical-align"):
        raised = place == "super" or (tag == "sup" and place in ("baseline", "top"))
    if (italic, bold, raised) == (run.italic, run.bold, run.superscript):
        return run
    return replace(run, italic=italic, bold=bold, superscript=raised)


def is_hidden(element: etree._Element, declared: Mapping[str, str]) -> bool:
    """Say whether an element is not shown."""
    return (
        element.get("hidden") is not None
        or declared.get("display") == "none"
        or declared.get("visibility") in ("hidden", "collapse")
        or declared.get("mso-hide") == "all"
    )


def _declarations(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for declaration in text.split(";"):
        name, colon, given = declaration.partition(":")
        if colon:
            found[name.strip().lower()] = given.replace("!important", "").strip().lower()
    return found
