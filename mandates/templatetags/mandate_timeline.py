"""Chains and links in templates: words in their italics, kinds of change, how sure a link is."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mandates.mandate_words import MandateWords
from mandates.models import MandateLink
from resolutions.rendering import text_html

register = template.Library()

_CHANGES: dict[str, str | Promise] = {
    MandateLink.Change.SAME: _("Same words."),
    MandateLink.Change.UPDATED: _("Updated: only sessions, dates or symbols moved."),
    MandateLink.Change.REWORDED: _("Reworded."),
    MandateLink.Change.WIDENED: _("Widened: asks for more, or asks more bodies."),
    MandateLink.Change.NARROWED: _("Narrowed: asks for less, or asks fewer bodies."),
    MandateLink.Change.READDRESSED: _("Asked of another body."),
    MandateLink.Change.SPLIT: _("Split: what was one mandate is several now."),
    MandateLink.Change.MERGED: _("Merged: what were several mandates is one now."),
}
# From the score up, as a person would say it.
_SCORES: tuple[tuple[float, str | Promise], ...] = (
    (0.9, _("nearly the same")),
    (0.75, _("very alike")),
    (0.5, _("alike in part")),
    (0.0, _("little alike")),
)


@register.simple_tag
def words_in_italics(words: MandateWords) -> SafeString:
    """Show the words of a mandate in the italics that they have in their text."""
    return text_html(words.text, words.emphases)


@register.simple_tag
def change_in_words(change: str) -> str:
    """Say what kind of change it is, in a sentence."""
    return str(_CHANGES.get(change, ""))


@register.filter
def score_in_words(score: float | None) -> str:
    """Say how alike two mandates are."""
    return "" if score is None else next(str(words) for least, words in _SCORES if score >= least)


@register.simple_tag
def decision_in_words(decision: str) -> str:
    """Say how a link stands: "confirmed"."""
    return str(MandateLink.Decision(decision).label).lower()
