"""Fields of the list's query string. They never refuse: what they do not know they keep, for the page to say so."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

# A shared address with more values than this was not made by a person choosing.
MOST_VALUES = 100
LONGEST_VALUE = 300
_SHOWN_IN_NOTICE = 60

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that was asked for and is known.

    Attributes:
        value: as the query string writes it, in its one form.
        key: what the database compares with.
        label: in words.
    """

    value: str
    key: Any
    label: Label


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for under one name.

    Attributes:
        choices: known values, each once, in the order given.
        missing: well formed, but nothing here is called so; alone they find nothing.
        ignored: no value of this kind at all; as if they had not been given.
    """

    choices: tuple[Choice, ...] = ()
    missing: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.choices or self.missing)

    @property
    def keys(self) -> list[Any]:
        """What the database compares with."""
        return [choice.key for choice in self.choices]

    @property
    def values(self) -> list[str]:
        """What the query string says, without what was ignored."""
        return [choice.value for choice in self.choices] + list(self.missing)


# From the raw values to those that are known; what it leaves out is missing or ignored.
Lookup = Callable[[Sequence[str]], Mapping[str, Choice]]


class ListWidget(forms.Widget):
    """Reads every value that was given under a name."""

    def value_from_datadict(self, data: QueryDict | Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Give the values in their order, cleaned of what no value can hold."""
        given = data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])
        values = [given] if isinstance(given, str) else list(given or [])
        cleaned = (str(value).replace("\x00", "").strip()[:LONGEST_VALUE] for value in values[:MOST_VALUES])
        return [value for value in cleaned if value]


class ListField(forms.Field):
    """Any number of values, looked up by `lookup`; several may stand in one, with commas between."""

    widget = ListWidget

    def __init__(self, *, lookup: Lookup, open_ended: bool = False, **kwargs: Any) -> None:
        self.lookup = lookup
        self.open_ended = open_ended
        super().__init__(**kwargs)

    def clean(self, value: Sequence[str]) -> Chosen:
        """Tell known values from others; nothing is an error."""
        if not value:
            return Chosen()
        parts = {each: [part for part in (piece.strip() for piece in each.split(",")) if part] for each in value}
        known = self.lookup(list(dict.fromkeys([*value, *(part for pieces in parts.values() for part in pieces)])))
        found: dict[str, Choice] = {}
        unknown: list[str] = []
        for each in value:
            for name in [each] if each in known else parts[each]:
                if name in known:
                    found.setdefault(known[name].value, known[name])
                else:
                    unknown.append(name)
        others = tuple(dict.fromkeys(unknown))
        return Chosen(tuple(found.values()), *((others, ()) if self.open_ended else ((), others)))


class WordsField(forms.Field):
    """What was typed into the search box; the last one where it was given more than once."""

    widget = ListWidget

    def clean(self, value: Sequence[str]) -> str:
        """Give the words as typed, on one line."""
        return re.sub(r"\s+", " ", value[-1]) if value else ""


class DayField(forms.Field):
    """A day as browsers send it: 2021-12-09. What is none is kept in `ignored`."""

    widget = ListWidget

    def __init__(self, **kwargs: Any) -> None:
        self.ignored: tuple[str, ...] = ()
        super().__init__(**kwargs)

    def clean(self, value: Sequence[str]) -> datetime.date | None:
        """Give the last day given; None where there is none."""
        days = {}
        for each in value or ():
            try:
                days[each] = datetime.date.fromisoformat(each)
            except ValueError:
                self.ignored += (each,)
        return list(days.values())[-1] if days else None


@dataclass(frozen=True, slots=True)
class Notice:
    """That a part of the query string says nothing here, and what would."""

    parameter: str
    text: str


def ignored_notice(parameter: str, values: Iterable[str], allowed: Iterable[str]) -> Notice:
    """Say that values are none of those that the list knows, and were ignored."""
    text = _("%(parameter)s: %(values)s is not known here and was ignored. Known are: %(allowed)s.") % {
        "parameter": parameter,
        "values": quoted(values),
        "allowed": ", ".join(allowed),
    }
    return Notice(parameter, text)


def missing_notice(parameter: str, label: Label, values: Iterable[str]) -> Notice:
    """Say that nothing here is called so."""
    text = _("%(parameter)s: nothing here is called %(values)s. Choose under “%(label)s”.") % {
        "parameter": parameter,
        "values": quoted(values),
        "label": label,
    }
    return Notice(parameter, text)


def quoted(values: Iterable[str]) -> str:
    """Quote a few values as they were given, the long ones cut."""
    shown = [value if len(value) <= _SHOWN_IN_NOTICE else value[:_SHOWN_IN_NOTICE] + "…" for value in values]
    more = _(" and %(count)d more") % {"count": len(shown) - 5} if len(shown) > 5 else ""
    return ", ".join(f"“{value}”" for value in shown[:5]) + more
