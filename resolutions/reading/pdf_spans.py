"""The words of a PDF page as pdfium finds them: pieces in one style, each with its place on the page."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2_raw as pdfium

from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.pdf_shapes import Box, Drawn, address, drawn_on

_OUTLINED = 2  # text rendering mode of ISO 32000-1, 9.3.6
_FLAG_ITALIC = 1 << 6  # font descriptor flags of ISO 32000-1, 9.8.2
_FLAG_FORCE_BOLD = 1 << 18
_SLANT = 0.15  # a word processor without an italic font slants the upright one by about 0.2 to 0.35
_LEANS = 0.05  # of the size: the least by which a slanted letter begins before its place
_HIGHEST_RULE, _SHORTEST_RULE = 3.0, 20.0  # points
_SMALLEST = 1.0  # points; smaller text is there for machines


# What is called for each letter or span takes handles as plain integers: the bindings of the library make an object
# of each, at each call, and let go of the interpreter, which nobody waits for in a process that reads one document.
_HANDLE = ctypes.c_void_p
_NUMBER = ctypes.c_int
_text_object = ctypes.PYFUNCTYPE(_HANDLE, _HANDLE, _NUMBER)(address(pdfium.FPDFText_GetTextObject))
_font_of = ctypes.PYFUNCTYPE(_HANDLE, _HANDLE)(address(pdfium.FPDFTextObj_GetFont))
_render_mode = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE)(address(pdfium.FPDFTextObj_GetTextRenderMode))
_font_size = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE, _HANDLE)(address(pdfium.FPDFTextObj_GetFontSize))
_char_box = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE, _NUMBER, _HANDLE)(address(pdfium.FPDFText_GetLooseCharBox))
_char_origin = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE, _NUMBER, _HANDLE, _HANDLE)(address(pdfium.FPDFText_GetCharOrigin))
_char_matrix = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE, _NUMBER, _HANDLE)(address(pdfium.FPDFText_GetMatrix))

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
        leaning: its first letter, an italic f, reaches back over the space before it, so that pdfium may see none.
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
    leaning: bool = False


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
        hidden: text that a reader of the page does not see.
        rules: horizontal lines.
        pictured: a picture covers most of the page.
    """

    number: int
    bottom: float
    top: float
    spans: tuple[Span, ...]
    turned: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
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
            return _read(drawn_on(document, page), page, text_page, number)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read(drawn: Drawn, page: ctypes.c_void_p, text_page: ctypes.c_void_p, number: int) -> Page:
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    pieces = list(_pieces(text_page, drawn))
    directions: Counter[int] = Counter()
    seen: Counter[bool] = Counter()
    for piece in pieces:
        directions[piece.direction] += len(piece.span.text)
        seen[piece.hidden] += len(piece.span.text)
    direction = directions.most_common(1)[0][0] if directions else 0
    spans: list[Span] = []
    turned: list[str] = []
    hidden: list[_Piece] = []
    left, bottom, right, top = _turned(bounds.left, bounds.bottom, bounds.right, bounds.top, direction)
    area = (right - left) * (top - bottom)
    # Text that is not seen makes a scanned page readable, under or over its picture, and is then all that the page
    # has; anywhere else nobody was meant to read it.
    recognized = seen[True] > seen[False] and drawn.area > area / 2
    for piece in pieces:
        span = piece.span
        span.left, low, span.right, high = _turned(*piece.box, direction)
        origin, span.baseline, *_ = _turned(*piece.origin, *piece.origin, direction)
        if origin - span.left > _LEANS * span.size:
            span.left, span.leaning = origin, True
        beside = span.right < left or span.left > right or high < bottom or low > top
        if (piece.hidden and not recognized) or beside or span.size < _SMALLEST:
            hidden.append(piece)
        elif piece.direction != direction:
            turned.append(span.text)
        else:
            spans.append(span)
    rules = [
        Rule(left, right, (low + high) / 2)
        for left, low, right, high in (_turned(*box, direction) for box in drawn.lines)
        if high - low < _HIGHEST_RULE and right - left > _SHORTEST_RULE
    ]
    pictured = drawn.pictures > area / 2
    return Page(number, bottom, top, tuple(spans), tuple(turned), _listed(hidden), tuple(rules), pictured)


def _listed(pieces: Sequence[_Piece]) -> tuple[str, ...]:
    """Give the text of pieces, those of a line together."""
    lines: list[str] = []
    before: _Piece | None = None
    for piece in pieces:
        if before is not None and abs(before.span.baseline - piece.span.baseline) < 1:
            lines[-1] += (" " if piece.span.spaced else "") + piece.span.text
        else:
            lines.append(piece.span.text)
        before = piece
    return tuple(" ".join(line.split()) for line in lines)


@dataclass(slots=True)
class _Piece:
    """A span as pdfium gives it, before the page is turned upright."""

    span: Span
    origin: tuple[float, float]
    box: Box
    direction: int  # quarter turns of its baseline
    hidden: bool


def _pieces(text_page: ctypes.c_void_p, drawn: Drawn) -> Iterator[_Piece]:
    handle = ctypes.cast(text_page, _HANDLE).value
    count = pdfium.FPDFText_CountChars(text_page)
    text = _characters(text_page, count)
    fonts: dict[int, tuple[bool, bool]] = {}
    matrix, first, last = pdfium.FS_MATRIX(), pdfium.FS_RECTF(), pdfium.FS_RECTF()
    x, y, size = ctypes.c_double(), ctypes.c_double(), ctypes.c_float()
    at_matrix, at_first, at_last = ctypes.addressof(matrix), ctypes.addressof(first), ctypes.addressof(last)
    at_x, at_y, at_size = ctypes.addressof(x), ctypes.addressof(y), ctypes.addressof(size)
    for owner, start, end in _stretches(handle or 0, text):
        words = text[start:end]
        if words.strip():
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
            box = (
                min(first.left, last.left),
                min(first.bottom, last.bottom),
                max(first.right, last.right),
                max(first.top, last.top),
            )
            span = Span(
                words,
                box[0],
                box[2],
                0.0,
                height * size.value,
                start > 0 and text[start - 1] == " ",
                italic or slanted,
                bold or mode == _OUTLINED,
            )
            direction = (0 if a > 0 else 2) if abs(a) >= abs(b) else (1 if b > 0 else 3)
            yield _Piece(span, (x.value, y.value), box, direction, drawn.hides(owner, mode, box))


def _stretches(handle: int, text: str) -> Iterator[tuple[int, int, int]]:
    """Give the objects that draw the text, each with the first of its letters and the one after its last.

    The letters of an object stand together, so that its last one is found without asking for each. White space that
    the page only implies belongs to no object.
    """
    start, count = 0, len(text)
    while start < count:
        owner = _text_object(handle, start)
        if not owner:
            start += 1
            continue
        known, step = start, 4
        while known + step < count and _text_object(handle, known + step) == owner:
            known, step = known + step, 2 * step
        end = min(known + step, count)
        while end - known > 1:
            middle = (known + end) // 2
            known, end = (middle, end) if _text_object(handle, middle) == owner else (known, middle)
        yield owner, start, end
        start = end


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
