"""A worker that is killed among corrections of many: no document is half corrected, and another does the rest once."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from django.db import connection

from asp_tracker.tests.processes import database_url, wait_until
from mandates.models import BulkDecision, Correction, Mandate
from mandates.reference_data import bodies_load, topics_load
from mandates.services import bulk as service
from mandates.services.importing import document_import
from mandates.tests.factories import make_staff
from mandates.tests.imports import SYMBOL, bring
from mandates.tests.issues import ARCHIVES, COPIES, COSTS, GUIDE, STUDY, written
from mandates.tests.issues import SYMBOL as OTHER
from mandates.tests.test_bulk_corrections import bulk_of
from mandates.tests.test_import_killed import worker
from resolutions.reference_data import sessions_load

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def about(topic: str) -> dict[str, int]:
    """How many mandates of each document are about a topic."""
    connection.close()  # the other processes' writes, whatever this connection holds
    rows = Mandate.objects.filter(topic__name=topic).values_list("document__symbol", flat=True)
    symbols = list(rows)
    return {symbol: symbols.count(symbol) for symbol in symbols}


def test_a_killed_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "asp_tracker.tests.settings_worker",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path),
        "TEST_PREFIX": "",
        "REDIS_URL": "",
    }
    sessions_load(), bodies_load(), topics_load()
    bring()
    document_import(name="other.txt", data=written(ARCHIVES, GUIDE, STUDY, COSTS, COPIES))
    monkeypatch.setattr(service, "DIRECTLY", 1)
    rows = list(Mandate.objects.order_by("document", "position"))
    each = {symbol: sum(row.document.symbol == symbol for row in rows) for symbol in (SYMBOL, OTHER)}
    bulk = bulk_of(make_staff(), "topic", rows, topic="Premises")

    first, second = tmp_path / "first.log", tmp_path / "second.log"
    with worker({**environment, "PAUSE_AT": "correcting"}, first, "mandates.tests.pausing_worker") as pid:
        wait_until((tmp_path / "paused").exists, first)
        os.killpg(pid, signal.SIGKILL)
    done = about("Premises")
    assert len(done) == 1 and done.items() <= each.items()
    assert Correction.objects.count() == sum(done.values()) == bulk.entries.filter(state="done").count()

    def through() -> bool:
        connection.close()
        return BulkDecision.objects.filter(pk=bulk.pk, finished_at__isnull=False).exists()

    with worker(environment, second):
        wait_until(through, second)
    bulk.refresh_from_db()
    assert (bulk.done, bulk.refused) == (len(rows), 0) and about("Premises") == each
    assert Correction.objects.count() == len(rows)
