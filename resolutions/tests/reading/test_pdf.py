"""The same document as PDF and as text."""

from __future__ import annotations

from resolutions.reading.pdf import read_pdf
from resolutions.reading.plain import read_plain
from resolutions.structure.document import structure_document
from resolutions.tests.reading.pdf_files import (
    BOLD,
    ITALIC,
    ROMAN,
    Drawing,
)


def test_the_same_resolution_as_pdf_and_as_text_gives_the_same_paragraphs() -> None:
    drawing = Drawing()
    drawing.line("Resolution ICC-ASP/20/Res.2", size=14)
    drawing.paragraph("Adopted at the 8th plenary meeting, on 9 December 2021, by consensus")
    drawing.line(("ICC-ASP/20/Res.2", BOLD), gap=True, size=12)
    drawing.line(("Resolution on cooperation", BOLD), size=12)
    drawing.paragraph("The Assembly of States Parties,")
    drawing.paragraph("Recalling the provisions of the Rome Statute and the decla-", "rations of the Assembly,")
    drawing.line("1. ", ("Emphasizes", ITALIC), " the importance of timely", gap=True)
    drawing.line("and effective cooperation", ("1", ROMAN, 3.5), " with the Court, and")
    drawing.canvas.line(120, 120, 264, 120)
    drawing.words(120, 108, ("1", ROMAN, 3), " See ICC-ASP/12/36.", size=8)
    drawing.page()
    drawing.line(("requests", ITALIC), " the Court to report thereon", gap=True)
    drawing.line("to the Assembly at its twenty-first session;")
    drawing.paragraph("2. Decides to remain seized of the matter.")
    text = """Resolution ICC-ASP/20/Res.2

Adopted at the 8th plenary meeting, on 9 December 2021, by consensus

ICC-ASP/20/Res.2
Resolution on cooperation

The Assembly of States Parties,

Recalling the provisions of the Rome Statute and the decla-
rations of the Assembly,

1. *Emphasizes* the importance of timely
and effective cooperation¹ with the Court, and
*requests* the Court to report thereon
to the Assembly at its twenty-first session;

¹ See ICC-ASP/12/36.

2. Decides to remain seized of the matter.
"""
    as_pdf = structure_document(read_pdf(drawing.data()))
    as_text = structure_document(read_plain(text.encode()))
    assert as_pdf.symbol == as_text.symbol == "ICC-ASP/20/Res.2"
    assert as_pdf.title == as_text.title
    for here, there in zip(as_pdf.paragraphs, as_text.paragraphs, strict=True):
        assert (here.key, here.text, here.emphases) == (there.key, there.text, there.emphases)
        assert [(note.mark, note.text) for note in here.footnotes] == [
            (note.mark, note.text) for note in there.footnotes
        ]
