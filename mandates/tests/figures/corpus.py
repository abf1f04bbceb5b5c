"""Mandates of every kind that the pictures tell apart."""

from __future__ import annotations

import datetime
from itertools import product
from typing import Any

from mandates.models import Body, Mandate
from mandates.services import statuses_refresh
from mandates.tests.factories import make_body, make_link, make_mandate, make_outcome_change, make_staff, make_topic
from resolutions.tests.factories import make_document, make_session

ANNUALLY = {"kind": "recurring", "interval": "annual", "session_number": None, "text": "annually"}


def make_corpus() -> None:
    """Make mandates of two sessions, asked of three kinds of bodies, with decisions, repetitions and parallel sets."""
    staff = make_staff()
    bodies = [make_body(), make_body("Court", Body.Category.COURT_ORGAN), make_body("States", Body.Category.STATE)]
    sessions = {number: make_session(number) for number in (17, 18, 19, 20, 21, 22)}
    make_session(27, opening_date=None)
    texts = [make_document(f"ICC-ASP/{number}/Res.2", session=sessions[number]) for number in (17, 19)]
    report = make_document("ICC-ASP/18/30", kind="report", session=sessions[18])
    unknown = make_document("ICC-ASP/9/Res.2", session=None, session_code="", adopted=datetime.date(2010, 12, 1))
    deadlines: list[list[dict[str, Any]]] = [[], [{"session_number": 20}], [ANNUALLY], [{"session_number": 27}]]
    made: list[Mandate] = []
    for (number, text), asked, due in product(enumerate(texts), ([0], [1], [0, 1], [2], [1, 2], []), deadlines):
        made.append(
            make_mandate(
                document=text,
                addressees=[bodies[each] for each in asked],
                deadlines=due,
                topic=make_topic(["Cooperation", "Budget"][len(made) % 2]),
                action=f"to report on matter {number}",
            )
        )
    make_mandate(document=report, proposed=True)
    make_mandate(document=unknown)
    statuses_refresh()
    for number, mandate in enumerate(made):
        mandate.refresh_from_db()
        _decide(mandate, number, staff, sessions)
    for number in range(0, len(made) // 2 - 1, 7):
        make_link(made[len(made) // 2 + number], made[number])
    for number in range(0, len(made) // 2 - 4, 9):
        make_link(made[number + 4], made[number], "parallel")
    statuses_refresh()


def _decide(mandate: Mandate, number: int, staff: Any, sessions: dict[int, Any]) -> None:
    adopted = mandate.document.adopted
    assert adopted
    day = adopted + datetime.timedelta(days=100 + 61 * (number % 20))
    if mandate.recurring:
        for each in range(20, 20 + number % 3):
            opening = sessions[each].opening_date + datetime.timedelta(days=number % 5 - 2)
            make_outcome_change(
                mandate, occurrence=sessions[each], evidence_date=opening, effective_on=opening, made_by=staff
            )
    elif number % 3 != 1:
        dated = day if number % 8 == 1 else None
        make_outcome_change(mandate, evidence_date=dated, effective_on=day, made_by=staff)
    elif number % 5 == 0:
        make_outcome_change(mandate, "withdrawn", effective_on=day, made_by=staff)
