"""The container of a DOCX: a ZIP of XML parts, opened without trusting a word of what it says of itself."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib

from lxml import etree

from resolutions.reading.errors import UnreadableDocument

# Word writes some twenty parts; a report with a picture a page has some hundred.
MOST_PARTS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
LARGEST_PART = 64 * 1024 * 1024
# XML packs to a tenth, tables to a fiftieth; a file made to fill the memory packs to a thousandth.
LARGEST_RATIO = 200
SMALLEST_SUSPECT = 2 * 1024 * 1024

_MAIN = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_BROKEN = "The Word document is damaged or was cut short; download it again."
# "Strict" documents (ECMA-376 part 1, annex A) name the same elements in other namespaces.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_UTF16_DOCTYPE = re.compile(rb"<\x00?!\x00D\x00O\x00C\x00T\x00Y\x00P\x00E", re.IGNORECASE)


class Package:
    """The parts of a DOCX.

    Args:
        data: the bytes of the file.

    Raises:
        UnreadableDocument: ``broken_docx``, ``not_docx``, ``encrypted`` or ``zip_bomb``.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            entries = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise UnreadableDocument("broken_docx", _BROKEN) from None
        _refuse_bomb(entries)
        self._left = MOST_UNPACKED
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}
        if "EncryptedPackage" in self._entries or any(entry.flag_bits & 0x1 for entry in entries):
            raise UnreadableDocument("encrypted", "The document has a password; save it without one.")
        self._main = next((name for name in sorted(self._entries) if _MAIN.fullmatch(name)), None)
        if self._main is None:
            raise UnreadableDocument("not_docx", "The ZIP holds no Word document; bring a document in DOCX form.")

    def document(self) -> etree._Element:
        """Give the root of the main part."""
        assert self._main is not None
        root = self._parsed(self._main)
        if etree.QName(root).localname != "document":
            raise UnreadableDocument("not_docx", "The file holds no Word text; bring a document in DOCX form.")
        return root

    def part(self, name: str) -> etree._Element | None:
        """Give the root of a part that stands beside the main one (``styles.xml``); None where there is none."""
        assert self._main is not None
        path = posixpath.join(posixpath.dirname(self._main), name)
        return self._parsed(path) if path in self._entries else None

    def _parsed(self, name: str) -> etree._Element:
        data = self._read(name)
        # A part never has a DTD (ECMA-376 part 2, 8.2.3); it is there to include files or to grow.
        if _DOCTYPE.search(data) or _UTF16_DOCTYPE.search(data):
            raise UnreadableDocument(
                "external_entity", "The document includes other files or entities (a DTD), which is refused."
            )
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise UnreadableDocument("broken_docx", _BROKEN) from None

    def _read(self, name: str) -> bytes:
        """Read a part through a stream that stops: sizes in a ZIP's directory can be forged."""
        limit = min(LARGEST_PART, self._left)
        try:
            with self._archive.open(self._entries[name]) as stream:
                data = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise UnreadableDocument("broken_docx", _BROKEN) from None
        except Exception:  # bz2 and lzma have errors of their own
            raise UnreadableDocument("broken_docx", _BROKEN) from None
        if len(data) > limit:
            raise _bomb()
        self._left -= len(data)
        return data


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise _bomb()
    if any(e.file_size > max(SMALLEST_SUSPECT, LARGEST_RATIO * e.compress_size) for e in entries):
        raise _bomb()


def _bomb() -> UnreadableDocument:
    return UnreadableDocument(
        "zip_bomb", "The document unpacks to more than any resolution needs; save it again from a word processor."
    )
