"""Geometry and words of the pictures."""

from __future__ import annotations

import pytest

from mandates.figures.bars import Column, Lists, make_line
from mandates.figures.curve import draw
from mandates.figures.shares import percent, share_in_words
from mandates.figures.survival import Lifetime, survival
from mandates.figures.wording import months_in_words, time_in_words

DONE = Column("done", "Done", (("status", "fulfilled"),))
OPEN = Column("open", "Open", (("status", "open"),))
LATE = Column("late", "Late", (("due", "overdue"),), within="open")
SILENT = Column("silent", "Silent", (("due", "lapsed"),), within="late")


def test_parts_follow_each_other_and_lie_within_each_other() -> None:
    counts = {"done": 5, "open": 3, "late": 2, "silent": 1, "total": 8}
    line = make_line("Court", counts, (DONE, OPEN, LATE, SILENT), Lists([]), about=("addressee", "court"), longest=10)
    assert [(part.column.name, part.start, part.width, part.depth) for part in line.parts] == [
        ("done", 0, 50, 0), ("open", 50, 30, 0), ("late", 50, 20, 1), ("silent", 50, 10, 2),
    ]  # fmt: skip
    assert line.cells[2][1].href == "/mandates/?addressee=court&due=overdue"


def test_nought_has_no_part_and_leads_nowhere() -> None:
    line = make_line("Court", {"done": 0, "open": 4, "total": 4}, (DONE, OPEN), Lists([("topic", "budget")]))
    assert [(part.column.name, part.width) for part in line.parts] == [("open", 100)]
    assert [number.href for _column, number in line.cells] == ["", "/mandates/?topic=budget&status=open"]
    assert make_line("Court", {"done": 0, "total": 0}, (DONE,), Lists([])).parts == []


def test_a_choice_takes_the_place_of_others_of_its_name() -> None:
    lists = Lists([("addressee", "court"), ("addressee", "bureau"), ("as_at", "2020-01-01")])
    assert lists.to(("addressee", "registry")) == "/mandates/?as_at=2020-01-01&addressee=registry"


def test_a_curve_goes_down_where_something_ended_and_is_level_to_its_end() -> None:
    curve = draw(survival([Lifetime(100, True, 2), Lifetime(200, True), Lifetime(400, False)]))
    assert curve.line == "M0 0L250 0L250 50L500 50L500 75L1000 75"
    assert curve.band.startswith("M0 0L250 0L250 ")
    assert curve.band.endswith("L250 0L0 0Z")
    assert curve.median == "25"
    assert [mark.months for mark in curve.marks] == [0, 3, 6, 9, 12]
    assert curve.marks[-1].at == "91.31"


@pytest.mark.parametrize(("days", "between"), [(1, 1), (200, 3), (1000, 6), (3650, 24), (7000, 60), (40000, 240)])
def test_few_marks_whatever_the_time(days: int, between: int) -> None:
    marks = draw(survival([Lifetime(days, True)])).marks
    assert len(marks) <= 7
    assert all(mark.months % between == 0 for mark in marks)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (3, 4, "3 of 4"),
        (0, 9, "0 of 9"),
        (31, 40, "31 of 40 (78%)"),
        (0, 10, "0 of 10 (0%)"),
        (12, 12, "12 of 12 (100%)"),
    ],
)
def test_no_percentage_of_a_few(part: int, whole: int, words: str) -> None:
    assert share_in_words(part, whole) == words


def test_only_none_is_nought_and_only_all_is_a_hundred() -> None:
    assert (percent(1, 1000), percent(999, 1000)) == (1, 99)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (60, "60 days"),
        (61, "2 months"),
        (365, "1 year"),
        (430, "1 year and 2 months"),
        (1096, "3 years"),
    ],
)
def test_time_in_words(days: int, words: str) -> None:
    assert time_in_words(days) == words
    assert months_in_words(1) == "1 month"
