"""Ordinals, dates and topics."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandates.extraction.dates import Period, read_date, read_month_or_year, read_span_of_days, read_years
from mandates.extraction.topics import topic_of
from mandates.extraction.vocabulary import load_vocabulary
from mandates.tests.extraction.samples import document, paragraph
from resolutions.structure.ordinals import ordinal_number, ordinal_words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("first", 1),
        ("twelfth", 12),
        ("eighteenth", 18),
        ("eighteen", 18),
        ("twentieth", 20),
        ("twenty-first", 21),
        ("twenty first", 21),
        ("Twenty\u2011first", 21),
        ("ninety-ninth", 99),
        ("hundredth", 100),
        ("one hundredth", 100),
        ("one hundred and first", 101),
        ("one hundred and ninety-ninth", 199),
        ("1st", 1),
        ("22nd", 22),
        ("113th", 113),
        ("twenty", None),
        ("one", None),
        ("session", None),
        ("", None),
    ],
)
def test_ordinals(words: str, number: int | None) -> None:
    assert ordinal_number(words) == number


@given(st.text(max_size=30))
def test_any_words_are_read(words: str) -> None:
    for read in (ordinal_number, read_date, read_span_of_days, read_month_or_year):
        read(words)


def test_dates() -> None:
    given_on = datetime.date(2018, 12, 12)
    assert read_date("31\u00a0January 2019") == datetime.date(2019, 1, 31)
    assert read_date("March 15, 2019") == datetime.date(2019, 3, 15)
    assert read_date("15 March", given_on) == datetime.date(2019, 3, 15)
    assert read_date("15 March") is None
    assert read_date("31 February 2019") is None
    assert read_span_of_days("29 April to 3 May 2019") == Period(datetime.date(2019, 4, 29), datetime.date(2019, 5, 3))
    assert read_span_of_days("28 December to 3 January 2020") == Period(
        datetime.date(2019, 12, 28), datetime.date(2020, 1, 3)
    )
    assert read_span_of_days("6-11 December 2021") == Period(datetime.date(2021, 12, 6), datetime.date(2021, 12, 11))
    assert read_span_of_days("11 to 6 December 2021") is None
    assert read_years("2021-2019") is None
    assert read_month_or_year("February 2020") == Period(datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))


@pytest.mark.parametrize(
    ("heading", "title", "topic"),
    [
        ("A. Universality of the Rome Statute", "Strengthening", "Universality"),
        ("cooperation", "Strengthening", "Cooperation"),
        ("Something new", "Strengthening", "Something new"),
        (None, "Resolution on Cooperation", "Cooperation"),
        (None, "", None),
    ],
)
def test_topics(heading: str | None, title: str, topic: str | None) -> None:
    row = paragraph("Requests the Bureau to report;", heading=heading)
    assert topic_of(row, document(row, title=title), load_vocabulary()) == topic


def test_ordinals_are_written_as_they_are_read() -> None:
    assert all(ordinal_number(ordinal_words(number)) == number for number in range(1, 200))
    assert [ordinal_words(number) for number in (18, 21, 112, 201)] == [
        "eighteenth",
        "twenty-first",
        "one hundred and twelfth",
        "201st",
    ]
