"""Nothing is ever stored by half or twice: failures at any write, dry runs, and imports at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection

from mandates.actions.outcomes import MarkFulfilled
from mandates.models import Body, Mandate, OutcomeChange
from mandates.reference_data import bodies_load, topics_load
from mandates.services.importing import document_import
from mandates.tests.factories import make_staff, make_user
from mandates.tests.imports import SHORTER, TEXT, bring, edited, everything, fulfil, mandate
from resolutions.models import Document, ImportRun, SourceFile
from resolutions.reference_data import sessions_load


@pytest.fixture(autouse=True)
def reference_data(db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()


class TestFailure:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            pytest.param(b"", "empty_file", id="empty"),
            pytest.param(b"\x00\x01\x02" * 100, "not_text", id="binary"),
            pytest.param(b"Dear all, lunch is at one.", "not_a_resolution", id="no resolution"),
        ],
    )
    def test_leaves_the_reason_and_nothing_else(self, data: bytes, code: str) -> None:
        before = everything()
        result = document_import(name="a.txt", data=data)
        assert (result.status, result.error_code) == ("failed", code)
        assert everything() == before
        run = ImportRun.objects.get()
        assert (run.status, run.error_code, run.error) == ("failed", code, result.error)
        assert run.finished_at

    def test_of_the_program_is_a_result_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(data: bytes, name: str) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("mandates.services.importing.parse_document", fail)
        assert bring().error_code == "internal_error"

    def test_needs_the_permission(self) -> None:
        with pytest.raises(PermissionDenied):
            bring(user=make_user())
        run = bring(user=make_staff()).run
        assert run and run.started_by and run.started_by.username == "staff"

    def test_dry_run_keeps_nothing(self) -> None:
        before = everything()
        result = bring(dry_run=True)
        assert (result.status, result.counts["mandates"]["new"] > 10) == ("new", True)
        assert everything() == before
        assert not ImportRun.objects.exists()
        bring()
        before = everything()
        assert bring(TEXT + "\n", dry_run=True).status == "changed"
        assert everything() == before

    @pytest.mark.parametrize("known", [False, True], ids=["new document", "changed document"])
    def test_at_any_write_leaves_nothing_behind(self, known: bool) -> None:
        """Every write of an import fails in its turn, until none is left to fail."""
        if known:
            bring()
            fulfil(mandate("body:17:requests:0"))
        text = SHORTER.replace("at its ninth session", "at its tenth session")
        before, failures = everything(), 0
        while True:
            with connection.execute_wrapper(failing_at(failures)):
                result = bring(text)
            if result.status != "failed":
                break
            assert result.error_code == "not_stored"
            assert everything() == before, f"write {failures}"
            failures += 1
        assert failures > 8
        assert result.status == ("changed" if known else "new")


def failing_at(number: int) -> Callable[..., Any]:
    """Let the write with this number fail, not counting those of the row of the run."""
    writes = 0

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal writes
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "resolutions_importrun" not in sql:
            writes += 1
            if writes == number + 1:
                raise DatabaseError("The disk is full")
        return execute(sql, params, many, context)

    return wrapper


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run each in a thread with a connection of its own, all from the same moment."""
    start, results = threading.Barrier(len(works)), []

    def run(work: Callable[[], Any]) -> None:
        try:
            start.wait()
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_same_new_document_is_stored_once(self) -> None:
        Body.objects.all().delete()
        results = at_once(*[bring] * 4)
        assert sorted(result.status for result in results) == ["new", "unchanged", "unchanged", "unchanged"]
        assert (Document.objects.count(), SourceFile.objects.count()) == (1, 1)
        keys = Mandate.objects.values_list("key", flat=True)
        assert len(keys) == len(set(keys))

    def test_two_versions_leave_one_whole(self) -> None:
        texts = [TEXT, edited(("at its ninth session", "at its tenth session"))]
        results = at_once(*[lambda text=text: bring(text) for text in texts])
        assert sorted(result.status for result in results) == ["changed", "new"]
        document = Document.objects.get()
        assert document.source
        wanted = 9 if bytes(document.source.content) == TEXT.encode() else 10
        assert mandate("body:17:requests:0").due_session == wanted

    def test_a_decision_is_never_lost(self) -> None:
        bring()
        row, user = mandate("body:15:calls-upon:0"), make_staff()
        action = MarkFulfilled(mandate=row, version=0, evidence_symbol="ICC-ASP/9/24")
        results = at_once(lambda: bring(SHORTER), lambda: action.execute(user))
        decided = not any(isinstance(result, Mandate.DoesNotExist) for result in results)
        assert Mandate.objects.filter(pk=row.pk, outcome="fulfilled").exists() == decided, [
            str(getattr(r, "args", r)) for r in results if isinstance(r, Exception)
        ]
        assert OutcomeChange.objects.count() == decided
