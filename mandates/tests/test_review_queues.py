"""The queues of flagged mandates, failed imports, corrigenda and citations: one after the other, without leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mandates.actions.citations import CheckCitation
from mandates.models import CitationCheck, Mandate, OutcomeChange
from mandates.services.batches import import_retry
from mandates.services.importing import document_import
from mandates.tests.factories import make_mandate, make_outcome_change, make_reference, make_staff, make_user
from mandates.tests.import_pages import upload, work_off
from mandates.tests.imports import TEXT
from mandates.tests.issues import CORRECTIONS, ORIGINAL, SYMBOL
from resolutions.issues_page import unplaced_seen
from resolutions.models import DocumentIssue, ImportRun, IssueCheck, Paragraph, SourceFile
from resolutions.tests.factories import make_document, make_paragraph, make_session

pytestmark = pytest.mark.django_db

FLAGGED, FAILED, CORRIGENDA, CITATIONS = (
    f"/review/{name}/" for name in ("flagged", "failed-imports", "corrigenda", "references")
)


@pytest.fixture
def staff(client: Client) -> Any:
    user = make_staff()
    client.force_login(user)
    return user


def content(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def flag(session: int, body: str = "Bureau", **fields: Any) -> Mandate:
    document = make_document(f"ICC-ASP/{session}/Res.2", session=make_session(session))
    mandate = make_mandate(document=document, addressees=[body], **fields)
    if not mandate.proposed:
        make_outcome_change(mandate)
    Mandate.objects.filter(pk=mandate.pk).update(flag=f"21 November 2026: Session {session} says otherwise.")
    mandate.refresh_from_db()
    return mandate


def fail(client: Client, name: str, data: bytes = b"\x00\x01\x02" * 100) -> ImportRun:
    upload(client, (name, data))
    work_off()
    return ImportRun.objects.get(name=name)


def corrigenda() -> list[DocumentIssue]:
    document_import(name="archives.txt", data=ORIGINAL)
    for number in (1, 2):
        said = CORRECTIONS.format(symbol=f"{SYMBOL}/Corr.{number}") + f"1. Paragraph 9{number}: for “a” read “b”.\n"
        document_import(name=f"corrigendum {number}.txt", data=said.encode())
    return list(DocumentIssue.objects.exclude(corrigendum=0).order_by("corrigendum"))


def cite(*symbols: str) -> None:
    for number, symbol in enumerate(symbols):
        for _place in range(len(symbols) - number):
            paragraph = make_paragraph(make_document(), str(100 + Paragraph.objects.count()))
            make_reference(paragraph, symbol, state="unresolved")


def make_each(client: Client) -> None:
    flag(19)
    flag(20)
    fail(client, "one.txt")
    fail(client, "two.txt")
    corrigenda()
    cite("ICC-ASP/1/9", "ICC-ASP/1/10")


@pytest.mark.parametrize(
    ("queue", "may"), [(FLAGGED, "decide"), (FAILED, "import"), (CORRIGENDA, "import"), (CITATIONS, "import")]
)
def test_who_is_let_in(client: Client, staff: Any, queue: str, may: str) -> None:
    make_each(client)
    first = client.get(queue).content.decode().partition("<tbody>")[2].partition('href="')[2].partition('"')[0]
    assert first.startswith(queue) and client.get(first).status_code == 200
    allowed, other = {"may_decide": may == "decide"}, {"may_decide": may == "import"}
    people: list[tuple[Any, int]] = [
        (None, 302),
        (make_user("reader"), 403),
        (make_user("other", **other, may_import=may == "decide"), 403),
        (make_user("allowed", **allowed, may_import=may == "import"), 200),
    ]
    for person, status in people:
        client.logout()
        if person is not None:
            client.force_login(person)
        for path in (queue, first):
            assert client.get(path).status_code == status
        if status != 200:
            assert client.post(first, {"do": "check"}).status_code == status
    assert client.get(f"{queue}99999/").status_code == 404
    assert client.post(first, {"do": "nonsense"}).status_code == 404


@pytest.mark.parametrize("queue", [FLAGGED, FAILED, CORRIGENDA, CITATIONS])
def test_an_empty_queue_says_what_brings_something_there(client: Client, staff: Any, queue: str) -> None:
    assert "Nothing waits." in content(client.get(queue))


def test_flagged_mandates_are_reviewed_one_after_the_other(client: Client, staff: Any) -> None:
    first, second, third = flag(18), flag(19), flag(20)
    page = content(client.get(f"{FLAGGED}{second.pk}/"))
    assert "2 of 3" in page and "Session 19 says otherwise." in page and second.paragraph.text in page
    assert f'rel="prev" href="{FLAGGED}{first.pk}/"' in page and f'rel="next" href="{FLAGGED}{third.pk}/"' in page
    data = {"do": "review", "version": "1", "note": "Still the same."}
    answer = client.post(f"{FLAGGED}{second.pk}/", data)
    assert answer["Location"] == f"{FLAGGED}{third.pk}/"
    assert "2 of 2" in content(client.get(answer["Location"]))
    second.refresh_from_db()
    change = OutcomeChange.objects.get(kind="reviewed")
    assert (second.flag, change.mandate, change.made_by) == ("", second, staff)
    assert "Session 19 says otherwise." in change.note and "Still the same." in change.note
    assert client.post(f"{FLAGGED}{third.pk}/?session=20", data)["Location"] == f"{FLAGGED}?session=20"
    answer = client.get(FLAGGED)
    assert [mandate.pk for mandate in answer.context["rows"]] == [first.pk]


def test_flagged_mandates_are_narrowed(client: Client, staff: Any) -> None:
    flag(18), flag(19, "Court")
    for query, found in (
        ("", 2),
        ("?session=18", 1),
        ("?body=court", 1),
        ("?body=court&session=18", 0),
        ("?body=x", 2),
    ):
        assert client.get(FLAGGED + query).context["page"].paginator.count == found
    assert "Nothing is like that." in content(client.get(f"{FLAGGED}?body=court&session=18"))


def test_a_flag_on_text_that_is_only_proposed_now_can_be_taken_away(client: Client, staff: Any) -> None:
    mandate = flag(18, proposed=True)
    assert "Checked: take the flag away" in content(client.get(mandate.get_absolute_url()))
    assert client.post(f"{FLAGGED}{mandate.pk}/", {"do": "review", "version": "0"}).status_code == 302
    mandate.refresh_from_db()
    assert (mandate.flag, mandate.outcome, mandate.outcome_version) == ("", "open", 1)


@pytest.mark.parametrize(("data", "status"), [({"version": "x"}, 422), ({}, 422), ({"version": "0"}, 409)])
def test_a_review_that_is_not_taken(client: Client, staff: Any, data: dict[str, str], status: int) -> None:
    mandate = flag(
        18,
    )
    answer = client.post(f"{FLAGGED}{mandate.pk}/", {"do": "review", "note": "Kept as typed."} | data)
    assert answer.status_code == status and "Kept as typed." in content(answer)
    mandate.refresh_from_db()
    assert mandate.flag


def test_to_the_page_of_the_mandate_and_back(client: Client, staff: Any) -> None:
    mandate = flag(18)
    here = f"{FLAGGED}{mandate.pk}/?session=18"
    page = client.get(here).content.decode()
    assert "\">The mandate's page" in page
    there = page.partition("\">The mandate's page")[0].rpartition('href="')[2].replace("&amp;", "&")
    page = client.get(there).content.decode()
    assert f'id="back-to-queue" href="{here}"' in page
    form = page.partition("reopen/?queue=")[2].partition('"')[0]
    answer = client.post(
        f"/mandates/outcome/{mandate.key}/reopen/?queue={form}", {"version": "1", "note": "It does not hold."}
    )
    assert f'id="back-to-queue" href="{here}"' in client.get(answer["Location"]).content.decode()
    for foreign in ("https://example.org/review/", "//example.org/review/", "/mandates/", "javascript:alert(1)", "\0"):
        assert "back-to-queue" not in client.get(mandate.get_absolute_url(), {"queue": foreign}).content.decode()


def test_failed_imports_are_set_aside_one_after_the_other(client: Client, staff: Any) -> None:
    older, newer = fail(client, "older.txt"), fail(client, "newer.txt")
    page = content(client.get(f"{FAILED}{newer.pk}/"))
    assert "1 of 2" in page and newer.error in page and 'value="again"' not in page and 'href="/import/"' in page
    answer = client.post(f"{FAILED}{newer.pk}/", {"do": "discard"})
    assert answer["Location"] == f"{FAILED}{older.pk}/"
    newer.refresh_from_db()
    assert (newer.status, newer.left_out_by) == ("discarded", staff)
    assert client.post(f"{FAILED}{newer.pk}/", {"do": "discard"}).status_code == 404
    answer = client.post(f"{FAILED}{older.pk}/", {"do": "again"})
    assert answer.status_code == 422 and "bring the file once more" in content(answer)
    assert client.post(f"{FAILED}{older.pk}/", {"do": "discard"})["Location"] == FAILED


def test_what_the_program_failed_on_is_tried_again(
    client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("mandates.services.batch_previews.parse_document", lambda *_a, **_k: 1 / 0)
        run = fail(client, "res.txt", TEXT.encode())
    assert (run.status, run.error_code) == ("failed", "internal_error") and SourceFile.objects.exists()
    assert 'value="again"' in content(client.get(f"{FAILED}{run.pk}/"))
    with django_capture_on_commit_callbacks() as sent:
        client.post(f"{FAILED}{run.pk}/", {"do": "again"})
    assert len(sent) == 1
    run.refresh_from_db()
    assert (run.status, run.error) == ("running", "")
    with pytest.raises(ValidationError):
        import_retry(run=run, user=staff)
    work_off()
    run.refresh_from_db()
    assert run.status == "ready" and not client.get(FAILED).context["rows"]
    with pytest.raises(PermissionDenied):
        import_retry(run=run, user=make_user())


def test_bytes_go_when_a_file_is_set_aside(client: Client, staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mandates.services.batch_previews.parse_document", lambda *_a, **_k: 1 / 0)
    run = fail(client, "res.txt", TEXT.encode())
    client.post(f"{FAILED}{run.pk}/", {"do": "discard"})
    assert not SourceFile.objects.exists()


def test_corrigenda_are_checked_one_after_the_other(client: Client, staff: Any) -> None:
    first, second = corrigenda()
    page = content(client.get(f"{CORRIGENDA}{first.pk}/"))
    assert "1 of 2" in page and "There is no paragraph 91." in page
    answer = client.post(f"{CORRIGENDA}{first.pk}/", {"do": "check", "seen": "another"})
    assert answer.status_code == 422 and "Look at it again" in content(answer)
    data = {"do": "check", "seen": unplaced_seen(first.unplaced)}
    assert client.post(f"{CORRIGENDA}{first.pk}/", data)["Location"] == f"{CORRIGENDA}{second.pk}/"
    assert IssueCheck.objects.get().issue == first
    assert [row.row for row in client.get(CORRIGENDA).context["rows"]] == [second]


def test_citations_are_checked_one_after_the_other(client: Client, staff: Any) -> None:
    cite("ICC-ASP/1/9", "ICC-ASP/1/10", "ICC-ASP/1/11")
    here = f"{CITATIONS}unresolved/ICC-ASP/1/10/"
    page = content(client.get(here))
    assert "2 of 3" in page and "Cited in 2 paragraphs" in page and '<mark class="m-said">' in page
    assert f'rel="prev" href="{CITATIONS}unresolved/ICC-ASP/1/9/"' in page
    answer = client.post(here, {"do": "check", "note": "A slip of the pen."})
    assert answer["Location"] == f"{CITATIONS}unresolved/ICC-ASP/1/11/"
    check = CitationCheck.objects.get()
    assert (check.symbol, check.state, check.note, check.made_by) == (
        "ICC-ASP/1/10", "unresolved", "A slip of the pen.", staff,
    )  # fmt: skip
    assert [row.symbol for row in client.get(CITATIONS).context["rows"]] == ["ICC-ASP/1/9", "ICC-ASP/1/11"]
    assert client.get(CITATIONS).context["total"] == 2
    assert [row.symbol for row in client.get(f"{CITATIONS}?show=checked").context["rows"]] == ["ICC-ASP/1/10"]
    page = content(client.get(f"{here}?show=checked"))
    assert "A slip of the pen." in page and "Let it wait again" in page
    client.post(f"{here}?show=checked", {"do": "restore"})
    assert [row.symbol for row in client.get(CITATIONS).context["rows"]][1] == "ICC-ASP/1/10"


def test_a_citation_waits_again_when_something_else_hinders(client: Client, staff: Any) -> None:
    cite("ICC-ASP/1/9")
    check = CheckCitation(symbol="ICC-ASP/1/9", state="unresolved")
    assert check.execute(staff) and not check.execute(staff)
    assert not client.get(CITATIONS).context["rows"]
    make_reference(make_paragraph(make_document(), "77"), "ICC-ASP/1/9", state="known")
    assert [row.state for row in client.get(CITATIONS).context["rows"]] == ["known"]
    with pytest.raises(ValidationError, match="An import changed that"):
        CheckCitation(symbol="ICC-ASP/1/9", state="ambiguous").execute(staff)
    with pytest.raises(PermissionDenied):
        check.execute(make_user("reader", may_decide=True))


def test_queries_do_not_grow(client: Client, staff: Any) -> None:
    counts = []
    for start in (1, 11):
        for number in range(start, start + 5):
            flag(number)
            fail(client, f"{number}.txt")
        cite(*(f"ICC-ASP/{start}/{number}" for number in range(5)))
        queries = []
        for queue in (FLAGGED, FAILED, CITATIONS, "/review/"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(queue).status_code == 200
            queries.append(len(captured))
        counts.append(queries)
    assert counts[0] == counts[1] and max(counts[0]) <= 20, counts
