"""How often a mandate was asked, in the list and as its order."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.how_often import Asked, how_often_asked
from mandates.tests.factories import make_link
from mandates.tests.test_timeline import asked, chain_of

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 21)


def listed(client: Client, query: str) -> list[str]:
    """The keys of the list, in its order."""
    return [row.mandate.key for row in client.get("/mandates/" + query).context["rows"]]


def test_adopted_text_of_several_sessions_counts() -> None:
    chain_of(*(mandates := [asked(17), asked(18, proposed=True), asked(20)]))
    make_link(asked(20, resolution="Res.5"), mandates[2], "parallel")
    chain_of(*(once := [asked(16, "requests to plan", proposed=True), asked(17, "requests to plan")]))
    every = [*mandates, *once, asked(19, "requests to meet")]
    assert how_often_asked(every, TODAY) == {mandates[0].pk: Asked(2, 2018)}
    assert how_often_asked(every, datetime.date(2020, 1, 1)) == {}


def test_a_row_says_it_and_leads_to_the_chain(client: Client) -> None:
    chain_of(*(mandates := [asked(session) for session in (8, 17, 20)]))
    page = re.sub(r"\s+", " ", client.get("/mandates/").content.decode())
    link = f'<a class="again" href="{mandates[2].get_absolute_url()}#chain">asked three times since 2009</a>'
    assert page.count("asked three times since 2009") == 3
    assert link in page
    assert "asked two times since 2009" in client.get("/mandates/?as_at=2019-01-01").content.decode()


def test_one_query_says_it_of_all_rows(client: Client) -> None:
    chain_of(asked(17), asked(20))
    counts = []
    for number in (0, 9):
        for each in range(number):
            chain_of(*(asked(session, f"requests {each}") for session in (17, 20)))
        with CaptureQueriesContext(connection) as queries:
            client.get("/mandates/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_in_the_order_of_how_often(client: Client) -> None:
    alone = asked(16, "requests to meet").key
    chain_of(*(often := [asked(session) for session in (17, 18, 20)]))
    chain_of(*(twice := [asked(session, "requests to plan") for session in (17, 18)]))
    assert listed(client, "?ordering=-asked") == [mandate.key for mandate in (*often, *twice)] + [alone]
    assert listed(client, "?ordering=asked") == [alone] + [mandate.key for mandate in (*twice, *often)]
    # On a day before the third time, both were asked twice, and the citation decides.
    before = [often[0], twice[0], often[1], twice[1]]
    assert listed(client, "?ordering=-asked&as_at=2019-12-31") == [mandate.key for mandate in before] + [alone]
    assert "asked most often first" in client.get("/mandates/?ordering=-asked").content.decode()
