"""Forms by which staff say once how many mandates are to be corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mandates.bulk.corrections import ADD, REPLACE, TAKE_OUT, correction_plan
from mandates.bulk.forms import BulkForm
from mandates.bulk.plan import Plan
from mandates.correcting.correction_json import entered_as_json
from mandates.correcting.records import Anchor, Correction, OtherAddressees, OtherDeadlines, OtherTopic
from mandates.correction_fields import BodyFields, DeadlineForm, NamedField, names_to_choose
from mandates.forms import ReasonFields
from mandates.models import BulkDecision, Topic
from mandates.models import ReportingDeadline as Deadline

# Of each mandate itself; here only what is said of all of them matters.
_ANYWHERE = Anchor("", "", 0, 0)
_BODIES = 4
_NONE = "none"
# The fields of a deadline, each with the kind for which it is filled in.
_BELONGS_TO = {"date": "date", "start": "period", "end": "period", "interval": "recurring", "event": "event"}


class BulkCorrectionForm(ReasonFields, BulkForm):
    """What every correction of many carries; what follows can only be said once the form is filled in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])

    def correction(self) -> Correction:
        """Give what a valid form says, of no mandate in particular."""
        raise NotImplementedError("Each form says what it corrects")

    @property
    def entered(self) -> dict[str, Any]:
        return {**super().entered, **entered_as_json(self.correction())}

    def plan(self, user: Any) -> Plan:
        return correction_plan(self.versions, self.kind, self.entered if self.is_valid() else None, user)

    @property
    def names(self) -> dict[str, list[str]]:
        """The names of bodies and topics that fields offer."""
        return names_to_choose()


class BulkAddresseesForm(BodyFields, BulkCorrectionForm):
    """Who must act."""

    kind = BulkDecision.Kind.CORRECT_ADDRESSEES
    submit = _("Correct addressees")

    how = forms.ChoiceField(
        label=_("What becomes of the addressees"),
        choices=[
            (REPLACE, _("These bodies, and no others")),
            (ADD, _("These bodies besides those that are there")),
            (TAKE_OUT, _("Those that are there without these bodies")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_bodies((), spare=_BODIES)
        self.fields["body_0"].required = True
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])

    def correction(self) -> Correction:
        return OtherAddressees(_ANYWHERE, self.chosen_bodies())

    @property
    def entered(self) -> dict[str, Any]:
        return {**super().entered, "how": self.cleaned_data["how"]}


class BulkTopicForm(BulkCorrectionForm):
    """What it is about."""

    kind = BulkDecision.Kind.CORRECT_TOPIC
    submit = _("Correct topic")

    topic = NamedField(
        model=Topic, names="names-of-topics", label=_("Topic"), help_text=_("Empty where they have no topic")
    )

    def correction(self) -> Correction:
        return OtherTopic(_ANYWHERE, self.cleaned_data["topic"] or None)


class BulkDeadlinesForm(DeadlineForm, BulkCorrectionForm):
    """When it is due: this, whatever deadlines are there."""

    kind = BulkDecision.Kind.CORRECT_DEADLINES
    submit = _("Correct deadlines")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"] = forms.ChoiceField(
            label=_("When they are due"),
            choices=[("", _("Choose")), *Deadline.Kind.choices, (_NONE, _("No deadline"))],
            help_text=_("It takes the place of all deadlines that are there; fill in below what belongs to it"),
        )
        for name, of in _BELONGS_TO.items():
            self.fields[name].help_text = Deadline.Kind(of).label
        self.fields["session"].help_text = _("At a session, or before it")
        self.order_fields(["due"])

    def correction(self) -> Correction:
        deadline = None if self.cleaned_data["due"] == _NONE else self.deadline()
        return OtherDeadlines(_ANYWHERE, (deadline,) if deadline else ())


CORRECTION_FORMS: dict[str, type[BulkForm]] = {
    str(form.kind): form for form in (BulkAddresseesForm, BulkTopicForm, BulkDeadlinesForm)
}
