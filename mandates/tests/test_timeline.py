"""A mandate through the years, as its page shows it."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.models import Mandate
from mandates.tests.factories import make_link, make_mandate, make_staff, make_user
from mandates.timeline import Folded, Occurrence, Silent, Unread, timeline
from resolutions.models import Document, KnownDocument
from resolutions.tests.factories import ORDINALS, make_document, make_paragraph, make_session

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 21)
TEXT = "Requests the Court to submit an updated report on cooperation to the Assembly at its {} session;"


def asked(session: int, words: str = TEXT, resolution: str = "Res.2", **fields: Any) -> Mandate:
    report = fields.get("proposed", False)
    document = make_document(
        f"ICC-ASP/{session}/{'17' if report else resolution}",
        session=make_session(session),
        kind=Document.Kind.REPORT if report else Document.Kind.RESOLUTION,
    )
    paragraph = make_paragraph(document, text=words.format(ORDINALS[session + 1]), proposed=report)
    return make_mandate(paragraph, addressees=["Court"], **fields)


def chain_of(*mandates: Mandate, **link: Any) -> None:
    """Link each with the one before, as the tracker would."""
    Mandate.objects.filter(pk__in=[mandate.pk for mandate in mandates]).update(chain=mandates[0])
    for earlier, later in pairwise(mandates):
        make_link(later, earlier, **link)
    for mandate in mandates:
        mandate.refresh_from_db()


def asked_entries(mandate: Mandate) -> list[Occurrence]:
    return [entry for entry in timeline(mandate, TODAY).entries if isinstance(entry, Occurrence)]


def test_each_is_compared_with_the_one_before() -> None:
    words = ["requests the Court to report", "requests the Court to report", "requests the Court to report and plan"]
    mandates = [asked(session, text) for session, text in zip((17, 19, 20), words, strict=True)]
    chain_of(*mandates)
    for mandate in mandates:
        entries = asked_entries(mandate)
        assert [entry.mandate for entry in entries] == mandates
        assert [entry.is_here for entry in entries] == [each == mandate for each in mandates]
        assert [entry.comparison and entry.comparison.change for entry in entries] == [None, "same", "reworded"]
        assert entries[2].comparison is not None
        assert [(part.change, part.after) for part in entries[2].comparison.segments][-1] == ("inserted", "and plan")


def test_sessions_are_shown_and_not_compared() -> None:
    chain_of(*(mandates := [asked(17), asked(19)]))
    comparison = asked_entries(mandates[0])[1].comparison
    assert comparison is not None and comparison.change == "updated"
    assert [(part.before, part.after) for part in comparison.segments if part.change == "masked"] == [
        ("eighteenth session", "twentieth session")
    ]


def test_what_a_link_says_goes_before_what_the_words_say() -> None:
    chain_of(*(mandates := [asked(17), asked(19)]), change="widened")
    comparison = asked_entries(mandates[1])[1].comparison
    assert comparison is not None and comparison.change == "widened"


def test_compared_with_what_it_is_linked_with() -> None:
    first, between, last = asked(17), asked(18), asked(20)
    chain_of(first, between)
    Mandate.objects.filter(pk=last.pk).update(chain=first)
    make_link(last, first)
    last.refresh_from_db()
    comparison = asked_entries(last)[2].comparison
    assert comparison is not None
    assert (comparison.before, comparison.skips) == (first, True)


def test_parallels_of_a_session_stand_inside() -> None:
    first, second = asked(17), asked(20)
    twin = asked(20, resolution="Res.5", parallel_of=second)
    chain_of(first, second)
    Mandate.objects.filter(pk=twin.pk).update(chain=first)
    twin.refresh_from_db()
    for mandate in (first, second, twin):
        entries = asked_entries(mandate)
        assert [(entry.mandate, list(entry.parallels)) for entry in entries] == [(first, []), (second, [twin])]
    assert asked_entries(twin)[1].is_here


def test_parallels_alone_are_one_entry() -> None:
    first = asked(20)
    twin = asked(20, resolution="Res.5", parallel_of=first)
    assert [list(entry.parallels) for entry in asked_entries(twin)] == [[twin]]
    assert not timeline(first).stands_alone


def test_proposed_text_is_shown_and_not_counted() -> None:
    first, draft, last = asked(8), asked(16, proposed=True), asked(17)
    chain_of(first, draft, last)
    found = timeline(first, TODAY)
    assert [entry.mandate for entry in asked_entries(first)] == [first, draft, last]
    assert (found.asked, found.since) == (2, "2009")
    assert (found.repeated_by, timeline(draft, TODAY).repeated_by) == ([last], [last])


def test_sessions_that_were_not_read() -> None:
    for number in range(16, 27):
        make_session(number)
    chain_of(*(mandates := [asked(17), asked(20)]))
    make_document("ICC-ASP/19/Res.1", session=make_session(19), title="Amendments")
    make_document("ICC-ASP/22/20", session=make_session(22), kind=Document.Kind.REPORT)
    entries = timeline(mandates[0], datetime.date(2024, 1, 1)).entries
    unread = [entry for entry in entries if isinstance(entry, Unread)]
    assert [entry.kind for entry in entries] == ["asked", "unread", "asked", "unread"]
    assert [(entry.when.session, entry.when.year, entry.is_last) for entry in unread] == [
        ("18th", "2019", False),
        ("21st–22nd", "2022–2023", True),
    ]


def test_a_resolution_on_the_subject_that_is_known_and_not_read() -> None:
    for number in range(17, 21):
        make_document(f"ICC-ASP/{number}/Res.1", session=make_session(number), title="Amendments")
    for symbol, title in [
        ("ICC-ASP/18/Res.3", "Cooperation"),
        ("ICC-ASP/18/Res.4", "Complementarity"),
        ("ICC-ASP/19/Res.1", "Amendments"),
    ]:
        KnownDocument.objects.create(symbol=symbol, title=title, session_code=symbol[8:10], kind="resolution")
    chain_of(*(mandates := [asked(17), asked(20)]))
    unread = [entry for entry in timeline(mandates[0], TODAY).entries if isinstance(entry, Unread)]
    assert [(entry.when.session, [known.symbol for known in entry.documents]) for entry in unread] == [
        ("18th", ["ICC-ASP/18/Res.3"])
    ]
    make_document("ICC-ASP/18/Res.3", session=make_session(18))
    entries = timeline(mandates[0], TODAY).entries
    assert [entry.kind for entry in entries] == ["asked", "silent", "asked"]
    assert isinstance(entries[1], Silent) and [each.symbol for each in entries[1].documents] == ["ICC-ASP/18/Res.3"]


def test_a_session_without_a_number() -> None:
    session = make_session(None, code="RC", name="Review Conference", opening_date=datetime.date(2010, 5, 31))
    document = make_document("RC/Res.6", session=session, adopted=datetime.date(2010, 6, 11))
    first = make_mandate(make_paragraph(document, text=TEXT))
    chain_of(first, last := asked(17))
    assert [(entry.mandate, entry.when.session, entry.when.year) for entry in asked_entries(last)] == [
        (first, "Review Conference", "2010"),
        (last, "17th", "2018"),
    ]


def test_a_session_that_the_table_does_not_have_comes_last() -> None:
    document = make_document("ICC-ASP/30/Res.2", session=None, session_code="30", adopted=datetime.date(2031, 12, 6))
    last = make_mandate(make_paragraph(document, text=TEXT))
    chain_of(first := asked(17), last)
    assert [(entry.mandate, entry.when.session, entry.when.year) for entry in asked_entries(first)] == [
        (first, "17th", "2018"),
        (last, "30", "2031"),
    ]


def long_chain(count: int) -> list[Mandate]:
    mandates = []
    for number in range(1, count + 1):
        opening = datetime.date(1900 + number, 12, 1)
        session = make_session(number, opening_date=opening, closing_date=opening, ordinal=str(number))
        document = make_document(f"ICC-ASP/{number}/Res.2", session=session, adopted=opening)
        mandates.append(
            make_mandate(make_paragraph(document, text=f"Requests the Bureau to report {number % 3} times;"))
        )
    chain_of(*mandates)
    return mandates


def test_a_long_chain_is_folded_in_the_middle() -> None:
    mandates = long_chain(60)
    entries = timeline(mandates[20], TODAY).entries
    folded = [entry for entry in entries if isinstance(entry, Folded)]
    shown = {entry.mandate for entry in entries if isinstance(entry, Occurrence)}
    assert mandates[20] in shown and mandates[0] in shown and mandates[-1] in shown
    assert len(shown) <= 40
    assert shown.isdisjoint(hidden := {mandate for entry in folded for mandate in entry.mandates})
    assert shown | hidden == set(mandates)


def queries_of(client: Client, mandate: Mandate) -> int:
    client.get(mandate.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(mandate.get_absolute_url()).status_code == 200
    return len(queries)


@pytest.mark.parametrize("may_decide", [False, True])
def test_queries_do_not_grow_with_the_chain(client: Client, may_decide: bool) -> None:
    if may_decide:
        client.force_login(make_staff())
    chain_of(*(short := [asked(17), asked(20)]))
    few = queries_of(client, short[0])
    mandates = long_chain(50)
    for other in mandates[5:25]:
        make_link(mandates[0], other, decision="proposed", score=0.6)
    assert queries_of(client, mandates[0]) <= few + 5  # bodies and documents of the proposals, where there are any
    assert queries_of(client, mandates[25]) <= few
    assert few <= 30


def test_page_shows_the_words_that_changed(client: Client) -> None:
    words = ["Requests the Court to report to the Bureau;", "Requests the Court to report to the Assembly;"]
    mandates = [asked(17, words[0], headline_status="repeated"), asked(20, words[1])]
    chain_of(*mandates, score=0.97)
    page = client.get(mandates[0].get_absolute_url()).content.decode()
    assert "<del>" in page and "Bureau" in page
    assert "Asked at 2 sessions since 2018." in page
    assert 'asked again in <a href="/mandates/ICC-ASP/20/Res.2:body:1:requests:0/">' in page
    assert "First asked." in page and "Reworded." in page
    assert "/review/links/" not in page


def test_page_of_one_that_stands_alone(client: Client) -> None:
    assert "No other text that was read asks the same." in client.get(asked(20).get_absolute_url()).content.decode()


def test_asked_of_another_body_is_shown_apart(client: Client) -> None:
    mandate = asked(20)
    other = make_mandate(document=make_document("ICC-ASP/17/Res.5", session=make_session(17)), addressees=["Registry"])
    link = make_link(mandate, other, kind="readdressed", change="readdressed")
    page = client.get(mandate.get_absolute_url()).content.decode()
    assert "it repeats nothing" in page and "Registry" in page
    assert timeline(mandate).stands_alone
    link.decision = "rejected"
    link.save()
    assert "it repeats nothing" not in client.get(mandate.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("person", "sees"), [(None, False), ({}, False), ({"may_decide": True}, True)])
def test_proposals_are_for_staff(client: Client, person: dict[str, Any] | None, sees: bool) -> None:
    if person is not None:
        client.force_login(make_user("someone", **person))
    mandate, other, found = asked(20), asked(17), asked(16)
    proposal = make_link(mandate, other, decision="proposed", score=0.62)
    chain_of(found, mandate, score=0.97)
    page = client.get(mandate.get_absolute_url()).content.decode()
    assert (f"/review/links/{proposal.pk}/" in page) is sees
    assert ("alike in part (0.62)" in page) is sees
    assert ("Found, 0.97" in page) is sees
    assert other not in [entry.mandate for entry in asked_entries(mandate)]
