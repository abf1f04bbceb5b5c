"""The program's worker, but it stops still at a given point the first time that it comes there, to be killed there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from celery.signals import worker_process_init

from asp_tracker.celery import app

__all__ = ["app"]


@worker_process_init.connect
def stop_still(**_: Any) -> None:
    from mandates.actions import outcomes
    from mandates.services import batch_previews, issuing

    if os.environ["PAUSE_AT"] == "reading":
        batch_previews.parse_document = pausing(batch_previews.parse_document)
    elif os.environ["PAUSE_AT"] == "deciding":
        # Two mandates are decided by then; of the third every row is written, and nothing is committed.
        outcomes.statuses_refresh = pausing(outcomes.statuses_refresh, after=2)
    elif os.environ["PAUSE_AT"] == "correcting":
        # One document is corrected by then; of the second every row is written, and nothing is committed.
        issuing.references_resolve = pausing(issuing.references_resolve, after=1)
    else:
        # Every row of the document is written by then, and nothing is committed.
        issuing.references_resolve = pausing(issuing.references_resolve)


def pausing(work: Callable[..., Any], after: int = 0) -> Callable[..., Any]:
    here = Path(os.environ["DATA_DIR"]) / "paused"
    calls = count()

    def call(*arguments: Any, **options: Any) -> Any:
        if next(calls) >= after and not here.exists():
            here.touch()
            time.sleep(600)
        return work(*arguments, **options)

    return call
