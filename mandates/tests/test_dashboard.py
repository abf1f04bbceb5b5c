"""The dashboard: its numbers add up, and each is that of the list it leads to."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mandates import dashboard
from mandates.models import Mandate
from mandates.reading import Reading
from mandates.tests.factories import make_mandate, make_outcome_change, make_staff
from mandates.tests.many import make_many
from resolutions.tests.factories import make_document, make_paragraph, make_session

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture
def on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def total_behind(client: Client, href: str) -> int:
    response = client.get(href)
    assert response.status_code == 200
    assert response.context["notices"] == []
    return int(response.context["facets"].total)


@pytest.mark.django_db
def test_before_any_import_it_says_what_to_do(client: Client) -> None:
    page = client.get(reverse("mandates:dashboard")).content.decode()
    assert "No document has been read yet" in page
    assert "import_documents" in page
    assert "No coming session is known" in page
    make_session(26, opening_date=None)
    assert "Twenty-sixth session" in client.get(reverse("mandates:dashboard")).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("on_a_day")
def test_statuses_add_up() -> None:
    make_many(50)
    make_mandate(make_paragraph(make_document("ICC-ASP/16/17", kind="report"), proposed=True), proposed=True)
    standing = dashboard.standing(Reading(TODAY))
    parts = (standing.open, standing.repeated, standing.fulfilled, standing.withdrawn)
    assert sum(figure.count for figure in parts) == standing.total.count
    assert standing.total.count == Mandate.objects.tracked().count()
    assert standing.everyone.count == 50
    assert standing.proposed.count == 1
    assert standing.overdue.count > 0
    assert standing.next.count > 0
    sessions = dashboard.by_session(Reading(TODAY))
    assert sum(line.total.count for line in sessions) == standing.total.count
    assert sum(line.open.count for line in sessions) == standing.open.count


@pytest.mark.django_db
@pytest.mark.usefixtures("on_a_day")
def test_every_number_is_that_of_its_list(client: Client) -> None:
    make_many(50)
    make_mandate(make_paragraph(make_document("ICC-ASP/16/17", kind="report"), proposed=True), proposed=True)
    standing = dashboard.standing(Reading(TODAY))
    figures = [getattr(standing, name) for name in standing.__slots__]
    for line in [
        *dashboard.by_session(Reading(TODAY)),
        *dashboard.by_body(Reading(TODAY)),
        *dashboard.by_topic(Reading(TODAY)),
    ]:
        figures += [line.total, line.open, line.overdue, line.next, line.repeated, line.fulfilled, line.withdrawn]
        assert line.href == line.total.href
    behind = {figure.href: total_behind(client, figure.href) for figure in figures if figure.href}
    assert len(behind) > 30
    assert [figure for figure in figures if figure.href and behind[figure.href] != figure.count] == []
    assert all(figure.count == 0 for figure in figures if not figure.href)


@pytest.mark.django_db
@pytest.mark.usefixtures("on_a_day")
def test_page(client: Client) -> None:
    make_many(50)
    page = re.sub(r"\s+", " ", client.get(reverse("mandates:dashboard")).content.decode())
    assert "Twenty-fifth session" in page
    assert ">in 15 days</a>" in page
    assert "Each mandate has one status, so these add up to" in page
    assert "Imported: <a" in page
    assert "Marked fulfilled" in page
    for href in set(re.findall(r'href="(/mandates/\?[^"]*)"', page)):
        assert client.get(href.replace("&amp;", "&")).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("on_a_day")
def test_what_is_due_and_overdue_is_listed(client: Client) -> None:
    make_session(25)
    make_mandate(action="to come", due_session=25, due_on=datetime.date(2026, 12, 6))
    make_mandate(action="to be late", due_session=21, due_on=datetime.date(2022, 12, 6))
    make_mandate(action="to be late by a day", due_on=datetime.date(2019, 1, 31))
    make_mandate(action="never due")
    make_outcome_change(make_mandate(action="done", due_session=21, due_on=datetime.date(2022, 12, 6)))
    context = client.get(reverse("mandates:dashboard")).context
    assert [str(row.action) for row in context["due_next"]] == ["to come"]
    assert context["overdue_left"] == 0
    groups = [(group.label, [str(row.action) for row in group.rows]) for group in context["overdue"]]
    assert groups == [("21st session", ["to be late"]), ("Until 31 January 2019", ["to be late by a day"])]


@pytest.mark.django_db
@pytest.mark.usefixtures("on_a_day")
def test_what_is_not_listed_is_counted(client: Client) -> None:
    for day in range(1, dashboard.MOST_GROUPS + 3):
        make_mandate(due_on=datetime.date(2019, 1, day))
    make_session(21)
    for _each in range(dashboard.MOST_OF_GROUP + 2):
        make_mandate(deadlines=[{"session_number": 21}], due_session=21, due_on=datetime.date(2022, 12, 6))
    answer = client.get(reverse("mandates:dashboard"))
    first, *others = answer.context["overdue"]
    assert (first.label, first.count, len(first.rows)) == ("21st session", 8, 6)
    assert client.get(first.href).context["facets"].total == 8
    assert [group.count for group in others] == [1] * (dashboard.MOST_GROUPS - 1)
    page = answer.content.decode()
    assert "3 more, due earlier, in the list" in page
    assert page.count("The others in the list") == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("on_a_day")
def test_bodies_with_most_overdue_come_first(client: Client) -> None:
    make_session(25)
    make_mandate(addressees=["Registry"], due_session=25, due_on=datetime.date(2026, 12, 6))
    make_mandate(addressees=["Registry"], due_session=25, due_on=datetime.date(2026, 12, 6))
    make_mandate(addressees=["Bureau"], due_session=21, due_on=datetime.date(2022, 12, 6))
    [(_body, _title, _head, lines), _topics] = client.get(reverse("mandates:dashboard")).context["waiting"]
    assert [(line.label, line.overdue.count, line.next.count) for line in lines] == [
        ("Bureau", 1, 0),
        ("Registry", 0, 2),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("on_a_day")
@pytest.mark.parametrize("staff", [False, True])
def test_queries_and_rows_do_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, *, staff: bool
) -> None:
    if staff:
        client.force_login(make_staff("reader"))
    counts = []
    for more in (25, 275):
        make_many(more)
        with django_assert_max_num_queries(15 + 4 * staff) as queries:  # session, user, and what they may do
            page = client.get(reverse("mandates:dashboard")).content.decode()
        counts.append(len(queries))
        assert page.count("<li>") < 80
    assert counts[0] == counts[1]
