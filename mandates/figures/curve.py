"""The curve of what is still open after some time, as paths for a picture: plain geometry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mandates.figures.survival import Survival

# The picture is as wide and as high as the page wants; the paths are drawn on a field of this size and stretched.
WIDTH, HEIGHT = 1000, 100
DAYS_IN_MONTH = 365.25 / 12
_MOST_MARKS = 6
_MONTHS_BETWEEN = (1, 3, 6, 12, 24, 36, 60, 120, 240)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the axis of time: months since the beginning, and where that is in hundredths of the width."""

    months: int
    at: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve as a picture has it.

    Attributes:
        line: the share that lasts longer, as a path of steps.
        band: between which shares it lies with a confidence of 95 %, as a closed path.
        marks: along the axis of time.
        median: where half have ended, in hundredths of the width; empty where fewer have.
    """

    line: str
    band: str
    marks: list[Mark]
    median: str


def draw(survival: Survival) -> Curve:
    """Draw an estimate.

    Args:
        survival: in days, with one step at least.
    """
    end = max(survival.longest, 1)
    between = next(
        (months for months in _MONTHS_BETWEEN if end / DAYS_IN_MONTH / months <= _MOST_MARKS), _MONTHS_BETWEEN[-1]
    )
    marks = range(0, int(end / DAYS_IN_MONTH) + 1, between)
    steps = [step for step in survival.steps if step.ended]
    upper = _stairs(((step.time, step.high) for step in steps), end)
    lower = _stairs(((step.time, step.low) for step in steps), end)
    return Curve(
        line=_path(_stairs(((step.time, step.lasting) for step in steps), end)),
        band=f"{_path(upper)}{_path(list(reversed(lower)), 'L')}Z",
        marks=[Mark(months, _number(100 * months * DAYS_IN_MONTH / end)) for months in marks],
        median=_number(100 * survival.median / end) if survival.median is not None else "",
    )


def _stairs(points: Iterable[tuple[int, float]], end: int) -> list[tuple[float, float]]:
    """Go level to each time and down there, and level to the end."""
    corners: list[tuple[float, float]] = [(0, 0)]
    for time, share in points:
        x, y = WIDTH * time / end, HEIGHT * (1 - share)
        corners += [(x, corners[-1][1]), (x, y)]
    return [*corners, (WIDTH, corners[-1][1])]


def _path(corners: Iterable[tuple[float, float]], first: str = "M") -> str:
    def moves() -> Iterator[str]:
        for number, (x, y) in enumerate(corners):
            yield f"{first if number == 0 else 'L'}{_number(x)} {_number(y)}"

    return "".join(moves())


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
