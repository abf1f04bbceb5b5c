"""The program's worker, but it stops still at a given point the first time that it comes there, to be killed there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery.signals import worker_process_init

from asp_tracker.celery import app

__all__ = ["app"]


@worker_process_init.connect
def stop_still(**_: Any) -> None:
    from mandates.services import batches, importing

    if os.environ["PAUSE_AT"] == "reading":
        batches.parse_document = pausing(batches.parse_document)
    else:
        # Every row of the document is written by then, and nothing is committed.
        importing.statuses_refresh = pausing(importing.statuses_refresh)


def pausing(work: Callable[..., Any]) -> Callable[..., Any]:
    here = Path(os.environ["DATA_DIR"]) / "paused"

    def call(*arguments: Any, **options: Any) -> Any:
        if not here.exists():
            here.touch()
            time.sleep(600)
        return work(*arguments, **options)

    return call
