"""Which mandate of a new text is which of those that are stored: by its words first, then by its key.

A key is made of printed numbers, so it names the same mandate until somebody inserts a paragraph or a clause. Then the
words tell: a decision stays with what it was taken about, and is not handed to whatever stands in its place now.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Protocol, TypeVar


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


def match(old: Sequence[Old], new: Sequence[New]) -> tuple[list[tuple[New, Old | None]], list[Old]]:
    """Find for each new mandate the stored one that it is.

    Args:
        old: stored ones of a document.
        new: those of its text now.

    Returns:
        Each new one, in order, with its stored one or None; and the stored ones that no new one is.
    """
    waiting_old, waiting_new = list(old), list(range(len(new)))
    found: dict[int, Old] = {}
    criteria = [
        lambda item: (item.key, words_of(item.action)),
        lambda item: (item.verb, words_of(item.action)),
        lambda item: item.key,
    ]
    for criterion in criteria:
        olds = _grouped((criterion(row), row) for row in waiting_old)
        news = _grouped((criterion(new[index]), index) for index in waiting_new)
        for group, indexes in news.items():
            # The same words twice in a text, and another number of times before: nothing says which is which.
            if len(olds.get(group, ())) == len(indexes):
                found.update(zip(indexes, olds[group], strict=True))
        taken = {row.key for row in found.values()}
        waiting_old = [row for row in waiting_old if row.key not in taken]
        waiting_new = [index for index in waiting_new if index not in found]
    return [(record, found.get(index)) for index, record in enumerate(new)], waiting_old


_T = TypeVar("_T")


def _grouped(pairs: Iterable[tuple[Hashable, _T]]) -> dict[Hashable, list[_T]]:
    groups: dict[Hashable, list[_T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
