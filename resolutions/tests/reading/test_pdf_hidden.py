"""Text of PDF files that cannot be seen: it is not read, and listed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from resolutions.reading.blocks import TextBlock
from resolutions.reading.pdf import read_pdf
from resolutions.structure.document import structure_document
from resolutions.tests.reading.blocks import texts
from resolutions.tests.reading.pdf_files import (
    ROMAN,
    Drawing,
)

FIRST = "1. Requests the Court to report to the Assembly;"
SECOND = "2. Decides nothing."
PAGE = (0, 0, 612, 792)
UNDER = (90, 490, 200, 30)  # where the second paragraph stands


def colored(drawing: Drawing, red: float, green: float, blue: float) -> None:
    drawing.canvas.setFillColorRGB(red, green, blue)
    drawing.words(100, 500, SECOND)
    drawing.canvas.setFillColorRGB(0, 0, 0)


def box(drawing: Drawing, red: float, green: float, blue: float, place: tuple[float, ...] = UNDER) -> None:
    drawing.canvas.setFillColorRGB(red, green, blue)
    drawing.canvas.rect(*place, stroke=0, fill=1)
    drawing.canvas.setFillColorRGB(0, 0, 0)


def picture(drawing: Drawing, alpha: int = 255, place: tuple[float, ...] = UNDER) -> None:
    image = Image.new("RGBA", (8, 8), (40, 80, 40, alpha))
    drawing.canvas.drawImage(ImageReader(image), *place, mask="auto" if alpha < 255 else None)


def invisible(drawing: Drawing, words: str) -> None:
    text = drawing.canvas.beginText(100, 500)
    text.setFont(ROMAN, 10)
    text.setTextRenderMode(3)
    text.textOut(words)
    drawing.canvas.drawText(text)


def clear(drawing: Drawing) -> None:
    drawing.canvas.setFillAlpha(0)
    drawing.words(100, 500, SECOND)


def white(drawing: Drawing) -> None:
    colored(drawing, 1, 1, 1)


def dark(drawing: Drawing) -> None:
    drawing.words(100, 500, SECOND)


HIDDEN: dict[str, tuple[Callable[[Drawing], None], ...]] = {
    "beside the page": (lambda drawing: drawing.words(-900, 500, SECOND),),
    "too small": (lambda drawing: drawing.words(100, 500, SECOND, size=0.5),),
    "not drawn": (lambda drawing: invisible(drawing, SECOND),),
    "clear": (clear,),
    "white on paper": (white,),
    "nearly white": (lambda drawing: colored(drawing, 0.98, 0.98, 0.99),),
    "white on a white box": (lambda drawing: box(drawing, 1, 1, 1), white),
    "white with a picture elsewhere": (lambda drawing: picture(drawing, place=(300, 300, 20, 20)), white),
    "in the colour of its box": (
        lambda drawing: box(drawing, 0.2, 0.3, 0.6),
        lambda drawing: colored(drawing, 0.2, 0.3, 0.6),
    ),
    "white on a white box on a dark one": (
        lambda drawing: box(drawing, 0, 0, 0.3, (50, 400, 400, 200)),
        lambda drawing: box(drawing, 1, 1, 1),
        white,
    ),
    "under a box": (dark, lambda drawing: box(drawing, 0, 0, 0)),
    "under a picture": (dark, picture),
}

SEEN: dict[str, tuple[Callable[[Drawing], None], ...]] = {
    "white on a dark box": (lambda drawing: box(drawing, 0.1, 0.1, 0.4), white),
    "white on a dark page": (lambda drawing: box(drawing, 0.1, 0.1, 0.4, (0, 0, 612, 520)), white),
    "white on a picture": (picture, white),
    "grey": (lambda drawing: colored(drawing, 0.8, 0.8, 0.8),),
    "on a grey box": (lambda drawing: box(drawing, 0.9, 0.9, 0.9), dark),
    "under a picture that is seen through": (dark, lambda drawing: picture(drawing, alpha=90)),
    "partly under a box": (dark, lambda drawing: box(drawing, 0, 0, 0, (90, 490, 30, 30))),
}


def drawn(*steps: Callable[[Drawing], None]) -> tuple[TextBlock, ...]:
    drawing = Drawing()
    drawing.line(FIRST)
    for step in steps:
        step(drawing)
    return read_pdf(drawing.data())


@pytest.mark.parametrize("name", HIDDEN)
def test_what_cannot_be_seen_is_no_text_but_is_told(name: str) -> None:
    blocks = drawn(*HIDDEN[name])
    assert [(block.text, block.band) for block in blocks] == [(FIRST, ""), (SECOND, "hidden")]


@pytest.mark.parametrize("name", SEEN)
def test_what_can_be_seen_is_read(name: str) -> None:
    blocks = [block for block in drawn(*SEEN[name]) if block.text]
    assert [(block.text, block.band) for block in blocks] == [(FIRST, ""), (SECOND, "")]


@pytest.mark.parametrize("over", [True, False], ids=["over the picture", "under the picture"])
def test_the_text_of_a_scanned_page_is_read_whether_it_is_drawn_or_covered(over: bool) -> None:
    drawing = Drawing()
    if over:
        picture(drawing, place=PAGE)
        invisible(drawing, FIRST + " And " + FIRST)
    else:
        drawing.words(100, 500, FIRST + " And " + FIRST)
        picture(drawing, place=PAGE)
    assert texts(read_pdf(drawing.data())) == [FIRST + " And " + FIRST]


def test_hidden_text_stands_with_the_furniture_and_in_no_paragraph() -> None:
    record = structure_document(drawn(white), "ICC-ASP-20-Res2.pdf")
    assert [paragraph.text for paragraph in record.paragraphs] == [FIRST.removeprefix("1. ")]
    assert record.furniture == (SECOND,)
