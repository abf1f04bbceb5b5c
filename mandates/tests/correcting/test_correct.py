"""Each kind of correction, laid over what the rules find."""

from __future__ import annotations

import datetime

import pytest

from mandates.correcting.correct import corrected
from mandates.correcting.placing import anchor_at
from mandates.correcting.records import (
    BY_A_PERSON,
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
    Reason,
    Split,
    State,
)
from mandates.extraction.extract import extract
from mandates.extraction.records import DeadlineKind
from mandates.tests.extraction.samples import document, paragraph, with_points
from resolutions.structure.records import ResolutionRecord

REPORT = "Requests the Bureau to report to the Assembly at its eighteenth session;"
TWO = "Requests the Court to publish a guide and to report annually on it, and invites the Registrar to help;"
PASSIVE = "Welcomes the report; the Registrar is requested to submit a plan by 31 January 2019;"


def said(record: ResolutionRecord, words: str, paragraph: str = "body/1") -> Anchor:
    """Anchor words of a paragraph."""
    texts = {item.key: item.text for item in record.paragraphs}
    start = texts[paragraph].index(words)
    return anchor_at(texts, paragraph, start, start + len(words))


def laid(record: ResolutionRecord, *corrections: Correction) -> Corrected:
    """Lay corrections over what the rules find."""
    return corrected(record, extract(record), corrections)


def test_nothing_said_changes_nothing() -> None:
    record = document(paragraph(REPORT))
    assert laid(record).extraction == extract(record)


def test_another_addressee_has_its_words_where_the_clause_names_it() -> None:
    record = document(paragraph("Requests the Bureau, through the Registrar, to report;"))
    done = laid(record, OtherAddressees(said(record, "Requests the Bureau"), ("Registrar", "Presidency")))
    assert done.outcomes[0].state is State.NOT_PLACED  # less than half of the clause
    done = laid(record, OtherAddressees(said(record, record.paragraphs[0].text), ("Registrar", "Presidency")))
    (mandate,) = done.extraction.mandates
    assert [(item.body, item.rule) for item in mandate.addressees] == [
        ("Registrar", BY_A_PERSON),
        ("Presidency", BY_A_PERSON),
    ]
    span = mandate.addressees[0].span
    assert span and record.paragraphs[0].text[span.start : span.end] == "Registrar"
    assert mandate.addressees[1].span is None
    assert done.outcomes[0].mandates == (mandate.key,) and done.outcomes[0].state is State.APPLIED


def test_what_the_rules_find_by_now_is_not_needed() -> None:
    record = document(paragraph(REPORT))
    done = laid(record, OtherAddressees(said(record, REPORT), ("Bureau",)))
    assert done.outcomes[0].state is State.NOT_NEEDED and done.extraction == extract(record)


def test_other_deadlines() -> None:
    record = document(paragraph(REPORT))
    by_words = EnteredDeadline(DeadlineKind.BEFORE_SESSION, session=18, words="at its eighteenth session")
    without = EnteredDeadline(DeadlineKind.DATE, date=datetime.date(2019, 1, 31))
    done = laid(record, OtherDeadlines(said(record, REPORT), (by_words, without)))
    first, second = done.extraction.mandates[0].deadlines
    assert (first.kind, first.session, first.text) == (DeadlineKind.BEFORE_SESSION, 18, "at its eighteenth session")
    assert REPORT[first.span.start : first.span.end] == first.text
    assert second.text == "by 31 January 2019" and second.span.start == second.span.end
    done = laid(record, OtherDeadlines(said(record, REPORT), ()))
    assert done.extraction.mandates[0].deadlines == ()


def test_another_topic() -> None:
    record = document(paragraph(REPORT))
    done = laid(record, OtherTopic(said(record, REPORT), "Archives"))
    assert done.extraction.mandates[0].topic == "Archives"
    assert laid(record, OtherTopic(said(record, REPORT), None)).extraction.mandates[0].topic is None


