"""What holds for any text: nothing is raised, every finding is in its place, italics are a help and no more."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates.extraction.extract import extract
from mandates.extraction.records import Extraction, MandateRecord, TextSpan
from mandates.tests.extraction.samples import CORPUS, document, paragraph, parsed, phrases, with_points
from resolutions.structure.records import Footnote, ParagraphKind, ResolutionRecord

_WORDS = (
    "Requests|requests|decides|that|the|Bureau|Court|,|;|and|to|report|at|its|eighteenth|session|“|”|(|)|which|mandates|of|by|"
    "31 January 2019|from|29 April to 3 May 2019|annually|States Parties|as well as|through|in consultation with|for|"
    "another year|ICC-ASP/17/Res.5|paragraph|12(a)|Ibid.|it|those States|extends|mandate|shall|be|-|\u00a0|’s|noting"
)
_TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_WORDS.split("|")), max_size=40).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(text=_TEXTS, note=_TEXTS, point=_TEXTS)
def test_any_text_is_read_and_every_span_is_inside(text: str, note: str, point: str) -> None:
    record = document(
        paragraph(text, footnotes=(Footnote("1", note, min(3, len(text))),)),
        paragraph(point, "1(a)", parent="body/1"),
        paragraph(text, "", kind=ParagraphKind.PREAMBULAR),
    )
    _assert_in_place(record, extract(record))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_findings_of_the_corpus_are_in_place(path: Path) -> None:
    _assert_in_place(parsed(path).record, parsed(path).extraction)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_same_mandates_without_italics(path: Path) -> None:
    """Some sources lost them: ICC-ASP/11/Res.5."""
    bare = tuple(dataclasses.replace(item, emphases=()) for item in parsed(path).record.paragraphs)
    record = dataclasses.replace(parsed(path).record, paragraphs=bare)
    assert [_in_short(item) for item in extract(record).mandates] == [
        _in_short(item) for item in parsed(path).extraction.mandates
    ]


@settings(max_examples=60, deadline=None)
@given(row=st.sampled_from(phrases("deadlines")), blank=st.sampled_from(["\u00a0", "\n", "  "]))
def test_blanks_do_not_matter(row: dict[str, str], blank: str) -> None:
    """Dates and names stand with blanks that do not break, or broken over two lines."""
    one = extract(document(paragraph(row["text"]), symbol=row["document"])).mandates
    other = extract(document(paragraph(row["text"].replace(" ", blank)), symbol=row["document"])).mandates
    assert [_in_short(item) for item in one] == [_in_short(item) for item in other]


@given(row=st.sampled_from(phrases("mandates")))
@settings(max_examples=60, deadline=None)
def test_a_paragraph_means_the_same_after_another(row: dict[str, str]) -> None:
    alone = paragraph(row["text"], "2", heading=row["heading"] or None)
    before = paragraph("Welcomes the report of the Court;")
    one = extract(document(alone, symbol=row["document"])).mandates
    assert extract(document(before, alone, symbol=row["document"])).mandates == one


def test_points_of_an_infinitive_belong_to_their_chapeau() -> None:
    record = with_points(
        "Requests the Bureau:", "to continue the discussions;", "to report to the Assembly at its eighteenth session;"
    )
    (mandate,) = extract(record).mandates
    assert [item.body for item in mandate.addressees] == ["Bureau"]
    assert mandate.deadlines[0].span.paragraph == "body/1(b)"
    assert mandate.action == "to continue the discussions"


def _in_short(mandate: MandateRecord) -> tuple[object, ...]:
    deadlines = [
        (item.kind, item.session, item.date, item.start, item.end, item.interval) for item in mandate.deadlines
    ]
    return mandate.key, [item.body for item in mandate.addressees], deadlines


def _assert_in_place(record: ResolutionRecord, extraction: Extraction) -> None:
    texts = {item.key: item.text for item in record.paragraphs}
    notes = {item.key: [footnote.text for footnote in item.footnotes] for item in record.paragraphs}

    def words(span: TextSpan) -> str:
        assert 0 <= span.start <= span.end <= len(texts[span.paragraph])
        return texts[span.paragraph][span.start : span.end]

    last: dict[str, int] = {}
    for clause in extraction.clauses:
        assert last.get(clause.span.paragraph, 0) <= clause.span.start
        assert clause.span.start == clause.verb_span.start
        assert clause.verb_span.end <= clause.span.end
        assert words(clause.span)
        last[clause.span.paragraph] = clause.span.end
    for mandate in extraction.mandates:
        assert words(mandate.action_span) == mandate.action
        assert mandate.clause in extraction.clauses
        assert all(words(item.span) == item.text for item in mandate.deadlines)
        assert all(item.span is None or words(item.span) for item in mandate.addressees)
    assert len({mandate.key for mandate in extraction.mandates}) == len(extraction.mandates)
    for reference in extraction.references:
        text = texts[reference.span.paragraph]
        if reference.footnote is not None:
            text = notes[reference.span.paragraph][reference.footnote]
        assert text[reference.span.start : reference.span.end] == reference.written
