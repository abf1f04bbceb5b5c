"""What a list shows, in words: one sentence to quote, and a chip for each choice."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mandates.facets import Facets
from mandates.filter_fields import Chosen, Label
from mandates.filter_values import EVERYONE
from mandates.filters import MandateFilterSet, query_string
from mandates.orderings import IN_WORDS
from mandates.session_names import nth_session

_CATEGORIES: dict[str, Label] = {
    "assembly-body": gettext_lazy("Assembly bodies"),
    "court-organ": gettext_lazy("Court organs"),
    "assembly": gettext_lazy("the Assembly itself"),
    "state": gettext_lazy("States"),
    "other": gettext_lazy("others"),
    "none": gettext_lazy("nobody by name"),
}
_STATUSES: dict[str, Label] = {
    "open": gettext_lazy("open"),
    "fulfilled": gettext_lazy("fulfilled"),
    "withdrawn": gettext_lazy("withdrawn"),
    "repeated": gettext_lazy("repeated"),
}
_DUES: dict[str, Label] = {
    "overdue": gettext_lazy("overdue"),
    "next": gettext_lazy("due at the next session"),
    "lapsed": gettext_lazy("not heard of since their deadline"),
    "recurring": gettext_lazy("recurring"),
}
_ANSWERED: dict[str, Label] = {
    "in-time": gettext_lazy("answered in time"),
    "at-session": gettext_lazy("answered at the session itself at which they were due"),
    "late": gettext_lazy("answered late"),
    "undated": gettext_lazy("answered on a day that is not known"),
    "none": gettext_lazy("not answered by their deadline"),
}
_STRENGTHS: dict[str, Label] = {
    "decision": gettext_lazy("decisions"),
    "request": gettext_lazy("requests"),
    "recommendation": gettext_lazy("recommendations"),
    "invitation": gettext_lazy("invitations"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice in use: its kind, its value in words, and the address without it."""

    kind: Label
    value: Label
    href: str


def any_of(words: Iterable[object]) -> str:
    """Join with commas and "or"."""
    *first, last = [str(word) for word in words] or [""]
    return _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def sentence(filterset: MandateFilterSet, facets: Facets) -> SafeString:
    """Say what is shown, how many, and in which order."""
    number = _number(filterset, facets.total)
    first = ", ".join(filter(None, [*clauses(filterset), str(IN_WORDS[filterset.order]) if facets.total > 1 else ""]))
    html = format_html("<strong>{}</strong> {}.", number, first)
    if not facets.total or filterset.texts == {True}:
        return html
    late, free = facets.overdue, facets.without_deadline
    overdue = ngettext("%(count)d is overdue", "%(count)d are overdue", late) % {"count": late}
    rest = ngettext("%(count)d has no deadline", "%(count)d have no deadline", free) % {"count": free}
    return html + format_html(
        " <strong>{}</strong>; {}.",
        overdue if late else _("None is overdue"),
        rest if free else _("each has a deadline"),
    )


def subject(filterset: MandateFilterSet) -> str:
    """Say what is shown without counting it, as the title of a file, calendar or feed."""
    statuses = any_of(_STATUSES[value] for value in filterset.values["status"].keys)
    first = _("%(status)s mandates") % {"status": statuses} if statuses else _("mandates")
    return capfirst(f"{first} {', '.join(clauses(filterset))}")


def _number(filterset: MandateFilterSet, total: int) -> str:
    statuses = any_of(_STATUSES[value] for value in filterset.values["status"].keys)
    words = {"count": total, "status": statuses}
    if not total:
        return _("No %(status)s mandate") % words if statuses else _("No mandate")
    if statuses:
        return ngettext("%(count)d %(status)s mandate", "%(count)d %(status)s mandates", total) % words
    return ngettext("%(count)d mandate", "%(count)d mandates", total) % words


def clauses(filterset: MandateFilterSet) -> list[str]:
    """Say which mandates are meant, in clauses that go on after "mandates"."""
    return [clause for clause in (_scope(filterset), *_narrowing(filterset)) if clause]


def _scope(filterset: MandateFilterSet) -> str:
    bodies: Chosen = filterset.values["addressee"]
    categories: Chosen = filterset.values["category"]
    texts = {
        frozenset([False]): _("in adopted text"),
        frozenset([True]): _("in proposed text"),
    }.get(frozenset(filterset.texts), _("in adopted and proposed text"))
    if bodies:
        asked = _("asked of %(bodies)s") % {"bodies": any_of(_called(bodies))}
        return asked if filterset.texts == {False} else f"{asked} {texts}"
    if not categories:
        asked = _("asked of Assembly bodies and Court organs")
    elif EVERYONE in categories.keys:
        asked = _("asked of anyone")
    else:
        asked = _("asked of %(bodies)s") % {"bodies": any_of(_CATEGORIES[value] for value in categories.values)}
    return f"{asked} {texts}"


def _narrowing(filterset: MandateFilterSet) -> Iterable[str]:
    values = filterset.values
    if values["due"]:
        yield _("that are %(due)s") % {"due": any_of(_DUES[value] for value in values["due"].values)}
    if values["answered"]:
        yield _("that were %(answered)s") % {
            "answered": any_of(_ANSWERED[value] for value in values["answered"].values)
        }
    if values["session"]:
        yield _("due at the %(sessions)s") % {"sessions": any_of(map(nth_session, values["session"].keys))}
    if values["strength"]:
        yield _("that are %(strengths)s") % {
            "strengths": any_of(_STRENGTHS[value] for value in values["strength"].values)
        }
    if values["topic"]:
        yield _("on %(topics)s") % {"topics": any_of(f"“{name}”" for name in _called(values["topic"]))}
    if values["resolution"]:
        yield _("in %(symbols)s") % {"symbols": any_of(_called(values["resolution"]))}
    if values["adopted_session"]:
        sessions = any_of(session_label(value) for value in values["adopted_session"].values)
        yield _("of the %(sessions)s") % {"sessions": sessions}
    if filterset.search:
        yield _("found by “%(words)s”") % {"words": values["q"]}
    if values["as_at"]:
        yield _("as they stood on %(day)s") % {"day": date_format(values["as_at"], "j F Y")}


def _called(chosen: Chosen) -> list[str]:
    return [str(choice.label) for choice in chosen.choices] + [f"“{name}”" for name in chosen.missing]


def session_label(value: str) -> str:
    """Name a session by what the query string calls it."""
    return nth_session(int(value)) if value.isascii() and value.isdigit() and len(value) <= 4 else value


def chips(filterset: MandateFilterSet) -> list[Chip]:
    """Give a chip for each choice, in the order of the query string."""
    pairs = filterset.pairs()
    labels: dict[tuple[str, str], Label] = {}
    for name, value in filterset.values.items():
        if isinstance(value, Chosen):
            labels |= {(name, choice.value): choice.label for choice in value.choices}
        elif isinstance(value, datetime.date):
            labels[name, value.isoformat()] = date_format(value, "j F Y")
    return [
        Chip(
            kind=filterset.filters[name].label,
            value=session_label(value) if "session" in name and value.isdigit() else labels.get((name, value), value),
            href=query_string(pair for pair in pairs if pair != (name, value)),
        )
        for name, value in pairs
        if name not in ("ordering", "columns")
    ]
