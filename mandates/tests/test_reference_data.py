"""Reference data: loaded as often as one likes, and never over what staff edited."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from mandates.models import Body, Mandate, Topic
from mandates.reference_data import bodies_load, staff_group_load, topics_load
from mandates.tests.factories import make_mandate, make_user
from resolutions import reference_data
from resolutions.models import AssemblySession
from resolutions.reference_data import sessions_load
from resolutions.tests.factories import make_document

pytestmark = pytest.mark.django_db


def test_sessions_have_dates_resumptions_and_a_future() -> None:
    report = sessions_load()
    assert report.new > 40 and not report.kept
    nineteenth = AssemblySession.objects.get(number=19)
    assert (str(nineteenth), nineteenth.opening_date) == ("nineteenth session", datetime.date(2020, 12, 14))
    assert nineteenth.resumptions.count() == 2
    assert AssemblySession.objects.get(number=26).opening_date is None
    assert str(AssemblySession.objects.get(code="RC")) == "Review Conference"
    special = AssemblySession.objects.get(code="S-1")
    assert (special.number, str(special)) == (None, "first special session")
    assert AssemblySession.objects.get(code="S-2").opening_date is None


def test_bodies_have_parents_and_aliases() -> None:
    bodies_load()
    bureau = Body.objects.get(name="Bureau")
    assert bureau.parent and bureau.parent.name == "Assembly of States Parties"
    assert "the Bureau" in bureau.aliases
    assert Body.objects.get(name="Court").category == Body.Category.COURT_ORGAN


@pytest.mark.parametrize("load", [sessions_load, bodies_load, topics_load])
def test_loading_twice_changes_nothing(load: Any) -> None:
    first, second = load(), load()
    assert first.new == second.unchanged
    assert (second.new, second.changed, second.kept) == (0, 0, [])


def test_what_staff_edited_stays_and_is_reported() -> None:
    sessions_load()
    AssemblySession.objects.filter(number=25).update(city="Vienna", note="")
    report = sessions_load()
    assert AssemblySession.objects.get(number=25).city == "Vienna"
    assert any("Vienna" in sentence and "New York" in sentence for sentence in report.kept)


def test_a_correction_in_the_file_arrives_where_nobody_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions_load()
    rows = reference_data.read_rows("sessions.csv")
    next(row for row in rows if row["session"] == "26").update(opening_date="2027-11-29", closing_date="2027-12-04")
    monkeypatch.setattr(reference_data, "read_rows", lambda name: rows)
    AssemblySession.objects.filter(number=26).update(city="Kampala")
    report = sessions_load()
    session = AssemblySession.objects.get(number=26)
    assert (session.opening_date, session.city, report.changed) == (datetime.date(2027, 11, 29), "Kampala", 1)


def test_a_row_that_staff_made_only_has_its_gaps_filled() -> None:
    Body.objects.create(name="Bureau", slug="the-bureau", category=Body.Category.OTHER)
    report = bodies_load()
    bureau = Body.objects.get(name="Bureau")
    assert bureau.category == Body.Category.OTHER
    assert bureau.aliases and bureau.parent
    assert any("category" in sentence for sentence in report.kept)


def test_documents_find_a_session_that_was_not_known_before() -> None:
    document = make_document("ICC-ASP/20/Res.9", session=None)
    type(document).objects.update(session_code="20")
    sessions_load()
    document.refresh_from_db()
    assert document.session and document.session.number == 20


def test_the_command_loads_all_and_moves_what_is_due() -> None:
    mandate = make_mandate(addressees=[], deadlines=[{"session_number": 21}])
    for _time in range(2):
        output = StringIO()
        call_command("load_reference_data", stdout=output)
    assert "sessions: 0 new, 0 changed" in output.getvalue()
    assert Topic.objects.exists()
    assert Mandate.objects.get(pk=mandate.pk).due_on == AssemblySession.objects.get(number=21).opening_date


def test_members_of_the_staff_group_may_decide_and_import() -> None:
    user = make_user(is_staff=True)
    user.groups.add(staff_group_load())
    assert user.has_perms(["mandates.decide_mandate", "resolutions.import_document", "mandates.change_body"])
    assert not user.has_perm("mandates.delete_mandate")


def test_a_staff_group_that_was_changed_stays_so() -> None:
    staff_group_load().permissions.clear()
    assert not staff_group_load().permissions.exists()
