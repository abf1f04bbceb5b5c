"""Words that are not the resolution's own: what stands in quotation marks or in parentheses."""

from __future__ import annotations

import functools
import re

# A quotation may hold sentences (ICC-ASP/20/Res.2, preamble: "the Bureau to address the following issues ...");
# a mark that is never closed quotes nothing.
_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|(?<![\w”])\"[^\"]*\"|(?<![\w])‘[^‘’]*’(?!\w)")
# Hyphens that do not break and blanks that do not break, one character for one.
_LOOKALIKES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " "})
_PARENTHESIS = re.compile(r"\([^()]*\)")


@functools.lru_cache(maxsize=64)  # every clause and deadline of a paragraph asks for it again
def without_foreign_words(text: str) -> str:
    """Blank out quotations and parentheses, and write plain hyphens and blanks.

    Args:
        text: the text of a paragraph.

    Returns:
        A text of the same length, so that places in it are places in the paragraph. A verb inside a quotation
        asks nothing here ("requesting “the Bureau to address ...”", ICC-ASP/20/Res.2, preamble).
    """
    text = text.translate(_LOOKALIKES)
    text = _QUOTED.sub(lambda match: "\u0000" * len(match[0]), text)
    return without_parentheses(text)


def without_parentheses(text: str) -> str:
    """Blank out parentheses, nested ones too.

    Args:
        text: the text of a paragraph.

    Returns:
        A text of the same length.
    """
    while True:
        shorter = _PARENTHESIS.sub(lambda match: "\u0000" * len(match[0]), text)
        if shorter == text:
            return text
        text = shorter
