"""The deadlines of a list as a calendar: valid, one event for each that has a day, under identifiers that stay."""

import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from mandates.models import Mandate
from mandates.tests.factories import make_link, make_mandate, make_outcome_change, make_topic
from mandates.tests.many import make_many
from resolutions.tests.factories import make_document, make_paragraph, make_session

DAY = datetime.timedelta(days=1)


def raw(client: Client, query: str = "") -> bytes:
    response = client.get(reverse("mandates:calendar") + query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return b"".join(response.streaming_content)


def read(client: Client, query: str = "") -> Any:
    """The calendar, held to what RFC 5545 asks of every one."""
    data = raw(client, query)
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    calendar: Any = Calendar.from_ical(data)
    assert not calendar.errors
    assert calendar.subcomponents, "RFC 5545, 3.6: one component at least"
    assert (calendar["VERSION"], calendar["METHOD"], bool(calendar["PRODID"])) == ("2.0", "PUBLISH", True)
    events = calendar.walk("VEVENT")
    assert len({event["UID"] for event in events}) == len(events)
    for event in events:
        assert not event.errors
        assert event["DTSTAMP"].dt.tzinfo and event["LAST-MODIFIED"].dt.tzinfo
        # A whole day: a date, not a time, and the end is the day after.
        assert type(event["DTSTART"].dt) is datetime.date
        assert event["DTEND"].dt == event["DTSTART"].dt + DAY
        assert event["TRANSP"] == "TRANSPARENT"
    return calendar


def days(client: Client, query: str = "") -> list[tuple[str, datetime.date]]:
    return [(str(event["UID"]), event["DTSTART"].dt) for event in read(client, query).walk("VEVENT")]


@pytest.mark.django_db
def test_an_event_says_it_all(client: Client) -> None:
    make_session(21)
    mandate = make_mandate(
        make_paragraph(make_document(), "25"),
        topic=make_topic("Cooperation; aid, and more"),
        action="to report on cooperation, on legal aid; and to consult “Côte d’Ivoire” " + "on everything else " * 9,
        deadlines=[{"session_number": 21}],
        due_session=21,
        due_on=datetime.date(2022, 12, 6),
    )
    calendar = read(client)
    name = "Deadlines: Mandates asked of Assembly bodies and Court organs in adopted text"
    assert (calendar["X-WR-CALNAME"], calendar["NAME"]) == (name, name)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in raw(client)
    [event] = calendar.walk("VEVENT")
    assert event["UID"] == f"{mandate.key}:session:21@testserver"
    assert event["SUMMARY"].startswith("Bureau: report on cooperation, on legal aid; and to consult “Côte d’Ivoire”")
    assert event["SUMMARY"].endswith(" …") and len(event["SUMMARY"]) < 125
    for words in (
        mandate.action.strip(),
        "at its twenty-first session",
        "Status: Overdue",
        "ICC-ASP/20/Res.2, para. 25",
    ):
        assert words in event["DESCRIPTION"]
    permalink = f"http://testserver{mandate.get_absolute_url()}"
    assert event["URL"] == permalink and permalink in event["DESCRIPTION"]
    assert event["CATEGORIES"].cats == ["Cooperation; aid, and more", "Overdue"]
    assert event["DTSTART"].dt == datetime.date(2022, 12, 6)


@pytest.mark.django_db
def test_one_event_for_each_deadline_whose_day_is_known(client: Client) -> None:
    make_session(21)
    make_session(None, code="RC", name="Review Conference", opening_date=datetime.date(2010, 5, 31))
    mandate = make_mandate(
        deadlines=[
            {"kind": "before_session", "session_number": 21},
            {"kind": "date", "end_date": datetime.date(2019, 1, 31), "text": "by 31 January 2019"},
            {"kind": "event", "event": "the Review Conference", "text": "in advance of the Review Conference"},
            {"kind": "session", "session_number": 40},
            {"kind": "period", "start_date": datetime.date(2019, 1, 1), "text": "in early 2019"},
        ]
    )
    assert sorted(days(client)) == [
        (f"{mandate.key}:before_session:21@testserver", datetime.date(2022, 12, 6)),
        (f"{mandate.key}:date:2019-01-31@testserver", datetime.date(2019, 1, 31)),
        (f"{mandate.key}:event:the Review Conference@testserver", datetime.date(2010, 5, 31)),
    ]


@pytest.mark.django_db
def test_a_recurring_one_stands_on_its_coming_occurrence(client: Client) -> None:
    for number in (21, 24, 25):
        make_session(number)
    mandate = make_mandate(
        deadlines=[{"session_number": 21}, {"kind": "recurring", "interval": "annual", "text": "and annually"}],
        recurring=True,
        recurs_from=21,
        due_session=25,
        due_on=datetime.date(2026, 12, 6),
    )
    identity = f"{mandate.key}:recurring:annual@testserver"
    assert days(client) == [(identity, datetime.date(2026, 12, 6))]
    assert days(client, "?as_at=2025-01-01") == [(identity, datetime.date(2025, 12, 6))]


@pytest.mark.django_db
def test_only_open_ones_until_a_status_is_named(client: Client) -> None:
    make_session(21)
    still_open = make_mandate(deadlines=[{"session_number": 21}])
    done = make_mandate(deadlines=[{"session_number": 21}], due_session=21, due_on=datetime.date(2022, 12, 6))
    change = make_outcome_change(done, effective_on=datetime.date(2022, 11, 1))
    assert [uid.partition(":session")[0] for uid, _day in days(client)] == [still_open.key]
    assert "Only open mandates" in read(client)["X-WR-CALDESC"]
    calendar = read(client, "?status=fulfilled")
    assert "Only open mandates" not in calendar["X-WR-CALDESC"]
    [event] = calendar.walk("VEVENT")
    assert "Status: Fulfilled" in event["DESCRIPTION"]
    assert event["LAST-MODIFIED"].dt == change.made_at.replace(microsecond=0)
    [(uid, _day)] = days(client, "?answered=in-time,undated")
    assert uid.startswith(done.key)
    # As it stood before the decision.
    assert len(days(client, "?as_at=2022-10-31")) == 2


@pytest.mark.django_db
def test_parallel_ones_know_each_other(client: Client) -> None:
    make_session(21)
    first, second = (make_mandate(deadlines=[{"session_number": 21}]) for _ in range(2))
    make_link(second, first, kind="parallel")
    events = {str(event["UID"]): event for event in read(client).walk("VEVENT")}
    assert events[f"{second.key}:session:21@testserver"]["RELATED-TO"] == f"{first.key}:session:21@testserver"
    assert "RELATED-TO" not in events[f"{first.key}:session:21@testserver"]


@pytest.mark.django_db
def test_signs_that_no_calendar_may_hold_are_left_out(client: Client) -> None:
    make_session(21)
    make_mandate(action="to report\x0b on\x01 this\r\nBEGIN:VALARM", deadlines=[{"session_number": 21}])
    [event] = read(client, "?category=all").walk("VEVENT")
    assert "to report on this\nBEGIN:VALARM" in event["DESCRIPTION"]
    assert not read(client).walk("VALARM")


@pytest.mark.django_db
def test_nothing_found_is_a_valid_calendar(client: Client) -> None:
    assert days(client, "?q=nothing&colour=1&status=x") == []
    make_session(21)
    make_mandate(deadlines=[{"session_number": 21}])
    assert not read(client).walk("VTIMEZONE")


@pytest.mark.django_db
def test_queries_do_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_many(60)
    with django_assert_max_num_queries(7) as queries:
        events = len(days(client, "?category=all"))
    # Each has two deadlines.
    assert events == 2 * Mandate.objects.filter(headline_status="open").count()
    monkeypatch.setattr("mandates.exports.CHUNK", 10)
    with django_assert_max_num_queries(len(queries) + 4 * (events // 20)):
        assert len(days(client, "?category=all")) == events


@pytest.mark.django_db
def test_the_list_leads_to_its_calendar(client: Client) -> None:
    make_mandate()
    page = client.get(reverse("mandates:list") + "?status=open&columns=key").content.decode()
    assert 'href="webcal://testserver/mandates/calendar.ics?status=open"' in page
    assert urlsplit("webcal://testserver/mandates/calendar.ics?status=open").path == reverse("mandates:calendar")
