"""The form by which staff correct the head of a document before it is stored."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resolutions.corrections import FIELDS
from resolutions.models import Document
from resolutions.structure.symbols import canonical_symbol

# The first resolutions of the United Nations.
_EARLIEST = datetime.date(1946, 1, 1)


def _day_field(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    errors = {"invalid": _("This is no day; give it as 2021-12-09, or leave it empty.")}
    return forms.DateField(label=label, required=False, widget=widget, error_messages=errors, validators=[_plausible])


def _plausible(day: datetime.date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet; look at the year."))
    if day < _EARLIEST:
        raise ValidationError(_("This is before there were resolutions; look at the year."))


class HeaderForm(forms.Form):
    """The head of a document; what is left as printed is no correction."""

    kind_of_form = "header"

    symbol = forms.CharField(
        label=_("Symbol"),
        max_length=80,
        help_text=_("For example ICC-ASP/20/Res.2"),
        error_messages={"required": _("Give the symbol: the document is known by it.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Document.Kind)
    title = forms.CharField(label=_("Title"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    session = forms.RegexField(
        r"^(?:[0-9]{1,3}|S-[0-9]{1,2}|RC)$",
        label=_("Session"),
        required=False,
        help_text=_("Its number; S-1 for a special session, RC for the Review Conference"),
        error_messages={"invalid": _("This is no session; give its number, S-1 or RC, or leave it empty.")},
    )
    adopted = _day_field(_("Adopted on"))
    distributed = _day_field(_("Distributed on"))
    meeting = forms.CharField(label=_("Meeting"), required=False, max_length=200)
    mode = forms.CharField(label=_("Mode of adoption"), required=False, max_length=200)

    def clean_symbol(self) -> str:
        """Give the canonical form of the symbol."""
        given = self.cleaned_data["symbol"]
        symbol = canonical_symbol(given)
        if symbol is None:
            raise ValidationError(
                _("“%(symbol)s” is no document symbol; one looks like ICC-ASP/21/Res.2."), params={"symbol": given}
            )
        return symbol

    def header(self) -> dict[str, str]:
        """Give a valid form's fields as `resolutions.corrections` keeps them."""
        return {name: _text(self.cleaned_data[name]) for name in FIELDS}


def _text(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
