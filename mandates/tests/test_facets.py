"""Facets: each count is what choosing the value would show."""

import datetime

import pytest
from django.http import QueryDict

from mandates.facets import SHOWN, Facet, count_facets
from mandates.filters import MandateFilterSet, query_string
from mandates.tests.factories import make_mandate
from mandates.tests.many import make_many
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
