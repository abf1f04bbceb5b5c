"""Forms by which staff enter once what is recorded for many mandates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mandates.bulk.actions import action_maker
from mandates.bulk.plan import Plan, plan_for
from mandates.evidence import checked_evidence
from mandates.forms import EvidenceFields, ReasonFields, show_refusal
from mandates.models import BulkDecision, Mandate
from resolutions.models import AssemblySession


class BulkForm(forms.Form):
    """What every decision about many mandates carries: what its maker saw of what it would do."""

    kind: ClassVar[str]
    submit: ClassVar[str | Promise]

    def __init__(self, *args: Any, versions: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = versions

    @property
    def entered(self) -> dict[str, Any]:
        """What a valid form says, as `BulkDecision.entered` keeps it."""
        return {"note": self.cleaned_data["note"].replace("\r\n", "\n").strip()}

    def plan(self, user: Any) -> Plan:
        """Work out what would come of it, with what was entered where the form is valid.

        Args:
            user: who would decide.

        Raises:
            PermissionDenied: the person may not.
        """
        valid = self.is_valid()
        return plan_for(self.versions, action_maker(self.kind, self.entered if valid else {}), user, entered=valid)


class BulkFulfilForm(EvidenceFields, BulkForm):
    """Mark many mandates fulfilled with the same evidence."""

    kind = BulkDecision.Kind.FULFIL
    submit = _("Mark fulfilled")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recurring = Mandate.objects.filter(pk__in=self.versions, recurring=True)
        span = recurring.aggregate(first=Min("recurs_from"), last=Max("due_session"))
        if span["first"] is None or span["last"] is None:
            return
        sessions = AssemblySession.objects.filter(number__gte=span["first"], number__lte=span["last"])
        self.fields["occurrence"] = forms.ModelChoiceField(
            queryset=sessions.order_by("-number"),
            to_field_name="number",
            required=False,
            empty_label=_("The coming one of each"),
            label=_("Recurring ones: session that it was done for"),
            help_text=_("They stay open for the sessions after it; those that do not come due at it stay as they are"),
        )

    def clean(self) -> dict[str, Any]:
        """Check the evidence, as the form of one mandate does."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            given = self.evidence_entered()
            try:
                checked_evidence(given["evidence_symbol"], given["evidence_url"], given["evidence_date"])
            except ValidationError as error:
                show_refusal(self, error)
        return cleaned

    @property
    def entered(self) -> dict[str, Any]:
        given = self.evidence_entered()
        day, session = given["evidence_date"], self.cleaned_data.get("occurrence")
        return {
            **super().entered,
            **given,
            "evidence_date": day.isoformat() if day else None,
            "occurrence": session.number if session else None,
        }


class BulkWithdrawForm(ReasonFields, BulkForm):
    """Withdraw many mandates for the same reason."""

    kind = BulkDecision.Kind.WITHDRAW
    submit = _("Withdraw")


class BulkReopenForm(ReasonFields, BulkForm):
    """Take the decisions about many mandates back for the same reason."""

    kind = BulkDecision.Kind.REOPEN
    submit = _("Reopen")


BULK_FORMS: dict[str, type[BulkForm]] = {
    str(form.kind): form for form in (BulkFulfilForm, BulkWithdrawForm, BulkReopenForm)
}
