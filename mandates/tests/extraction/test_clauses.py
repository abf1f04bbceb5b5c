"""Where a clause opens, with italics and without, and what is none."""

from __future__ import annotations

import pytest

from mandates.extraction.extract import extract
from mandates.tests.extraction.samples import document, paragraph, with_points
from resolutions.structure.records import Emphasis, ParagraphKind


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        # the chain of a paragraph, by comma, "and", semicolon
        (
            "Recalls the report, and encourages States to continue, and invites the Court to report;",
            ["recalls", "encourages", "invites"],
        ),
        ("Commends and further encourages the work of the Court;", ["commends", "encourages"]),
        ("Retains article 124; and further decides to review it;", []),
        ("Decides to retain article 124; and further decides to review it;", ["decides", "decides"]),
        # words that lead up to the verb
        ("With regard to legal aid, requests the Court to continue;", ["requests"]),
        ("Mindful of the recommendation of the Committee, requests the Court to continue;", ["requests"]),
        ("Acting under Chapter VII of the Charter, decides that the Court shall act;", ["decides"]),
        (
            "Recognizing the importance of cooperation, welcomes the report and requests the Court to update it;",
            ["recognizing", "welcomes", "requests"],
        ),
        # nouns, other subjects, quotations
        ("Stresses that requests for cooperation and mandates of the Council must be clear;", ["stresses"]),
        ("Notes the actions taken in line with their mandates, requests and decisions;", ["notes"]),
        ("Notes that institutions can, upon request, assist, as it requests;", ["notes"]),
        ("Notes that the Committee, in its report, recommends a reform;", ["notes"]),
        ("Welcomes the resolution which, inter alia, requests the Court to act;", ["welcomes"]),
        ("Recalls the words “and requests the Bureau to report”;", ["recalls"]),
        ("Recalls the decision (and requests in the annex) of the Bureau;", ["recalls"]),
        ("Recalls the request to the Court by the Assembly to submit an updated report;", ["recalls"]),
        # no operative paragraph at all
        ("In 2017, the working group recommended that the Assembly continue, and urges were felt;", []),
        ("The Bureau should report and requests the President to act;", []),
        ("[Placeholder for text based on the debate]", []),
    ],
)
def test_openings(text: str, verbs: list[str]) -> None:
    assert [clause.verb for clause in extract(document(paragraph(text))).clauses] == verbs


def test_italics_confirm_a_verb_whose_comma_is_missing() -> None:
    """ "for the execution of the Court's mandate *welcomes* the agreements" (ICC-ASP/16/17, annex I, para. 16)."""
    text = "Acknowledges the measures for the Court's mandate welcomes the agreements;"
    start = text.index("welcomes")
    italic = Emphasis(start, start + len("welcomes"), "italic")
    assert [clause.verb for clause in extract(document(paragraph(text))).clauses] == ["acknowledges"]
    marked = extract(document(paragraph(text, emphases=(italic,))))
    assert [clause.verb for clause in marked.clauses] == ["acknowledges", "welcomes"]


def test_italics_on_other_words_open_nothing() -> None:
    """ "the conclusion of *two* agreements" (ICC-ASP/16/17, annex I, para. 19)."""
    text = "Welcomes the conclusion of two agreements;"
    marked = paragraph(text, emphases=(Emphasis(27, 30, "italic"),))
    assert len(extract(document(marked)).clauses) == 1


@pytest.mark.parametrize("kind", [ParagraphKind.PREAMBULAR, ParagraphKind.NARRATIVE, ParagraphKind.UNCLASSIFIED])
def test_only_operative_paragraphs_have_clauses(kind: ParagraphKind) -> None:
    assert extract(document(paragraph("Requests the Bureau to report;", kind=kind))).clauses == ()


