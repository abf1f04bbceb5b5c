"""What changed among the mandates of a list: a valid feed, with entries that stay the same, asked for again cheaply."""

import datetime
import re
from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from mandates.models import LineageDecision, Mandate
from mandates.tests.factories import make_link, make_mandate, make_outcome_change, make_staff
from mandates.tests.many import make_many
from resolutions.models import Document
from resolutions.tests.factories import make_document, make_import_run, make_session

ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 3339, as section 3.3 of RFC 4287 narrows it.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# RFC 4151.
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[\w/?&=.,%+~-]+")
NOON = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)


def read(client: Client, query: str = "") -> etree._Element:
    """The feed, held to what RFC 4287 asks of every one."""
    response = client.get(reverse("mandates:feed") + query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    for each in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{ATOM}{name}")) == 1 and text(each, name)
        assert MOMENT.fullmatch(text(each, "updated")) and TAG.fullmatch(text(each, "id"))
        alternates = [link for link in each.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        assert len(alternates) == 1 and alternates[0].get("href", "").startswith("http://testserver/")
    assert "whatever the status" in text(feed, "subtitle")
    # An author of the feed is one of every entry.
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    ids = [text(entry, "id") for entry in feed.findall(f"{ATOM}entry")]
    assert len({text(feed, "id"), *ids}) == len(ids) + 1
    dates = [text(entry, "updated") for entry in feed.findall(f"{ATOM}entry")]
    assert dates == sorted(dates, reverse=True) and len(dates) <= 50
    assert text(feed, "updated") == (dates or ["1970-01-01T00:00:00+00:00"])[0]
    return feed


def text(element: etree._Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def titles(client: Client, query: str = "") -> Sequence[str]:
    return [text(entry, "title") for entry in read(client, query).findall(f"{ATOM}entry")]


def read_in(document: Document, **fields: object) -> None:
    make_import_run(document=document, **{"finished_at": NOON, **fields})


@pytest.mark.django_db
def test_an_import_is_one_entry(client: Client) -> None:
    first = make_mandate()
    make_mandate()
    make_mandate(addressees=["Committee on Budget and Finance"])
    read_in(first.document)
    read_in(first.document, status="unchanged")
    read_in(first.document, status="changed", finished_at=NOON + datetime.timedelta(days=1))
    assert titles(client) == ["ICC-ASP/20/Res.2 was read anew: 3 mandates", "ICC-ASP/20/Res.2: 3 new mandates"]
    [_again, entry] = read(client, "?addressee=bureau&status=fulfilled&columns=key").findall(f"{ATOM}entry")
    assert text(entry, "title") == "ICC-ASP/20/Res.2: 2 new mandates"
    assert text(entry, "updated") == "2026-11-01T12:00:00+00:00"
    assert "Resolution on Cooperation" in text(entry, "summary")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://testserver/mandates/?addressee=bureau&resolution=ICC-ASP%2F20%2FRes.2"
    assert titles(client, "?addressee=court") == []


@pytest.mark.django_db
def test_an_outcome_is_news_of_the_list_that_it_leaves(client: Client) -> None:
    first, second = make_mandate(action="to report\x0b on <this> & that"), make_mandate()
    make_link(second, first, kind="parallel")
    change = make_outcome_change(second, effective_on=datetime.date(2022, 11, 1), note="As\x01 said.")
    make_outcome_change(second, "reviewed")
    [entry] = read(client, "?status=open&due=overdue").findall(f"{ATOM}entry")
    assert text(entry, "title") == "Marked fulfilled: ICC-ASP/20/Res.2, para. 2"
    assert text(entry, "id") == f"tag:testserver,2026:outcome/{change.pk}"
    assert "Evidence: ICC-ASP/20/25" in text(entry, "summary")
    assert "1 November 2022" in text(entry, "summary") and "As said." in text(entry, "summary")
    # Who did it is for the page, where one can ask them.
    assert "staff" not in etree.tostring(entry).decode()
    assert titles(client, "?as_at=2022-10-31") == []
    make_outcome_change(first, "withdrawn", effective_on=datetime.date(2022, 11, 2))
    withdrawn = read(client, "?as_at=2022-11-03").findall(f"{ATOM}entry")[0]
    assert "Bureau: to report on &lt;this&gt; &amp; that" in text(withdrawn, "summary")


@pytest.mark.django_db
def test_what_asks_again_is_news_of_what_it_repeats(client: Client) -> None:
    earlier, other = make_mandate(), make_mandate()
    document = make_document("ICC-ASP/21/Res.2", session=make_session(21))
    later = make_mandate(document=document)
    make_link(later, earlier)
    make_link(make_mandate(document=document), other, decision="rejected")
    read_in(document)
    assert titles(client, "?adopted_session=20") == ["ICC-ASP/21/Res.2 asks again for 1 mandate"]
    assert sorted(titles(client)) == ["ICC-ASP/21/Res.2 asks again for 1 mandate", "ICC-ASP/21/Res.2: 2 new mandates"]


@pytest.mark.django_db
def test_decisions_about_links(client: Client) -> None:
    staff = make_staff()
    earlier, later = make_mandate(), make_mandate(document=make_document("ICC-ASP/21/Res.2", session=make_session(21)))
    link = make_link(later, earlier, decision="confirmed")
    for after in ("confirmed", "rejected", "proposed"):
        LineageDecision.objects.create(link=link, before="proposed", after=after, made_by=staff, note="Read both.")
    expected = [
        "ICC-ASP/21/Res.2, para. 1 does not repeat ICC-ASP/20/Res.2, para. 1",
        "ICC-ASP/21/Res.2, para. 1 repeats ICC-ASP/20/Res.2, para. 1",
    ]
    for query in ("", "?adopted_session=20", "?adopted_session=21"):
        assert titles(client, query) == expected
    assert titles(client, "?addressee=court") == []


@pytest.mark.django_db
def test_the_newest_fifty(client: Client) -> None:
    staff = make_staff()
    for _ in range(60):
        make_outcome_change(make_mandate(), made_by=staff)
    shown = titles(client)
    assert len(shown) == 50
    assert shown[0].endswith("para. 60") and shown[-1].endswith("para. 11")


@pytest.mark.django_db
def test_it_is_sent_again_only_when_something_changed(client: Client) -> None:
    mandate = make_mandate()
    make_outcome_change(mandate)
    path = reverse("mandates:feed") + "?addressee=bureau"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get(path, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content
    make_outcome_change(mandate, "reopened")
    changed = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


@pytest.mark.django_db
def test_no_address_is_an_error(client: Client) -> None:
    make_mandate()
    for query in ("?q=%00%01report", "?status=x&as_at=yesterday&colour=red", "?q=" + "a%20" * 900, "?q=%22%3C%26"):
        read(client, query)


@pytest.mark.django_db
def test_queries_do_not_grow(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    counts = []
    for more in (10, 90):
        make_many(more)
        for mandate in Mandate.objects.filter(headline_status="open")[:3]:
            make_outcome_change(mandate, made_at=timezone.now())
        with django_assert_max_num_queries(12) as queries:
            read(client, "?category=all")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_the_list_names_its_feed(client: Client) -> None:
    make_mandate()
    page = client.get(reverse("mandates:list") + "?status=open&columns=key").content.decode()
    assert re.search(
        r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="/mandates/feed.atom\?status=open">',
        page,
    )
