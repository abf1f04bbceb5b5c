"""Heads, feet and notes of PDF pages."""

from __future__ import annotations

from resolutions.reading.pdf import read_pdf
from resolutions.structure.document import structure_document
from resolutions.tests.reading.pdf_files import (
    BOLD,
    ROMAN,
    Drawing,
)


class TestBands:
    def document(self) -> bytes:
        drawing = Drawing()
        drawing.words(60, 735, "A/RES/78/32")
        drawing.line("Strengthening the Court", size=12)
        for page in range(2, 7):
            drawing.paragraph(f"{page}. Requests the Court to report on page {page}", "to the Assembly;")
            drawing.page()
            sides = ("A/RES/78/32", "Strengthening the Court")
            left, right = sides if page % 2 == 0 else sides[::-1]
            drawing.words(60, 735, (left, BOLD), size=8.5)
            drawing.words(400, 735, (right, BOLD), size=8.5)
            number, job = f"{page}/6", "23-24542"
            drawing.words(60, 40, number if page % 2 == 0 else job, size=8)
            drawing.words(500, 40, job if page % 2 == 0 else number, size=8)
        drawing.line("7. Decides to remain seized.")
        return drawing.data()

    def test_heads_and_feet_of_odd_and_even_pages_are_marked(self) -> None:
        blocks = read_pdf(self.document())
        heads = [block.text for block in blocks if block.band == "head" and block.text]
        assert heads == ["A/RES/78/32", "Strengthening the Court", "Strengthening the Court", "A/RES/78/32"] * 2 + [
            "A/RES/78/32",
            "Strengthening the Court",
        ]
        feet = [block.text for block in blocks if block.band == "foot" and block.text]
        assert feet[:4] == ["2/6", "23-24542", "23-24542", "3/6"]
        assert len(feet) == 10

    def test_a_head_of_several_lines_breaks_no_sentence(self) -> None:
        drawing = Drawing()
        drawing.paragraph(
            "Resolution ICC-ASP/20/Res.2", "Strengthening the Court", "and the Assembly in all their aspects"
        )
        drawing.paragraph("The Assembly of States Parties,")
        drawing.paragraph("1. Requests the Court to report on its cooperation with States Parties and with")
        drawing.page()
        drawing.words(60, 740, "Strengthening the Court", size=8.5)
        drawing.words(400, 735, "ICC-ASP/20/Res.2", size=8.5)
        drawing.words(60, 730, "and the Assembly in all their aspects", size=8.5)
        drawing.paragraph("other States, in consultation with the Bureau;")
        record = structure_document(read_pdf(drawing.data()))
        [paragraph] = record.paragraphs
        assert paragraph.text.endswith("with States Parties and with other States, in consultation with the Bureau;")
        assert len(record.furniture) == 3

    def test_the_masthead_of_the_first_page_is_no_head(self) -> None:
        blocks = read_pdf(self.document())
        assert [block.text for block in blocks if block.page == 1 and block.band] == []

    def test_notes_stand_under_a_drawn_rule(self) -> None:
        drawing = Drawing()
        drawing.paragraph("Recalling the provisions of the Rome Statute on the reports of the Court and its organs,")
        drawing.line("1. Recalls the Statute", ("1", ROMAN, 3.5), " and the Rules;", gap=True)
        drawing.canvas.line(120, 120, 264, 120)
        drawing.words(120, 108, ("1", ROMAN, 3), " United Nations, Treaty Series, vol. 2187,", size=8)
        drawing.words(120, 98, "No. 38544.", size=8)
        blocks = read_pdf(drawing.data())
        assert [block.text for block in blocks if block.band == "notes"] == [
            "__________",
            "1 United Nations, Treaty Series, vol. 2187,",
            "No. 38544.",
        ]

    def test_turned_text_of_the_margin_stands_at_the_foot(self) -> None:
        drawing = Drawing()
        drawing.line("1. Requests the Court to report;")
        drawing.canvas.rotate(90)
        drawing.words(300, -30, "Advance copy")
        blocks = read_pdf(drawing.data())
        assert [(block.text, block.band) for block in blocks if block.text] == [
            ("1. Requests the Court to report;", ""),
            ("Advance copy", "foot"),
        ]
