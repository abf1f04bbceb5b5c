"""How the benchmarks time a piece of work."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping


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


def best_in_turn(works: Mapping[str, Callable[[], object]], repeat: int) -> dict[str, float]:
    """Time pieces of work that are held against one another, one after the other and all of them again.

    Args:
        works: what to time, by name.
        repeat: how often each is done; what slows the machine for a while then slows all of them.

    Returns:
        Seconds of the best run of each.
    """
    best = dict.fromkeys(works, float("inf"))
    for _run in range(repeat):
        for name, work in works.items():
            best[name] = min(best[name], best_of(work, 1))
    return best
