"""Corrections in the form in which they are kept."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from mandates.correcting.records import (
    Anchor,
    Correction,
    EnteredDeadline,
    Merge,
    Missed,
    NotAMandate,
    OtherAddressees,
    OtherDeadlines,
    OtherTopic,
    Split,
)
from mandates.extraction.records import DeadlineKind

_KINDS: dict[type[Correction], str] = {
    OtherAddressees: "addressees",
    OtherDeadlines: "deadlines",
    OtherTopic: "topic",
    NotAMandate: "not_a_mandate",
    Split: "split",
    Merge: "merge",
    Missed: "missed",
}
_DAYS = ("date", "start", "end")


def kind_of(correction: Correction) -> str:
    """Give the name of the kind of a correction: ``addressees``, ``split`` ..."""
    return _KINDS[type(correction)]


def entered_as_json(correction: Correction) -> dict[str, Any]:
    """Give what a correction says, its anchor apart, as JSON takes it."""
    if isinstance(correction, OtherAddressees):
        return {"bodies": list(correction.bodies)}
    if isinstance(correction, OtherDeadlines):
        return {"deadlines": [_deadline_as_json(item) for item in correction.deadlines]}
    if isinstance(correction, OtherTopic):
        return {"topic": correction.topic}
    if isinstance(correction, Split):
        return {"second": anchor_as_json(correction.second)}
    if isinstance(correction, Merge):
        return {"others": [anchor_as_json(anchor) for anchor in correction.others]}
    if isinstance(correction, Missed):
        deadlines = correction.deadlines
        return {
            "verb": correction.verb,
            "verb_words": correction.verb_words,
            "bodies": None if correction.bodies is None else list(correction.bodies),
            "deadlines": None if deadlines is None else [_deadline_as_json(item) for item in deadlines],
            "topic": correction.topic,
        }
    return {}


def correction_from_json(kind: str, anchor: Mapping[str, Any], entered: Mapping[str, Any]) -> Correction:
    """Read a correction that was kept.

    Args:
        kind: as `kind_of` gives it.
        anchor: as `anchor_as_json` gives it.
        entered: as `entered_as_json` gives it.

    Raises:
        ValueError: there is no such kind.
    """
    place = _anchor(anchor)
    if kind == "addressees":
        return OtherAddressees(place, tuple(entered["bodies"]))
    if kind == "deadlines":
        return OtherDeadlines(place, tuple(map(_deadline, entered["deadlines"])))
    if kind == "topic":
        return OtherTopic(place, entered["topic"])
    if kind == "not_a_mandate":
        return NotAMandate(place)
    if kind == "split":
        return Split(place, _anchor(entered["second"]))
    if kind == "merge":
        return Merge(place, tuple(map(_anchor, entered["others"])))
    if kind == "missed":
        bodies, deadlines = entered["bodies"], entered["deadlines"]
        return Missed(
            place,
            entered["verb"],
            entered["verb_words"],
            None if bodies is None else tuple(bodies),
            None if deadlines is None else tuple(map(_deadline, deadlines)),
            entered["topic"],
        )
    raise ValueError(f"{kind!r} is no kind of correction")


def anchor_as_json(anchor: Anchor) -> dict[str, Any]:
    """Give an anchor as JSON takes it."""
    return {**asdict(anchor), "others": list(anchor.others)}


def _anchor(row: Mapping[str, Any]) -> Anchor:
    return Anchor(**{**row, "others": tuple(row["others"])})


def _deadline_as_json(deadline: EnteredDeadline) -> dict[str, Any]:
    row = asdict(deadline)
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in row.items()
        if value not in (None, "")
    }


def _deadline(row: Mapping[str, Any]) -> EnteredDeadline:
    days = {name: datetime.date.fromisoformat(row[name]) for name in _DAYS if row.get(name)}
    return EnteredDeadline(**{**row, "kind": DeadlineKind(row["kind"]), **days})
