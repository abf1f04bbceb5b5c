"""What people decide about links between mandates: each decision is one class, for form, queue and bulk alike.

A decision is made with the `version` of the link that its maker saw. It is one transaction and one row in
`LineageDecision` for each link that it changes; chains and statuses follow in the same transaction. What was confirmed
or rejected stands whatever the tracker finds later.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mandates.actions.decision import Decision, StaleDecision, check_permission
from mandates.actions.lineage import LineageAction, lineage_decide
from mandates.models import LineageDecision, Mandate, MandateLink
from mandates.services.asked import mandate_rank, session_rank
from mandates.services.chains import chains_refresh, lineage_lock
from mandates.services.lineage import links_refind

Made = MandateLink.Decision


class StaleLink(StaleDecision):
    """Somebody else decided about the link since the form was opened."""

    sentence = gettext_lazy(
        "%(who)s decided about this link on %(when)s: %(what)s. Look at it again before you decide."
    )


class LinkAction(LineageAction[MandateLink]):
    """A decision about one link that is there; chains and statuses follow.

    Args:
        link: the one it is about.
        version: the link's `version` when the person looked at it.
        note: a note or the reason.
    """

    rows = MandateLink.objects.all()
    stale = StaleLink

    def __init__(self, *, link: MandateLink, version: int, note: str = "") -> None:
        super().__init__(found=link, version=version, note=note)

    def follow(self) -> None:
        links_follow([self.found])


class ConfirmLink(LinkAction):
    """Confirm that two mandates ask the same, whether the tracker was sure or not."""

    def check_state(self) -> None:
        _require_joining(self.found)
        if self.found.decision == Made.CONFIRMED:
            raise ValidationError(_("It is confirmed already."), code="state")

    def outcome(self) -> str:
        return Made.CONFIRMED


class RejectLink(LinkAction):
    """Say that two mandates do not ask the same, whatever the tracker found."""

    def check_state(self) -> None:
        _require_joining(self.found)
        if self.found.decision == Made.REJECTED:
            raise ValidationError(_("It is rejected already."), code="state")

    def outcome(self) -> str:
        return Made.REJECTED


class RestoreLink(LinkAction):
    """Take back what people decided: the link is again as the tracker found it; one that a person made is rejected."""

    def check_state(self) -> None:
        if self.found.decision not in MandateLink.DECIDED:
            raise ValidationError(_("Nobody decided about it; there is nothing to take back."), code="state")
        if self.outcome() == self.found.decision:
            raise ValidationError(_("The tracker never found it; there is nothing to go back to."), code="state")

    def outcome(self) -> str:
        found = [each.before for each in self.found.decisions.all() if each.before not in ("", *MandateLink.DECIDED)]
        restored = found[-1] if found else Made.REJECTED
        if restored == Made.FOUND and self.found.change == MandateLink.Change.READDRESSED:
            self.found.kind = MandateLink.Kind.READDRESSED
        return restored


class LinkMandates:
    """Link two mandates that the tracker did not, in the place of one of its proposals or without.

    Which of them repeats the other follows from their sessions; two of one session are parallel.

    Args:
        one, other: the mandates, in any order.
        replaces: the link that it takes the place of, which is rejected.
        version: its `version` when the person looked at it.
        note: a note or the reason.
    """

    def __init__(
        self,
        *,
        one: Mandate,
        other: Mandate,
        replaces: MandateLink | None = None,
        version: int = 0,
        note: str = "",
    ) -> None:
        self.earlier, self.later = sorted((one, other), key=mandate_rank)
        self.replaces = replaces
        self.version = version
        self.note = note.strip()

    def check(self, user: Any) -> None:
        """Say whether this person may, and whether these two can be linked.

        Raises:
            PermissionDenied: the person may not decide about links.
            ValidationError: they are one mandate, or one of them is no longer in its text.
        """
        check_permission(user)
        if self.earlier.pk == self.later.pk:
            raise ValidationError(_("That is the mandate itself; choose another one."), code="other")
        if not (self.earlier.in_text and self.later.in_text):
            raise ValidationError(_("The last import no longer found it; it cannot be linked."), code="other")

    def execute(self, user: Any) -> Decision[LineageDecision]:
        """Record both decisions, and let chains and statuses follow.

        Returns:
            The row in the history of the new link, and whether the same form had arrived before.

        Raises:
            PermissionDenied, ValidationError: as in `check`, or they are linked already.
            StaleLink: somebody else decided about the link that is replaced, or linked the two at this moment.
            MandateLink.DoesNotExist: the link that is replaced is gone.
        """
        with transaction.atomic():
            self.check(user)
            lineage_lock()
            link, replaced = self._locked()
            if replaced is not None and replaced.version != self.version:
                latest = replaced.decisions.select_related("made_by").latest("pk")
                sent_twice = replaced.version == self.version + 1 and latest.made_by_id == user.pk
                if not (sent_twice and latest.after == Made.REJECTED and link.decision == Made.CONFIRMED):
                    raise StaleLink(latest)
                return Decision(link.decisions.latest("pk"), done_already=True)
            if link.decision == Made.CONFIRMED:
                raise ValidationError(_("These two are linked already."), code="other")
            decision = lineage_decide(link, Made.CONFIRMED, user, self.note)
            touched = [link]
            if replaced is not None and replaced.decision != Made.REJECTED:
                lineage_decide(replaced, Made.REJECTED, user, self.note)
                touched.append(replaced)
            links_follow(touched)
        return Decision(decision)

    def _locked(self) -> tuple[MandateLink, MandateLink | None]:
        """The link of the two, one that is not stored where there is none yet, and the one that it replaces."""
        pair = {self.later.pk, self.earlier.pk}
        replaces = self.replaces.pk if self.replaces else None
        rows = MandateLink.objects.select_for_update().order_by("pk")
        locked = list(rows.filter(Q(pk=replaces) | Q(later__in=pair, earlier__in=pair)))
        replaced = next((row for row in locked if row.pk == replaces), None)
        if self.replaces is not None and replaced is None:
            raise MandateLink.DoesNotExist
        if replaced is not None and {replaced.later_id, replaced.earlier_id} == pair:
            raise ValidationError(_("That is the link that is looked at; confirm it."), code="other")
        link = next((row for row in locked if row.pk != replaces), None)
        if link is None:
            link = MandateLink(later=self.later, earlier=self.earlier, decision="")
        if link.kind in ("", MandateLink.Kind.READDRESSED):
            same = session_rank(self.later.document) == session_rank(self.earlier.document)
            link.kind = MandateLink.Kind.PARALLEL if same else MandateLink.Kind.REPEATS
        return link, replaced


def links_follow(links: Iterable[MandateLink]) -> None:
    """Let chains and statuses follow from decisions about links.

    The tracker looks again at the documents of the later ones: where one was rejected, the next best may be it.

    Args:
        links: those that were decided about.
    """
    ends = [(link.later_id, link.earlier_id) for link in links]
    later = Mandate.objects.filter(pk__in=[later for later, _earlier in ends])
    links_refind(documents=later.values_list("document", flat=True))
    chains_refresh(mandates={pk for pair in ends for pk in pair})


def _require_joining(link: MandateLink) -> None:
    if link.kind == MandateLink.Kind.READDRESSED:
        raise ValidationError(
            _("It is asked of another body, which repeats nothing. Choose the mandates to link them all the same."),
            code="readdressed",
        )
