"""The estimate of how long things last, against examples that were published with their results."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandates.figures.survival import Lifetime, Survival, survival

# Freireich and others (1963): weeks of remission of 21 children with leukaemia treated with 6-mercaptopurine, and of 21
# without; + marks those still in remission when last seen. Printed, with the estimates below, in most textbooks.
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
UNTREATED = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def estimate(weeks: str) -> Survival:
    return survival(Lifetime(int(each.rstrip("+")), not each.endswith("+")) for each in weeks.split())


def test_remission_with_treatment() -> None:
    found = estimate(TREATED)
    ends = [(step.time, step.at_risk, step.ended, round(step.lasting, 4)) for step in found.steps if step.ended]
    assert ends == [
        (6, 21, 3, 0.8571), (7, 17, 1, 0.8067), (10, 15, 1, 0.7529), (13, 12, 1, 0.6902), (16, 11, 1, 0.6275),
        (22, 7, 1, 0.5378), (23, 6, 1, 0.4482),
    ]  # fmt: skip
    assert (found.median, found.total, found.ended, found.longest) == (23, 21, 9, 35)


def test_bounds_of_the_estimate() -> None:
    """The bounds of log(-log(share)), as the usual programs print them for these children."""
    bounds = {step.time: (round(step.low, 4), round(step.high, 4)) for step in estimate(TREATED).steps}
    assert bounds[6] == (0.6197, 0.9516)
    assert bounds[10] == (0.5032, 0.8894)
    assert bounds[23] == bounds[35] == (0.1881, 0.6801)


def test_remission_without_treatment() -> None:
    found = estimate(UNTREATED)
    shares = {step.time: round(step.lasting, 4) for step in found.steps}
    assert shares == {
        1: 0.9048, 2: 0.8095, 3: 0.7619, 4: 0.6667, 5: 0.5714, 8: 0.3810, 11: 0.2857, 12: 0.1905, 15: 0.1429,
        17: 0.0952, 22: 0.0476, 23: 0.0,
    }  # fmt: skip
    assert found.median == 8
    assert (found.steps[-1].low, found.steps[-1].high) == (0, 0)


def test_leaving_what_is_not_over_out_would_make_it_look_short() -> None:
    over = " ".join(each for each in TREATED.split() if not each.endswith("+"))
    assert estimate(over).median == 10
    assert estimate(TREATED.replace("+", "")).median == 16


def test_between_and_beyond_the_steps() -> None:
    found = estimate(TREATED)
    assert (found.at(5).at_risk, found.at(5).lasting, found.at(5).low) == (21, 1.0, 1.0)
    assert (found.at(6).at_risk, found.at(6).ended) == (21, 3)
    assert (found.at(8).at_risk, found.at(8).ended, found.at(8).lasting) == (16, 0, found.at(7).lasting)


def test_only_as_long_as_enough_are_followed() -> None:
    found = estimate(TREATED)
    cut = found.while_at_risk(6)
    assert (cut.longest, cut.total, cut.ended, cut.median) == (23, 21, 9, 23)
    assert found.while_at_risk(7).median is None
    assert found.while_at_risk(22).steps == ()


def test_of_two_half_has_ended_with_the_first() -> None:
    assert estimate("4 9").median == 4
    assert estimate("1 2 3 4 5 6 7 8 9 10 11 12 13 14").median == 7


def test_nothing_followed_or_nothing_over() -> None:
    assert survival([]) == Survival((), 0, 0)
    open_ones = estimate("3+ 8+")
    assert (open_ones.median, open_ones.longest, open_ones.ended) == (None, 8, 0)
    assert {(step.lasting, step.low, step.high) for step in open_ones.steps} == {(1.0, 1.0, 1.0)}


LIFETIMES = st.lists(st.builds(Lifetime, st.integers(0, 30), st.booleans(), st.integers(1, 4)), max_size=40)


@given(LIFETIMES)
def test_a_group_counts_as_each_of_it(lifetimes: list[Lifetime]) -> None:
    each = [Lifetime(group.time, group.ended) for group in lifetimes for _one in range(group.count)]
    assert survival(lifetimes) == survival(reversed(each))


@given(LIFETIMES)
def test_the_share_falls_and_lies_within_its_bounds(lifetimes: list[Lifetime]) -> None:
    found = survival(lifetimes)
    shares = [1.0, *(step.lasting for step in found.steps)]
    assert shares == sorted(shares, reverse=True)
    assert all(
        0 <= step.low <= step.lasting + 1e-12 and step.lasting <= step.high + 1e-12 <= 1 + 1e-12 for step in found.steps
    )
    assert found.total == sum(step.ended + step.left for step in found.steps)
    assert found.ended == sum(step.ended for step in found.steps)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_where_all_are_over_it_is_the_plain_share(times: list[int]) -> None:
    found = survival(Lifetime(time, True) for time in times)
    for time in range(31):
        assert found.at(time).lasting == pytest.approx(sum(each > time for each in times) / len(times))
