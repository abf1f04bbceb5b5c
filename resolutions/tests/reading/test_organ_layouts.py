"""Pages as the Security Council and the Human Rights Council set them, drawn and read."""

from __future__ import annotations

from resolutions.reading.pdf import read_pdf
from resolutions.structure.document import structure_document
from resolutions.structure.records import ResolutionRecord
from resolutions.tests.reading.pdf_files import BOLD, ITALIC, ROMAN, Drawing

SYMBOL = "S/RES/2911 (2031)"


def head(drawing: Drawing, number: int) -> None:
    """The symbol over a rule, on even pages at the left."""
    drawing.words(60 if number % 2 == 0 else 470, 760, (SYMBOL, BOLD), size=8)
    drawing.canvas.line(60, 754, 306, 754)
    drawing.canvas.line(305, 754, 552, 754)
    drawing.words(60 if number % 2 else 520, 40, "31-20417", size=7)
    drawing.words(520 if number % 2 else 60, 40, f"{number}/3", size=8)


def council() -> ResolutionRecord:
    drawing = Drawing()
    drawing.words(60, 760, "United Nations", size=14)
    drawing.words(470, 760, SYMBOL)
    drawing.words(60, 735, ("Security Council", BOLD), size=18)
    drawing.words(400, 735, "Distr.: General")
    drawing.words(400, 723, "4 March 2031")
    drawing.line(("Resolution 2911 (2031)", BOLD), gap=True, size=14)
    drawing.line(("Adopted by the Security Council at its 9971st meeting, on", BOLD), gap=True)
    drawing.line(("4 March 2031", BOLD))
    drawing.line(("The Security Council,", ITALIC), gap=True)
    drawing.line(("Recalling", ITALIC), " its resolutions on the lighthouses of the strait and on the men", gap=True)
    for _ in range(12):
        drawing.line("and women who keep them lit in all weathers and who are seldom thanked, and on those")
    drawing.line("who sail by,")
    drawing.line("1.    ", ("Requests", ITALIC), " the Panel", ("1", ROMAN, 3.5), " to provide:", gap=True)
    drawing.line("      (a)   thematic updates on the lamps, at least two of them by 31 August", gap=True)
    drawing.line("2031;")
    drawing.line("      (b)   a final report;", gap=True)
    drawing.line("and ", ("urges", ITALIC), " the Panel to ask the keepers of the lamps for comments;", gap=True)
    drawing.line(
        "2.    ", ("Decides", ITALIC), " that the strait shall be open according to the assessment of", gap=True
    )
    drawing.words(120, 60, ("1", ROMAN, 3), " See S/2030/12, annex", size=8)
    drawing.canvas.line(120, 72, 264, 72)
    drawing.page()
    head(drawing, 2)
    drawing.line("17 October 2030 (S/2030/88) and to what the keepers need, and calls upon all")
    drawing.line("States whose ships pass the strait, and all those who own a ship or who insure one,")
    drawing.line("to pay for the oil;")
    drawing.line(("Support for the keepers:", BOLD), gap=True)
    drawing.line("3.    ", ("Reaffirms", ITALIC), " paragraphs 4 to 7 of its resolution 2890 (2030);", gap=True)
    drawing.page()
    head(drawing, 3)
    drawing.line("4.    ", ("Decides", ITALIC), " to remain seized of the matter.")
    return structure_document(read_pdf(drawing.data()))


def test_each_paragraph_of_a_council_resolution_is_whole_and_nothing_else() -> None:
    record = council()
    assert (record.symbol, str(record.adopted), record.meeting) == (SYMBOL, "2031-03-04", "9971st meeting")
    texts = {paragraph.label: paragraph.text for paragraph in record.paragraphs}
    assert list(texts) == ["preamble", "1", "1(a)", "1(b)", "2", "3", "4"]
    # The words after a list belong to it, and are no end of the open footnote.
    assert texts["1(b)"] == "a final report; and urges the Panel to ask the keepers of the lamps for comments;"
    # A line that opens with a number under the rule of the running head is no footnote.
    assert "assessment of 17 October 2030 (S/2030/88) and to what the keepers need" in texts["2"]
    assert texts["2"].endswith("or who insure one, to pay for the oil;")
    assert texts["4"] == "Decides to remain seized of the matter."
    assert [heading.text for heading in record.headings] == ["Support for the keepers:"]
    assert [note.text for paragraph in record.paragraphs for note in paragraph.footnotes] == ["See S/2030/12, annex"]


def test_an_italic_f_does_not_hide_the_space_before_it() -> None:
    drawing = Drawing()
    end = 120 + drawing.canvas.stringWidth("Calls", ITALIC, 10)
    drawing.words(120, 600, ("Calls", ITALIC))
    drawing.words(end + 1.9, 600, ("for", ITALIC))
    drawing.words(end + 16, 600, "cuts")
    [block] = read_pdf(drawing.data())
    assert block.text == "Calls for cuts"
