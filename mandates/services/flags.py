"""Says in words what an import changed about a mandate on which somebody had decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mandates.services.matching import words_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person looks at when deciding about a mandate; where it changes, the decision may not hold any more.

    Attributes:
        citation: part and label.
        action: what is asked.
        addressees: names of the bodies that must act.
        deadlines: in the words of the text, with what they were read as.
        proposed: True where the text was not adopted.
    """

    citation: str
    action: str
    addressees: frozenset[str]
    deadlines: Sequence[tuple[str, str]]
    proposed: bool = False


def changes_describe(*, before: Facts, after: Facts) -> list[str]:
    """Say what changed.

    Args:
        before: the facts on which the decision was taken.
        after: those of the text now.

    Returns:
        A sentence a change; empty where nothing of weight changed.
    """
    said = []
    if before.citation != after.citation:
        said.append(_("It was %(before)s and is now %(after)s.") % {"before": before.citation, "after": after.citation})
    if words_of(before.action) != words_of(after.action):
        said.append(
            _("The action was “%(before)s” and is now “%(after)s”.") % {"before": before.action, "after": after.action}
        )
    if before.addressees != after.addressees:
        said.append(
            _("It was addressed to %(before)s and is now addressed to %(after)s.")
            % {"before": _listed(before.addressees) or _("nobody"), "after": _listed(after.addressees) or _("nobody")}
        )
    if [value for _words, value in before.deadlines] != [value for _words, value in after.deadlines]:
        said.append(
            _("It was due %(before)s and is now due %(after)s.")
            % {
                "before": _listed(words for words, _value in before.deadlines) or _("at no time"),
                "after": _listed(words for words, _value in after.deadlines) or _("at no time"),
            }
        )
    if after.proposed and not before.proposed:
        said.append(_("Its text is now read as proposed, not as adopted."))
    return said


def vanished_describe() -> str:
    """Say that the text no longer has a mandate."""
    return _("The text no longer has it.")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
