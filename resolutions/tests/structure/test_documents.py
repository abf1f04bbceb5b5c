"""What a careful reader expects of our own documents, said in full; the golden files hold the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from resolutions.reading.errors import UnreadableDocument
from resolutions.structure.records import DocumentWarning, ParagraphKind
from resolutions.tests.structure.samples import structured, structured_sample

DOCUMENTS = Path(__file__).parent / "documents"

KEYS = {
    "general_assembly": "preamble.1 preamble.2 preamble.3 1 2 3 3(a) 3(a)(i) 3(a)(ii) 3(b) 4",
    "security_council": "preamble.1 preamble.2 preamble.3 1 2 3 4",
    "human_rights_council": "preamble.1 preamble.2 preamble.3 1 2 2(a) 2(b) 2(c) 3",
    "committee_report": "1 1(1) 1(2) 1(3) 2 3 4 4(a) 4(b) 5 6",
    "indented_tabs": "preamble.1 preamble.2 1 2 2(a) 2(b) 2(b)(i) 2(b)(ii) 2(c) 2(d) 2(e) 2(f) 2(g) 2(h) 2(i) 2(j) 3",
    "labels_alone": "preamble.1 preamble.1(a) preamble.1(b) preamble.2 1 2 3 3(a) 3(b)",
    "dense_lines": "preamble.1 preamble.2 1 2 2(a) 2(b) 2(c) 3 4 5 6",
    "capitals": "preamble.1 unnumbered.1 1 1(A) 1(B) 2",
    "report_with_summary": "unnumbered.1 1 2 3 4 5(a) 5(b)",
    "extracted_pages": "preamble.1 preamble.2 preamble.3 1 2 3 4 4(a) 4(b) 4(b)(i) 4(b)(ii) 1~2 2~2",
    "committee_draft": "1 2",
    "decision_in_a_sentence": "unnumbered.1",
    "amendment_to_a_draft": "unnumbered.1",
}


@pytest.mark.parametrize(("name", "keys"), KEYS.items(), ids=KEYS)
def test_paragraphs_of_the_body(name: str, keys: str) -> None:
    record = structured_sample(DOCUMENTS / f"{name}.txt")
    assert [p.key.removeprefix("body/") for p in record.paragraphs if p.part == "body"] == keys.split()


HEADS = [
    ("general_assembly", "A/RES/74/6", 74, "2019-11-04", "27th plenary meeting", None),
    ("extracted_pages", "A/RES/91/17", 91, "2036-12-04", "50th (resumed) plenary meeting", None),
    ("security_council", "S/RES/2611 (2021)", None, "2021-12-09", "8923rd meeting", None),
    ("human_rights_council", "A/HRC/RES/48/25", 48, "2021-10-11", "39th meeting", "by a recorded vote of 27 to 4"),
    ("review_conference", "RC/Res.9", None, "2010-06-09", "11th plenary meeting", "by consensus"),
    ("indented_tabs", "ICC-ASP/S-1/Res.3", "S-1", "2025-07-09", "2nd plenary meeting", "by acclamation"),
    ("capitals", "ICC-ASP/1/Res.9", 1, "2002-09-09", "3rd plenary meeting", "by consensus"),
    ("budget_tables", "ICC-ASP/24/Res.5", 24, "2025-12-05", "seventh plenary meeting", "by consensus"),
]


@pytest.mark.parametrize(
    ("name", "symbol", "session", "adopted", "meeting", "mode"), HEADS, ids=[row[0] for row in HEADS]
)
def test_head_of_a_resolution(
    name: str, symbol: str, session: int | str | None, adopted: str, meeting: str, mode: str | None
) -> None:
    record = structured_sample(DOCUMENTS / f"{name}.txt")
    assert (record.symbol, record.session, str(record.adopted)) == (symbol, session, adopted)
    assert record.meeting == meeting
    assert (record.mode or "").startswith(mode or "")


def test_a_draft_is_proposed_throughout_and_an_annexed_one_in_its_annex() -> None:
    draft = structured_sample(DOCUMENTS / "draft_resolution.txt")
    report = structured_sample(DOCUMENTS / "bureau_report.txt")
    assert all(paragraph.proposed for paragraph in draft.paragraphs)
    assert {paragraph.part for paragraph in report.paragraphs if paragraph.proposed} == {"annex"}


def test_the_title_of_a_draft_is_not_the_subject_of_its_agenda_item() -> None:
    titles = {name: structured_sample(DOCUMENTS / f"{name}.txt").title for name in KEYS}
    assert titles["committee_draft"] == "Strengthening the checking of scales on public markets and on fairs"
    assert titles["decision_in_a_sentence"] == "Scales on public markets"


def test_an_amendment_to_a_draft_is_read_as_it_stands_and_says_so() -> None:
    record = structured_sample(DOCUMENTS / "amendment_to_a_draft.txt")
    assert (record.symbol, record.title) == ("A/C.3/91/L.57", "Scales on public markets")
    assert [(p.kind, p.text) for p in record.paragraphs] == [(ParagraphKind.NARRATIVE, "Delete operative paragraph 9.")]
    assert any("enacts nothing itself" in warning.sentence for warning in record.warnings)


def test_notes_under_a_rule_leave_no_mark_and_no_word_in_the_text() -> None:
    record = structured_sample(DOCUMENTS / "extracted_pages.txt")
    notes = {note.mark: (paragraph.key, note.text) for paragraph in record.paragraphs for note in paragraph.footnotes}
    assert {mark: key for mark, (key, _) in notes.items()} == {
        "1": "body/preamble.2",
        "2": "body/preamble.2",
        "3": "body/preamble.2",
        "4": "body/1",
        "5": "body/2",
        "6": "body/1~2",
    }
    assert notes["5"][1].endswith("in the light of what the laboratories of the member States have found.")
    assert record.paragraphs[1].text.startswith("Mindful of the Convention on Weights of 1886 and of the Covenant")
    assert record.warnings == ()


def test_quoted_numbers_number_no_paragraph() -> None:
    record = structured_sample(DOCUMENTS / "numbered_headings.txt")
    rule = next(paragraph for paragraph in record.paragraphs if paragraph.key == "annex-II/5")
    assert "(b) the Registrar closes the windows.”" in rule.text
    assert rule.kind is ParagraphKind.NARRATIVE


def test_a_gap_in_the_numbering_is_told() -> None:
    record = structured("Resolution ICC-ASP/9/Res.9\n\n1. Notes this;\n\n2. Notes that;\n\n4. Requests the rest.\n")
    assert [paragraph.label for paragraph in record.paragraphs] == ["1", "2", "4"]
    assert record.warnings == (DocumentWarning("Paragraph 3 is missing before paragraph 4.", ("body/4",)),)


def test_warnings_name_their_paragraphs() -> None:
    record = structured(
        "Resolution ICC-ASP/9/Res.9\n\n1. Notes this;\n\n2. Notes that;\n\n2. Notes it again;\n\n3. Requests all.\n"
    )
    assert [(warning.sentence, warning.paragraphs) for warning in record.warnings] == [
        ("Paragraph 2 is printed twice.", ("body/2~2",)),
    ]
    keys = {paragraph.key for paragraph in record.paragraphs}
    assert all(keys.issuperset(warning.paragraphs) for warning in record.warnings)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Milk\nEggs\nBread\n", id="a shopping list"),
        pytest.param("1. Milk\n2. Eggs\n3. Bread\n", id="a numbered one"),
        pytest.param("import re\n\n\ndef find(text):\n    return re.search('Requests', text)\n", id="a source file"),
        pytest.param("The Assembly met in The Hague. It was cold.", id="prose"),
    ],
)
def test_what_is_no_resolution_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        structured(text)
    assert refused.value.code == "not_a_resolution"
