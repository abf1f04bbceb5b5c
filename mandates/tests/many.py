"""Many mandates at once, of every kind that a page shows, for tests of size."""

from __future__ import annotations

import datetime

from django.contrib.auth import get_user_model

from mandates.models import Body, Mandate
from mandates.tests.factories import make_body, make_link, make_mandate, make_outcome_change, make_staff, make_topic
from resolutions.tests.factories import make_document, make_import_run, make_paragraph, make_session

STATUSES = ["open", "open", "repeated", "fulfilled", "withdrawn"]


def make_many(count: int, documents: int = 3) -> list[Mandate]:
    """Make mandates in several documents, with deadlines, decisions, links and several bodies each."""
    staff = get_user_model().objects.filter(username="staff").first() or make_staff()
    bodies = [make_body(name) for name in ("Bureau", "Committee on Budget and Finance", "Working Group on Amendments")]
    bodies += [make_body("Court", Body.Category.COURT_ORGAN), make_body("States Parties", Body.Category.STATE)]
    sessions = [make_session(number) for number in (17, 20, 21, 25)]
    texts = [
        make_document(f"ICC-ASP/{sessions[n % 2].code}/Res.{n + 1}", session=sessions[n % 2]) for n in range(documents)
    ]
    mandates: list[Mandate] = []
    for n in range(count):
        paragraph = make_paragraph(
            texts[n % documents], text=f"Requests the Bureau to report on matter {n} of {count};"
        )
        due = sessions[n % 4]
        mandate = make_mandate(
            paragraph,
            addressees=[bodies[n % 5], bodies[(n + 1) % 5]],
            topic=make_topic(f"Topic {n % 9}"),
            strength=list(Mandate.Strength)[n % 4],
            action=f"to report on matter {n}",
            deadlines=[{"session_number": due.number}, {"kind": "recurring", "interval": "annual", "text": "annually"}],
            due_session=due.number,
            due_on=due.opening_date,
        )
        status = STATUSES[n % 5]
        if status in ("fulfilled", "withdrawn"):
            make_outcome_change(mandate, status, made_by=staff, effective_on=datetime.date(2022, 1, 1))
        elif status == "repeated" and mandates:
            Mandate.objects.filter(pk=mandate.pk).update(headline_status="repeated")
            make_link(later=mandates[-1], earlier=mandate)
        mandates.append(mandate)
    make_import_run(document=texts[0], finished_at=datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC))
    return mandates
