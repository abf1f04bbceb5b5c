"""The words of a PDF page as pdfium finds them: pieces in one style, each with its place on the page."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

import pypdfium2_raw as pdfium

from resolutions.reading.errors import UnreadableDocument

_INVISIBLE = 3  # text rendering modes of ISO 32000-1, 9.3.6
_OUTLINED = 2
_FLAG_ITALIC = 1 << 6  # font descriptor flags of ISO 32000-1, 9.8.2
_FLAG_FORCE_BOLD = 1 << 18
_SLANT = 0.15  # a word processor without an italic font slants the upright one by about 0.2 to 0.35
_SMALLEST = 1.0  # points; smaller text is there for machines


def _address(function: object) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


# What is called for each letter or span takes handles as plain integers: the bindings of the library make an object
# of each, at each call, and let go of the interpreter, which nobody waits for in a process that reads one document.
_HANDLE = ctypes.c_void_p
_NUMBER = ctypes.c_int
_text_object = ctypes.PYFUNCTYPE(_HANDLE, _HANDLE, _NUMBER)(_address(pdfium.FPDFText_GetTextObject))
_font_of = ctypes.PYFUNCTYPE(_HANDLE, _HANDLE)(_address(pdfium.FPDFTextObj_GetFont))
_render_mode = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE)(_address(pdfium.FPDFTextObj_GetTextRenderMode))
_font_size = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE, _HANDLE)(_address(pdfium.FPDFTextObj_GetFontSize))
_object_at = ctypes.PYFUNCTYPE(_HANDLE, _HANDLE, _NUMBER)(_address(pdfium.FPDFPage_GetObject))
_kind_of = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE)(_address(pdfium.FPDFPageObj_GetType))
_char_box = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE, _NUMBER, _HANDLE)(_address(pdfium.FPDFText_GetLooseCharBox))
_char_origin = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE, _NUMBER, _HANDLE, _HANDLE)(_address(pdfium.FPDFText_GetCharOrigin))
_char_matrix = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE, _NUMBER, _HANDLE)(_address(pdfium.FPDFText_GetMatrix))

# No folder of fonts: those of this machine are not needed for words and places, and looking for them takes long.
_no_fonts = (ctypes.POINTER(ctypes.c_char) * 1)()
pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=_no_fonts))


@dataclass(slots=True)
class Span:
    """A piece of a line in one style.

    Attributes:
        text: its characters, white space at its ends too.
        left, right: where it begins and ends, in points from the left edge of the page as it is read.
        baseline: height of its baseline, in points from the foot of the page.
        size: font size in points, as it is seen.
        spaced: pdfium sees white space before it.
        italic, bold: its style.
        raised: it stands above the line, as marks of footnotes do; told by the layout stage.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    spaced: bool = False
    italic: bool = False
    bold: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line that is drawn, not written."""

    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page.

    Attributes:
        number: from 1.
        top, bottom: edges of the page in the measure of its spans.
        spans: the visible text that runs in the reading direction of the page.
        turned: text that runs in another direction, as in the margin.
        rules: horizontal lines.
        pictured: a picture covers most of the page.
    """

    number: int
    bottom: float
    top: float
    spans: tuple[Span, ...]
    turned: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictured: bool = False


@contextmanager
def opened(data: bytes) -> Iterator[int]:
    """Open a document.

    Args:
        data: the bytes of the file, which must outlive the handle.

    Yields:
        The handle of pdfium.

    Raises:
        UnreadableDocument: ``encrypted`` or ``broken_pdf``.
    """
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableDocument("encrypted", "The PDF asks for a password; bring it without protection.")
        raise damaged()
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def damaged() -> UnreadableDocument:
    """Give the error for a file that does not hold what it should."""
    return UnreadableDocument("broken_pdf", "The PDF is damaged or incomplete; download it again.")


def read_page(document: int, number: int) -> Page:
    """Read one page.

    Args:
        document: the handle.
        number: of the page, from 1.

    Returns:
        The page with its spans in the order in which they are drawn, turned so that most of its text is upright.

    Raises:
        UnreadableDocument: ``broken_pdf`` where the page cannot be loaded.
    """
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise damaged()
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            raise damaged()
        try:
            return _read(page, text_page, number)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read(page: ctypes.c_void_p, text_page: ctypes.c_void_p, number: int) -> Page:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    pieces = list(_pieces(text_page))
    directions: Counter[int] = Counter()
    seen: Counter[bool] = Counter()
    for piece in pieces:
        directions[piece.direction] += len(piece.span.text)
        seen[piece.hidden] += len(piece.span.text)
    direction = directions.most_common(1)[0][0] if directions else 0
    # Text that is not drawn lies over a scanned page, which it makes readable; anywhere else it is not to be read.
    hidden = seen[True] > seen[False]
    spans: list[Span] = []
    turned: list[str] = []
    left, bottom, right, top = _turned(box.left, box.bottom, box.right, box.top, direction)
    for piece in pieces:
        span = piece.span
        if piece.hidden is not hidden or span.size < _SMALLEST:
            continue
        span.left, low, span.right, high = _turned(span.left, piece.low, span.right, piece.high, direction)
        span.baseline = _turned(*piece.origin, *piece.origin, direction)[1]
        if span.right < left or span.left > right or high < bottom or low > top:
            continue
        if piece.direction != direction:
            turned.append(span.text)
        else:
            spans.append(span)
    rules, pictured = _drawn(page, direction, (right - left) * (top - bottom))
    return Page(number, bottom, top, tuple(spans), tuple(turned), rules, pictured)


