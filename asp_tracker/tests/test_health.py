from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from asp_tracker import health
from asp_tracker.tasks import HEARTBEAT, beat_heart

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_heartbeat() -> None:
    cache.delete(HEARTBEAT)


def test_all_is_well(client: Client) -> None:
    beat_heart()

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "worker": "ok"}
    assert "no-store" in answer["Cache-Control"]


def test_pages_can_be_read_without_a_worker(client: Client) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "database": "ok", "worker": "not seen"}


def test_a_worker_that_fell_silent_is_late(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    beat_heart()
    monkeypatch.setattr(health, "STALE", health.STALE * 0)

    assert client.get("/healthz").json()["worker"] == "late"


def test_no_database_no_service(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Any:
        raise DatabaseError("away")

    monkeypatch.setattr(health.connection, "cursor", refuse)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["status"] == "down"
    assert answer.json()["database"] == "away"


def test_a_broken_cache_does_not_break_the_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(key: str) -> Any:
        raise ConnectionError("away")

    monkeypatch.setattr(health.cache, "get", refuse)

    assert client.get("/healthz").json()["worker"] == "unknown"


def test_only_reading(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
