"""The values that the names of the list's query string take, and how each is found however it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mandates import in_time
from mandates.filter_fields import Choice, Label, Lookup
from mandates.models import Body, Mandate, Topic
from resolutions.finding.places import read_place
from resolutions.models import AssemblySession, Document

STATUSES: dict[str, Label] = {
    status.value: status.label for status in Mandate.Status if status != Mandate.Status.PROPOSED
}
DUES: dict[str, Label] = {
    "overdue": _("Overdue"),
    "next": _("Due at the next session"),
    "lapsed": _("Not heard of since"),
    "recurring": _("Recurring"),
}
DUE_CONDITIONS = {
    "overdue": Q(overdue_as_at=True),
    "next": Q(due_next_as_at=True),
    "lapsed": Q(lapsed_as_at=True),
    "recurring": Q(recurring=True),
}
ANSWERED: dict[str, Label] = {
    in_time.IN_TIME: _("In time"),
    in_time.AT_SESSION: _("At the session itself"),
    in_time.LATE: _("Late"),
    in_time.UNDATED: _("On a day not known"),
    in_time.UNANSWERED: _("No answer recorded"),
}
STRENGTHS: dict[str, Label] = {strength.value: strength.label for strength in Mandate.Strength}
EVERYONE, NOBODY = "all", "none"
CATEGORIES: dict[str, Label] = {
    "assembly-body": _("Assembly bodies"),
    "court-organ": _("Court organs"),
    "assembly": _("The Assembly itself"),
    "state": _("States"),
    "other": _("Others"),
    NOBODY: _("Nobody named"),
    EVERYONE: _("Everyone"),
}
CATEGORY_KEYS = {category.value.lower().replace(" ", "-"): category.value for category in Body.Category}
TRACKED_CATEGORIES = [Body.Category.ASSEMBLY_BODY, Body.Category.COURT_ORGAN]
TEXTS: dict[str, Label] = {"no": _("Adopted"), "yes": _("Proposed"), "all": _("Adopted and proposed")}
_HIGHEST_SESSION = 999


def fixed(values: Mapping[str, Label], keys: Mapping[str, Any] | None = None) -> Lookup:
    """Look values up in a fixed list, however they are capitalised and with blanks or hyphens."""

    def lookup(given: Sequence[str]) -> dict[str, Choice]:
        named = {each: each.lower().replace(" ", "-") for each in given}
        return {
            each: Choice(name, (keys or {}).get(name, name), values[name])
            for each, name in named.items()
            if name in values
        }

    return lookup


def named(model: type[Body] | type[Topic]) -> Lookup:
    """Look bodies and topics up by slug or name."""

    def lookup(given: Sequence[str]) -> dict[str, Choice]:
        rows = model.objects.filter(Q(slug__in=[each.lower() for each in given]) | Q(name__in=given))
        found = {name.casefold(): Choice(row.slug, row.pk, row.name) for row in rows for name in (row.slug, row.name)}
        return {each: found[each.casefold()] for each in given if each.casefold() in found}

    return lookup


def documents(given: Sequence[str]) -> dict[str, Choice]:
    """Look documents up by their symbol in any spelling, `20/Res.2` included."""
    symbols = {each: _symbol(each) for each in given}
    known = dict(Document.objects.filter(symbol__in=set(symbols.values())).values_list("symbol", "pk"))
    return {each: Choice(symbol, known[symbol], symbol) for each, symbol in symbols.items() if symbol in known}


def _symbol(given: str) -> str:
    place = read_place(given)
    return place.symbol if place else given


def session_numbers(given: Sequence[str]) -> dict[str, Choice]:
    """Read numbers of sessions; one that the table does not have yet is a session all the same."""
    numbers = {each: int(each) for each in given if each.isascii() and each.isdigit() and len(each) <= 4}
    return {
        each: Choice(str(number), number, str(number))
        for each, number in numbers.items()
        if 0 < number <= _HIGHEST_SESSION
    }


def session_codes(given: Sequence[str]) -> dict[str, Choice]:
    """Read codes of sessions as symbols have them: 20, S-1, RC."""
    known = dict(AssemblySession.objects.filter(code__in=[each.upper() for each in given]).values_list("code", "name"))
    named = {each: known[each.upper()] or each.upper() for each in given if each.upper() in known}
    numbers = {each: choice for each, choice in session_numbers(given).items() if each not in named}
    codes = {each: Choice(each.upper(), each.upper(), name) for each, name in named.items()}
    return codes | {each: Choice(choice.value, choice.value, choice.label) for each, choice in numbers.items()}
