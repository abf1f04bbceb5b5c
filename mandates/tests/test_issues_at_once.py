"""Issues of one document that are brought at the same moment: one document, all of them in its text."""

from __future__ import annotations

from itertools import permutations

import pytest

from mandates.actions.issues import CheckUnplaced
from mandates.models import Mandate
from mandates.reference_data import bodies_load, topics_load
from mandates.tests.factories import make_staff
from mandates.tests.imports import fulfil
from mandates.tests.issues import CORRIGENDUM, FURTHER, OF_REVISION, ORIGINAL, REVISION, SYMBOL
from mandates.tests.test_import_safety import at_once
from mandates.tests.test_issues import bring, mandate, state
from resolutions.issues_page import unplaced_seen
from resolutions.models import Document, DocumentIssue, IssueCheck
from resolutions.reference_data import sessions_load

pytestmark = pytest.mark.django_db(transaction=True)

FAMILIES = {
    "corrigendum": (ORIGINAL, CORRIGENDUM),
    "two corrigenda": (ORIGINAL, CORRIGENDUM, FURTHER),
    "revision": (ORIGINAL, CORRIGENDUM, REVISION, OF_REVISION),
}


@pytest.fixture(autouse=True)
def reference_data(transactional_db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()


@pytest.mark.parametrize("family", FAMILIES.values(), ids=list(FAMILIES))
def test_all_of_them_are_in_the_text(family: tuple[bytes, ...]) -> None:
    for data in family:
        bring(data)
    wanted = state()
    for order in list(permutations(family))[-2:]:
        DocumentIssue.objects.all().delete()
        Mandate.objects.all().delete()
        Document.objects.all().delete()
        results = at_once(*[lambda data=data: bring(data) for data in order])
        assert [result for result in results if isinstance(result, Exception)] == []
        assert Document.objects.get().symbol == SYMBOL
        assert state() == wanted
    assert not DocumentIssue.objects.filter(state="waiting").exists()


def test_two_corrigenda_of_a_text_on_which_somebody_decided() -> None:
    bring(ORIGINAL)
    change = fulfil(mandate("look into the costs"))
    results = at_once(lambda: bring(CORRIGENDUM), lambda: bring(FURTHER))
    assert sorted(result.status for result in results) == ["changed", "changed"]
    assert list(DocumentIssue.objects.filter(corrigendum__gt=0).values_list("state", "changes")) == [
        ("applied", 2),
        ("applied", 1),
    ]
    row = mandate("look into the costs")
    assert (row.pk, row.label, row.outcome) == (change.mandate_id, "2", "fulfilled")
    assert mandate("to keep every copy").due_session is None


def test_a_list_is_checked_once() -> None:
    bring(ORIGINAL)
    bring(FURTHER)
    issue = DocumentIssue.objects.get(corrigendum=2)
    staff = [make_staff("one"), make_staff("two")]
    seen = unplaced_seen(issue.unplaced)
    results = at_once(*[lambda user=user: CheckUnplaced(issue=issue, seen=seen).execute(user) for user in staff])
    assert sorted(results) == [False, True] and IssueCheck.objects.count() == 1
