"""Makes rows of `mandates` for tests: whatever a test does not name gets a plausible value."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from mandates.models import (
    Body,
    Mandate,
    MandateAddressee,
    MandateLink,
    OutcomeChange,
    Reference,
    ReportingDeadline,
    Suggestion,
    Topic,
)
from mandates.services.chains import chains_rejoin
from resolutions.models import Document, Paragraph
from resolutions.tests.factories import make_paragraph

TRACKED = {Body.Category.ASSEMBLY_BODY, Body.Category.COURT_ORGAN}


def make_user(username: str = "reader", *, may_decide: bool = False, may_import: bool = False, **fields: Any) -> Any:
    """Make a person; `may_decide` and `may_import` make a member of staff with that permission."""
    fields.setdefault("is_staff", may_decide or may_import)
    user = get_user_model().objects.create_user(username, password="password", **fields)
    rights = {"decide_mandate": may_decide, "correct_mandate": may_decide, "import_document": may_import}
    names = [name for name, may in rights.items() if may]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def make_staff(username: str = "staff", **fields: Any) -> Any:
    """Make a member of staff who may decide and import."""
    return make_user(username, may_decide=True, may_import=True, **fields)


def make_body(name: str = "Bureau", category: str = Body.Category.ASSEMBLY_BODY, **fields: Any) -> Body:
    """Give the body with this name, made where there is none."""
    defaults = {"slug": slugify(name), "category": category} | fields
    return Body.objects.get_or_create(name=name, defaults=defaults)[0]


def make_topic(name: str = "Cooperation", **fields: Any) -> Topic:
    """Give the topic with this name, made where there is none."""
    return Topic.objects.get_or_create(name=name, defaults={"slug": slugify(name)} | fields)[0]


def make_mandate(
    paragraph: Paragraph | None = None,
    *,
    document: Document | None = None,
    label: str | None = None,
    addressees: Iterable[Body | str] = ("Bureau",),
    deadlines: Iterable[dict[str, Any]] = (),
    **fields: Any,
) -> Mandate:
    """Make a request to the Bureau, with its paragraph where none is given.

    The derived fields (`headline_status`, `due_session` ...) are as the test gives them: call
    `mandates.services.statuses_refresh` to have them follow from the rest.

    Args:
        paragraph: in which it stands; its text must be long enough for the spans.
        document, label: of the paragraph that is made.
        addressees: bodies or names of bodies.
        deadlines: fields of each deadline, for example ``{"kind": "session", "session_number": 21}``.
        fields: of the mandate.

    Returns:
        The mandate.
    """
    if paragraph is None:
        paragraph = make_paragraph(document, label, proposed=fields.get("proposed", False))
    verb = fields.get("verb", "requests")
    defaults: dict[str, Any] = {
        "document": paragraph.document,
        "position": Mandate.objects.filter(document=paragraph.document).count(),
        "part": paragraph.part,
        "label": paragraph.label,
        "verb": verb,
        "nth": Mandate.objects.filter(paragraph=paragraph, verb=verb).count(),
        "strength": Mandate.Strength.REQUEST,
        "clause_start": 0,
        "clause_end": len(paragraph.text),
        "verb_start": 0,
        "verb_end": min(len(verb), len(paragraph.text)),
        "action": "to continue the discussions",
    }
    if fields.get("proposed"):
        defaults["headline_status"] = Mandate.Status.PROPOSED
    bodies = [make_body(body) if isinstance(body, str) else body for body in addressees]
    if not fields.get("proposed"):
        defaults["tracked"] = any(body.category in TRACKED for body in bodies)
    values = defaults | fields
    values.setdefault(
        "key",
        ":".join(
            str(part).replace(" ", "-")
            for part in (paragraph.document.symbol, values["part"], values["label"], values["verb"], values["nth"])
        ),
    )
    mandate = Mandate.objects.create(paragraph=paragraph, **values)
    for position, body in enumerate(bodies):
        MandateAddressee.objects.create(mandate=mandate, body=body, position=position)
    for deadline in deadlines:
        make_deadline(mandate, **deadline)
    return mandate


def make_deadline(mandate: Mandate, **fields: Any) -> ReportingDeadline:
    """Make a deadline; by default at the twenty-first session."""
    defaults: dict[str, Any] = {
        "position": mandate.deadlines.count(),
        "kind": ReportingDeadline.Kind.SESSION,
        "text": "at its twenty-first session",
        "span_paragraph": mandate.paragraph.key,
        "start": 0,
        "end": 8,
    }
    if fields.get("kind", "session") == "session":
        defaults["session_number"] = 21
    return ReportingDeadline.objects.create(mandate=mandate, **(defaults | fields))


def make_link(later: Mandate, earlier: Mandate, kind: str = MandateLink.Kind.REPEATS, **fields: Any) -> MandateLink:
    """Make a link; by default `later` repeats `earlier`, as the tracker found. Its chain follows, no status does."""
    link = MandateLink.objects.create(later=later, earlier=earlier, kind=kind, **fields)
    with transaction.atomic():
        chains_rejoin(mandates=[later.pk, earlier.pk])
    later.refresh_from_db()
    earlier.refresh_from_db()
    return link


def make_suggestion(mandate: Mandate, **fields: Any) -> Suggestion:
    """Make a suggestion that waits; by default a later document welcomes the report that was asked for."""
    defaults: dict[str, Any] = {
        "reason": Suggestion.Reason.WELCOMED,
        "source": "ICC-ASP/22/Res.4 body/3",
        "quotation": "Welcomes the report of the Bureau on cooperation",
        "sentence": "ICC-ASP/22/12 is a report of the Bureau on cooperation for session 22.",
        "evidence_symbol": "ICC-ASP/22/12",
        "evidence_date": datetime.date(2023, 12, 4),
        "said_on": datetime.date(2023, 12, 4),
    }
    return Suggestion.objects.create(mandate=mandate, **(defaults | fields))


def make_reference(paragraph: Paragraph, symbol: str = "ICC-ASP/19/Res.2", **fields: Any) -> Reference:
    """Make a citation of a document in a paragraph."""
    defaults: dict[str, Any] = {"position": paragraph.references.count(), "written": symbol, "start": 0, "end": 8}
    return Reference.objects.create(paragraph=paragraph, symbol=symbol, **(defaults | fields))


def make_outcome_change(mandate: Mandate, kind: str = OutcomeChange.Kind.FULFILLED, **fields: Any) -> OutcomeChange:
    """Record a decision and let the mandate's outcome follow, without the checks of the actions."""
    after = {"fulfilled": "fulfilled", "withdrawn": "withdrawn", "reopened": "open", "reviewed": mandate.outcome}[kind]
    if fields.get("occurrence"):
        after = Mandate.Outcome.OPEN
    defaults: dict[str, Any] = {
        "version": mandate.outcome_version + 1,
        "before": mandate.outcome,
        "after": after,
        "effective_on": fields.get("evidence_date") or timezone.localdate(),
        "note": "As the report says.",
    }
    if kind == OutcomeChange.Kind.FULFILLED and not fields.get("evidence_url"):
        defaults["evidence_symbol"] = "ICC-ASP/20/25"
    if "made_by" not in fields:
        defaults["made_by"] = get_user_model().objects.filter(is_staff=True).first() or make_staff()
    change = OutcomeChange.objects.create(mandate=mandate, kind=kind, **(defaults | fields))
    mandate.outcome, mandate.outcome_version = change.after, change.version
    headline = {"open": Mandate.Status.OPEN}.get(change.after, Mandate.Status(change.after))
    mandate.headline_status = headline
    mandate.save(update_fields=["outcome", "outcome_version", "headline_status"])
    others = Mandate.objects.filter(task=mandate.task, proposed=False)
    others.update(outcome=change.after, outcome_version=change.version)
    return change
