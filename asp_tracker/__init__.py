"""Wiring only: settings, addresses, processes. What the program is about lives in `resolutions` and `mandates`."""

from asp_tracker.celery import app as celery_app

__all__ = ["celery_app"]
