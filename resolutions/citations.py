"""How a paragraph is named, cited and linked to; the same on every screen and in every export."""

from __future__ import annotations

import re

_UNNUMBERED = re.compile(r"(?P<kind>preamble|unnumbered)\.(?P<nth>\d+)$")


def anchor(key: str) -> str:
    """Give the id of a paragraph in its document's page: ``body-25`` for ``body/25``, ``annex-I-3-b``."""
    return re.sub(r"[^\w.]+", "-", key).strip("-")


def citation(symbol: str, part: str, label: str, key: str = "") -> str:
    """Cite a paragraph: ``ICC-ASP/20/Res.2, para. 25``, ``ICC-ASP/17/Res.5, annex I, para. 3(b)``.

    Args:
        symbol: of the document, canonical.
        part: ``body``, ``annex I`` ...; the body is not named.
        label: as printed; a lone letter stands for itself, as in ``annex II, (g)``.
        key: tells unnumbered paragraphs apart: ``body/preamble.4`` is ``preamble, 4``.
    """
    words = [symbol]
    if part and part != "body":
        words.append(part)
    if unnumbered := _UNNUMBERED.search(key):
        kind = "preamble" if unnumbered["kind"] == "preamble" else "unnumbered"
        words.append(f"{kind}, paragraph {unnumbered['nth']}")
    elif label[:1].isdigit():
        words.append(f"para. {label}")
    elif label:
        words.append(label)
    return ", ".join(words)
