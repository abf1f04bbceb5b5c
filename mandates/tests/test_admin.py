"""The admin: reference data is edited there and moves the mandates, records are only read there."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mandates.models import Body, Mandate
from mandates.services import statuses_refresh
from mandates.tests.factories import make_body, make_mandate, make_outcome_change, make_staff
from resolutions.models import AssemblySession
from resolutions.tests.factories import make_import_run, make_session, make_source_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(make_staff("admin", is_superuser=True))
    return client


def send(client: Client, row: Any, **values: Any) -> None:
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    form = client.get(address).context["adminform"].form
    entries = {name: "" if form.initial.get(name) is None else form.initial[name] for name in form.fields}
    for name in ("aliases",):
        if name in entries:
            entries[name] = "[]"
    management = {f"resumptions-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = client.post(address, entries | management | values)
    assert answer.status_code == 302, answer.context["adminform"].form.errors


def test_a_new_date_of_a_session_moves_what_is_due(admin: Client) -> None:
    mandate = make_mandate(deadlines=[{"session_number": 26}])
    session = make_session(26)
    statuses_refresh()
    assert Mandate.objects.get(pk=mandate.pk).due_on is None
    send(admin, session, opening_date="2027-11-29")
    assert Mandate.objects.get(pk=mandate.pk).due_on == datetime.date(2027, 11, 29)


def test_another_category_of_a_body_decides_what_is_tracked(admin: Client) -> None:
    body = make_body("Registry of arrears", Body.Category.OTHER)
    mandate = make_mandate(addressees=[body])
    statuses_refresh()
    send(admin, body, category=Body.Category.COURT_ORGAN)
    assert Mandate.objects.get(pk=mandate.pk).tracked


@pytest.mark.parametrize("model", ["document", "importrun", "sourcefile", "outcomechange"])
def test_records_are_only_read(admin: Client, model: str) -> None:
    change = make_outcome_change(make_mandate())
    rows = {
        "document": change.mandate.document,
        "importrun": make_import_run(),
        "sourcefile": make_source_file(),
        "outcomechange": change,
    }
    row = rows[model]
    name = f"admin:{row._meta.app_label}_{model}"
    assert admin.get(reverse(f"{name}_changelist")).status_code == 200
    page = admin.get(reverse(f"{name}_change", args=[row.pk]))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert admin.get(reverse(f"{name}_add")).status_code == 403
    assert admin.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


def test_reference_data_is_listed(admin: Client) -> None:
    make_session(20)
    make_body()
    for name in ("resolutions_assemblysession", "mandates_body", "mandates_topic"):
        assert admin.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert AssemblySession.objects.exists()
