"""PDF files that are refused, and those that are built to do harm."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.isolation import Bounds, read_isolated
from resolutions.reading.pdf import read_pdf
from resolutions.reading.sniff import MOST_PAGES
from resolutions.tests.reading.pdf_files import (
    Drawing,
    of_content,
    of_objects,
)


def good() -> bytes:
    drawing = Drawing()
    for page in range(3):
        drawing.paragraph(*(f"Line {line} of page {page}" for line in range(20)))
        drawing.page()
    return drawing.data()


def scanned() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(612, 792))
    for number in range(2):
        canvas.drawImage(ImageReader(Image.new("L", (64, 64))), 0, 0, 612, 792)
        canvas.drawString(500, 20, f"{number} of 2")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def encrypted() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("secret", "owner"))
    canvas.drawString(100, 700, "1. Requests the Court to report;")
    canvas.save()
    return file.getvalue()


def long() -> bytes:
    kids = b"3 0 R " * (MOST_PAGES + 8500)
    return of_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, MOST_PAGES + 8500),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
        ]
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(scanned(), "no_text_layer", id="pictures with page numbers"),
        pytest.param(of_content(b""), "no_text_layer", id="an empty page"),
        pytest.param(encrypted(), "encrypted", id="password"),
        pytest.param(good()[:3000], "broken_pdf", id="truncated"),
        pytest.param(good()[:-200], "broken_pdf", id="without its end"),
        pytest.param(b"%PDF-1.7\n%%EOF", "broken_pdf", id="nothing in it"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF", "broken_pdf", id="noise"),
        pytest.param(long(), "too_many_pages", id="ten thousand pages"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_pdf(data)
    assert refused.value.code == code
    assert refused.value.reason.endswith(".")


SMALL = Bounds(seconds=5, memory=400 << 20)
FORM = b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X1 %d 0 R >> >> /Length %d >>"
ITSELF = b"<< /XObject << /X1 6 0 R >> >>"


def form(draws: int) -> bytes:
    content = b"q /X1 Do Q /X1 Do"
    return FORM % (draws, len(content)) + b"\nstream\n%s\nendstream" % content


HOSTILE: dict[str, Callable[[], bytes]] = {
    "pages that hold themselves": lambda: of_objects(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]
    ),
    "a form of itself": lambda: of_content(b"/X1 Do", form(6), resources=ITSELF),
    "forms that double forty times": lambda: of_content(
        b"/X1 Do", *(form(number + 7) for number in range(40)), form(6), resources=ITSELF
    ),
    "deep nesting": lambda: of_objects([b"<< /Type /Catalog /Pages " + b"[" * 200_000 + b" >>"]),
    "deep nesting in the content": lambda: of_content(b"BT /F1 10 Tf " + b"[" * 300_000 + b" TJ ET"),
    "a bomb of spaces": lambda: of_content(b" " * (500 << 20)),
    "a bomb of words": lambda: of_content(b"BT /F1 1 Tf " + b"(words ) Tj " * 4_000_000 + b"ET"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_takes_nothing_down(name: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_isolated("resolutions.reading.pdf:read_pdf", HOSTILE[name](), SMALL)
    assert refused.value.code in {"broken_pdf", "no_text_layer", "too_slow", "too_much_memory", "reader_crashed"}
    assert read_isolated("resolutions.reading.pdf:read_pdf", good()) == read_pdf(good())
