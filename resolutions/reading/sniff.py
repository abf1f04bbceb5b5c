"""What a document is, told by its bytes: a file name can be wrong or missing."""

from __future__ import annotations

import codecs
import re

from resolutions.reading.errors import UnreadableDocument

LARGEST_DOCUMENT = 20 * 1024 * 1024  # the official records of a whole session take about 8 MB as PDF

TEXT = "text/plain"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_SIGNATURES = (
    (b"%PDF-", "application/pdf", "a PDF file"),
    (b"PK\x03\x04", "application/zip", "a Word document or another ZIP container"),
    (b"\xd0\xcf\x11\xe0", "application/msword", "an old Word document"),
    (b"{\\rtf", "application/rtf", "a rich text file"),
)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def media_type(data: bytes) -> str:
    """Tell the media type of a document.

    Args:
        data: its bytes.

    Returns:
        The media type under which `resolutions.reading` knows its reader, for example ``text/plain``.

    Raises:
        UnreadableDocument: ``too_large``, ``empty_file``, or ``not_text`` for bytes that are neither text nor
            a known type.
    """
    if len(data) > LARGEST_DOCUMENT:
        megabytes = LARGEST_DOCUMENT // (1024 * 1024)
        raise UnreadableDocument("too_large", f"The file is larger than {megabytes} MB; bring the document alone.")
    body = data.removeprefix(codecs.BOM_UTF8)
    if not body.strip() or body in UTF16_MARKS:
        raise UnreadableDocument("empty_file", "The file is empty; check that it was downloaded completely.")
    for signature, kind, _ in _SIGNATURES:
        if body.lstrip()[: len(signature)] == signature:
            return kind
    if _HTML.match(body[:4096]):
        return "text/html"
    if body.startswith(UTF16_MARKS):
        return TEXT
    sample = body[:65536]
    # Stray control characters occur in extracted text; machine code is full of them and has NUL bytes.
    if b"\x00" in body or len(_CONTROL.findall(sample)) * 50 > len(sample):
        raise UnreadableDocument("not_text", "The file holds no text; bring the document as text.")
    return TEXT


def describe(kind: str) -> str:
    """Name a media type for people.

    Args:
        kind: a media type that `media_type` gave.

    Returns:
        Words such as "a PDF file".
    """
    names = {known: words for _, known, words in _SIGNATURES} | {"text/html": "a web page"}
    return names.get(kind, kind)
