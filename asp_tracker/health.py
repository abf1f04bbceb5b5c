from datetime import timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from asp_tracker.tasks import HEARTBEAT

# More than two missed beats: one may be late behind a long import.
STALE = timedelta(seconds=150)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """503 only when pages cannot be served: without a worker one can still read, so that is "degraded"."""
    database = _database()
    worker = _worker()
    status = "down" if database != "ok" else "ok" if worker == "ok" else "degraded"
    body = {"status": status, "database": database, "worker": worker}
    return JsonResponse(body, status=200 if database == "ok" else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "away"
    return "ok"


def _worker() -> str:
    """The answer tells of the whole chain: beat, broker and worker (and the cache, which holds the time)."""
    try:
        beat = cache.get(HEARTBEAT)
    except Exception:  # each cache has errors of its own, and a health check must answer
        return "unknown"
    if beat is None:
        return "not seen"
    return "ok" if timezone.now() - beat < STALE else "late"
