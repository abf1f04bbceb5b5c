"""Pictures of the pages of a document, for people who compare it with what was read."""

from __future__ import annotations

from base64 import b64decode

from resolutions.reading.isolation import Bounds, asked_isolated, crashed
from resolutions.reading.sniff import MOST_PAGES

BOUNDS = Bounds(seconds=10.0, result=16 << 20)  # a page of noise in colours has some 13 MB
_DRAWING = "resolutions.reading.pdf_drawing"
_PNG = b"\x89PNG\r\n\x1a\n"


def page_sizes(data: bytes) -> tuple[tuple[int, int], ...]:
    """Give width and height of the picture of each page of a PDF file.

    Args:
        data: its bytes.

    Returns:
        Pixels.

    Raises:
        UnreadableDocument: it cannot be opened, or what opened it was stopped.
    """
    given = asked_isolated(f"{_DRAWING}:page_sizes", data, bounds=BOUNDS)
    try:
        return tuple((int(width), int(height)) for width, height in given)  # type: ignore[attr-defined]  # whatever came is tried
    except (ValueError, TypeError) as error:
        raise crashed() from error


def page_png(data: bytes, number: int) -> bytes | None:
    """Draw a page of a PDF file.

    Args:
        data: its bytes.
        number: of the page, from 1.

    Returns:
        A PNG file; None where there is no such page.

    Raises:
        UnreadableDocument: it cannot be drawn, or what drew it was stopped.
    """
    if not 1 <= number <= MOST_PAGES:
        return None
    given = asked_isolated(f"{_DRAWING}:page_drawn", data, number, bounds=BOUNDS)
    if given is None:
        return None
    try:
        picture = b64decode(str(given), validate=True)
    except ValueError as error:
        raise crashed() from error
    if not picture.startswith(_PNG):
        raise crashed()
    return picture