def test_points_with_verbs_of_their_own_are_clauses_and_others_continue_the_chapeau() -> None:
    """ICC-ASP/17/Res.5, paras. 100 and 40."""
    own = extract(
        with_points(
            "Decides to continue improving the working methods, and to that effect:",
            "recalls the roadmap and stresses the need for its implementation;",
            "encourages all States Parties to use the Extranet;",
        )
    )
    assert [clause.verb for clause in own.clauses] == ["decides", "recalls", "stresses", "encourages"]
    assert own.clauses[0].continuations == ()
    continued = extract(with_points("Encourages cooperation by:", "providing follow-up;", "considering support; and"))
    (clause,) = continued.clauses
    assert [span.paragraph for span in clause.continuations] == ["body/1(a)", "body/1(b)"]


def test_points_name_who_must_act_where_the_chapeau_does_not() -> None:
    record = with_points("Requests:", "the Court to submit a report;", "the Bureau to consider it;")
    (mandate,) = extract(record).mandates
    assert [addressee.body for addressee in mandate.addressees] == ["Court", "Bureau"]
    assert mandate.addressees[1].span is not None
    assert mandate.addressees[1].span.paragraph == "body/1(b)"


def test_a_chapeau_of_a_verb_and_that_asks_what_its_points_say() -> None:
    record = document(
        paragraph("Decides that:", "4"),
        paragraph("prior to the transfer, the supplying State shall notify the Committee;", "4(a)", parent="body/4"),
        paragraph("the Committee shall decide within five days;", "4(b)", parent="body/4"),
        symbol="S/RES/2611 (2021)",
    )
    [mandate] = extract(record).mandates
    assert mandate.action.startswith("prior to the transfer, the supplying State shall notify the Committee")


def test_nth_counts_the_mandates_of_a_verb_in_a_paragraph() -> None:
    extraction = extract(document(paragraph("Invites the Court to act and invites States to consider it;", "11")))
    assert [mandate.key for mandate in extraction.mandates] == [
        "ICC-ASP/17/Res.5:body:11:invites:0",
        "ICC-ASP/17/Res.5:body:11:invites:1",
    ]


def test_verbs_that_share_what_they_ask() -> None:
    extraction = extract(document(paragraph("Requests and authorizes the Registrar to sign the agreement;")))
    assert [(item.verb, [body.body for body in item.addressees], item.action) for item in extraction.mandates] == [
        ("requests", ["Registrar"], "to sign the agreement"),
        ("authorizes", ["Registrar"], "to sign the agreement"),
    ]


def test_declaration_in_the_plural() -> None:
    """RC/Decl.1 speaks in base forms; the points of "Invite the States Parties ... to," are infinitives."""
    lines = [
        "Reaffirm our commitment;",
        "Request the Court to report to the Assembly at its ninth session;",
        "Decide to act.",
    ]
    rows = [paragraph(text, str(number)) for number, text in enumerate(lines, 1)]
    assert [clause.verb for clause in extract(document(*rows)).clauses] == ["reaffirms", "requests", "decides"]
    points = [
        "Consider reviewing laws,",
        "Raise awareness,",
        "Encourage national authorities to engage,",
        "Maintain it.",
    ]
    rows = [paragraph(text, str(number)) for number, text in enumerate(points, 1)]
    lead = paragraph("Invite the States Parties to the Rome Statute to,", "")
    assert extract(document(lead, *rows)).mandates == ()


@pytest.mark.parametrize(
    ("chapeau", "verbs"),
    [
        ("The Project Director manages the project. He or she:", []),
        ("The Oversight Committee shall:", []),
        ("The Assembly:", ["decides", "requests"]),
        ("With regard to the governance of the project:", ["decides", "requests"]),
    ],
)
def test_points_of_a_chapeau_that_names_another_subject(chapeau: str, verbs: list[str]) -> None:
    """ICC-ASP/6/Res.1, annexes II and IV (recalled): who decides there is not the body that speaks."""
    record = with_points(chapeau, "Decides on changes of the design;", "Requests the advice of the Registrar;")
    assert [clause.verb for clause in extract(record).clauses] == verbs
