"""Documents as bytes become blocks of text; one reader a file, found by media type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from resolutions.reading.blocks import TextBlock
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.isolation import isolated
from resolutions.reading.plain import read_plain
from resolutions.reading.sniff import DOCX, HTML, OLD_WORD, PDF, TEXT, ZIP, describe, media_type

# Forms that a file can abuse are read in a process of their own; text cannot do harm.
READERS: Mapping[str, Callable[[bytes], tuple[TextBlock, ...]]] = {
    TEXT: read_plain,
    PDF: isolated("resolutions.reading.pdf:read_pdf"),
    DOCX: isolated("resolutions.reading.docx:read_docx"),
    HTML: isolated("resolutions.reading.html:read_html"),
}
# What to do with a file that has no reader; for others: bring it in another form.
_ADVICE = {
    OLD_WORD: "open it in a word processor and save it as .docx or PDF",
    ZIP: "import it as a ZIP, or unpack it and bring the documents",
}


def read_blocks(data: bytes) -> tuple[TextBlock, ...]:
    """Read a document.

    Args:
        data: its bytes; what they are is told from themselves.

    Returns:
        Its text in reading order, with style and page.

    Raises:
        UnreadableDocument: ``empty_file``, ``too_large``, ``not_text``, ``encrypted``, ``unsupported_type`` where the
            type is known and has no reader; what the reader of the type raises; ``too_slow``, ``too_much_memory`` or
            ``reader_crashed`` where it was stopped.
    """
    kind = media_type(data)
    if kind not in READERS:
        advice = _ADVICE.get(kind, "bring the document as PDF, DOCX or text")
        raise UnreadableDocument("unsupported_type", f"The file is {describe(kind)}, which is not read; {advice}.")
    return READERS[kind](data)