@dataclass(slots=True)
class _Piece:
    """A span as pdfium gives it, before the page is turned upright."""

    span: Span
    origin: tuple[float, float]
    low: float
    high: float
    direction: int  # quarter turns of its baseline
    hidden: bool


def _pieces(text_page: ctypes.c_void_p) -> Iterator[_Piece]:
    handle = ctypes.cast(text_page, _HANDLE).value
    count = pdfium.FPDFText_CountChars(text_page)
    text = _characters(text_page, count)
    objects = [_text_object(handle, index) for index in range(count)]
    fonts: dict[int, tuple[bool, bool]] = {}
    matrix, first, last = pdfium.FS_MATRIX(), pdfium.FS_RECTF(), pdfium.FS_RECTF()
    x, y, size = ctypes.c_double(), ctypes.c_double(), ctypes.c_float()
    at_matrix, at_first, at_last = ctypes.addressof(matrix), ctypes.addressof(first), ctypes.addressof(last)
    at_x, at_y, at_size = ctypes.addressof(x), ctypes.addressof(y), ctypes.addressof(size)
    end = 0
    for owner, letters in groupby(objects):
        start, end = end, end + len(list(letters))
        words = text[start:end]
        if owner and words.strip():
            _char_box(handle, start, at_first)
            _char_box(handle, start + len(words.rstrip()) - 1, at_last)
            _char_origin(handle, start, at_x, at_y)
            _char_matrix(handle, start, at_matrix)
            _font_size(owner, at_size)
            font = _font_of(owner)
            if font not in fonts:
                fonts[font] = _style(font)
            italic, bold = fonts[font]
            a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
            height = (c * c + d * d) ** 0.5
            slanted = abs(a * c + b * d) > _SLANT * height * (a * a + b * b) ** 0.5
            mode = _render_mode(owner)
            span = Span(
                words,
                min(first.left, last.left),
                max(first.right, last.right),
                0.0,
                height * size.value,
                start > 0 and text[start - 1] == " ",
                italic or slanted,
                bold or mode == _OUTLINED,
            )
            direction = (0 if a > 0 else 2) if abs(a) >= abs(b) else (1 if b > 0 else 3)
            yield _Piece(
                span,
                (x.value, y.value),
                min(first.bottom, last.bottom),
                max(first.top, last.top),
                direction,
                mode == _INVISIBLE,
            )


def _characters(text_page: ctypes.c_void_p, count: int) -> str:
    """Give a character for each index; in one call where the text holds nothing outside the basic plane."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text_page, 0, count, buffer) == count + 1:
        text = bytes(buffer)[:-2].decode("utf-16-le", errors="replace")
        if len(text) == count:
            return text
    return "".join(chr(min(pdfium.FPDFText_GetUnicode(text_page, index), 0x10FFFF)) for index in range(count))


def _style(font: int) -> tuple[bool, bool]:
    """Say whether a font is italic and bold, by its flags and by its name, which agree in most files."""
    handle = ctypes.cast(font, pdfium.FPDF_FONT)
    flags = max(pdfium.FPDFFont_GetFlags(handle), 0)
    buffer = ctypes.create_string_buffer(256)
    length = min(pdfium.FPDFFont_GetBaseFontName(handle, buffer, 256), 256)
    name = buffer.raw[:length].decode("utf-8", errors="replace").rstrip("\x00").lower()
    name = name.split("+", 1)[-1]
    italic = bool(flags & _FLAG_ITALIC) or "italic" in name or "oblique" in name
    return italic, bool(flags & _FLAG_FORCE_BOLD) or "bold" in name or "black" in name


def _turned(left: float, bottom: float, right: float, top: float, direction: int) -> tuple[float, float, float, float]:
    """Turn a box so that text of that direction is upright."""
    if direction == 1:
        return bottom, -right, top, -left
    if direction == 2:
        return -right, -top, -left, -bottom
    if direction == 3:
        return -top, left, -bottom, right
    return left, bottom, right, top


def _drawn(page: ctypes.c_void_p, direction: int, area: float) -> tuple[tuple[Rule, ...], bool]:
    """Find the horizontal lines of a page, and whether a picture covers it."""
    rules: list[Rule] = []
    pictured = False
    edges = [ctypes.c_float() for _ in range(4)]
    handle = ctypes.cast(page, _HANDLE).value
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = _object_at(handle, index)
        kind = _kind_of(drawn)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        if not pdfium.FPDFPageObj_GetBounds(ctypes.cast(drawn, pdfium.FPDF_PAGEOBJECT), *edges):
            continue
        box = [edge.value for edge in edges]
        left, bottom, right, top = _turned(box[0], box[1], box[2], box[3], direction)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured = pictured or (right - left) * (top - bottom) > area / 2
        elif top - bottom < 3 and right - left > 20:
            rules.append(Rule(left, right, (top + bottom) / 2))
    return tuple(rules), pictured
