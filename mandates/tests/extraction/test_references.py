"""Documents cited, with the paragraph where one is named."""

from __future__ import annotations

import pytest

from mandates.extraction.extract import extract
from mandates.tests.extraction.samples import document, paragraph
from resolutions.structure.records import Footnote, ParagraphKind


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("pursuant to paragraph 37 of resolution ICC-ASP/19/Res.2,", [("ICC-ASP/19/Res.2", "37")]),
        ("see ICC-ASP/15/Res.3, para. 10.", [("ICC-ASP/15/Res.3", "10")]),
        (
            "in accordance with ICC-ASP/4/6, paragraphs 2, 3 and 4;",
            [("ICC-ASP/4/6", "2"), ("ICC-ASP/4/6", "3"), ("ICC-ASP/4/6", "4")],
        ),
        ("Resolution ICC-ASP/12/Res.3 of 27 November 2013, §18.", [("ICC-ASP/12/Res.3", "18")]),
        ("Operative paragraph 30 of resolution ICC-ASP/15/Res.3 entitled “Cooperation”", [("ICC-ASP/15/Res.3", "30")]),
        (
            "In paragraph 18 of its resolution adopted at its twelfth session (ICC-ASP/12/Res. 3 of 27 November 2013),",
            [("ICC-ASP/12/Res.3", "18")],
        ),
        (
            "ICC-ASP/15/Res.3, para 4 and ICC-ASP/15/Res.5, annex I, para 3 (a).",
            [("ICC-ASP/15/Res.3", "4"), ("ICC-ASP/15/Res.5", "annex I, 3(a)")],
        ),
        (
            "in paras. 21(a) and 23(b) of the report on the Evaluation (ICC-ASP/12/59).",
            [("ICC-ASP/12/59", "21(a)"), ("ICC-ASP/12/59", "23(b)")],
        ),
        (
            "Official Records (ICC-ASP/16/20), vol. I, part III, ICC-ASP/16/Res.2, para 1.",
            [("ICC-ASP/16/20", None), ("ICC-ASP/16/Res.2", "1")],
        ),
        (
            "Official Records (ICC-ASP/17/20), vol. II, part B.1, paras. 112-118.",
            [("ICC-ASP/17/20", "vol. II, part B.1, 112-118")],
        ),
        ("contained in annex II of resolution ICC-ASP/15/Res.5", [("ICC-ASP/15/Res.5", "annex II")]),
        ("ICC-ASP/6/Res.2, annex II.", [("ICC-ASP/6/Res.2", "annex II")]),
        ("paragraph 3 of annex I of ICC-ASP/17/Res.5", [("ICC-ASP/17/Res.5", "annex I, 3")]),
        (
            "pursuant to annex I, paragraph 6 (b), of resolution ICC-ASP/17/Res.5",
            [("ICC-ASP/17/Res.5", "annex I, 6(b)")],
        ),
        (
            "set out in annex I; paragraph 6 (b) of resolution ICC-ASP/17/Res.5",
            [("ICC-ASP/17/Res.5", "6(b)")],
        ),
        (
            "pursuant to resolutions 1593 (2005) and 1970 (2011),",
            [("S/RES/1593 (2005)", None), ("S/RES/1970 (2011)", None)],
        ),
        ("the adoption of resolution A/RES/73/7 and document A/73/334", [("A/RES/73/7", None), ("A/73/334", None)]),
        (
            "General Assembly resolution 58/318 and Human Rights Council resolution 39/14",
            [("A/RES/58/318", None), ("A/HRC/RES/39/14", None)],
        ),
        # what is no pinpoint, and no document
        ("article 112, paragraph 2, of the Statute and resolution ICC-ASP/1/Res.1", [("ICC-ASP/1/Res.1", None)]),
        ("paragraph 5 of article 87; see ICC-ASP/10/Res.5", [("ICC-ASP/10/Res.5", None)]),
        ("Refers to its resolution ICC-ASP/16/Res.... on cooperation;", []),
    ],
)
def test_citations(text: str, references: list[tuple[str, str | None]]) -> None:
    found = extract(document(paragraph(text, "", kind=ParagraphKind.PREAMBULAR))).references
    assert [(item.symbol, item.paragraph) for item in found] == references
    assert all(text[item.span.start : item.span.end] == item.written for item in found)


def test_ibid_is_the_document_of_the_note_before() -> None:
    """ICC-ASP/16/17, footnotes 1 to 3."""
    rows = [
        paragraph("the mandates¹", "4", footnotes=(Footnote("1", "ICC-ASP/13/Res.3, adopted on 17 December 2014."),)),
        paragraph("The recommendations;²", "4(a)", footnotes=(Footnote("2", "Ibid., operative paragraph 24."),)),
        paragraph(
            "The draft",
            "5",
            footnotes=(Footnote("3", "ICC-ASP/14/26/Add.1, annex IV."), Footnote("4", "Ibid., appendix.")),
        ),
    ]
    found = [(item.label, item.symbol, item.paragraph) for item in extract(document(*rows)).references]
    assert found == [
        ("4", "ICC-ASP/13/Res.3", None),
        ("4(a)", "ICC-ASP/13/Res.3", "24"),
        ("5", "ICC-ASP/14/26/Add.1", "annex IV"),
        ("5", "ICC-ASP/14/26/Add.1", "annex IV, appendix"),
    ]


def test_note_takes_the_place_from_the_words_that_it_stands_by() -> None:
    """ICC-ASP/16/17, annex I, para. 10."""
    text = "taking into consideration the study in annex II of the report of the Bureau on cooperation"
    noted = paragraph(text, "10", footnotes=(Footnote("3", "ICC-ASP/13/29.", len(text)),))
    (reference,) = extract(document(noted)).references
    assert (reference.symbol, reference.paragraph, reference.footnote) == ("ICC-ASP/13/29", "annex II", 0)


def test_note_takes_nothing_from_words_that_name_another_document() -> None:
    """ICC-ASP/20/Res.2, preamble."""
    text = "Welcoming the report submitted pursuant to paragraph 37 of resolution ICC-ASP/19/Res.2,"
    noted = paragraph(text, "", kind=ParagraphKind.PREAMBULAR, footnotes=(Footnote("3", "ICC-ASP/20/25.", len(text)),))
    found = [(item.symbol, item.paragraph) for item in extract(document(noted)).references]
    assert found == [("ICC-ASP/19/Res.2", "37"), ("ICC-ASP/20/25", None)]


def test_preambular_paragraphs_are_labelled_preamble() -> None:
    row = paragraph("Recalling resolution ICC-ASP/8/Res.2,", "", kind=ParagraphKind.PREAMBULAR)
    assert [item.label for item in extract(document(row)).references] == ["preamble"]
