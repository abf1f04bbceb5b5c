"""What the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from mandates.append_only import TABLES, triggers_install, triggers_remove
from mandates.reference_data import bodies_load, topics_load
from mandates.tests.factories import make_staff
from resolutions.reference_data import sessions_load


@pytest.fixture(autouse=True)
def history_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with real transactions every table is emptied; on SQLite by DELETE, which the triggers refuse."""
    marker = request.node.get_closest_marker("django_db")
    transactional = "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction"))
    if not transactional:
        yield
        return
    request.getfixturevalue("transactional_db")
    for table in TABLES:
        triggers_install(connection, table)
    yield
    for table in TABLES:
        triggers_remove(connection, table)


@pytest.fixture
def reference_data(db: None) -> None:
    """Sessions, bodies and topics, as every installation has them."""
    sessions_load()
    bodies_load()
    topics_load()


@pytest.fixture
def staff_client(reference_data: None) -> Client:
    """Somebody who may import, signed in."""
    client = Client()
    client.force_login(make_staff())
    return client


@pytest.fixture
def no_new_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links that a test makes stay, though the words of its mandates would give the tracker no reason for them."""
    monkeypatch.setattr("mandates.actions.links.links_refind", lambda *, documents: None)
