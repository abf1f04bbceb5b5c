"""Characters that say how a word processor sets a word, and not what the word is."""

from __future__ import annotations

_TYPESETTING = str.maketrans(
    {
        "\u00a0": " ",  # non-breaking spaces: wide, thin, as broad as a digit
        "\u202f": " ",
        "\u2007": " ",
        "\u2011": "-",  # the hyphen that does not break: "ICC‑ASP" is looked up as "ICC-ASP"
        "\u00ad": None,  # where a word may break, in text that no page has broken
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u200e": None,
        "\u200f": None,
        "\u2060": None,
        "\ufeff": None,
    }
)


def without_typesetting(text: str) -> str:
    """Give the words of a text that flows freely.

    Args:
        text: of a form without lines of its own (DOCX, HTML).

    Returns:
        The text with plain spaces and hyphens, and without soft hyphens and marks of no width.
    """
    return text.translate(_TYPESETTING)
