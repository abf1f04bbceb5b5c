"""What is drawn on a PDF page besides its text, and whether text can be seen on it."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from dataclasses import dataclass, field

import pypdfium2_raw as pdfium

_PAINTED = (0, 4)  # text rendering modes of ISO 32000-1, 9.3.6, in which the fill colour alone shows
_INVISIBLE = 3
_NEAR = 8  # of 255: colours that differ by less look the same
_LEAST = 3.0  # points: what is lower is a rule, and nothing stands on it
_RECTANGLE = 6  # segments at most
_STRIP = 24.0  # points
_FARTHEST = 2400.0  # points from the corner of the page: no paper is larger
_WHITE = (255, 255, 255)

# pdfium's functions by their addresses, as in `pdf_spans`: they are called for each object of a page.
_HANDLE, _NUMBER = ctypes.c_void_p, ctypes.c_int


def address(function: object) -> int:
    """Give the address of a function of pdfium, to be called with plain integers for handles."""
    return ctypes.cast(function, ctypes.c_void_p).value or 0  # type: ignore[arg-type]  # `ctypes` has no name for it


_object_at = ctypes.PYFUNCTYPE(_HANDLE, _HANDLE, _NUMBER)(address(pdfium.FPDFPage_GetObject))
_kind_of = ctypes.PYFUNCTYPE(_NUMBER, _HANDLE)(address(pdfium.FPDFPageObj_GetType))
_bounds = ctypes.PYFUNCTYPE(_NUMBER, *[_HANDLE] * 5)(address(pdfium.FPDFPageObj_GetBounds))
_fill = ctypes.PYFUNCTYPE(_NUMBER, *[_HANDLE] * 5)(address(pdfium.FPDFPageObj_GetFillColor))

_colour = (ctypes.c_uint * 4)()
_at_colour = tuple(ctypes.addressof(_colour) + 4 * number for number in range(4))
_edges = (ctypes.c_float * 4)()
_at_edges = tuple(ctypes.addressof(_edges) + 4 * number for number in range(4))

Box = tuple[float, float, float, float]  # left, bottom, right, top
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """Something that text can stand on or lie under.

    Attributes:
        place: in the order in which the page is drawn.
        box: where it is.
        colour: that fills it evenly; None for pictures and whatever else has more than one.
        kind, handle: the object, as pdfium calls it.
    """

    place: int
    box: Box
    colour: Colour | None
    kind: int
    handle: int

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies inside."""
        left, bottom, right, top = self.box
        return left <= x <= right and bottom <= y <= top


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page.

    Attributes:
        lines: boxes of paths, of which low ones are rules.
        shapes: what text can stand on or lie under, in the order of drawing, by the strips of the page in which it is.
        places: of the text objects in the order of drawing; those inside of forms are not known.
        pictures, area: how much of the page pictures take, and pictures and forms.
        document, page: the handles, while they are open.
    """

    document: object
    page: object
    lines: list[Box] = field(default_factory=list)
    shapes: Mapping[int, list[Shape]] = field(default_factory=dict)
    places: Mapping[int, int] = field(default_factory=dict)
    pictures: float = 0.0
    area: float = 0.0

    def hides(self, text: int, mode: int, box: Box) -> bool:
        """Say whether a text cannot be seen.

        Args:
            text: the handle of its object.
            mode: how it is rendered.
            box: where it stands.

        Returns:
            True where it is not drawn, has the colour of what it stands on (of the paper, where it stands on
            nothing), or lies under something opaque. Where that cannot be told, as inside of forms, it is seen.
        """
        if mode == _INVISIBLE:
            return True
        colour = None
        if mode in _PAINTED and _fill(text, *_at_colour):
            if _colour[3] == 0:
                return True
            colour = (_colour[0], _colour[1], _colour[2])
        if not self.shapes:
            return colour is not None and _alike(colour, _WHITE)
        place = self.places.get(text)
        if place is None:
            return False
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        ground: Colour | None = _WHITE
        for shape in self.shapes.get(int(y // _STRIP), ()):
            if shape.holds(x, y):
                if shape.place < place:
                    ground = shape.colour
                elif shape.holds(box[0], box[1]) and shape.holds(box[2], box[3]) and self._covers(shape):
                    return True
        return colour is not None and ground is not None and _alike(colour, ground)

    def _covers(self, shape: Shape) -> bool:
        """Say whether nothing under a shape is seen."""
        handle = ctypes.cast(shape.handle, pdfium.FPDF_PAGEOBJECT)
        if shape.kind == pdfium.FPDF_PAGEOBJ_PATH:
            return shape.colour is not None and not _is_cut(handle, shape.box)
        return shape.kind == pdfium.FPDF_PAGEOBJ_IMAGE and not _is_cut(handle, shape.box) and self._is_opaque(handle)

    def _is_opaque(self, picture: object) -> bool:
        if pdfium.FPDFPageObj_HasTransparency(picture):
            return False
        bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(self.document, self.page, picture)
        if not bitmap:
            return False
        try:
            size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
            with_alpha = pdfium.FPDFBitmap_GetFormat(bitmap) == pdfium.FPDFBitmap_BGRA
            pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)
            return not with_alpha or min(pixels[3::4], default=0) == 255
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)


def drawn_on(document: object, page: ctypes.c_void_p) -> Drawn:
    """Look at what is drawn on a page.

    Args:
        document, page: the handles.

    Returns:
        The shapes in the measure of the page as it is stored, not turned.
    """
    handle = ctypes.cast(page, _HANDLE).value
    places: dict[int, int] = {}
    lines: list[Box] = []
    shapes: dict[int, list[Shape]] = {}
    pictures = area = 0.0
    for place in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = _object_at(handle, place)
        kind = _kind_of(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            places[drawn] = place
            continue
        if not _bounds(drawn, *_at_edges):
            continue
        box = (_edges[0], _edges[1], _edges[2], _edges[3])
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            lines.append(box)
            if (shape := _filled(drawn, place, box)) is not None:
                _put(shape, shapes)
            continue
        size = (box[2] - box[0]) * (box[3] - box[1])
        pictures += size if kind == pdfium.FPDF_PAGEOBJ_IMAGE else 0.0
        area += size
        _put(Shape(place, box, None, kind, drawn), shapes)
    return Drawn(document, page, lines, shapes, places, pictures, area)


def _put(shape: Shape, strips: dict[int, list[Shape]]) -> None:
    """Put a shape into the strips that it reaches over; a map has thousands, of which a word can stand on few."""
    first, last = int(max(shape.box[1], -_FARTHEST) // _STRIP), int(min(shape.box[3], _FARTHEST) // _STRIP)
    for strip in range(first, last + 1):
        strips.setdefault(strip, []).append(shape)


def _alike(colour: Colour, other: Colour) -> bool:
    return all(abs(one - two) < _NEAR for one, two in zip(colour, other, strict=True))


def _filled(path: int, place: int, box: Box) -> Shape | None:
    """Give the shape of a path that fills something; its colour is known only if it is a rectangle."""
    if box[2] - box[0] < _LEAST or box[3] - box[1] < _LEAST:
        return None
    handle = ctypes.cast(path, pdfium.FPDF_PAGEOBJECT)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(handle, fill, stroke) or not fill.value:
        return None
    even = _fill(path, *_at_colour) and _colour[3] == 255 and not pdfium.FPDFPageObj_HasTransparency(handle)
    colour = (_colour[0], _colour[1], _colour[2])
    simple = pdfium.FPDFPath_CountSegments(handle) <= _RECTANGLE
    return Shape(place, box, colour if even and simple else None, pdfium.FPDF_PAGEOBJ_PATH, path)


def _is_cut(handle: object, box: Box) -> bool:
    """Say whether a clipping path may leave only a part of an object."""
    clip = pdfium.FPDFPageObj_GetClipPath(handle)
    for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
        count = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        x, y = ctypes.c_float(), ctypes.c_float()
        corners = []
        for number in range(min(count, _RECTANGLE)):
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, number), x, y)
            corners.append((x.value, y.value))
        if count > _RECTANGLE or not corners:
            return True
        across, along = zip(*corners, strict=True)
        if min(across) > box[0] + 1 or max(across) < box[2] - 1 or min(along) > box[1] + 1 or max(along) < box[3] - 1:
            return True
    return False
