"""Bringing documents by the pages: who may, how much, and how far it is."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mandates import uploads
from mandates.services.importing import document_import
from mandates.tests.factories import make_staff, make_user
from mandates.tests.import_pages import NAME, upload, work_off, zipped
from mandates.tests.imports import SYMBOL, TEXT, bring, everything
from resolutions.models import ImportBatch, ImportRun, SourceFile
from resolutions.services import import_run_fail, import_run_start

pytestmark = pytest.mark.usefixtures("reference_data")

PAGE = "/import/1/preview/1/page/1.png"


class TestWhoMay:
    @pytest.mark.parametrize(
        "path",
        [
            "/import/",
            "/import/command-line/",
            "/import/1/",
            "/import/1/preview/1/",
            "/import/1/preview/1/original",
            PAGE,
        ],
    )
    def test_strangers_sign_in_and_others_are_refused(self, client: Client, path: str) -> None:
        assert client.get(path).headers["Location"].startswith("/accounts/login/")
        client.force_login(make_user(may_decide=True))
        assert client.get(path).status_code == 403

    def test_only_staff_see_the_link(self, client: Client, staff_client: Client) -> None:
        assert b'href="/import/"' not in client.get("/").content
        assert b'href="/import/"' in staff_client.get("/").content

    def test_a_form_from_elsewhere_is_refused(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_staff())
        assert upload(client, (NAME, TEXT.encode())).status_code == 403
        assert not ImportBatch.objects.exists()


class TestBounds:
    def test_no_file(self, staff_client: Client) -> None:
        answer = staff_client.post("/import/", {})
        assert (answer.status_code, b"Choose at least one file." in answer.content) == (422, True)

    def test_too_many(self, staff_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "MOST_FILES", 2)
        answer = upload(staff_client, *[(f"{n}.txt", b"x") for n in range(3)])
        assert answer.status_code == 422
        assert b"These are 3 files; up to 2 can be brought at once" in answer.content

    def test_too_much_together(self, staff_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "MOST_BYTES", 100)
        answer = upload(staff_client, ("a.txt", b"x" * 60), ("b.txt", b"x" * 60))
        assert (answer.status_code, b"Together these are" in answer.content) == (422, True)

    def test_far_too_much_is_not_even_taken_in(self, staff_client: Client) -> None:
        answer = staff_client.post("/import/", data=b"", content_type="multipart/form-data", CONTENT_LENGTH=10**10)
        assert (answer.status_code, b"Together these are" in answer.content) == (413, True)
        assert not ImportBatch.objects.exists()

    def test_one_file_too_large_fails_alone(self, staff_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("resolutions.files.LARGEST_DOCUMENT", 20_000)
        upload(staff_client, ("large.txt", b"x" * 20_001), (NAME, TEXT.encode()))
        states = ImportRun.objects.order_by("pk").values_list("name", "status", "error_code")
        assert list(states) == [("large.txt", "failed", "too_large"), (NAME, "running", "")]
        assert SourceFile.objects.count() == 1


class TestProgress:
    def test_files_of_a_zip_and_beside_it(self, staff_client: Client) -> None:
        packed = zipped(a__txt=TEXT.encode(), b__txt=b"Dear all, lunch is at one.")
        answer = upload(staff_client, ("all.zip", packed), ("empty.txt", b""))
        batch = ImportBatch.objects.get()
        assert answer.headers["Location"] == f"/import/{batch.pk}/"
        page = staff_client.get(f"/import/{batch.pk}/").content.decode()
        assert 'hx-trigger="every 1s"' in page and "waiting its turn" in page
        assert "The file is empty" in page
        work_off()
        page = staff_client.get(f"/import/{batch.pk}/").content.decode()
        assert "hx-trigger" not in page
        assert f"{SYMBOL}: " in page and "(not_a_resolution)" in page
        assert dict(batch.runs.values_list("name", "status")) == {
            "a.txt": "ready",
            "b.txt": "failed",
            "empty.txt": "failed",
        }
        # What failed leaves its run, and no bytes.
        assert SourceFile.objects.get().name == "a.txt"

    def test_polling_stops_when_all_rest(self, staff_client: Client) -> None:
        upload(staff_client, (NAME, TEXT.encode()))
        path = f"/import/{ImportBatch.objects.get().pk}/"
        asked = {"HX-Request": "true", "HX-Target": "progress"}
        answer = staff_client.get(path, headers=asked)
        assert (answer.status_code, b"<h1" in answer.content) == (200, False)
        for one in (answer, staff_client.get(path)):
            assert {"HX-Request", "HX-Target"} <= set(one["Vary"].split(", "))
        work_off()
        assert staff_client.get(path, headers=asked).status_code == 286

    def test_the_same_bytes_need_no_look(self, staff_client: Client) -> None:
        bring()
        before = everything()
        upload(staff_client, (NAME, TEXT.encode()))
        work_off()
        assert ImportRun.objects.latest("pk").status == "unchanged"
        assert everything() == before
        page = staff_client.get(f"/import/{ImportBatch.objects.get().pk}/").content.decode()
        assert f"{SYMBOL}, read before" in page

    def test_past_imports_are_listed(self, staff_client: Client) -> None:
        for _ in range(26):
            upload(staff_client, ("empty.txt", b""))
        assert staff_client.get("/import/").content.count(b'<th scope="row">') == 25
        assert staff_client.get("/import/?page=2").content.count(b'<th scope="row">') == 1

    def test_those_that_run_are_listed_too(self, staff_client: Client) -> None:
        upload(staff_client, (NAME, TEXT.encode()), ("empty.txt", b""))
        page = staff_client.get("/import/").content.decode()
        cells = re.findall(r'data-h="([^"]+)">(\d+)<', page)
        assert dict(cells) == {
            "Files": "2",
            "To look at": "0",
            "At work": "1",
            "Stored": "0",
            "Unchanged": "0",
            "Failed": "1",
            "Left out": "0",
        }

    def test_what_no_worker_begins_is_told(self, staff_client: Client) -> None:
        upload(staff_client, (NAME, TEXT.encode()))
        path = f"/import/{ImportBatch.objects.get().pk}/"
        told = b"Nothing has begun for more than a minute."
        assert told not in staff_client.get(path).content
        ImportRun.objects.update(queued_at=timezone.now() - timedelta(minutes=2))
        assert told in staff_client.get(path).content
        # A worker is busy elsewhere.
        import_run_start(name="other.txt")
        assert told not in staff_client.get(path).content

    def test_two_files_with_one_symbol_are_looked_at(self, staff_client: Client) -> None:
        other = TEXT.replace("ICC-ASP/8/Res.2", "ICC-ASP/8/Res.7").encode()
        upload(
            staff_client,
            (NAME, TEXT.encode()),
            ("again.txt", TEXT.encode() + b"\n"),
            ("a.txt", other),
            ("b.txt", other),
        )
        work_off()
        path = f"/import/{ImportBatch.objects.get().pk}/"
        page = staff_client.get(path).content.decode()
        assert page.count("Another file here has this symbol") == 2
        assert "Store all 2 without warnings" in page
        staff_client.post(path)
        states = dict(ImportRun.objects.values_list("name", "status"))
        assert states == {NAME: "ready", "again.txt": "ready", "a.txt": "storing", "b.txt": "storing"}
        work_off()
        assert sorted(ImportRun.objects.filter(name__in=["a.txt", "b.txt"]).values_list("status", flat=True)) == [
            "new",
            "unchanged",
        ]

    def test_names_are_words_whatever_stands_in_them(self, staff_client: Client) -> None:
        name = "<img src=x onerror=alert(1)>&.txt"
        upload(staff_client, (name, TEXT.encode()), ("x" * 400 + ".txt", TEXT.encode() + b"\n"))
        work_off()
        page = staff_client.get(f"/import/{ImportBatch.objects.get().pk}/").content.decode()
        assert "<img" not in page and "&lt;img src=x onerror=alert(1)&gt;&amp;.txt" in page
        assert max(map(len, ImportRun.objects.values_list("name", flat=True))) <= 255


class TestCommandLine:
    def test_what_it_imported_is_listed_by_itself(self, staff_client: Client) -> None:
        assert b"From the command line" not in staff_client.get("/import/").content
        bring()
        document_import(name="lunch.txt", data=b"Dear all, lunch is at one.")
        page = staff_client.get("/import/").content.decode()
        assert 'href="/import/command-line/"' in page
        assert dict(re.findall(r'data-h="([^"]+)">([1-9]\d*)<', page)) == {"Files": "2", "Stored": "1", "Failed": "1"}
        page = staff_client.get("/import/command-line/").content.decode()
        assert f'href="/resolutions/{SYMBOL}/"' in page and "(not_a_resolution)" in page
        assert "hx-trigger" not in page and "All is done." in page

    def test_what_runs_moves(self, staff_client: Client) -> None:
        run = import_run_start(name="large.pdf")
        page = staff_client.get("/import/command-line/").content.decode()
        assert 'hx-trigger="every 2s"' in page and "reading the file" in page
        asked = {"HX-Request": "true", "HX-Target": "progress"}
        assert staff_client.get("/import/command-line/", headers=asked).status_code == 200
        import_run_fail(run=run, code="x", reason="It broke.", timings={})
        assert staff_client.get("/import/command-line/", headers=asked).status_code == 286

    def test_many_are_paged(self, staff_client: Client, django_assert_max_num_queries: Any) -> None:
        ImportRun.objects.bulk_create(ImportRun(name=f"{n}.txt", status="failed", error="It broke.") for n in range(60))
        with django_assert_max_num_queries(8):
            page = staff_client.get("/import/command-line/").content
        assert page.count(b'<th scope="row"') == 50
        assert staff_client.get("/import/command-line/?page=2").content.count(b'<th scope="row"') == 10
