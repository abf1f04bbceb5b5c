"""What a document is, told by its bytes: a file name can be wrong or missing."""

from __future__ import annotations

import codecs
import io
import re
import zipfile

from resolutions.reading.errors import UnreadableDocument

LARGEST_DOCUMENT = 20 * 1024 * 1024  # the official records of a whole session take about 8 MB as PDF
MOST_PAGES = 1500  # the official records of the longest session have some 900

TEXT = "text/plain"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
OLD_WORD = "application/msword"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_SIGNATURES = (
    (b"%PDF-", PDF, "a PDF file"),
    (b"PK\x03\x04", ZIP, "a ZIP of files"),
    # An OLE container: Word up to 2003, and what Word writes with a password.
    (b"\xd0\xcf\x11\xe0", OLD_WORD, "an old Word document (.doc)"),
    (b"{\\rtf", "application/rtf", "a rich text file"),
)
_WORD_TEXT = re.compile(r"/?word/document\d*\.xml", re.IGNORECASE)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def media_type(data: bytes) -> str:
    """Tell the media type of a document.

    Args:
        data: its bytes.

    Returns:
        The media type under which `resolutions.reading` knows its reader, for example ``text/plain``.

    Raises:
        UnreadableDocument: ``too_large``, ``empty_file``, ``encrypted``, or ``not_text`` for bytes that are neither
            text nor a known type.
    """
    if len(data) > LARGEST_DOCUMENT:
        megabytes = LARGEST_DOCUMENT // (1024 * 1024)
        raise UnreadableDocument("too_large", f"The file is larger than {megabytes} MB; bring the document alone.")
    body = data.removeprefix(codecs.BOM_UTF8)
    if not body.strip() or body in UTF16_MARKS:
        raise UnreadableDocument("empty_file", "The file is empty; check that it was downloaded completely.")
    for signature, kind, _ in _SIGNATURES:
        if body.lstrip()[: len(signature)] == signature:
            return _container(body.lstrip(), kind)
    if _HTML.match(body[:4096]):
        return HTML
    if body.startswith(UTF16_MARKS):
        return TEXT
    sample = body[:65536]
    # Stray control characters occur in extracted text; machine code is full of them and has NUL bytes.
    if b"\x00" in body or len(_CONTROL.findall(sample)) * 50 > len(sample):
        raise UnreadableDocument(
            "not_text", "This is no document that can be read; bring it as PDF, Word, web page or text."
        )
    return TEXT


def _container(data: bytes, kind: str) -> str:
    """Tell what a container holds: a ZIP can be a Word document, an OLE container one with a password."""
    if kind == OLD_WORD:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableDocument("encrypted", "The document has a password; save it without one.")
        if "WordDocument".encode("utf-16-le") not in data:
            return "application/x-ole-storage"
    if kind == ZIP and any(_WORD_TEXT.fullmatch(name) for name in _names(data)):
        return DOCX
    return kind


def _names(data: bytes) -> list[str]:
    """Give the names of the entries of a ZIP; of a damaged one those that can be read, so that it is known by them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except Exception:  # a damaged directory raises whatever its damage is
        return [name.decode("ascii") for name in re.findall(rb"word/document\d*\.xml", data)]


def describe(kind: str) -> str:
    """Name a media type for people.

    Args:
        kind: a media type that `media_type` gave.

    Returns:
        Words such as "a PDF file".
    """
    names = {known: words for _, known, words in _SIGNATURES}
    names |= {HTML: "a web page", DOCX: "a Word document", "application/x-ole-storage": "an old Office file"}
    return names.get(kind, kind)
