"""Documents as bytes become blocks of text; one reader a file, found by media type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from resolutions.reading.blocks import TextBlock
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.plain import read_plain
from resolutions.reading.sniff import TEXT, describe, media_type

READERS: Mapping[str, Callable[[bytes], tuple[TextBlock, ...]]] = {TEXT: read_plain}


def read_blocks(data: bytes) -> tuple[TextBlock, ...]:
    """Read a document.

    Args:
        data: its bytes; what they are is told from themselves.

    Returns:
        Its text in reading order, with style and page.

    Raises:
        UnreadableDocument: ``empty_file``, ``too_large``, ``not_text``, or ``unsupported_type`` where the type is
            known and has no reader.
    """
    kind = media_type(data)
    if kind not in READERS:
        raise UnreadableDocument(
            "unsupported_type", f"The file is {describe(kind)}, which is not read yet; bring the document as text."
        )
    return READERS[kind](data)