def test_no_mandate_leaves_the_clause() -> None:
    record = document(paragraph(TWO))
    done = laid(record, NotAMandate(said(record, "invites the Registrar to help")))
    assert [item.verb for item in done.extraction.mandates] == ["requests"]
    assert [(item.verb, item.strength) for item in done.extraction.clauses][1] == ("invites", None)
    again = laid(record, *[NotAMandate(said(record, "invites the Registrar to help"))] * 2)
    assert [item.state for item in again.outcomes] == [State.APPLIED, State.NOT_NEEDED]


def test_a_half_without_a_verb_has_that_of_the_first_and_its_addressee() -> None:
    record = document(paragraph(TWO))
    clause = "Requests the Court to publish a guide and to report annually on it"
    done = laid(record, Split(said(record, clause), said(record, "to report annually on it")))
    first, second, third = done.extraction.mandates
    assert [first.key[-10:], second.key[-10:], third.verb] == ["requests:0", "requests:1", "invites"]
    assert (first.action, second.action) == ("to publish a guide", "to report annually on it")
    assert [item.body for item in second.addressees] == ["Court"]
    assert not first.deadlines and second.deadlines[0].interval == "annual"
    assert second.clause.verb_span.start == second.clause.verb_span.end == second.clause.span.start
    assert TWO[first.clause.span.start : first.clause.span.end] == "Requests the Court to publish a guide"


def test_a_half_with_a_verb_and_an_addressee_of_its_own() -> None:
    text = "Requests the Court to publish a guide to archives that requests the Registrar to keep it;"
    record = document(paragraph(text))
    done = laid(record, Split(said(record, text), said(record, "requests the Registrar to keep it")))
    assert [(item.verb, [body.body for body in item.addressees]) for item in done.extraction.mandates] == [
        ("requests", ["Court"]),
        ("requests", ["Registrar"]),
    ]
    second = done.extraction.mandates[1]
    assert text[second.clause.verb_span.start : second.clause.verb_span.end] == "requests"
    assert second.action == "to keep it"


def test_points_are_split_from_their_chapeau() -> None:
    record = with_points("Requests the Court:", "to publish a guide;", "to report by 31 January 2019;")
    point = said(record, "to report by 31 January 2019", "body/1(b)")
    done = laid(record, Split(said(record, "Requests the Court:"), point))
    first, second = done.extraction.mandates
    assert (first.label, second.label) == ("1", "1(b)")
    assert [len(item.deadlines) for item in (first, second)] == [0, 1]
    assert [item.body for item in second.addressees] == ["Court"]
    assert [span.paragraph for span in first.clause.continuations] == ["body/1(a)"]


@pytest.mark.parametrize("place", ["Requests the Court", "invites the Registrar"])
def test_no_split_where_nothing_would_be_left(place: str) -> None:
    record = document(paragraph(TWO))
    clause = "Requests the Court to publish a guide and to report annually on it"
    done = laid(record, Split(said(record, clause), said(record, place)))
    assert done.outcomes[0].state is State.NOT_NEEDED  # a mandate begins there
    done = laid(record, Split(said(record, clause), said(record, "help")))
    assert done.outcomes[0].reason is Reason.PLACE_GONE


def test_what_people_said_before_a_split_stays() -> None:
    record = document(paragraph(TWO))
    clause = said(record, "Requests the Court to publish a guide and to report annually on it")
    soon = EnteredDeadline(DeadlineKind.SESSION, session=18)
    done = laid(
        record,
        OtherAddressees(clause, ("Presidency",)),
        OtherDeadlines(clause, (soon, EnteredDeadline(DeadlineKind.RECURRING, interval="annual", words="annually"))),
        OtherTopic(clause, "Guides"),
        Split(clause, said(record, "to report annually on it")),
    )
    first, second, _third = done.extraction.mandates
    assert [item.body for item in first.addressees + second.addressees] == ["Presidency", "Presidency"]
    assert [[item.kind for item in each.deadlines] for each in (first, second)] == [["session"], ["recurring"]]
    assert (first.topic, second.topic) == ("Guides", "Guides")
    assert all(outcome.mandates == (first.key, second.key) for outcome in done.outcomes)


