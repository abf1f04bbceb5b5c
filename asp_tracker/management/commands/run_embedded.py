import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

import environ
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

# A worker lets its task end first; what takes longer is safe to run twice.
PATIENCE = 20


class Command(BaseCommand):
    help = "Runs the whole program on this machine: web server and worker, until stopped or until one of them ends."

    def handle(self, *args: Any, **options: Any) -> None:
        # Both by name: a shell's background job is started with SIGINT ignored, and would leave it so.
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, _stop)
        with suppress(KeyboardInterrupt):
            self._run()

    def _run(self) -> None:
        host = os.environ.get("WEB_HOST", "127.0.0.1")
        port = environ.Env().int("PORT", default=8000)
        _require_free(host, port)
        call_command("prepare", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        if environ.Env().bool("DEMO_STAFF", default=False):
            call_command("create_demo_staff", stdout=self.stdout)

        processes: dict[str, subprocess.Popen[bytes]] = {}
        try:
            processes["worker"] = _start("celery", "--quiet", "-A", "asp_tracker", "worker", *_worker_options())
            processes["web"] = _start("gunicorn", "asp_tracker.wsgi")
            _wait_until_served(host, port, processes)
            self.stdout.write(f"ASP Mandate Tracker: http://{host}:{port}/  (Ctrl-C stops it)")
            self.stdout.flush()
            while all(process.poll() is None for process in processes.values()):
                time.sleep(0.5)
            ended = next(name for name, process in processes.items() if process.poll() is not None)
            raise CommandError(f"The {ended} process ended by itself, so everything is stopped.")
        finally:
            _end(processes)


def _stop(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{port} ({error.strerror}). Choose another port: make run PORT={port + 1}"
            ) from error


def _worker_options() -> list[str]:
    schedule = settings.DATA_DIR / "celerybeat-schedule"
    return ["--beat", "--schedule", str(schedule), "--concurrency", "2", "--loglevel", "INFO"]


def _start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    # In a session of its own, Ctrl-C reaches this process alone, which then ends the others in order.
    return subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=settings.BASE_DIR, start_new_session=True)


def _wait_until_served(host: str, port: int, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    while all(process.poll() is None for process in processes.values()):
        with suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(0.1)


def _end(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    for process in processes.values():
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes.values():
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        # The children of one that had to be killed, or was, are in its group.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
