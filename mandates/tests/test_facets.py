"""Facets: each count is what choosing the value would show."""

import datetime

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates.facets import SHOWN, Facet, count_facets
from mandates.filters import MandateFilterSet, query_string
from mandates.tests.factories import make_mandate
from mandates.tests.many import make_many
from mandates.wording import chips
from resolutions.tests.factories import make_document, make_paragraph

TODAY = datetime.date(2026, 11, 21)
STARTS = [
    "",
    "status=open",
    "addressee=court&status=open&status=repeated",
    "category=all&topic=topic-1",
    "category=state",
    "due=overdue&strength=request",
    "session=21&session=25",
    "adopted_session=20&q=report",
    "as_at=2021-12-31",
    "proposed=yes&category=all",
    "resolution=20/Res.2",
]


def listed(query: str) -> MandateFilterSet:
    return MandateFilterSet(QueryDict(query), today=TODAY)


def alone(filterset: MandateFilterSet, name: str, value: str) -> str:
    """The list with this value and no other of its facet."""
    return query_string([*(pair for pair in filterset.pairs() if pair[0] != name), (name, value)]).removeprefix("?")


@pytest.mark.django_db
@pytest.mark.parametrize("query", STARTS)
def test_a_count_is_what_choosing_it_shows(query: str) -> None:
    make_many(45)
    make_mandate(make_paragraph(make_document("ICC-ASP/16/17", kind="report"), proposed=True), proposed=True)
    filterset = listed(query)
    facets = count_facets(filterset)
    assert facets.total == filterset.qs.count()
    for facet in facets:
        for option in facet.options:
            assert option.count == listed(alone(filterset, facet.name, option.value)).qs.count(), option


VALUES = {
    "q": ["report", "matter 1*", "20/Res.2", "-x"],
    "status": ["open", "fulfilled", "repeated", "withdrawn"],
    "due": ["overdue", "next", "lapsed"],
    "session": ["17", "20", "21", "25", "30"],
    "addressee": ["bureau", "court", "states-parties", "nobody-here"],
    "category": ["assembly-body", "court-organ", "state", "none", "all"],
    "topic": [f"topic-{number}" for number in range(9)],
    "strength": ["decision", "request", "recommendation", "invitation"],
    "resolution": ["ICC-ASP/17/Res.1", "20/Res.2", "ICC-ASP/99/Res.9"],
    "adopted_session": ["17", "20"],
    "proposed": ["no", "yes", "all"],
    "answered": ["in-time", "late", "none"],
    "as_at": ["2019-06-01", "2022-01-02"],
}


@st.composite
def choices(draw: st.DrawFn) -> list[tuple[str, str]]:
    names = draw(st.sets(st.sampled_from(list(VALUES)), max_size=5))
    several = {name: st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=3, unique=True) for name in names}
    return [(name, value) for name in sorted(names) for value in draw(several[name])]


@pytest.mark.django_db
def test_every_count_follows_every_other_choice() -> None:
    make_many(36)
    make_mandate(make_paragraph(make_document("ICC-ASP/16/17", kind="report"), proposed=True), proposed=True)

    @settings(deadline=None, max_examples=20)
    @given(chosen=choices(), data=st.data())
    def check(chosen: list[tuple[str, str]], data: st.DataObject) -> None:
        filterset = listed(query_string(chosen).removeprefix("?"))
        facets = count_facets(filterset)
        assert facets.total == filterset.qs.tasks().count()
        options = [(facet, option) for facet in facets for option in facet.options]
        for facet, option in data.draw(st.lists(st.sampled_from(options), min_size=4, max_size=4)):
            assert option.count == listed(alone(filterset, facet.name, option.value)).qs.tasks().count()
            assert option.chosen == (option.value in filterset.values[facet.name].values)
        # What the page says of itself leads to the same list, and each chip to a list without its choice.
        assert listed(query_string(filterset.pairs()).removeprefix("?")).pairs() == filterset.pairs()
        for chip in chips(filterset):
            assert len(listed(chip.href.removeprefix("?")).pairs()) == len(filterset.pairs()) - 1

    check()


@pytest.mark.django_db
def test_what_is_chosen_stays_visible() -> None:
    make_many(30)
    facets = {facet.name: facet for facet in count_facets(listed("q=nothing-like-it&topic=topic-3&session=999"))}
    assert [(option.value, option.count, option.chosen) for option in facets["topic"].first] == [("topic-3", 0, True)]
    assert [str(option.label) for option in facets["session"].first] == ["999th session"]
    assert facets["topic"].chosen
    assert not facets["strength"].chosen


@pytest.mark.django_db
def test_long_lists_are_folded() -> None:
    make_many(30)
    topics: Facet = next(facet for facet in count_facets(listed("category=all")) if facet.name == "topic")
    assert len(topics.first) == SHOWN
    assert len(topics.first) + len(topics.rest) == len(topics.options) == 9
