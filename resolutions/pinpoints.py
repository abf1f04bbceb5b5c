"""The places that a citation names in a document: "37", "annex I, 3(a)", "2-4"; "annex II" alone is the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

_LABEL = r"(?:\d{1,3}(?:\([a-z]+\))*|(?:\([a-z]+\))+)"
_PINPOINT = re.compile(rf"(?:(?P<part>.*?[^\s,]),?\s+)??(?P<label>{_LABEL})(?:-(?P<last>{_LABEL}))?$", re.IGNORECASE)


class Finding(StrEnum):
    """What came of looking for a place."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"


class Place(Protocol):
    """A paragraph of the document that is cited."""

    @property
    def key(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """What a citation says of the place.

    Attributes:
        part: in lower case and without commas, ``annex i appendix``; empty where none is named.
        label: of the paragraph; empty where only a part is named.
        last: of the last paragraph of a range.
    """

    part: str
    label: str
    last: str = ""

    @classmethod
    def read(cls, text: str) -> Pinpoint:
        """Read a pinpoint as `mandates.extraction.records.Reference.paragraph` has it."""
        match = _PINPOINT.match(text)
        if match is None:
            return cls(_folded(text), "")
        return cls(_folded(match["part"] or ""), match["label"], match["last"] or "")

    def is_in(self, part: str) -> bool:
        """Say whether the part is the one that is named, the body where none is."""
        return _folded(part) == (self.part or "body")

    def names(self, label: str) -> bool:
        """Say whether a paragraph of the part is named: 37 names 37(a), too; 3(a) does not name 3(b)."""
        if not self.last:
            return bool(self.label) and (label == self.label or label.startswith(f"{self.label}("))
        first, here, last = (_in_order(words) for words in (self.label, label, self.last))
        if len(last) < len(first):
            last = (*first[: len(first) - len(last)], *last)  # "3(a)-(c)"
        return first <= here[: max(len(first), 1)] and here[: len(last)] <= last


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """The paragraphs that a citation names.

    Attributes:
        finding: whether they are there.
        keys: of the paragraphs that are cited; none where a whole part or document is.
        key: of the paragraph that a link leads to: the first of them, the first of the part, or, where a
            sub-paragraph or the end of a range was not found, the paragraph that bears the number; may be empty.
    """

    finding: Finding
    keys: tuple[str, ...] = ()
    key: str = ""


_NOT_FOUND = FoundPlaces(Finding.NOT_FOUND)


class Places:
    """The paragraphs of one document, by part and label, to be looked at as often as it is cited."""

    def __init__(self, paragraphs: Iterable[Place]) -> None:
        """Sort the paragraphs, which come in the order of the text."""
        self._parts: dict[str, list[Place]] = {}
        self._labels: dict[str, dict[str, list[Place]]] = {}
        self._found: dict[str, FoundPlaces] = {}
        for row in paragraphs:
            part = _folded(row.part)
            self._parts.setdefault(part, []).append(row)
            self._labels.setdefault(part, {}).setdefault(row.label, []).append(row)

    def find(self, text: str) -> FoundPlaces:
        """Find what a citation names.

        A number without a part is one of the body: "paragraph 37 of resolution ICC-ASP/19/Res.2". Where the body has no
        such number, it is that of the one annex which has it; where several have it, or the number is printed twice, it
        cannot be told which is meant.

        Args:
            text: the pinpoint; empty where the document alone is cited.

        Returns:
            The places.
        """
        if text not in self._found:
            self._found[text] = self._look_for(Pinpoint.read(text)) if text else FoundPlaces(Finding.FOUND)
        return self._found[text]

    def _look_for(self, pinpoint: Pinpoint) -> FoundPlaces:
        parts = self._named_parts(pinpoint)
        if not pinpoint.label:
            return FoundPlaces(Finding.FOUND, (), self._parts[parts[0]][0].key) if parts else _NOT_FOUND
        found: list[list[Place]] = []
        for part in parts:
            if rows := self._named(pinpoint, part):
                found.append(rows)
                if part == "body":
                    break
        if not found:
            return FoundPlaces(Finding.NOT_FOUND, (), self._chapeau(pinpoint, parts))
        labels = [row.label for row in found[0]]
        if len(found) > 1 or len(set(labels)) < len(labels):
            return FoundPlaces(Finding.AMBIGUOUS, (), found[0][0].key)
        return FoundPlaces(Finding.FOUND, tuple(row.key for row in found[0]), found[0][0].key)

    def _named_parts(self, pinpoint: Pinpoint) -> list[str]:
        if not pinpoint.part:
            return sorted(self._parts, key=lambda part: part != "body")
        if pinpoint.part in self._parts:
            return [pinpoint.part]
        # "the annex" of a document that has one; "appendix" is printed over the part that is called "annex I appendix".
        alone = re.compile(rf"(?:annex \w+ )?{re.escape(pinpoint.part)}(?: \w+)?")
        named = [part for part in self._parts if alone.fullmatch(part)]
        return named if len(named) == 1 else []

    def _named(self, pinpoint: Pinpoint, part: str) -> list[Place]:
        rows = self._parts[part]
        if pinpoint.last:
            depth = pinpoint.label.count("(")
            within = [row for row in rows if row.label and row.label.count("(") == depth and pinpoint.names(row.label)]
            ends = {_in_order(row.label)[-1] for row in within}
            return within if {_in_order(pinpoint.label)[-1], _in_order(pinpoint.last)[-1]} <= ends else []
        # Where a number is printed with its letters alone, it is all of them.
        return self._labels[part].get(pinpoint.label) or [row for row in rows if pinpoint.names(row.label)]

    def _chapeau(self, pinpoint: Pinpoint, parts: Iterable[str]) -> str:
        number = pinpoint.label.partition("(")[0]
        rows = [row for part in parts for row in self._labels[part].get(number, ()) if number]
        return rows[0].key if rows else ""


@lru_cache(maxsize=4096)
def _in_order(label: str) -> tuple[tuple[int, str], ...]:
    """Make labels comparable: 2 before 10, (b) before (c)."""
    return tuple((int(item) if item.isdigit() else 0, item) for item in re.findall(r"\d+|[a-z]+", label.lower()))


def _folded(part: str) -> str:
    return " ".join(part.replace(",", " ").casefold().split())
