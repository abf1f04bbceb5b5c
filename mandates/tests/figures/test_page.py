"""The page of pictures: each number is that of its list, nothing odd is an error."""

from __future__ import annotations

import csv
import html
import io
import re
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from mandates.facets import count_facets
from mandates.figures.files import TABLES
from mandates.filters import MandateFilterSet
from mandates.tests.factories import make_mandate, make_outcome_change, make_staff
from mandates.tests.figures.corpus import make_corpus
from resolutions.tests.factories import make_session

pytestmark = pytest.mark.django_db

STARTS = [
    "", "?addressee=court", "?addressee=court&addressee=states", "?category=all", "?category=state&topic=budget",
    "?proposed=all", "?proposed=yes&category=all", "?as_at=2020-12-01", "?as_at=2021-12-09&category=court-organ",
    "?adopted_session=17&strength=request", "?session=20", "?q=requests", "?status=open&due=lapsed&answered=late",
    "?category=none",
]  # fmt: skip


def shown(client: Client, query: str = "") -> str:
    response = client.get("/figures/" + query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def counted(href: str) -> int:
    return MandateFilterSet(QueryDict(urlsplit(href).query)).qs.tasks().count()


def test_every_number_is_that_of_the_list_behind_it(client: Client) -> None:
    make_corpus()
    wrong: list[str] = []
    for query in STARTS:
        page = shown(client, query)
        numbers = re.findall(r'<a href="(/mandates/[^"]*)">(\d+)</a>', page)
        bars = re.findall(r'<a href="(/mandates/[^"]*)" tabindex="-1">.*?<title>[^<]*: (\d+)</title>', page)
        links = {*numbers, *bars}
        wrong += [f"{query}: {number} at {href}" for href, number in links if counted(href) != int(number)]
        (total,) = re.findall(r"<strong>(\d+|No) mandates?</strong>", page)
        every = counted("/mandates/" + query.replace("status=open&due=lapsed&answered=late", ""))
        assert total == str(every or "No")
        assert len(numbers) > 5, query
    assert not wrong


def test_the_pictures_have_something_to_tell_apart(client: Client) -> None:
    """Else the numbers above would agree without saying anything."""
    make_corpus()
    page = shown(client, "?category=all&proposed=all")
    marks = set(re.findall(r'<rect class="s-([\w-]+)" x="[\d.]+%" width="', page))
    assert marks == {
        "fulfilled", "withdrawn", "repeated", "open", "overdue", "lapsed", "proposed",
        "in-time", "late", "undated", "none", "at-session",
    }  # fmt: skip
    assert "half of the mandates" in page or "Fewer than half" in page
    assert 'role="img"' in page


def test_sessions_add_up_to_all(client: Client) -> None:
    make_corpus()
    filterset = MandateFilterSet(QueryDict("category=all&proposed=all"))
    head, *rows = TABLES["status-by-session"](filterset)
    totals = [sum(int(str(row[number])) for row in rows) for number in range(1, len(head))]
    assert totals[-1] == count_facets(filterset).total
    named = dict(zip(head[1:], totals, strict=True))
    assert named["total"] == sum(named[name] for name in ("fulfilled", "withdrawn", "repeated", "open", "proposed"))


def test_choices_that_the_pictures_show_are_left_out(client: Client) -> None:
    make_corpus()
    page = shown(client, "?status=open&due=overdue&topic=budget&ordering=due&columns=key")
    assert "Status, Due: not a choice here" in page
    assert 'href="/mandates/?topic=budget"' in page
    assert not re.search(r'href="/mandates/[^"]*(ordering|columns)', page)


def test_nothing_is_an_error(client: Client) -> None:
    assert "No mandate was read yet" in shown(client)
    make_mandate()
    assert "No mandate fits all of these choices" in shown(client, "?topic=no-such-topic")
    assert "is not known here and was ignored" in shown(client, "?strength=odd&as_at=yesterday")
    for query in ("?as_at=1900-01-01", "?addressee=%00&adopted_session=%F0%9F%98%80", "?q=%22(", "?proposed=yes"):
        shown(client, query)
    assert client.get("/figures/no-such-table.csv").status_code == 404
    assert client.post("/figures/").status_code == 405


def test_without_decisions_it_says_that_nothing_can_be_said(client: Client) -> None:
    make_mandate()
    page = shown(client)
    assert "None of 1 was marked fulfilled or withdrawn so far" in page
    assert "No deadline of these mandates has passed yet." in page
    assert "<figure" not in page
    assert "once staff mark it" in page
    make_outcome_change(make_mandate())
    assert "1 of 2 was marked fulfilled or withdrawn: too few to say how long." in shown(client)


def test_staff_are_led_to_what_waits(client: Client) -> None:
    make_mandate()
    client.force_login(make_staff())
    assert "See what documents say was done" in shown(client)


@pytest.mark.parametrize("name", TABLES)
def test_the_same_numbers_as_a_file(client: Client, name: str) -> None:
    make_session(20)
    make_corpus()
    page = shown(client, "?category=all")
    (href,) = set(re.findall(rf'href="(/figures/{name}\.csv\?category=all)"', page))
    response = client.get(href)
    assert response["Content-Disposition"].startswith(f'attachment; filename="{name}-')
    text = response.content.decode()
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert rows
    assert all(len(row) == len(head) for row in rows)
    if name != "open":
        for label, *numbers in rows[:3]:
            assert f'<th scope="row">{label}</th>' in page or label in page
            assert numbers


def test_a_name_that_a_spreadsheet_would_run_is_harmless(client: Client) -> None:
    make_mandate(addressees=["=HYPERLINK(1)"])
    assert "'=HYPERLINK(1)" in client.get("/figures/status-by-body.csv").content.decode()
