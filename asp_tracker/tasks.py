from celery import shared_task
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

HEARTBEAT = "worker-heartbeat"


@shared_task
def beat_heart() -> None:
    """Sent by beat, carried by the broker, done by a worker: a fresh time here shows that all three work."""
    cache.set(HEARTBEAT, timezone.now(), timeout=None)


@shared_task
def clear_sessions() -> None:
    call_command("clearsessions")
