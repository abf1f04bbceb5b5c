"""Imports that stand still are begun again, a bounded number of times; a lost connection is no failure."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from mandates.reference_data import bodies_load, topics_load
from mandates.services.batch_previews import imports_store
from mandates.services.batch_sweep import MOST_ATTEMPTS, imports_sweep
from mandates.services.batch_work import import_continue
from mandates.services.batches import batch_start
from mandates.tests.factories import make_staff
from mandates.tests.imports import SYMBOL, TEXT, everything
from resolutions.files import FoundFile
from resolutions.models import Document, ImportRun, SourceFile
from resolutions.reference_data import sessions_load
from resolutions.services import (
    RunTaken,
    import_run_claim,
    import_run_fail,
    import_run_stage,
    import_run_start,
    source_file_release,
)


@pytest.fixture(autouse=True)
def reference_data(db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()


def waiting(*texts: str) -> list[ImportRun]:
    files = [FoundFile("a.txt", text.encode()) for text in texts or (TEXT,)]
    return list(batch_start(files=files, user=make_staff()).runs.order_by("pk"))


def storing() -> ImportRun:
    [run] = waiting()
    assert import_continue(run_id=run.pk) == "ready"
    assert run.batch is not None
    assert imports_store(batch=run.batch, run_ids=[run.pk], user=run.started_by) == 1
    run.refresh_from_db()
    return run


def long_ago(run: ImportRun, **columns: Any) -> None:
    then = timezone.now() - timedelta(hours=1)
    ImportRun.objects.filter(pk=run.pk).update(**{name: then for name in columns if columns[name]})


class TestSweep:
    def test_leaves_what_moves(self) -> None:
        first, second = waiting(TEXT, TEXT + "\n")
        import_run_claim(run_id=first.pk)
        assert imports_sweep() == (0, 0)
        assert second.heartbeat_at is None

    def test_begins_again_what_nobody_hears_of(self) -> None:
        [run] = waiting()
        held = import_run_claim(run_id=run.pk)
        long_ago(run, heartbeat_at=True)
        assert imports_sweep() == (1, 0)
        assert import_continue(run_id=run.pk) == "ready"
        # The worker that was taken for dead writes nothing any more.
        assert held is not None
        with pytest.raises(RunTaken):
            import_run_stage(run=held, stage="mandates")

    def test_tells_a_worker_again_of_what_waits(self) -> None:
        [run] = waiting()
        long_ago(run, queued_at=True)
        assert imports_sweep() == (1, 0)
        assert imports_sweep() == (0, 0)

    def test_gives_up_with_a_sentence(self) -> None:
        [run] = waiting()
        for attempt in range(MOST_ATTEMPTS):
            assert import_run_claim(run_id=run.pk), attempt
            long_ago(run, heartbeat_at=True)
            again, failed = imports_sweep()
        assert (again, failed) == (0, 1)
        run.refresh_from_db()
        assert (run.status, run.error_code) == ("failed", "stalled")
        assert "3 times" in run.error
        assert not SourceFile.objects.exists()

    def test_says_of_a_dead_command_that_it_died(self) -> None:
        run = import_run_start(name="a.txt")
        assert imports_sweep() == (0, 0)
        long_ago(run, heartbeat_at=True)
        assert imports_sweep() == (0, 1)
        run.refresh_from_db()
        assert run.error_code == "interrupted"


class TestTwice:
    def test_nothing_is_done_a_second_time(self) -> None:
        run = storing()
        assert import_continue(run_id=run.pk) == "new"
        before = everything()
        assert import_continue(run_id=run.pk) == ""
        assert everything() == before

    def test_only_one_has_it(self) -> None:
        [run] = waiting()
        assert import_run_claim(run_id=run.pk)
        assert import_run_claim(run_id=run.pk) is None
        assert import_continue(run_id=run.pk) == ""

    def test_what_was_taken_over_while_it_was_stored_is_not_stored(self, monkeypatch: pytest.MonkeyPatch) -> None:
        run = storing()

        def taken_over(**_: Any) -> None:
            ImportRun.objects.filter(pk=run.pk).update(attempts=9)

        monkeypatch.setattr("mandates.services.issuing.paragraphs_prune", taken_over)
        assert import_continue(run_id=run.pk) != "new"
        assert not Document.objects.exists()


class TestBytes:
    def test_that_somebody_needs_stay(self) -> None:
        first, second = waiting(TEXT, TEXT)
        assert first.source_id == second.source_id
        import_run_fail(run=first, code="x", reason="It broke.", timings={})
        assert not source_file_release(source_id=first.source_id)
        import_run_fail(run=second, code="x", reason="It broke.", timings={})
        assert source_file_release(source_id=first.source_id)
        assert not source_file_release(source_id=None)

    def test_that_are_gone_are_a_reason(self) -> None:
        [run] = waiting()
        ImportRun.objects.update(source=None)
        assert import_continue(run_id=run.pk) == "failed"
        run.refresh_from_db()
        assert run.error_code == "no_bytes"


def breaking(times: int) -> Callable[..., Any]:
    """Lose the connection in the middle of storing, for real where there is a server to lose."""
    left = times

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        if left and sql.startswith("INSERT") and "mandates_mandate" in sql:
            left -= 1
            if connection.vendor == "sqlite":
                raise OperationalError("disk I/O error")
            # The answer to this is the end of the connection; what the program does next finds it gone.
            with suppress(psycopg.Error), context["connection"].connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return execute(sql, params, many, context)

    return wrapper


@pytest.mark.django_db(transaction=True)
class TestLostConnection:
    def test_is_opened_again(self) -> None:
        run = storing()
        with connection.execute_wrapper(breaking(1)):
            assert import_continue(run_id=run.pk) == "new"
        assert Document.objects.get().symbol == SYMBOL

    def test_for_long_leaves_nothing_and_the_run_is_begun_again(self) -> None:
        run = storing()
        before = everything()
        with connection.execute_wrapper(breaking(9)), pytest.raises(OperationalError):
            import_continue(run_id=run.pk)
        assert everything() == before
        run.refresh_from_db()
        assert (run.status, run.heartbeat_at) == ("storing", None)
        assert import_continue(run_id=run.pk) == "new"
