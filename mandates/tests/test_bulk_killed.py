"""A worker that is killed among many mandates: none is half decided, and another worker does the rest once."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from django.db import connection

from asp_tracker.tests.processes import database_url, wait_until
from mandates.bulk.actions import action_maker
from mandates.bulk.plan import plan_for
from mandates.models import BulkDecision, Mandate, OutcomeChange
from mandates.services import bulk as service
from mandates.services.bulk import bulk_start
from mandates.tests.factories import make_mandate, make_staff
from mandates.tests.test_import_killed import worker

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_a_killed_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "asp_tracker.tests.settings_worker",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path),
        "TEST_PREFIX": "",
        "REDIS_URL": "",
    }
    monkeypatch.setattr(service, "DIRECTLY", 1)
    mandates, user = [make_mandate() for _ in range(6)], make_staff()
    entered = {"note": "Overtaken."}
    plan = plan_for(
        dict.fromkeys((each.pk for each in mandates), 0), action_maker("withdraw", entered), user, entered=True
    )
    bulk = bulk_start(kind="withdraw", plan=plan, user=user, entered=entered)

    first, second = tmp_path / "first.log", tmp_path / "second.log"
    with worker({**environment, "PAUSE_AT": "deciding"}, first, "mandates.tests.pausing_worker") as pid:
        wait_until((tmp_path / "paused").exists, first)
        os.killpg(pid, signal.SIGKILL)
    connection.close()
    decided = set(OutcomeChange.objects.values_list("mandate", flat=True))
    assert len(decided) == 2
    assert set(Mandate.objects.filter(outcome="withdrawn").values_list("pk", flat=True)) == decided
    assert set(bulk.entries.filter(state="done").values_list("mandate", flat=True)) == decided

    def through() -> bool:
        connection.close()  # the other processes' writes, whatever this connection holds
        return BulkDecision.objects.filter(pk=bulk.pk, finished_at__isnull=False).exists()

    with worker(environment, second):
        wait_until(through, second)
    bulk.refresh_from_db()
    assert (bulk.done, bulk.refused) == (6, 0)
    assert OutcomeChange.objects.count() == 6 and not Mandate.objects.exclude(headline_status="withdrawn").exists()
