"""PDF files become lines with style and place, or are refused with a reason."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from resolutions.reading.blocks import TextBlock, TextRun
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.isolation import Bounds, read_isolated
from resolutions.reading.pdf import read_pdf
from resolutions.reading.plain import read_plain
from resolutions.reading.sniff import MOST_PAGES
from resolutions.structure.document import structure_document
from resolutions.tests.reading.pdf_files import (
    BOLD,
    ITALIC,
    LIGATURES,
    ROMAN,
    Drawing,
    of_content,
    of_objects,
    with_ligatures,
)


def texts(blocks: tuple[TextBlock, ...]) -> list[str]:
    return [block.text.strip() for block in blocks]


def styled(block: TextBlock) -> list[tuple[str, str]]:
    def letter(run: TextRun) -> str:
        return ("s" if run.superscript else "") + ("i" if run.italic else "") + ("b" if run.bold else "")

    return [(run.text, letter(run)) for run in block.runs]


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

    @pytest.mark.parametrize(
        "hide",
        [
            pytest.param(lambda drawing: drawing.words(-900, 500, "2. Decides nothing."), id="beside the page"),
            pytest.param(lambda drawing: drawing.words(100, 500, "2. Decides nothing.", size=0.5), id="too small"),
            pytest.param(lambda drawing: invisible(drawing, "2. Decides nothing."), id="not drawn"),
        ],
    )
    def test_hidden_text_is_not_read(self, hide: Callable[[Drawing], None]) -> None:
        drawing = Drawing()
        drawing.line("1. Requests the Court to report to the Assembly;")
        hide(drawing)
        assert texts(read_pdf(drawing.data())) == ["1. Requests the Court to report to the Assembly;"]


def invisible(drawing: Drawing, words: str) -> None:
    text = drawing.canvas.beginText(100, 500)
    text.setFont(ROMAN, 10)
    text.setTextRenderMode(3)
    text.textOut(words)
    drawing.canvas.drawText(text)


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
