"""Forms by which staff record what became of a mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mandates.actions.outcomes import (
    MarkFulfilled,
    OutcomeAction,
    Reopen,
    Review,
    Withdraw,
)
from mandates.models import Mandate
from mandates.occurrences import answered_occurrences, occurrences

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

LONGEST_NOTE = 4000


def show_refusal(form: forms.Form, error: ValidationError) -> None:
    """Show why what was entered was refused, at the field that it is about.

    Args:
        form: the form.
        error: its `code` names the entry.
    """
    field = {"evidence_symbol": "evidence", "evidence_url": "evidence"}.get(error.code or "", error.code)
    form.add_error(field if field in form.fields else None, error)


class OutcomeForm(forms.Form):
    """What every decision carries: the version of the outcome that its maker saw."""

    kind: ClassVar[str]
    title: ClassVar[str | Promise]
    explanation: ClassVar[str | Promise]
    submit: ClassVar[str | Promise]

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        self.mandate = mandate
        # Several forms stand on one page: each has ids of its own.
        kwargs.setdefault("auto_id", f"{self.kind}-%s")
        kwargs.setdefault("initial", {"version": mandate.outcome_version})
        super().__init__(*args, **kwargs)

    def action(self) -> OutcomeAction:
        """Give the decision that a valid form describes."""
        raise NotImplementedError("Each form says what it decides")

    def common(self) -> dict[str, Any]:
        """Give what every decision takes."""
        return {
            "mandate": self.mandate,
            "version": self.cleaned_data["version"],
            "note": self.cleaned_data["note"].replace("\r\n", "\n"),
        }

    def refuse(self, error: ValidationError) -> None:
        """Show why the decision was refused, at the field that it is about."""
        show_refusal(self, error)

    @property
    def address(self) -> str:
        """Where the form is sent."""
        return reverse("mandates:outcome", kwargs={"key": self.mandate.key, "kind": self.kind})


class _OccurrenceMixin(forms.Form):
    """For a recurring mandate: which session's occurrence the decision is about."""

    mandate: Mandate

    def add_occurrence(self, sessions: Any, label: _StrOrPromise, help_text: _StrOrPromise) -> None:
        self.fields["occurrence"] = forms.ModelChoiceField(
            queryset=sessions,
            label=label,
            help_text=help_text,
            to_field_name="number",
            empty_label=None,
            initial=self.mandate.due_session,
        )


class EvidenceFields(forms.Form):
    """What shows that something was done."""

    evidence = forms.CharField(
        label=_("Document or link"), max_length=500, help_text=_("For example ICC-ASP/21/12, or https://…")
    )
    evidence_date = forms.DateField(
        label=_("Day on which it was done"),
        required=False,
        help_text=_("That of the document; leave empty where it is not known"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )

    def evidence_entered(self) -> dict[str, Any]:
        """Give the evidence as decisions take it: a symbol or an address, and the day."""
        given = self.cleaned_data["evidence"].strip()
        is_link = "://" in given
        return {
            "evidence_symbol": "" if is_link else given,
            "evidence_url": given if is_link else "",
            "evidence_date": self.cleaned_data["evidence_date"],
        }


class ReasonFields(forms.Form):
    """Why a decision is taken."""

    note = forms.CharField(label=_("Reason"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}))


class FulfilForm(EvidenceFields, OutcomeForm, _OccurrenceMixin):
    """Mark a mandate, or one occurrence of a recurring one, fulfilled; with evidence."""

    kind = "fulfil"
    title = _("Mark as fulfilled")
    explanation = _("Name the document that shows it, by its symbol or its address on the web.")
    submit = _("Mark fulfilled")

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, mandate=mandate, **kwargs)
        if mandate.recurring:
            self.add_occurrence(
                occurrences(mandate), _("Session that it was done for"), _("It stays open for the sessions after it")
            )
            self.order_fields(["version", "occurrence"])

    def action(self) -> MarkFulfilled:
        return MarkFulfilled(occurrence=self.cleaned_data.get("occurrence"), **self.evidence_entered(), **self.common())


class WithdrawForm(ReasonFields, OutcomeForm):
    """Withdraw a mandate that events have overtaken; with the reason."""

    kind = "withdraw"
    title = _("Withdraw, with a reason")
    explanation = _("For what events have overtaken: say by which.")
    submit = _("Withdraw")

    def action(self) -> Withdraw:
        return Withdraw(**self.common())


class ReopenForm(ReasonFields, OutcomeForm, _OccurrenceMixin):
    """Take a decision back; with the reason. What was recorded stays in the history."""

    kind = "reopen"
    title = _("Reopen, with a reason")
    explanation = _("Takes the last decision back. It stays in the history.")
    submit = _("Reopen")

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, mandate=mandate, **kwargs)
        if mandate.recurring and mandate.outcome == Mandate.Outcome.OPEN:
            self.add_occurrence(answered_occurrences(mandate), _("Session that it was recorded for"), "")
            self.order_fields(["version", "occurrence"])

    def action(self) -> Reopen:
        return Reopen(occurrence=self.cleaned_data.get("occurrence"), **self.common())


class ReviewForm(OutcomeForm):
    """Say that a flagged mandate was looked at."""

    kind = "review"
    title = _("Checked: take the flag away")
    explanation = _("What the flag says is kept in the history.")
    submit = _("Checked")

    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )

    def action(self) -> Review:
        return Review(**self.common())


FORMS: dict[str, type[OutcomeForm]] = {form.kind: form for form in (FulfilForm, WithdrawForm, ReopenForm, ReviewForm)}


def outcome_forms(mandate: Mandate, filled_in: OutcomeForm | None = None) -> list[OutcomeForm]:
    """Give the forms that make sense for a mandate as it stands, with `filled_in` in the place of its kind."""
    if mandate.proposed:
        return [FORMS["review"](mandate=mandate)] if mandate.flag else []
    kinds = ["reopen"] if mandate.outcome != Mandate.Outcome.OPEN else ["fulfil", "withdraw"]
    if mandate.recurring and mandate.outcome == Mandate.Outcome.OPEN and answered_occurrences(mandate).exists():
        kinds.append("reopen")
    if mandate.flag:
        kinds.append("review")
    forms_shown = [
        filled_in if filled_in and filled_in.kind == kind else FORMS[kind](mandate=mandate) for kind in kinds
    ]
    if filled_in and filled_in.kind not in kinds:
        # Somebody decided otherwise meanwhile: what was typed is shown all the same.
        forms_shown.append(filled_in)
    return forms_shown
