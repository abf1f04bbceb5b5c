"""What lineage needs to know of a mandate, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class LinkKind(StrEnum):
    """How two mandates belong together (domain.md, "Status", Lineage).

    `READDRESSED` is no link: the same is asked of another body, which is shown and never joins a chain.
    """

    REPEATS = "repeats"
    PARALLEL = "parallel"
    READDRESSED = "readdressed"


class ChangeKind(StrEnum):
    """What became of the words from the earlier mandate to the later one."""

    SAME = "same"
    UPDATED = "updated"
    REWORDED = "reworded"
    WIDENED = "widened"
    NARROWED = "narrowed"
    READDRESSED = "readdressed"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class AskedMandate:
    """A mandate as lineage sees it, from a database or from a parsed document.

    Attributes:
        key: key of the mandate, unique.
        symbol: symbol of its document.
        session: code of its session: ``20``, ``S-1``, ``RC``.
        order: place of its session among the sessions, then of its document in the session. The first item tells
            sessions apart and orders them; mandates of equal first items are of the same session.
        position: its place in the document.
        part, label: where it stands.
        verb, strength: how it is asked.
        addressees: canonical names of those who are asked; empty where nobody is named.
        text: its words, sub-paragraphs included.
        action: what is asked, as it stands in the text.
        topic: from the heading or chapeau, else from the title; may be empty.
        title: title of the document.
        proposed: True where it was not adopted.
        context: the words of its paragraph before it: what "to this end" and "such a mechanism" point to.
    """

    key: str
    symbol: str
    session: str
    order: tuple[Any, ...]
    position: int
    part: str
    label: str
    verb: str
    strength: str
    addressees: frozenset[str]
    text: str
    action: str
    topic: str
    title: str
    proposed: bool
    context: str = ""


@dataclass(frozen=True, slots=True)
class LinkFinding:
    """That a mandate belongs to an earlier one.

    Attributes:
        later, earlier: keys of the mandates; of parallel ones, the one that stands first is the earlier.
        kind: whether it repeats it, is parallel, or is the same asked of another body.
        score: how alike what is asked is, 0 to 1.
        certain: True where the link is made by itself; else it is a proposal.
        change: what became of the words.
        matched: the keys that matched, for people: ``body: Bureau``, ``thing: report on cooperation``,
            ``topic: Cooperation``.
    """

    later: str
    earlier: str
    kind: LinkKind
    score: float
    certain: bool
    change: ChangeKind
    matched: tuple[str, ...]
