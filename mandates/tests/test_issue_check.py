"""What could not be made of a corrigendum: somebody looks at it, and it comes back when it says something else."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client

from mandates.actions.issues import CheckUnplaced
from mandates.services.importing import document_import
from mandates.services.rereading import documents_reread
from mandates.tests.factories import make_staff, make_user
from mandates.tests.issues import ARCHIVES, CORRECTIONS, COSTS, ORIGINAL, STUDY, SYMBOL, written
from resolutions.issues_page import unplaced_seen
from resolutions.models import DocumentIssue, IssueCheck

pytestmark = pytest.mark.django_db

PAGE = f"/resolutions/{SYMBOL}/"
CORRIGENDUM = (
    CORRECTIONS.format(symbol=f"{SYMBOL}/Corr.1")
    + "1. Paragraph 9: for “Bureau” read “Court”.\n\n2. Paragraph 2: for “ledger” read “book”.\n"
).encode()
# Says the words of the second instruction twice.
REISSUE = written(ARCHIVES, STUDY.replace("study", "study ledger by ledger"), COSTS, suffix="*")


@pytest.fixture
def issue() -> DocumentIssue:
    for data in (ORIGINAL, CORRIGENDUM):
        document_import(name="archives.txt", data=data)
    return DocumentIssue.objects.get(corrigendum=1)


def send(client: Client, issue: DocumentIssue) -> str:
    """Press the button that the page shows, and give the page that comes."""
    page = client.get(PAGE).content.decode()
    form = re.search(r'action="(/review/issues/\d+/)".*?name="seen" value="(\w+)"', page, re.DOTALL)
    assert form is not None
    answer = client.post(form[1], {"seen": form[2]}, follow=True)
    assert answer.redirect_chain == [(f"{PAGE}#issue-{issue.pk}", 302)]
    return answer.content.decode()


def test_is_checked_with_who_and_when(client: Client, issue: DocumentIssue) -> None:
    staff = make_staff("miriam")
    client.force_login(staff)
    assert "To be checked" in client.get(PAGE).content.decode()
    page = send(client, issue)
    check = IssueCheck.objects.get()
    assert (check.made_by, check.unplaced) == (staff, issue.unplaced) and len(issue.unplaced) == 2
    assert "To be checked" not in page and "Recorded: ICC-ASP/19/Res.8/Corr.1 checked." in page
    assert f"2 changes could not be made; checked by miriam on {check.made_at:%-d %B %Y}" in page
    assert "There is no paragraph 9." in page


def test_stays_checked_when_the_same_comes_again(client: Client, issue: DocumentIssue) -> None:
    client.force_login(make_staff())
    send(client, issue)
    list(documents_reread())
    document_import(name="archives.txt", data=written(ARCHIVES, STUDY, COSTS, suffix="*"))
    assert "To be checked" not in client.get(PAGE).content.decode()


def test_comes_back_where_a_text_changes_what_it_says(client: Client, issue: DocumentIssue) -> None:
    client.force_login(make_staff())
    send(client, issue)
    document_import(name="archives.txt", data=REISSUE)
    page = client.get(PAGE).content.decode()
    assert "To be checked</span> One change could not be made" in page
    assert "The words stand there 2 times" in page
    assert "One change could not be made; checked by staff" in page  # the other one
    page = send(client, issue)
    assert "To be checked" not in page and "2 changes could not be made; checked by" in page
    assert IssueCheck.objects.count() == 2


def test_what_nobody_saw_is_not_checked(client: Client, issue: DocumentIssue) -> None:
    client.force_login(make_staff())
    seen = unplaced_seen(issue.unplaced)
    document_import(name="archives.txt", data=REISSUE)
    page = client.post(f"/review/issues/{issue.pk}/", {"seen": seen}, follow=True).content.decode()
    assert "An import changed what could not be made of ICC-ASP/19/Res.8/Corr.1 meanwhile." in page
    assert not IssueCheck.objects.exists()


def test_the_same_form_twice_is_recorded_once(client: Client, issue: DocumentIssue) -> None:
    client.force_login(make_staff())
    data = {"seen": unplaced_seen(issue.unplaced)}
    client.post(f"/review/issues/{issue.pk}/", data)
    page = client.post(f"/review/issues/{issue.pk}/", data, follow=True).content.decode()
    assert "That was recorded already." in page and IssueCheck.objects.count() == 1


def test_is_for_those_who_may_import(client: Client, issue: DocumentIssue) -> None:
    address, data = f"/review/issues/{issue.pk}/", {"seen": unplaced_seen(issue.unplaced)}
    assert client.post(address, data).headers["Location"].startswith("/accounts/login/")
    client.force_login(make_user("reader", may_decide=True))
    assert client.post(address, data).status_code == 403
    assert "could not be made" not in client.get(PAGE).content.decode()
    action = CheckUnplaced(issue=issue, seen=data["seen"])
    for user in (User.objects.get(username="reader"), make_staff("gone", is_active=False)):
        with pytest.raises(PermissionDenied):
            action.execute(user)
    assert not IssueCheck.objects.exists()
    assert client.post("/review/issues/0/", data).status_code == 403
