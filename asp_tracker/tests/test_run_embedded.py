"""`make run` behind its make: started, looked at, stopped, and started again on what is there."""

import os
import signal
import socket
import subprocess
import urllib.request
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from asp_tracker.tests.processes import running, wait_until

pytestmark = pytest.mark.worker

COMMAND = ["manage.py", "run_embedded"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "DJANGO_SETTINGS_MODULE": "asp_tracker.settings",
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "PORT": str(port),
    }


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def wait_until_started(program: subprocess.Popen[bytes], log: Path) -> None:
    def started_or_ended() -> bool:
        return "ASP Mandate Tracker: http://127.0.0.1:" in log.read_text() or program.poll() is not None

    wait_until(started_or_ended, log)
    assert program.poll() is None, log.read_text()


def processes(data: str) -> list[int]:
    """Every process that was given this data folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"DATA_DIR={data}\0".encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def get(environment: dict[str, str], path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}{path}", timeout=60) as answer:
        return str(answer.read(), "utf-8")


@pytest.mark.django_db
def test_the_demonstration_account_may_decide_and_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_STAFF_PASSWORD", "given")
    output = StringIO()

    call_command("create_demo_staff", stdout=output)
    call_command("create_demo_staff", stdout=output)

    user = User.objects.get()
    assert user.check_password("given")
    assert user.is_staff
    assert not user.is_superuser
    assert user.has_perm("mandates.decide_mandate")
    assert output.getvalue().count("given") == 1


def test_starts_serves_stops_and_keeps_the_data(environment: dict[str, str], log: Path) -> None:
    with running(COMMAND, {**environment, "DEMO_STAFF": "1"}, log) as program:
        wait_until_started(program, log)
        assert '"database": "ok"' in get(environment, "/healthz")
        assert len(processes(environment["DATA_DIR"])) > 3
        with running(COMMAND, environment, log.with_name("taken")) as second:
            assert second.wait(120) == 1
        program.send_signal(signal.SIGINT)
        assert program.wait(120) == 0
    # What watches the resources of the parallel import ends a moment after the program.
    wait_until(lambda: processes(environment["DATA_DIR"]) == [], log)

    text = log.read_text()
    assert "importing the samples" in text
    assert "Staff account for the demonstration: demo, password " in text
    assert "Choose another port: make run PORT=" in log.with_name("taken").read_text()
    key = Path(environment["DATA_DIR"]) / "secret_key"
    assert key.stat().st_mode & 0o777 == 0o600

    again = log.with_name("again")
    with running(COMMAND, environment, again) as program:
        wait_until_started(program, again)
        worker = min(pid for pid in processes(environment["DATA_DIR"]) if b"celery" in _command(pid))
        os.kill(worker, signal.SIGKILL)
        assert program.wait(120) == 1
    assert processes(environment["DATA_DIR"]) == []
    assert "importing" not in again.read_text()
    assert "password" not in again.read_text()
    assert "The worker process ended by itself" in again.read_text()


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()
