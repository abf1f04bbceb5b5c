"""Which mandate of a new text is which of those that are stored: by its words first, then by its key.

A key is made of printed numbers, so it names the same mandate until somebody inserts a paragraph or a clause. Then the
words tell: a decision stays with what it was taken about, and is not handed to whatever stands in its place now.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from mandates.extraction.records import MandateRecord


class Named(Protocol):
    """A mandate as far as matching looks at it: a stored row or a record."""

    @property
    def key(self) -> str: ...
    @property
    def verb(self) -> str: ...
    @property
    def action(self) -> str: ...


Old = TypeVar("Old", bound=Named)
New = TypeVar("New", bound=Named)


def words_of(text: str) -> str:
    """Give the words of a text alone, so that spacing, case and punctuation make no difference."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def match(
    old: Sequence[Old], new: Sequence[New], stands: Callable[[Old], bool] = lambda row: True
) -> tuple[list[tuple[New, Old | None]], list[Old]]:
    """Find for each new mandate the stored one that it is.

    Args:
        old: stored ones of a document.
        new: those of its text now.
        stands: says of a stored one that it is in the text so far; what left it is known again by its words alone, as
            its number is somebody else's by now.

    Returns:
        Each new one, in order, with its stored one or None; and the stored ones that no new one is.
    """
    waiting_old, waiting_new = list(old), list(range(len(new)))
    found: dict[int, Old] = {}
    criteria: list[tuple[Callable[[Named], Hashable], Callable[[Old], bool]]] = [
        # What stands goes before what left the text once and says the same.
        (lambda item: (item.key, words_of(item.action)), stands),
        (lambda item: (item.verb, words_of(item.action)), stands),
        (lambda item: (item.key, words_of(item.action)), lambda row: True),
        (lambda item: (item.verb, words_of(item.action)), lambda row: True),
        (lambda item: item.key, stands),
    ]
    for criterion, may in criteria:
        olds = _grouped((criterion(row), row) for row in waiting_old if may(row))
        news = _grouped((criterion(new[index]), index) for index in waiting_new)
        for group, indexes in news.items():
            # The same words twice in a text, and another number of times before: nothing says which is which.
            if len(olds.get(group, ())) == len(indexes):
                found.update(zip(indexes, olds[group], strict=True))
        taken = {id(row) for row in found.values()}
        waiting_old = [row for row in waiting_old if id(row) not in taken]
        waiting_new = [index for index in waiting_new if index not in found]
    return [(record, found.get(index)) for index, record in enumerate(new)], waiting_old


def told_apart(records: Iterable[MandateRecord], taken: Collection[str] = ()) -> list[MandateRecord]:
    """Give each record a key of its own: one that is taken gets the next free count.

    Args:
        records: in the order in which they may choose.
        taken: keys that others have.

    Returns:
        The records in their order; those whose number is printed twice have another key than before.
    """
    keys = set(taken)
    given = []
    for record in records:
        key, nth = free_key(record.key, record.nth, keys)
        keys.add(key)
        given.append(record if key == record.key else replace(record, key=key, nth=nth))
    return given


def free_key(key: str, nth: int, taken: Collection[str]) -> tuple[str, int]:
    """Give the first key from a given one on that nobody has, and its count."""
    stem = key.rpartition(":")[0]
    while key in taken:
        nth += 1
        key = f"{stem}:{nth}"
    return key, nth


_T = TypeVar("_T")


def _grouped(pairs: Iterable[tuple[Hashable, _T]]) -> dict[Hashable, list[_T]]:
    groups: dict[Hashable, list[_T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
