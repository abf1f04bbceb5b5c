"""The pages of a PDF file as a person sees them, drawn by pdfium; it runs in the process of the readers."""

from __future__ import annotations

import ctypes
import struct
import zlib
from base64 import b64encode

import pypdfium2_raw as pdfium

from resolutions.reading.pdf_spans import damaged, opened

WIDTH = 900  # pixels: small print can be read
_TALLEST = 4 * WIDTH  # a page that is drawn no narrower than it must be is lower than this
_A4 = 595.0, 842.0  # for a page that does not tell its size


def page_sizes(data: bytes) -> list[tuple[int, int]]:
    """Give width and height of each page as it is drawn.

    Args:
        data: the bytes of the file.

    Returns:
        Pixels.

    Raises:
        UnreadableDocument: ``encrypted`` or ``broken_pdf``.
    """
    with opened(data) as document:
        return [_size(document, index) for index in range(pdfium.FPDF_GetPageCount(document))]


def page_drawn(data: bytes, number: int) -> str | None:
    """Draw a page.

    Args:
        data: the bytes of the file.
        number: of the page, from 1.

    Returns:
        A PNG file in Base64; None where the file has no such page.

    Raises:
        UnreadableDocument: ``encrypted`` or ``broken_pdf``.
    """
    with opened(data) as document:
        if not 1 <= number <= pdfium.FPDF_GetPageCount(document):
            return None
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            raise damaged()
        try:
            width, height = _size(document, number - 1)
            return b64encode(_png(width, height, _pixels(page, width, height))).decode()
        finally:
            pdfium.FPDF_ClosePage(page)


def _size(document: int, index: int) -> tuple[int, int]:
    size = pdfium.FS_SIZEF()
    pdfium.FPDF_GetPageSizeByIndexF(document, index, size)
    wide, high = (size.width, size.height) if 0 < size.width < 1e6 and 0 < size.height < 1e6 else _A4
    scale = min(WIDTH / wide, _TALLEST / high)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _pixels(page: ctypes.c_void_p, width: int, height: int) -> bytes:
    """Draw on white, three bytes a pixel."""
    pixels = ctypes.create_string_buffer(3 * width * height)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, pixels, 3 * width)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER  # red first, as PNG has it
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return pixels.raw


def _png(width: int, height: int, pixels: bytes) -> bytes:
    """Write a PNG file, each row as it is: pages are mostly white, and no library is needed for that."""
    row = 3 * width
    rows = b"".join(b"\0" + pixels[start : start + row] for start in range(0, row * height, row))
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)  # eight bits each of red, green and blue
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
