"""What holds for any text and any corrections: nothing is raised, all is in its place, twice is as good as once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mandates.correcting.correct import corrected
from mandates.correcting.correction_json import anchor_as_json, correction_from_json, entered_as_json, kind_of
from mandates.correcting.placing import anchor_at
from mandates.correcting.records import (
    Anchor,
    Corrected,
    Correction,
    EnteredDeadline,
    Merge,
    Missed,
    NotAMandate,
    OtherAddressees,
    OtherDeadlines,
    OtherTopic,
    Split,
    State,
)
from mandates.extraction.extract import extract
from mandates.extraction.records import DeadlineKind, TextSpan
from mandates.tests.extraction.samples import document, paragraph
from resolutions.structure.records import ResolutionRecord

_WORDS = (
    "Requests|requests|invites|welcomes|that|the|Bureau|Court|,|;|and|to|report|publish a guide|annually|"
    "at its eighteenth session|“|”|(|)|by 31 January 2019|States Parties|is requested|it|in this regard"
)
_TEXTS = st.lists(st.sampled_from(_WORDS.split("|")), min_size=1, max_size=30).map(" ".join)
_DEADLINES = st.lists(
    st.sampled_from(
        [
            EnteredDeadline(DeadlineKind.SESSION, session=18, words="at its eighteenth session"),
            EnteredDeadline(DeadlineKind.RECURRING, interval="annual", words="annually"),
            EnteredDeadline(DeadlineKind.EVENT, event="Review Conference"),
        ]
    ),
    max_size=2,
).map(tuple)
_BODIES = st.lists(st.sampled_from(["Court", "Bureau", "Registry"]), max_size=2, unique=True).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> ResolutionRecord:
    """A document of three paragraphs, one of them a point."""
    first, point, second = draw(_TEXTS), draw(_TEXTS), draw(_TEXTS)
    return document(paragraph(first), paragraph(point, "1(a)", parent="body/1"), paragraph(second, "2"))


@st.composite
def said(draw: st.DrawFn, record: ResolutionRecord) -> Correction:
    """A correction of whatever words."""

    def anchor() -> Anchor:
        spans = [mandate.clause.span for mandate in extract(record).mandates]
        span: TextSpan | None = draw(st.sampled_from([*spans, None]))
        if span is not None:
            return anchor_at(texts, span.paragraph, span.start, span.end)
        key = draw(st.sampled_from(sorted(key for key, text in texts.items() if any(map(str.isalpha, text)))))
        start = draw(st.integers(0, len(texts[key]) - 1))
        end = draw(st.integers(start + 1, len(texts[key])))
        try:
            return anchor_at(texts, key, start, end)
        except ValueError:  # there is no word between the two
            return anchor_at(texts, key, 0, len(texts[key]))

    texts = {item.key: item.text for item in record.paragraphs}
    kind = draw(st.integers(0, 6))
    if kind == 0:
        return OtherAddressees(anchor(), draw(_BODIES))
    if kind == 1:
        return OtherDeadlines(anchor(), draw(_DEADLINES))
    if kind == 2:
        return OtherTopic(anchor(), draw(st.sampled_from(["Archives", None])))
    if kind == 3:
        return NotAMandate(anchor())
    if kind == 4:
        return Split(anchor(), anchor())
    if kind == 5:
        return Merge(anchor(), (anchor(),))
    verb = draw(st.sampled_from(["", "requests", "unheard of"]))
    chosen = draw(st.one_of(st.none(), _BODIES)), draw(st.one_of(st.none(), _DEADLINES))
    return Missed(anchor(), verb, draw(st.sampled_from(["", "is requested"])), *chosen)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_all_is_in_its_place_and_twice_is_as_good_as_once(data: st.DataObject) -> None:
    record = data.draw(records().filter(lambda record: any(map(str.isalpha, record.paragraphs[0].text))))
    corrections = data.draw(st.lists(said(record), min_size=1, max_size=4))
    kept = [
        correction_from_json(kind_of(each), anchor_as_json(each.anchor), entered_as_json(each)) for each in corrections
    ]
    assert kept == corrections
    done = corrected(record, extract(record), corrections)
    _assert_in_place(record, done)
    assert corrected(record, extract(record), kept) == done
    # What was not placed changes nothing for the others.
    placed = [each for each, outcome in zip(corrections, done.outcomes, strict=True) if outcome.state is State.APPLIED]
    assert corrected(record, extract(record), placed).extraction == done.extraction


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_fields_laid_over_what_is_corrected_change_nothing(data: st.DataObject) -> None:
    record = data.draw(records().filter(lambda record: bool(extract(record).mandates)))
    texts = {item.key: item.text for item in record.paragraphs}
    span = data.draw(st.sampled_from(extract(record).mandates)).clause.span
    anchor = anchor_at(texts, span.paragraph, span.start, span.end)
    fields: list[Correction] = [
        OtherAddressees(anchor, data.draw(_BODIES)),
        OtherDeadlines(anchor, data.draw(_DEADLINES)),
        OtherTopic(anchor, "Archives"),
    ]
    once = corrected(record, extract(record), fields).extraction
    again = corrected(record, once, fields)
    assert again.extraction == once and {outcome.state for outcome in again.outcomes} == {State.NOT_NEEDED}


def _assert_in_place(record: ResolutionRecord, done: Corrected) -> None:
    texts = {item.key: item.text for item in record.paragraphs}

    def words(span: TextSpan) -> str:
        assert 0 <= span.start <= span.end <= len(texts[span.paragraph])
        return texts[span.paragraph][span.start : span.end]

    keys = [mandate.key for mandate in done.extraction.mandates]
    assert len(set(keys)) == len(keys)
    for mandate in done.extraction.mandates:
        clause = mandate.clause
        assert words(clause.span) and clause in done.extraction.clauses
        assert clause.span.start <= clause.verb_span.start <= clause.verb_span.end <= clause.span.end
        assert words(mandate.action_span) == mandate.action
        assert all(words(span) for span in clause.continuations)
        for deadline in mandate.deadlines:
            assert words(deadline.span) in (deadline.text, "")
        assert all(item.span is None or words(item.span) for item in mandate.addressees)
    assert all(set(outcome.mandates) <= set(keys) for outcome in done.outcomes)