def test_merge_neighbours() -> None:
    record = document(paragraph(TWO))
    first = said(record, "Requests the Court to publish a guide and to report annually on it")
    done = laid(record, Merge(said(record, "invites the Registrar to help"), (first,)))
    (mandate,) = done.extraction.mandates
    assert mandate.key.endswith("requests:0") and not mandate.clause.continuations
    assert [item.body for item in mandate.addressees] == ["Court", "Registrar"]
    assert mandate.action == TWO[len("Requests the Court ") : -1]
    assert done.extraction.clauses == (mandate.clause,)
    again = laid(record, *[Merge(said(record, "invites the Registrar to help"), (first,))] * 2)
    assert [item.state for item in again.outcomes] == [State.APPLIED, State.NOT_NEEDED]
    assert again.extraction == done.extraction


def test_merge_what_does_not_touch_and_what_is_apart() -> None:
    text = "Requests the Court to report, welcomes its work, and requests the Bureau to help;"
    record = document(paragraph(text), paragraph(REPORT, "2"))
    first, second = said(record, "Requests the Court to report"), said(record, "requests the Bureau to help")
    done = laid(record, Merge(first, (second,)))
    mandate = done.extraction.mandates[0]
    assert [text[span.start : span.end] for span in mandate.clause.continuations] == ["requests the Bureau to help"]
    done = laid(record, Merge(first, (said(record, REPORT, "body/2"),)))
    assert done.outcomes[0].reason is Reason.APART and done.extraction == extract(record)


def test_missed_with_the_verb_that_a_person_names() -> None:
    record = document(paragraph(PASSIVE))
    words = said(record, "the Registrar is requested to submit a plan by 31 January 2019")
    assert laid(record, Missed(words)).outcomes[0].reason is Reason.NO_VERB
    done = laid(record, Missed(words, "requests", "is requested"))
    (mandate,) = done.extraction.mandates
    assert mandate.key == "ICC-ASP/17/Res.5:body:1:requests:0"
    assert [item.body for item in mandate.addressees] == ["Registrar"]
    assert mandate.deadlines[0].date == datetime.date(2019, 1, 31)
    assert mandate.action == "to submit a plan by 31 January 2019"
    verb = mandate.clause.verb_span
    assert PASSIVE[verb.start : verb.end] == "is requested"


def test_missed_with_the_verb_that_is_there() -> None:
    record = document(paragraph("Recalls that it requests the Bureau to report annually;"))
    words = said(record, "requests the Bureau to report annually;")
    done = laid(record, Missed(words, bodies=("Court",), deadlines=(), topic="Reports"))
    (mandate,) = done.extraction.mandates
    assert (mandate.verb, [item.body for item in mandate.addressees]) == ("requests", ["Court"])
    assert (mandate.deadlines, mandate.topic) == ((), "Reports")


def test_missed_words_that_the_rules_find_by_now_do_not_double() -> None:
    record = document(paragraph(REPORT))
    done = laid(record, Missed(said(record, REPORT)))
    assert done.outcomes[0].state is State.NOT_NEEDED and done.extraction == extract(record)
    done = laid(record, Missed(said(record, REPORT), bodies=("Court",)))
    assert done.outcomes[0].state is State.APPLIED
    assert [item.body for item in done.extraction.mandates[0].addressees] == ["Court"]


def test_keys_of_others_stay() -> None:
    record = document(paragraph(f"Recalls that it requests the Bureau to help; {REPORT[0].lower()}{REPORT[1:]}"))
    before = extract(record).mandates
    done = laid(record, Missed(said(record, "requests the Bureau to help")))
    assert [item.key[-1] for item in done.extraction.mandates] == ["1", "0"]
    assert done.extraction.mandates[1] == before[0]


def test_a_correction_of_what_a_correction_made_says_so() -> None:
    record = document(paragraph(PASSIVE))
    words = said(record, "the Registrar is requested to submit a plan by 31 January 2019")
    made, other = Missed(words, "requests", "is requested"), OtherAddressees(words, ("Court",))
    done = laid(record, made, other)
    assert [item.builds_on for item in done.outcomes] == [(), (0,)]
    assert laid(record, other).outcomes[0].reason is Reason.NO_MANDATE
