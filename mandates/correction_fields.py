"""What forms ask for where somebody says whom a mandate asks, what it is about and when it is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mandates.correcting.records import EnteredDeadline
from mandates.extraction.records import DeadlineKind
from mandates.models import Body, ReportingDeadline, Topic

# Of each group of names that forms offer; any other known one may be typed.
MOST_NAMES = 400
_SPARE = 2  # empty fields for bodies, beside those that are named
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_INTERVALS = [("annual", _("every year")), ("biennial", _("every two years")), ("periodic", _("again and again"))]


class NamedField(forms.CharField):
    """The name of a body or topic that the tracker knows, by its name or another one of it.

    Args:
        model: whose rows have `name` and `aliases`.
        names: id of the list of names to choose from.
    """

    def __init__(self, *, model: type[Body] | type[Topic], names: str, **kwargs: Any) -> None:
        self.model = model
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": names, "autocomplete": "off"}))
        super().__init__(max_length=300, **kwargs)

    def clean(self, value: Any) -> str:
        """Give the canonical name; empty where nothing was said."""
        typed = super().clean(value)
        if not typed:
            return ""
        folded = " ".join(typed.casefold().split())
        for name, aliases in self.model._default_manager.values_list("name", "aliases"):
            if folded in (" ".join(each.casefold().split()) for each in (name, *aliases)):
                return str(name)
        raise ValidationError(_("Nothing is known by that name. Choose one of the list."), code="unknown")


class BodyFields(forms.Form):
    """Several bodies, one a field."""

    def add_bodies(self, names: Iterable[str], spare: int = _SPARE) -> None:
        """Add a field for each body that is there, and some more.

        Args:
            names: of the bodies that are there.
            spare: how many more.
        """
        names = list(names)
        for number in range(len(names) + spare):
            self.fields[f"body_{number}"] = NamedField(
                model=Body,
                names="names-of-bodies",
                label=_("Body %(number)s") % {"number": number + 1},
                initial=names[number] if number < len(names) else "",
            )

    def chosen_bodies(self) -> tuple[str, ...]:
        """Give the bodies of a valid form, each once."""
        names = (value for name, value in self.cleaned_data.items() if name.startswith("body_"))
        return tuple(dict.fromkeys(name for name in names if name))


class DeadlineForm(forms.Form):
    """One deadline; empty where no kind is chosen."""

    due = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("none")), *ReportingDeadline.Kind.choices])
    session = forms.IntegerField(
        label=_("Session (number)"),
        required=False,
        min_value=1,
        max_value=199,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    date = forms.DateField(label=_("Day"), required=False, widget=_DAY)
    start = forms.DateField(label=_("First day"), required=False, widget=_DAY)
    end = forms.DateField(label=_("Last day"), required=False, widget=_DAY)
    interval = forms.ChoiceField(label=_("How often"), required=False, choices=[("", "–"), *_INTERVALS])
    event = forms.CharField(label=_("Event"), required=False, max_length=200)

    _NEEDS: ClassVar[Mapping[str, str]] = {
        "session": "session",
        "before_session": "session",
        "date": "date",
        "recurring": "interval",
        "event": "event",
    }

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs."""
        given = super().clean() or self.cleaned_data
        needed = self._NEEDS.get(given.get("due", ""))
        if needed and not given.get(needed) and needed not in self.errors:
            self.add_error(needed, ValidationError(_("Say this for a deadline of that kind."), code="needed"))
        if given.get("start") and given.get("end") and given["end"] < given["start"]:
            self.add_error("end", ValidationError(_("The last day is before the first."), code="order"))
        return given

    def deadline(self) -> EnteredDeadline | None:
        """Give what a valid form says; None where it is empty."""
        given = self.cleaned_data
        if not given.get("due"):
            return None
        kind = DeadlineKind(given["due"])
        is_session = kind in (DeadlineKind.SESSION, DeadlineKind.BEFORE_SESSION)
        is_period = kind is DeadlineKind.PERIOD
        return EnteredDeadline(
            kind,
            session=given["session"] if is_session else None,
            date=given["date"] if kind is DeadlineKind.DATE else None,
            start=given["start"] if is_period else None,
            end=given["end"] if is_period else None,
            interval=given["interval"] if kind is DeadlineKind.RECURRING else None,
            event=given["event"].strip() if kind is DeadlineKind.EVENT else None,
        )


def names_to_choose() -> dict[str, list[str]]:
    """Give the names that forms offer: those of bodies, known ones first, and of topics."""
    bodies = Body.objects.exclude(category=Body.Category.OTHER).order_by("name").values_list("name", flat=True)
    others = Body.objects.filter(category=Body.Category.OTHER).order_by("name").values_list("name", flat=True)
    topics = Topic.objects.order_by("name").values_list("name", flat=True)
    return {"bodies": [*bodies[:MOST_NAMES], *others[:MOST_NAMES]], "topics": list(topics[:MOST_NAMES])}
