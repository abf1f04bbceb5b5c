"""Text for formats that allow no control characters."""

from __future__ import annotations

import re

# XML 1.0 forbids them, and RFC 5545 does; a tab and a line end stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Take out what a calendar or a feed may not hold.

    Args:
        text: as it stands, or as somebody typed it.

    Returns:
        The text with one kind of line end.
    """
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
