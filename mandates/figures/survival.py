"""How long things last when some of them are not over yet: the estimate of Kaplan and Meier (1958).

What is not over, or went out of sight, is not left out, which would make everything look short-lived, and not taken as
over either: it counts among those that could have ended, as long as it was followed. Plain arithmetic: no database.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

# 97.5th percentile of the normal distribution: bounds that hold for 95 of 100 samples.
_NORMAL = 1.959963984540054
# Shares are products of fractions: what is one half may come out a last digit above it.
_HALF = 0.5 + 1e-9


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Some things that were followed for the same time.

    Attributes:
        time: how long they were followed, in any unit, not below nought.
        ended: whether they were over then; if not, they were only seen so long.
        count: how many there are.
    """

    time: int
    ended: bool
    count: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """What is known of one length of time.

    Attributes:
        time: the length.
        at_risk: how many were followed so long, those that ended just then included.
        ended, left: of them, how many ended then, and how many went out of sight then.
        lasting: the estimated share that lasts longer than that, from 0 to 1.
        low, high: between which that share lies with a confidence of 95 % (Greenwood's variance of log(-log(share)),
            as Kalbfleisch and Prentice have it); where all or none last, there are no bounds but the share itself.
    """

    time: int
    at_risk: int
    ended: int
    left: int
    lasting: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Survival:
    """The estimate: a step for each length of time at which something ended or went out of sight, the shortest first.

    Attributes:
        total: how many were followed.
        ended: how many of them ended.
    """

    steps: tuple[Step, ...]
    total: int
    ended: int

    @property
    def median(self) -> int | None:
        """The shortest time within which half of them end; None where fewer do, as far as that can be told."""
        return next((step.time for step in self.steps if step.lasting <= _HALF), None)

    @property
    def longest(self) -> int:
        """The longest time that any was followed."""
        return self.steps[-1].time if self.steps else 0

    def while_at_risk(self, fewest: int) -> Survival:
        """Leave out the steps of which too little is known.

        Args:
            fewest: so many must have been followed so long.
        """
        return replace(self, steps=tuple(step for step in self.steps if step.at_risk >= fewest))

    def at(self, time: int) -> Step:
        """Say what is known of a length of time that may lie between two steps.

        Args:
            time: at most `longest`.
        """
        before = [step for step in self.steps if step.time <= time]
        last = before[-1] if before else Step(0, self.total, 0, 0, 1.0, 1.0, 1.0)
        if last.time == time:
            return last
        return Step(time, last.at_risk - last.ended - last.left, 0, 0, last.lasting, last.low, last.high)


def survival(lifetimes: Iterable[Lifetime]) -> Survival:
    """Estimate which share lasts longer than any length of time.

    What ended and what went out of sight after the same time counts as if it had ended first, as is usual.

    Args:
        lifetimes: in any order; several may have the same time.

    Returns:
        The estimate; without steps where nothing was followed.
    """
    ended: dict[int, int] = {}
    left: dict[int, int] = {}
    for each in lifetimes:
        counts = ended if each.ended else left
        counts[each.time] = counts.get(each.time, 0) + each.count
    total = sum(ended.values()) + sum(left.values())
    at_risk, lasting, variance = total, 1.0, 0.0
    steps = []
    for time in sorted(ended.keys() | left.keys()):
        over, gone = ended.get(time, 0), left.get(time, 0)
        if over:
            lasting *= 1 - over / at_risk
            if over < at_risk:
                variance += over / (at_risk * (at_risk - over))
        steps.append(Step(time, at_risk, over, gone, lasting, *_bounds(lasting, variance)))
        at_risk -= over + gone
    return Survival(tuple(steps), total, sum(ended.values()))


def _bounds(lasting: float, variance: float) -> tuple[float, float]:
    if not 0 < lasting < 1:
        return lasting, lasting
    spread = math.exp(_NORMAL * math.sqrt(variance) / abs(math.log(lasting)))
    return lasting**spread, lasting ** (1 / spread)
