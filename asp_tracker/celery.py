import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asp_tracker.settings")

app = Celery("asp_tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_django_logging(**_: Any) -> None:
    """Celery sets up its own logging unless somebody listens here; ours is in the settings."""


@worker_ready.connect
def beat_heart_at_once(**_: Any) -> None:
    """So that nobody has to wait for beat to learn that the worker is there."""
    app.send_task("asp_tracker.tasks.beat_heart")
