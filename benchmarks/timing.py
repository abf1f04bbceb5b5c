"""How the benchmarks time a piece of work."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def best_of(work: Callable[[], object], repeat: int) -> float:
    """Time a piece of work.

    Args:
        work: what to time.
        repeat: how often it is done; the best run counts, as the others were disturbed.

    Returns:
        Seconds of the best run.
    """
    times = []
    for _run in range(repeat):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
