"""Whatever is killed, an import leaves nothing or everything, and what is started again finishes it: real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from asp_tracker.tests.processes import database_url, running, wait_until
from mandates.models import Mandate
from mandates.reference_data import bodies_load, topics_load
from mandates.services.batch_previews import imports_store
from mandates.services.batches import batch_start
from mandates.tests.factories import make_staff
from mandates.tests.imports import SYMBOL, TEXT
from resolutions.files import FoundFile
from resolutions.models import Document, ImportRun, Paragraph, SourceFile
from resolutions.reference_data import sessions_load

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

NAME = "ICC-ASP-8-Res2-ENG.txt"


@pytest.fixture(autouse=True)
def reference_data(transactional_db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "asp_tracker.tests.settings_worker",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path),
        "TEST_PREFIX": "",
        "REDIS_URL": "",
    }


@contextmanager
def worker(environment: dict[str, str], log: Path, app: str = "asp_tracker", size: int = 1) -> Iterator[int]:
    beat = ["--beat", "--schedule", str(log.with_suffix(".beat"))]
    command = ["-m", "celery", "-A", app, "worker", *beat, "--concurrency", str(size)]
    with running(command, environment, log) as process:
        yield process.pid


def bring(*texts: str) -> list[ImportRun]:
    files = [FoundFile(NAME, text.encode()) for text in texts]
    return list(batch_start(files=files, user=make_staff()).runs.order_by("pk"))


def state(run: ImportRun) -> str:
    connection.close()  # the other processes' writes, whatever this connection holds
    return ImportRun.objects.values_list("status", flat=True).get(pk=run.pk)


def nothing_is_stored() -> bool:
    return not any(model.objects.exists() for model in (Document, Paragraph, Mandate))


@pytest.mark.parametrize("pause_at", ["reading", "storing"])
def test_a_killed_worker(environment: dict[str, str], tmp_path: Path, pause_at: str) -> None:
    """SIGKILL in the middle of reading, and when all rows are written and none is committed."""
    [run] = bring(TEXT)
    first, second = tmp_path / "first.log", tmp_path / "second.log"

    def store_when_ready() -> bool:
        if state(run) == ImportRun.Status.READY:
            assert run.batch is not None
            imports_store(batch=run.batch, run_ids=[run.pk], user=run.started_by)
        return (tmp_path / "paused").exists()

    pausing = {**environment, "PAUSE_AT": pause_at}
    with worker(pausing, first, "mandates.tests.pausing_worker") as pid:
        wait_until(store_when_ready, first)
        os.killpg(pid, signal.SIGKILL)
    assert nothing_is_stored()
    assert state(run) in ImportRun.AT_WORK

    with worker(environment, second):
        wait_until(lambda: store_when_ready() and state(run) == ImportRun.Status.NEW, second)
    run.refresh_from_db()
    assert run.attempts == (2 if pause_at == "storing" else 1)
    assert Document.objects.get().symbol == SYMBOL
    assert Mandate.objects.count() == run.counts["mandates"]["found"] > 10
    assert Paragraph.objects.count() == run.counts["paragraphs"]["found"]


def test_two_imports_of_one_document_by_two_workers(environment: dict[str, str], tmp_path: Path) -> None:
    runs = bring(TEXT, TEXT, TEXT.replace("ninth session", "tenth session"), TEXT)
    log = tmp_path / "worker.log"
    with worker(environment, log, size=2):
        wait_until(lambda: all(state(run) == ImportRun.Status.READY for run in runs), log)
        batch = runs[0].batch
        assert batch is not None
        imports_store(batch=batch, run_ids=[run.pk for run in runs], user=runs[0].started_by)
        wait_until(lambda: not any(state(run) in ImportRun.AT_WORK for run in runs), log)
    states = [state(run) for run in runs]
    assert states.count("new") == 1 and "failed" not in states, states
    assert Document.objects.count() == 1
    keys = list(Mandate.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) > 10


WEB = """
import os, signal
from django.contrib.auth.models import User
from django.db import transaction
from mandates import tasks
from mandates.services.batches import batch_start
from resolutions.files import FoundFile
kill = lambda *arguments, **options: os.kill(os.getpid(), signal.SIGKILL)
tasks.continue_import.apply_async = kill
with transaction.atomic():
    batch_start(files=[FoundFile("a.txt", open(PATH, "rb").read())], user=User.objects.get())
    if BEFORE: kill()
"""


@pytest.mark.parametrize("before", [True, False], ids=["before commit", "before a worker is told"])
def test_a_killed_web_process(environment: dict[str, str], tmp_path: Path, before: bool) -> None:
    make_staff()
    path = settings.BASE_DIR / "corpus" / NAME
    code = f"import django; django.setup()\nPATH, BEFORE = {str(path)!r}, {before}\n{WEB}"
    ended = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, cwd=settings.BASE_DIR, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert ImportRun.objects.count() == SourceFile.objects.count() == (0 if before else 1)
    if before:
        return
    run, log = ImportRun.objects.get(), tmp_path / "worker.log"
    with worker(environment, log):
        wait_until(lambda: state(run) == ImportRun.Status.READY, log)
