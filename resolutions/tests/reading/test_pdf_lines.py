"""Lines and words of PDF pages, with style and place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from resolutions.reading import pdf_spans
from resolutions.reading.pdf import read_pdf
from resolutions.tests.reading.blocks import styled, texts
from resolutions.tests.reading.pdf_files import (
    BOLD,
    ITALIC,
    LIGATURES,
    ROMAN,
    Drawing,
    with_ligatures,
)


class TestLines:
    def test_a_line_is_a_block_and_a_gap_an_empty_one(self) -> None:
        drawing = Drawing()
        drawing.paragraph("1. Requests the Court to report", "to the Assembly;")
        drawing.paragraph("2. Decides to remain seized.", "of it, and", "to return to it.")
        assert texts(read_pdf(drawing.data())) == [
            "1. Requests the Court to report",
            "to the Assembly;",
            "",
            "2. Decides to remain seized.",
            "of it, and",
            "to return to it.",
        ]

    def test_blocks_know_their_page_and_their_place_in_order(self) -> None:
        drawing = Drawing()
        drawing.line("The first page,")
        drawing.page()
        drawing.line("the second.")
        blocks = read_pdf(drawing.data())
        assert [(block.page, block.position, block.whole) for block in blocks] == [(1, 0, False), (2, 1, False)]

    def test_lines_are_read_from_top_to_bottom_whatever_was_drawn_first(self) -> None:
        drawing = Drawing()
        drawing.words(120, 400, "at the foot")
        drawing.words(120, 600, "at the top")
        assert [text for text in texts(read_pdf(drawing.data())) if text] == ["at the top", "at the foot"]

    def test_what_stands_side_by_side_in_a_masthead_is_kept_apart(self) -> None:
        drawing = Drawing()
        drawing.words(60, 735, "United Nations", size=14)
        drawing.words(480, 736, "A/RES/78/32")
        drawing.words(60, 705, ("General Assembly", BOLD), size=20)
        drawing.words(400, 704, "Distr.: General")
        drawing.words(400, 692, "6 December 2023")
        found = [text for text in texts(read_pdf(drawing.data())) if text]
        assert found == ["United Nations", "A/RES/78/32", "General Assembly", "Distr.: General", "6 December 2023"]

    def test_a_number_far_from_its_paragraph_stays_with_it(self) -> None:
        drawing = Drawing()
        drawing.words(90, 600, "1.")
        drawing.words(150, 600, "Requests the Court to report;")
        assert texts(read_pdf(drawing.data())) == ["1. Requests the Court to report;"]

    def test_text_in_two_columns_is_read_column_by_column(self) -> None:
        drawing = Drawing()
        left = [f"line {n} of the left column of the page" for n in range(8)]
        right = [f"line {n} of the right column of the page" for n in range(8)]
        for number in range(8):
            drawing.words(60, 600 - 12 * number, left[number])
            drawing.words(330, 600 - 12 * number, right[number])
        assert [text for text in texts(read_pdf(drawing.data())) if text] == left + right

    def test_pdfium_is_asked_for_stretches_of_text_and_not_for_each_letter(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[int] = []

        def counted(page: int, index: int) -> int | None:
            asked.append(index)
            return text_object(page, index)

        text_object: Callable[[int, int], int | None] = pdf_spans._text_object
        monkeypatch.setattr(pdf_spans, "_text_object", counted)
        drawing = Drawing()
        lines = [f"Line {number} of a paragraph that requests the Court to report at length;" for number in range(40)]
        drawing.paragraph(*lines)
        assert texts(read_pdf(drawing.data())) == lines
        assert len(asked) < sum(map(len, lines)) / 3

    def test_an_empty_page_between_is_no_matter(self) -> None:
        drawing = Drawing()
        drawing.line("One")
        drawing.page()
        drawing.page()
        drawing.line("three")
        assert [(block.text, block.page) for block in read_pdf(drawing.data())] == [("One", 1), ("three", 3)]

    def test_a_page_that_is_turned_is_read_as_it_is_seen(self) -> None:
        drawing = Drawing()
        drawing.canvas.setPageRotation(90)
        drawing.canvas.translate(612, 0)
        drawing.canvas.rotate(90)
        drawing.words(100, 500, "1. Requests the Court")
        drawing.words(100, 488, "to report;")
        assert texts(read_pdf(drawing.data())) == ["1. Requests the Court", "to report;"]


class TestWords:
    def test_italics_that_come_and_go_in_a_verb_do_not_part_it(self) -> None:
        drawing = Drawing()
        drawing.line("1. ", ("Re", ITALIC), ("quests ", ITALIC), "the ", ("Co", BOLD), "urt to report")
        [block] = read_pdf(drawing.data())
        assert styled(block) == [("1. ", ""), ("Requests ", "i"), ("the ", ""), ("Co", "b"), ("urt to report", "")]

    def test_a_raised_mark_is_superscript_and_breaks_no_line(self) -> None:
        drawing = Drawing()
        drawing.line("of the Statute,", ("12", ROMAN, 3.5), " and the Rules", ("3", ROMAN, 3.5), ";")
        [block] = read_pdf(drawing.data())
        assert block.text == "of the Statute,12 and the Rules3;"
        assert [run.text for run in block.runs if run.superscript] == ["12", "3"]
        assert [run.size for run in block.runs] == [1.0, 0.65, 1.0, 0.65, 1.0]

    def test_words_drawn_without_spaces_are_parted_by_their_distance(self) -> None:
        drawing = Drawing()
        for x, word in ((120, "Re"), (131.2, "quests"), (160, "the"), (176, "Court")):
            drawing.words(x, 600, word)
        assert texts(read_pdf(drawing.data())) == ["Requests the Court"]

    def test_a_gap_where_italics_end_is_a_space_and_none_where_they_end_in_a_word(self) -> None:
        drawing = Drawing()
        drawing.words(100, 600, ("Recalling", ITALIC))
        end = 100 + stringWidth("Recalling", ITALIC, 10)
        drawing.words(end + 1.1, 600, "further the Rome Statute")
        drawing.words(100, 588, ("Saf", ITALIC), "er", ("Guard", ITALIC))
        assert texts(read_pdf(drawing.data())) == ["Recalling further the Rome Statute", "SaferGuard"]

    def test_ligatures_and_fixed_spaces_and_hyphens_are_plain_letters(self) -> None:
        with_ligatures()
        drawing = Drawing()
        drawing.line(("con\ufb01rms\u00a0the \ufb02ow of \ufb01nance", LIGATURES))
        assert texts(read_pdf(drawing.data())) == ["confirms the flow of finance"]

    def test_a_word_broken_at_the_line_end_keeps_its_hyphen_for_the_stage_that_joins(self) -> None:
        drawing = Drawing()
        drawing.paragraph("1. Requests the Court to strengthen coop-", "eration with States;")
        assert texts(read_pdf(drawing.data())) == ["1. Requests the Court to strengthen coop-", "eration with States;"]

    def test_slanted_letters_are_italic(self) -> None:
        drawing = Drawing()
        text = drawing.canvas.beginText()
        text.setFont(ROMAN, 10)
        text.setTextTransform(1, 0, 0.33, 1, 120, 600)
        text.textOut("Requests")
        drawing.canvas.drawText(text)
        assert styled(read_pdf(drawing.data())[0]) == [("Requests", "i")]
