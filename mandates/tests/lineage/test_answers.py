"""Sentences that say that something was done, and whether they answer what was asked."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mandates.extraction.references import find_references
from mandates.extraction.vocabulary import load_vocabulary
from mandates.lineage.answer_matching import answers
from mandates.lineage.answers import Answer, Reason, find_answers, title_answer
from mandates.lineage.reports import asked_report
from mandates.tests.extraction.samples import CORPUS, document, paragraph, parsed
from resolutions.structure.records import DocumentKind, Footnote, ParagraphKind, ResolutionRecord

VOCABULARY = load_vocabulary()
with (Path(__file__).parent / "phrases" / "answers.csv").open(encoding="utf-8", newline="") as file:
    PHRASES = list(csv.DictReader(file))


def record_of(row: dict[str, str]) -> ResolutionRecord:
    text, mark, after = row["text"].partition("¹")
    notes = (Footnote("1", row["note"], len(text)),) if mark else ()
    if row["kind"] == "report":
        here = paragraph(text + after, kind=ParagraphKind.NARRATIVE, footnotes=notes)
        made = document(here, symbol="ICC-ASP/20/40")
        return replace(made, kind=DocumentKind.REPORT, title="Report of the Bureau on the work", session=20)
    return replace(document(paragraph(text + after, footnotes=notes), symbol="ICC-ASP/20/Res.8"), session=20)


def found_in(record: ResolutionRecord) -> list[Answer]:
    found = find_answers(record, find_references(record, VOCABULARY), VOCABULARY)
    return [answer for answer in found if answer.reason is not Reason.REGISTERED]


@pytest.mark.parametrize("row", PHRASES, ids=[f"{row['finds']}: {row['text'][:60]}" for row in PHRASES])
def test_phrases(row: dict[str, str]) -> None:
    record = record_of(row)
    found = found_in(record)
    if row["finds"] == "no":
        assert found == []
        return
    (answer,) = found
    cited = ", ".join(filter(None, (answer.cited_symbol, answer.cited_paragraph)))
    assert [answer.reason, answer.evidence_symbol, cited, answer.body, answer.thing] == [
        row[name] for name in ("reason", "evidence", "cited", "body", "thing")
    ]
    assert record.paragraphs[0].text[answer.start : answer.end] == row["quotation"]


def test_every_reason_has_phrases_on_both_sides() -> None:
    assert {row["reason"] for row in PHRASES if row["finds"] == "yes"} == {"pursuant", "welcomed", "recited"}
    assert sum(row["finds"] == "no" for row in PHRASES) >= 12


def test_a_draft_recites_nothing() -> None:
    record = record_of(next(row for row in PHRASES if row["reason"] == "recited"))
    draft = replace(record, paragraphs=tuple(replace(row, proposed=True) for row in record.paragraphs))
    assert found_in(record) and found_in(draft) == []


@pytest.mark.parametrize(
    ("action", "thing", "before"),
    [
        ("to submit an updated report on cooperation to the Assembly at its twenty-first session", "cooperation", "to"),
        (
            "to report to the thirteenth session of the Assembly on the feasibility of a mechanism",
            "the feasibility of a mechanism",
            "",
        ),
        (
            "to continue the discussions on agreements and to report thereon to the Assembly",
            "",
            "to continue the discussions on agreements and",
        ),
        ("to submit a report assessing the benefits of the schedule", "the benefits of the schedule", "to"),
    ],
)
def test_what_report_is_asked_for(action: str, thing: str, before: str) -> None:
    report = asked_report(action)
    assert report is not None
    assert (report.thing, report.before) == (thing, before)


@pytest.mark.parametrize(
    "action",
    [
        "to take into account the report of the Bureau on cooperation",
        "to implement the recommendations of the working methods report",
        "to respond to requests for cooperation",
    ],
)
def test_what_asks_for_no_report(action: str) -> None:
    assert asked_report(action) is None


@dataclass(frozen=True)
class Request:
    """A request to the Bureau of the seventeenth session."""

    symbol: str = "ICC-ASP/17/Res.5"
    session: str = "17"
    part: str = "body"
    label: str = "128"
    addressees: frozenset[str] = frozenset({"Bureau"})
    action: str = "to submit a report on complementarity to the Assembly at its eighteenth session"
    topic: str = "Complementarity"
    proposed: bool = False


def titled(title: str = "Report of the Bureau on complementarity", session: int = 18, author: str = "") -> Answer:
    answer = title_answer("ICC-ASP/18/25", title, session, VOCABULARY, author)
    assert answer is not None
    return answer


def test_a_report_in_the_register_answers_a_request_to_report_to_that_session() -> None:
    assert answers(Request(), titled(), due_sessions={18}) == (
        "ICC-ASP/18/25 is a report of the Bureau on complementarity for session 18, "
        "which is what was to be reported on."
    )


def test_a_title_that_names_nobody_takes_the_author_from_the_register() -> None:
    answer = titled("Report on the activities of the Court", author="report of the Court")
    assert answer.body == "Court"
    assert title_answer("ICC-ASP/18/9", "Report on the activities of the Court", 18, VOCABULARY) is None
    assert title_answer("ICC-ASP/18/1", "Provisional agenda", 18, VOCABULARY) is None


@pytest.mark.parametrize(
    ("asked", "answer", "due"),
    [
        (Request(addressees=frozenset({"Court"})), titled(), {18}),
        (Request(), titled(session=19), {18}),
        (Request(), titled("Report of the Bureau on cooperation"), {18}),
        (Request(action="to submit a report on cooperation"), titled("Report of the Bureau on non-cooperation"), {18}),
        (Request(action="to maintain a facilitation on complementarity"), titled(), {18}),
        (Request(proposed=True), titled(), {18}),
        (Request(session="18"), titled(), set()),
        (Request(action="to continue the discussions and to report thereon"), titled("Report of the Bureau"), {18}),
    ],
    ids=["body", "session", "thing", "opposite", "no report asked", "draft", "asked at that session", "no thing"],
)
def test_reports_that_answer_nothing(asked: Request, answer: Answer, due: set[int]) -> None:
    assert answers(asked, answer, due_sessions=due) is None


def test_a_recurring_request_is_answered_at_every_session_and_one_without_at_the_next() -> None:
    assert answers(Request(), titled(session=20), due_sessions={18}, recurring=True)
    assert answers(Request(action="to submit a report on complementarity"), titled(session=18))
    assert answers(Request(action="to submit a report on complementarity"), titled(session=19)) is None


def test_a_request_to_report_thereon_is_answered_by_the_report_of_its_topic() -> None:
    asked = Request(action="to continue the discussions on agreements and to report thereon", topic="Cooperation")
    why = answers(asked, titled("Report of the Bureau on cooperation"), due_sessions={18})
    assert why and why.endswith("the topic of what was asked.")


def test_a_cited_paragraph_is_answered_if_it_asked_who_answers() -> None:
    answer = Answer(
        Reason.PURSUANT, "ICC-ASP/20/Res.2", "body/preamble.4", 0, 9, "ICC-ASP/20/25", 20,
        cited_symbol="ICC-ASP/19/Res.2", cited_paragraph="37", body="Court", thing="cooperation",
    )  # fmt: skip
    asked = Request(
        symbol="ICC-ASP/19/Res.2", session="19", label="37", addressees=frozenset({"Court"}), action="to report"
    )
    assert answers(asked, answer) == (
        "ICC-ASP/20/Res.2 says that it was done under this paragraph: "
        "ICC-ASP/20/25, report of the Court on cooperation."
    )
    assert answers(replace(asked, label="38"), answer) is None
    assert answers(replace(asked, part="annex I"), answer) is None
    assert answers(replace(asked, addressees=frozenset({"Bureau"})), answer) is None
    assert answers(replace(asked, symbol="ICC-ASP/18/Res.2"), answer) is None


def test_what_facilitators_did_under_a_paragraph_answers_for_the_bureau() -> None:
    answer = Answer(
        Reason.PURSUANT, "ICC-ASP/20/40", "body/2", 0, 9, "ICC-ASP/20/40", 20, cited_symbol="ICC-ASP/19/Res.2",
        cited_paragraph="30", body="Facilitators",
    )  # fmt: skip
    asked = Request("ICC-ASP/19/Res.2", "19", label="30", action="to maintain a facilitation")
    assert answers(asked, answer) is None
    assert answers(asked, answer, parents={"Facilitators": "Bureau"})


def test_a_recital_answers_by_its_words_where_it_cites_no_paragraph() -> None:
    action = "to continue the discussions on voluntary framework agreements or arrangements"
    asked = Request(symbol="ICC-ASP/19/Res.2", session="19", label="25", action=action)
    answer = Answer(
        Reason.RECITED, "ICC-ASP/20/40", "body/1", 0, 9, "ICC-ASP/20/40", 20, cited_symbol="ICC-ASP/19/Res.2",
        body="Bureau", thing="the Bureau to continue the discussions on voluntary framework agreements",
    )  # fmt: skip
    assert answers(asked, answer)
    assert answers(replace(asked, action="to maintain a facilitation of the Assembly for cooperation"), answer) is None
    at = replace(answer, cited_symbol=None, asked_at=19)
    assert answers(asked, at) and answers(replace(asked, session="18"), at) is None
    # What was recited years later is the history of the matter, and no answer.
    assert answers(asked, replace(answer, session=23)) is None


def test_the_samples_say_this_and_no_more() -> None:
    """The rows were judged one by one against the text: each says that something was done, or what was asked."""
    with (Path(__file__).parent / "phrases" / "sample_answers.csv").open(encoding="utf-8", newline="") as file:
        expected = sorted(tuple(row.values()) for row in csv.DictReader(file))
    found = []
    for path in CORPUS:
        for answer in find_answers(parsed(path).record, parsed(path).extraction.references, VOCABULARY):
            cited = ", ".join(filter(None, (answer.cited_symbol, answer.cited_paragraph)))
            of = cited or str(answer.asked_at or answer.thing)
            body, key = answer.body or "", answer.paragraph_key or ""
            found.append((answer.symbol, key, answer.reason.value, answer.evidence_symbol, body, of))
    assert sorted(found) == expected
