"""Pages of PDF files become pictures, and a hostile file gives none and takes nothing down."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from resolutions.reading import pages
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.isolation import Bounds, asked_isolated
from resolutions.reading.pages import page_png, page_sizes
from resolutions.tests.reading import hostile_readers
from resolutions.tests.reading.pdf_files import Drawing, of_content


def sized(box: bytes) -> bytes:
    return of_content(b"").replace(b"[0 0 612 792]", box)


def drawn() -> bytes:
    drawing = Drawing()
    drawing.line("Requests the Court")
    return drawing.data()


@pytest.mark.parametrize(
    ("box", "size"),
    [
        (b"[0 0 612 792]", (900, 1165)),
        (b"[0 0 792 612]", (900, 695)),
        (b"[0 0 1 99999]", (1, 3600)),
        (b"[0 0 99999 1]", (900, 1)),
        (b"[0 0 0 0]", (900, 1165)),
        (b"[0 0 9e9 9e9]", (900, 1165)),
    ],
)
def test_a_picture_has_the_size_that_was_told_and_no_more_pixels_than_it_may(box: bytes, size: tuple[int, int]) -> None:
    assert page_sizes(sized(box)) == (size,)
    with Image.open(io.BytesIO(page_png(sized(box), 1) or b"")) as picture:
        assert (picture.size, picture.mode) == (size, "RGB")
        picture.load()


def test_colours_and_sides_are_right() -> None:
    data = of_content(b"1 0 0 rg 0 396 306 396 re f 0 0 1 rg 306 0 306 396 re f")
    with Image.open(io.BytesIO(page_png(data, 1) or b"")) as picture:
        corners = [picture.getpixel(place) for place in ((9, 9), (890, 9), (9, 1155), (890, 1155))]
    assert corners == [(255, 0, 0), (255, 255, 255), (255, 255, 255), (0, 0, 255)]


@pytest.mark.parametrize("number", [-1, 0, 2, 10**4000])
def test_there_is_none_beyond_the_last(number: int) -> None:
    assert page_png(drawn(), number) is None


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", drawn()[:200]])
def test_a_broken_file_has_none(data: bytes) -> None:
    for ask in (page_sizes, lambda data: page_png(data, 1)):
        with pytest.raises(UnreadableDocument) as refused:
            ask(data)
        assert refused.value.code == "broken_pdf"


def test_a_file_that_draws_without_end_is_stopped_and_the_next_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    # Forms that draw forms: ten of ten of ten.
    forms = [
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X %d 0 R >> >> /Length %d >>"
        b"\nstream\n%s\nendstream" % (number + 1, len(b"/X Do " * 40), b"/X Do " * 40)
        for number in range(6, 12)
    ]
    fill = b"0 0 612 792 re f " * 100
    last = b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Length %d >>\nstream\n%s\nendstream"
    data = of_content(b"/X Do", *forms, last % (len(fill), fill), resources=b"<< /XObject << /X 6 0 R >> >>")
    with monkeypatch.context() as bounded:
        bounded.setattr(pages, "BOUNDS", Bounds(seconds=1, memory=400 << 20, result=16 << 20))
        with pytest.raises(UnreadableDocument) as refused:
            page_png(data, 1)
    assert refused.value.code in ("too_slow", "too_much_memory")
    assert page_png(drawn(), 1)


@pytest.mark.parametrize("given", ["", "AAAA", "no base64", 5, [[1]], {"a": 1}])
def test_what_is_no_picture_is_not_handed_on(given: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "asked_isolated", lambda *args, **options: given)
    with pytest.raises(UnreadableDocument) as refused:
        page_png(b"", 1)
    assert refused.value.code == "reader_crashed"


@pytest.mark.parametrize(
    ("function", "code"),
    [("echoes", ""), ("sleeps", "too_slow"), ("aborts", "reader_crashed"), ("reads", "reader_crashed")],
)
def test_other_questions_are_bounded_like_reading(function: str, code: str) -> None:
    name, bounds = f"{hostile_readers.__name__}:{function}", Bounds(seconds=1, memory=300 << 20, result=1 << 20)
    if not code:
        assert asked_isolated(name, b"words", 2, 3, bounds=bounds) == ["words", 2, 3]
        return
    with pytest.raises(UnreadableDocument) as refused:
        asked_isolated(name, b"words", bounds=bounds)
    assert refused.value.code == code
