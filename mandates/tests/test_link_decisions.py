"""What people decide about links that the tracker itself found, and finds again."""

from __future__ import annotations

from typing import Any

import pytest

from mandates.actions.links import ConfirmLink, RejectLink, RestoreLink
from mandates.models import Mandate, MandateLink
from mandates.services.lineage import lineage_rebuild
from mandates.tests.factories import make_mandate, make_staff
from resolutions.tests.factories import ORDINALS, make_document, make_paragraph, make_session

pytestmark = pytest.mark.django_db

TEXT = "Requests the Court to submit an updated report on cooperation to the Assembly at its {} session;"


@pytest.fixture
def chain() -> list[Mandate]:
    mandates = []
    for number in (17, 18, 20):
        document = make_document(f"ICC-ASP/{number}/Res.2", session=make_session(number))
        paragraph = make_paragraph(document, text=TEXT.format(ORDINALS[number + 1]))
        action = paragraph.text.removeprefix("Requests the Court ").rstrip(";")
        mandates.append(
            make_mandate(paragraph, addressees=["Court"], action=action, clause_end=len(paragraph.text) - 1)
        )
    lineage_rebuild()
    return mandates


def chains() -> list[int | None]:
    return list(Mandate.objects.order_by("pk").values_list("chain", flat=True))


def state(*mandates: Mandate) -> list[Any]:
    return [Mandate.objects.get(pk=mandate.pk).headline_status for mandate in mandates]


def test_rejected_stays_rejected_and_is_found_again_when_taken_back(chain: list[Mandate]) -> None:
    first, middle, last = chain
    assert chains() == [first.pk] * 3
    link = MandateLink.objects.get(later=last, earlier=middle)
    user = make_staff()
    RejectLink(link=link, version=0).execute(user)
    lineage_rebuild()
    link.refresh_from_db()
    assert (link.decision, link.version) == ("rejected", 1)

    for other in MandateLink.objects.filter(later=last).exclude(pk=link.pk):
        RejectLink(link=other, version=0).execute(user)  # the next best took its place
    assert chains() == [first.pk, first.pk, None]
    assert state(first, middle) == ["repeated", "open"]

    RestoreLink(link=link, version=1).execute(user)
    assert MandateLink.objects.get(pk=link.pk).decision == "found"
    assert chains() == [first.pk] * 3
    assert state(first, middle, last) == ["repeated", "repeated", "open"]


def test_confirmed_stays_when_the_words_no_longer_say_so(chain: list[Mandate]) -> None:
    link = MandateLink.objects.get(later=chain[1], earlier=chain[0])
    ConfirmLink(link=link, version=0).execute(make_staff())
    chain[
        1
    ].paragraph.text = "Requests the Court to sell all of its furniture before the end of the year and be done with it;"
    chain[1].paragraph.save()
    lineage_rebuild()
    link.refresh_from_db()
    assert (link.decision, link.version) == ("confirmed", 1)
    assert chains()[:2] == [chain[0].pk] * 2
