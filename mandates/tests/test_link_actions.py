"""Decisions of people about links: who may, what stands afterwards, what the history keeps, and who wins."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from mandates.actions.links import ConfirmLink, LinkAction, LinkMandates, RejectLink, RestoreLink, StaleLink
from mandates.models import LineageDecision, Mandate, MandateLink
from mandates.tests.factories import make_link, make_mandate, make_staff, make_user
from resolutions.tests.factories import make_document, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_new_findings")]


def mandate_of(session: int, **fields: Any) -> Mandate:
    document = make_document(f"ICC-ASP/{session}/Res.2", session=make_session(session))
    return make_mandate(document=document, **fields)


@pytest.fixture
def proposal() -> MandateLink:
    return make_link(mandate_of(20), mandate_of(17), decision="proposed", score=0.8)


def history(link: MandateLink) -> list[tuple[str, str]]:
    return list(link.decisions.values_list("before", "after"))


def status(mandate: Mandate) -> str:
    return Mandate.objects.get(pk=mandate.pk).headline_status


def test_confirmed_counts_as_a_repetition(proposal: MandateLink) -> None:
    user = make_staff()
    decided = ConfirmLink(link=proposal, version=0, note=" The same. ").execute(user)

    proposal.refresh_from_db()
    assert (proposal.decision, proposal.version, status(proposal.earlier)) == ("confirmed", 1, "repeated")
    assert (decided.change.note, decided.change.made_by, decided.done_already) == ("The same.", user, False)
    assert history(proposal) == [("proposed", "confirmed")]


def test_rejected_counts_no_more() -> None:
    link = make_link(mandate_of(20), mandate_of(17, headline_status="repeated"))
    RejectLink(link=link, version=0).execute(make_staff())

    link.refresh_from_db()
    assert (link.decision, status(link.earlier), history(link)) == ("rejected", "open", [("found", "rejected")])


@pytest.mark.parametrize("found", ["found", "proposed"])
def test_taken_back_it_is_as_the_tracker_found_it(found: str) -> None:
    link, user = make_link(mandate_of(20), mandate_of(17), decision=found), make_staff()
    RejectLink(link=link, version=0).execute(user)
    ConfirmLink(link=link, version=1).execute(user)
    RestoreLink(link=link, version=2).execute(user)

    link.refresh_from_db()
    assert (link.decision, link.version) == (found, 3)
    assert history(link) == [(found, "rejected"), ("rejected", "confirmed"), ("confirmed", found)]
    assert status(link.earlier) == ("repeated" if found == "found" else "open")


def test_choosing_another_rejects_what_was_proposed(proposal: MandateLink) -> None:
    other, user = mandate_of(18), make_staff()
    LinkMandates(one=other, other=proposal.later, replaces=proposal, version=0, note="That one.").execute(user)

    proposal.refresh_from_db()
    link = MandateLink.objects.exclude(pk=proposal.pk).get()
    assert (link.later, link.earlier, link.kind, link.score) == (proposal.later, other, "repeats", None)
    assert (history(link), history(proposal)) == ([("", "confirmed")], [("proposed", "rejected")])
    assert (status(other), status(proposal.earlier)) == ("repeated", "open")


def test_two_of_one_session_are_parallel_in_the_order_of_the_text() -> None:
    first, second = mandate_of(20), mandate_of(20)
    LinkMandates(one=first, other=second).execute(make_staff())

    link = MandateLink.objects.get()
    assert (link.later, link.earlier, link.kind) == (second, first, "parallel")


def test_linked_though_asked_of_another_body_and_taken_back() -> None:
    later, earlier, user = mandate_of(20), mandate_of(17), make_staff()
    link = make_link(later, earlier, kind="readdressed", change="readdressed")
    with pytest.raises(ValidationError, match="another body"):
        ConfirmLink(link=link, version=0).execute(user)
    LinkMandates(one=later, other=earlier).execute(user)
    link.refresh_from_db()
    assert (link.kind, link.decision, status(earlier)) == ("repeats", "confirmed", "repeated")

    RestoreLink(link=link, version=1).execute(user)
    link.refresh_from_db()
    assert (link.kind, link.decision, status(earlier)) == ("readdressed", "found", "open")


def test_a_link_made_by_a_person_is_rejected_when_taken_back() -> None:
    user = make_staff()
    decided = LinkMandates(one=mandate_of(20), other=mandate_of(17)).execute(user)
    link = decided.change.link
    assert link is not None
    RestoreLink(link=link, version=1).execute(user)
    assert history(link) == [("", "confirmed"), ("confirmed", "rejected")]
    with pytest.raises(ValidationError, match="never found it"):
        RestoreLink(link=link, version=2).execute(user)


@pytest.mark.parametrize(
    ("action", "decision"), [(ConfirmLink, "confirmed"), (RejectLink, "rejected"), (RestoreLink, "proposed")]
)
def test_nothing_to_decide(action: type[LinkAction], decision: str) -> None:
    link = make_link(mandate_of(20), mandate_of(17), decision=decision)
    with pytest.raises(ValidationError):
        action(link=link, version=0).execute(make_staff())
    assert not LineageDecision.objects.exists()


def test_what_cannot_be_linked(proposal: MandateLink) -> None:
    user, gone = make_staff(), mandate_of(18, in_text=False)
    for one, other, replaces in [
        (proposal.later, proposal.later, None),
        (proposal.later, gone, None),
        (proposal.later, proposal.earlier, proposal),
    ]:
        with pytest.raises(ValidationError):
            LinkMandates(one=one, other=other, replaces=replaces).execute(user)
    ConfirmLink(link=proposal, version=0).execute(user)
    with pytest.raises(ValidationError, match="linked already"):
        LinkMandates(one=proposal.later, other=proposal.earlier).execute(user)
    assert LineageDecision.objects.count() == 1


@pytest.mark.parametrize("person", [{}, {"is_staff": True}, {"may_decide": True, "is_active": False}])
def test_without_the_right(proposal: MandateLink, person: dict[str, Any]) -> None:
    user = make_user("colleague", **person)
    for action in (ConfirmLink, RejectLink, RestoreLink):
        with pytest.raises(PermissionDenied):
            action(link=proposal, version=0).execute(user)
    with pytest.raises(PermissionDenied):
        LinkMandates(one=proposal.later, other=mandate_of(18), replaces=proposal).execute(user)
    assert not LineageDecision.objects.exists()


def test_who_comes_second_is_told_who_came_first(proposal: MandateLink) -> None:
    RejectLink(link=proposal, version=0).execute(make_staff("ana", first_name="Ana", last_name="Diaz"))
    other = mandate_of(18)
    with pytest.raises(StaleLink, match=r"Ana Diaz decided about this link on .*: rejected"):
        ConfirmLink(link=proposal, version=0).execute(make_staff("ben"))
    with pytest.raises(StaleLink, match="Ana Diaz"):
        LinkMandates(one=proposal.later, other=other, replaces=proposal, version=0).execute(make_staff("cleo"))
    assert LineageDecision.objects.count() == 1


def test_the_same_form_twice_is_recorded_once(proposal: MandateLink) -> None:
    user = make_staff()
    for action, version in ((RejectLink, 0), (RestoreLink, 1), (ConfirmLink, 2)):
        assert not action(link=proposal, version=version).execute(user).done_already
        assert action(link=proposal, version=version).execute(user).done_already
    assert LineageDecision.objects.count() == 3


def test_choosing_another_twice_is_recorded_once(proposal: MandateLink) -> None:
    user, other = make_staff(), mandate_of(18)
    done = [
        LinkMandates(one=proposal.later, other=other, replaces=proposal, version=0).execute(user).done_already
        for _ in range(2)
    ]
    assert done == [False, True]
    assert LineageDecision.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once(proposal: MandateLink) -> None:
    users = [make_staff("ana"), make_staff("ben")]
    told: list[str] = []

    def decide(user: Any) -> None:
        try:
            ConfirmLink(link=proposal, version=0).execute(user)
        except StaleLink as stale:
            told.append(str(stale))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert LineageDecision.objects.count() == 1
