"""A real worker and a real beat, in processes of their own, on each broker that the program knows."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from asp_tracker.tests.processes import database_url, running, wait_until
from asp_tracker.tests.services import missing, redis_url

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

HEALTH = """
from django.test import Client
print(Client(headers={"host": "localhost"}).get("/healthz").json()["worker"])
"""


@pytest.fixture(params=["files", "redis"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    prefix = f"test-{uuid4()}-"
    variables = {
        "DJANGO_SETTINGS_MODULE": "asp_tracker.tests.settings_worker",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path),
        "TEST_PREFIX": prefix,
        "REDIS_URL": "",
    }
    if request.param == "files":
        yield variables
        return
    url = redis_url() or missing("Redis does not answer")
    yield {**variables, "REDIS_URL": url}
    client = redis.Redis.from_url(url)
    for key in client.scan_iter(f"*{prefix}*"):
        client.delete(key)


def run(code: str, environment: dict[str, str]) -> str:
    """What another process of the program prints, say the web server that sends a task."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_task_is_done_and_beat_keeps_time(environment: dict[str, str], tmp_path: Path) -> None:
    Session.objects.create(session_key="expired", session_data="", expire_date=timezone.now() - timedelta(days=1))
    run("from asp_tracker.tasks import clear_sessions; clear_sessions.delay()", environment)
    log = tmp_path / "worker.log"
    schedule = str(tmp_path / "schedule")

    with running(
        ["-m", "celery", "-A", "asp_tracker", "worker", "--beat", "--schedule", schedule, "--concurrency", "1"],
        environment,
        log,
    ) as worker:
        wait_until(lambda: not Session.objects.exists(), log)
        wait_until(lambda: run(HEALTH, environment) == "ok", log)
    assert worker.returncode == 0
