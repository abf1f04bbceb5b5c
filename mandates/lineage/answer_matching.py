"""Holds what a text says was done against what was asked, and says in a sentence why the one answers the other."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Protocol

from mandates.lineage.answers import Answer, Reason
from mandates.lineage.reports import asked_report, words_of
from resolutions.pinpoints import Pinpoint

_ALIKE = 0.6
_FEWEST_WORDS = 2
_RECITED_ALIKE = 0.7
_RECITED_FEWEST = 4


class Asked(Protocol):
    """What is known of a mandate, as `mandates.lineage.records.AskedMandate` has it."""

    @property
    def symbol(self) -> str: ...
    @property
    def session(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def addressees(self) -> frozenset[str]: ...
    @property
    def action(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def proposed(self) -> bool: ...


def answers(
    asked: Asked,
    answer: Answer,
    *,
    due_sessions: Collection[int] = (),
    recurring: bool = False,
    parents: Mapping[str, str] | None = None,
) -> str | None:
    """Say why a text answers a mandate.

    A paragraph that is cited is enough, where who did it is who was asked. Without one, body, subject and session must
    agree: a request to the Bureau to report on cooperation to the eighteenth session is answered by "Report of the
    Bureau on cooperation" of the eighteenth session, and neither by one of the Court, nor by one on non-cooperation,
    nor by that of the seventeenth.

    Args:
        asked: the mandate.
        answer: what the text says.
        due_sessions: the sessions that its deadlines name.
        recurring: whether it is to be answered at every session.
        parents: the body that a body belongs to: what facilitators did under a paragraph that is cited answers for
            the Bureau.

    Returns:
        A sentence; None where it is no answer. A draft is never answered, nor does a text of the session that asked
        answer, as what it welcomes was there before.
    """
    if asked.proposed or asked.symbol == answer.symbol:
        return None
    session = int(asked.session) if asked.session.isdigit() else None
    if session is not None and answer.session is not None and answer.session <= session:
        return None
    bodies = {answer.body}
    if answer.reason is Reason.PURSUANT and answer.cited_paragraph is not None and answer.body is not None:
        bodies.add((parents or {}).get(answer.body))
    if answer.body is not None and not bodies & asked.addressees:
        return None
    in_time = _in_time(session, answer, due_sessions, recurring)
    if answer.reason is Reason.PURSUANT:
        return _pursuant(asked, answer)
    if answer.reason is Reason.RECITED:
        return _recited(asked, answer) if in_time else None
    return _reported(asked, answer) if in_time else None


def _in_time(asked_at: int | None, answer: Answer, due_sessions: Collection[int], recurring: bool) -> bool:
    if answer.session is None:
        return False
    if recurring or answer.session in due_sessions:
        return True
    # Without a session to report to, the next one is meant.
    return not due_sessions and asked_at is not None and answer.session == asked_at + 1


def _pursuant(asked: Asked, answer: Answer) -> str | None:
    if answer.cited_symbol != asked.symbol:
        return None
    if answer.cited_paragraph is not None:
        if not _cites(answer.cited_paragraph, asked):
            return None
        return f"{answer.symbol} says that it was done under this paragraph{_shown(answer)}."
    return _reported(asked, answer)


def _recited(asked: Asked, answer: Answer) -> str | None:
    if answer.cited_symbol is not None and answer.cited_symbol != asked.symbol:
        return None
    if answer.cited_symbol is None and str(answer.asked_at) != asked.session:
        return None
    if answer.cited_paragraph is not None and re.search(r"\d", answer.cited_paragraph):
        if not _cites(answer.cited_paragraph, asked):
            return None
        return f"{answer.symbol}, a report, recites this paragraph as what it acts on."
    here, there = words_of(asked.action), words_of(answer.thing)
    shared = len(here & there)
    if shared < _RECITED_FEWEST or shared < _RECITED_ALIKE * min(len(here), len(there)):
        return None
    return f"{answer.symbol}, a report, recites in like words what was asked here."


def _reported(asked: Asked, answer: Answer) -> str | None:
    report = asked_report(asked.action)
    if report is None:
        return None
    on = _same_thing(answer.thing, report.thing, report.before, asked.topic, answer.body)
    if on is None:
        return None
    by = f" of the {answer.body}" if answer.body else ""
    named = f"{answer.evidence_symbol} is a report{by}{f' on {answer.thing}' if answer.thing else ''}"
    said = "" if answer.reason is Reason.REGISTERED else f", and {answer.symbol} takes note of it"
    return f"{named} for session {answer.session}, {on}{said}."


def _same_thing(thing: str, asked_thing: str, before: str, topic: str, body: str | None) -> str | None:
    """Compare what a report is on with what was to be reported on; say how they agree."""
    made, asked = words_of(thing), words_of(asked_thing or before)
    if not made:
        # "the report of the Working Group on Amendments": a body named after its subject reports on that.
        return "as was asked of it" if not words_of(asked_thing) and " on " in (body or "") else None
    if asked_thing and len(made & asked) >= _ALIKE * len(made | asked):
        return "which is what was to be reported on"
    if made <= asked and (len(made) >= _FEWEST_WORDS or not asked_thing):
        return "which is part of what was to be reported on"
    if asked_thing and len(asked) >= _FEWEST_WORDS and asked <= made:
        return "which holds what was to be reported on"
    if made == words_of(topic):
        return "the topic of what was asked"
    return None


def _cites(cited: str, asked: Asked) -> bool:
    pinpoint = Pinpoint.read(cited)
    return pinpoint.is_in(asked.part) and pinpoint.names(asked.label)


def _shown(answer: Answer) -> str:
    named = f"report of the {answer.body}" if answer.thing and answer.body else ""
    if answer.evidence_symbol == answer.symbol:
        return ""
    return f": {answer.evidence_symbol}{f', {named} on {answer.thing}' if named else ''}"
