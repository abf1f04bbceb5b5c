"""Forms by which staff correct what was found in a text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mandates.actions.corrections import Entry
from mandates.correcting import records
from mandates.correcting.placing import anchor_at
from mandates.correction_fields import BodyFields, DeadlineForm, NamedField
from mandates.correction_ground import Ground, stretches_of, words_found, words_of_clause
from mandates.extraction.vocabulary import load_vocabulary
from mandates.forms import LONGEST_NOTE
from mandates.models import Mandate, ReportingDeadline, Topic
from mandates.services.correcting import seen_of


class CorrectionForm(forms.Form):
    """What every correction carries: the mark of what its maker saw, and the reason.

    Args:
        ground: the paragraph with what was found there, as it stands now.
        mandate: the one that is corrected; None for one that was missed.
    """

    kind: ClassVar[str]
    title: ClassVar[str | Promise]
    explanation: ClassVar[str | Promise]

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    why = forms.CharField(label=_("Reason"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, ground: Ground, mandate: Mandate | None = None, **kwargs: Any) -> None:
        self.ground, self.mandate = ground, mandate
        initial = {"seen": ground.seen} | self.stands() | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "why"), "why"])

    def stands(self) -> dict[str, Any]:
        """Give the values of the fields as the mandate has them."""
        return {}

    def clean_seen(self) -> str:
        """Refuse what somebody filled in looking at something else."""
        if self.cleaned_data["seen"] != self.ground.seen:
            raise ValidationError(_("Somebody or an import changed it since you looked at it. Look at it again."))
        return str(self.cleaned_data["seen"])

    def entry(self, token: str) -> Entry:
        """Give what a valid form says.

        Args:
            token: the mark of the form.
        """
        mandates = self.about()
        seen = seen_of(mandates) if mandates else seen_of((), self.ground.texts[self.ground.paragraph.key])
        why = self.cleaned_data.get("why", "").replace("\r\n", "\n")
        return Entry(self.correction(), tuple(mandates), seen, why, token)

    def about(self) -> list[Mandate]:
        """Give the mandates that it speaks of."""
        return [self.mandate] if self.mandate else []

    def correction(self) -> records.Correction:
        """Give the correction that a valid form describes."""
        raise NotImplementedError("Each form says what it corrects")

    @property
    def anchor(self) -> records.Anchor:
        """The words of the mandate."""
        assert self.mandate is not None
        return self.ground.anchor(self.mandate)


class AddresseesForm(CorrectionForm, BodyFields):
    """Other addressees."""

    kind = "addressees"
    title = _("Other addressees")
    explanation = _("Who must act? Empty a field to take a body away.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert self.mandate is not None
        self.add_bodies(row.body.name for row in self.mandate.addressee_rows.all())
        self.order_fields([*(name for name in self.fields if name != "why"), "why"])

    def correction(self) -> records.Correction:
        return records.OtherAddressees(self.anchor, self.chosen_bodies())


class WordedDeadlineForm(DeadlineForm):
    """One deadline with the words that say so; empty where no kind is chosen."""

    words = forms.CharField(
        label=_("Words of the text that say so"), required=False, max_length=500, help_text=_("As they stand there")
    )

    text = ""

    def clean(self) -> dict[str, Any]:
        """Look for the words."""
        given = super().clean()
        if given.get("words") and self.text and not words_found(self.text, given["words"]):
            self.add_error("words", ValidationError(_("These words do not stand in the text."), code="words"))
        return given

    def deadline(self) -> records.EnteredDeadline | None:
        said = super().deadline()
        return said and replace(said, words=self.cleaned_data["words"].strip())


class DeadlineFields(CorrectionForm):
    """Several deadlines, each a form of its own beside that of the correction."""

    spare: ClassVar[int] = 1

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forms_of = forms.formset_factory(WordedDeadlineForm, extra=self.spare, max_num=10, absolute_max=10)
        data = self.data if self.is_bound else None
        self.deadlines = forms_of(data, prefix="due", initial=self.stand_deadlines())
        for form in self.deadlines.forms:
            form.text = " ".join(self.ground.texts[key] for key in self._keys())

    def _keys(self) -> list[str]:
        if self.mandate is None:
            return [self.ground.paragraph.key]
        return list(dict.fromkeys(key for key, _s, _e in stretches_of(self.mandate, self.ground.texts)))

    def stand_deadlines(self) -> list[dict[str, Any]]:
        """Give the deadlines as the mandate has them."""
        return []

    def is_valid(self) -> bool:
        """Say whether the correction and each deadline is."""
        return super().is_valid() & self.deadlines.is_valid()

    def chosen_deadlines(self) -> tuple[records.EnteredDeadline, ...]:
        """Give the deadlines of a valid form."""
        found = (form.deadline() for form in self.deadlines.forms if form.has_changed() or form.initial)
        return tuple(item for item in found if item is not None)


class DeadlinesForm(DeadlineFields):
    """Other deadlines."""

    kind = "deadlines"
    title = _("Other deadlines")
    explanation = _("When is it due? Choose “none” to take a deadline away.")

    def stand_deadlines(self) -> list[dict[str, Any]]:
        assert self.mandate is not None
        return [_initial(row, self.ground.texts) for row in self.mandate.deadlines.all()]

    def correction(self) -> records.Correction:
        return records.OtherDeadlines(self.anchor, self.chosen_deadlines())


def _initial(row: ReportingDeadline, texts: Mapping[str, str]) -> dict[str, Any]:
    is_date = row.kind == ReportingDeadline.Kind.DATE
    day: datetime.date | None = row.end_date
    return {
        "due": row.kind,
        "session": row.session_number,
        "date": day if is_date else None,
        "start": row.start_date,
        "end": None if is_date else day,
        "interval": row.interval,
        "event": row.event,
        "words": texts.get(row.span_paragraph, "")[row.start : row.end],
    }


class TopicForm(CorrectionForm):
    """Another topic."""

    kind = "topic"
    title = _("Another topic")
    explanation = _("What is it about? Leave it empty where it has no topic.")
    topic = NamedField(model=Topic, names="names-of-topics", label=_("Topic"))

    def stands(self) -> dict[str, Any]:
        return {"topic": self.mandate.topic.name if self.mandate and self.mandate.topic else ""}

    def correction(self) -> records.Correction:
        return records.OtherTopic(self.anchor, self.cleaned_data["topic"] or None)


class NotAMandateForm(CorrectionForm):
    """It directs nobody."""

    kind = "not_a_mandate"
    title = _("This is not a mandate")
    explanation = _(
        "Its clause directs nobody to act. It goes from lists and counts; what was decided about it is kept."
    )

    def correction(self) -> records.Correction:
        return records.NotAMandate(self.anchor)


class SplitForm(CorrectionForm):
    """It is two mandates."""

    kind = "split"
    title = _("Split into two mandates")
    explanation = _("Choose the word with which the second mandate begins.")
    place = forms.ChoiceField(
        label=_("The second mandate begins with"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the word with which the second mandate begins.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert self.mandate is not None
        self.words = words_of_clause(self.mandate, self.ground.texts)
        places = [(word.place, word.text) for stretch in self.words for word in stretch]
        self.fields["place"].choices = places[1:]

    def correction(self) -> records.Correction:
        assert self.mandate is not None
        number, _colon, start = self.cleaned_data["place"].partition(":")
        key, _start, end = stretches_of(self.mandate, self.ground.texts)[int(number)]
        return records.Split(self.anchor, anchor_at(self.ground.texts, key, int(start), end))

    def clean_place(self) -> str:
        """Refuse a place behind which there is no word."""
        try:
            self.correction()
        except ValueError as error:
            raise ValidationError(_("No word stands behind that place."), code="place") from error
        return str(self.cleaned_data["place"])


class MergeForm(CorrectionForm):
    """It is one mandate with others of its paragraph."""

    kind = "merge"
    title = _("Merge with neighbours")
    explanation = _("Tick those that are one mandate with it. The first in the text keeps its address.")
    others = forms.MultipleChoiceField(
        label=_("One mandate with"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick those that are one mandate with it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.neighbours = [each for each in self.ground.family if self.mandate and each.pk != self.mandate.pk]
        choices = [(each.key, f"{each.verb}: {each.action}") for each in self.neighbours]
        self.fields["others"].choices = choices

    def about(self) -> list[Mandate]:
        chosen = set(self.cleaned_data["others"])
        return [*super().about(), *(each for each in self.neighbours if each.key in chosen)]

    def correction(self) -> records.Correction:
        _first, *others = self.about()
        return records.Merge(self.anchor, tuple(self.ground.anchor(each) for each in others))


class MissedForm(DeadlineFields, BodyFields):
    """A mandate that was missed."""

    kind = "missed"
    title = _("A mandate that was missed")
    explanation = _("Mark its words in the paragraph. What you leave empty below is found in the words.")
    words = forms.CharField(
        label=_("Words of the mandate"),
        max_length=8000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("All of them, or the first ones, three dots, and the last ones"),
    )
    near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    verb = forms.ChoiceField(
        label=_("Verb"), required=False, help_text=_("Where the words have none, choose what they come to")
    )
    verb_words = forms.CharField(
        label=_("Words that say so"), required=False, max_length=100, help_text=_("For example: is requested to")
    )
    topic = NamedField(model=Topic, names="names-of-topics", label=_("Topic"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = sorted(verb.verb for verb in load_vocabulary().verbs if verb.strength is not None)
        choices = [("", _("as in the words")), *((verb, verb) for verb in verbs)]
        self.fields["verb"].choices = choices
        self.add_bodies(())
        self.order_fields(["seen", "near", "words", "verb", "verb_words", "body_0", "body_1", "topic", "why"])

    def clean(self) -> dict[str, Any]:
        """Find the words in the paragraph."""
        given = super().clean() or {}
        text = self.ground.texts[self.ground.paragraph.key]
        if "words" in given:
            found = words_found(text, given["words"], given.get("near"))
            if len(found) != 1:
                said = (
                    _("These words stand there several times. Take more of them.")
                    if found
                    else _("These words do not stand in the paragraph. Mark or copy them there.")
                )
                self.add_error("words", ValidationError(said, code="words"))
            else:
                given["span"] = found[0]
                self._check_has_word(text, found[0])
        return given

    def _check_has_word(self, text: str, span: tuple[int, int]) -> None:
        if not any(letter.isalnum() for letter in text[slice(*span)]):
            self.add_error("words", ValidationError(_("There is no word among them."), code="words"))

    def correction(self) -> records.Correction:
        given = self.cleaned_data
        deadlines, bodies = self.chosen_deadlines(), self.chosen_bodies()
        return records.Missed(
            anchor_at(self.ground.texts, self.ground.paragraph.key, *given["span"]),
            given["verb"],
            given["verb_words"].strip(),
            bodies or None,
            deadlines or None,
            given["topic"],
        )


FORMS: dict[str, type[CorrectionForm]] = {
    form.kind: form for form in (AddresseesForm, DeadlinesForm, TopicForm, SplitForm, MergeForm, NotAMandateForm)
}
