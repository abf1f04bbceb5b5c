"""What the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from mandates.append_only import triggers_install, triggers_remove


@pytest.fixture(autouse=True)
def history_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with real transactions every table is emptied; on SQLite by DELETE, which the triggers refuse."""
    marker = request.node.get_closest_marker("django_db")
    transactional = "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction"))
    if not transactional:
        yield
        return
    request.getfixturevalue("transactional_db")
    triggers_install(connection)
    yield
    triggers_remove(connection)
