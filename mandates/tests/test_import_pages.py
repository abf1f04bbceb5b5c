"""Bringing documents by the pages: who may, how much, and that nothing is stored before somebody looked at it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mandates import uploads
from mandates.models import Mandate
from mandates.reference_data import bodies_load, topics_load
from mandates.services.batches import import_continue
from mandates.tests.factories import make_staff, make_user
from mandates.tests.imports import SYMBOL, TEXT, bring, everything
from resolutions.models import Document, ImportBatch, ImportRun, SourceFile
from resolutions.reading.isolation import Bounds
from resolutions.reference_data import sessions_load
from resolutions.tests.reading.pdf_files import Drawing

NAME = "ICC-ASP-8-Res2-ENG.txt"
PAGE = "/import/1/preview/1/page/1.png"
FORMS = settings.BASE_DIR / "resolutions" / "tests" / "forms" / "published"


@pytest.fixture(autouse=True)
def reference_data(db: None) -> None:
    sessions_load()
    bodies_load()
    topics_load()


@pytest.fixture
def staff_client(db: None) -> Client:
    client = Client()
    client.force_login(make_staff())
    return client


def upload(client: Client, *files: tuple[str, bytes]) -> Any:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post("/import/", {"files": sent})


def zipped(**entries: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "."), data)
    return packed.getvalue()


def work_off() -> None:
    for run in ImportRun.objects.filter(status__in=ImportRun.AT_WORK):
        import_continue(run_id=run.pk)


def ready(client: Client, text: str = TEXT) -> ImportRun:
    upload(client, (NAME, text.encode()))
    work_off()
    run = ImportRun.objects.latest("pk")
    assert run.status == "ready", run.error
    return run


def preview(run: ImportRun) -> str:
    return f"/import/{run.batch_id}/preview/{run.pk}/"


def decide(client: Client, run: ImportRun, do: str, **fields: str) -> Any:
    return client.post(preview(run), {"do": do, **fields}, follow=True)


def header(**fields: str) -> dict[str, str]:
    return {
        "symbol": SYMBOL,
        "kind": "resolution",
        "title": "Cooperation",
        "session": "8",
        "adopted": "2009-11-26",
        "distributed": "",
        "meeting": "8th plenary meeting",
        "mode": "by consensus",
    } | fields


class TestWhoMay:
    @pytest.mark.parametrize(
        "path", ["/import/", "/import/1/", "/import/1/preview/1/", "/import/1/preview/1/original", PAGE]
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


class TestPreview:
    def test_nothing_is_stored_before(self, staff_client: Client) -> None:
        run = ready(staff_client)
        page = staff_client.get(preview(run)).content.decode()
        assert 'class="m-verb"' in page and 'class="m-due"' in page
        assert "operative paragraphs" in page
        assert not Document.objects.exists() and not Mandate.objects.exists()

    def test_every_line_of_the_file_stands_there_once(self, staff_client: Client) -> None:
        from mandates.import_page import preview_of
        from mandates.pipeline import parse_document

        parsed = parse_document(TEXT.encode(), NAME)
        rows = preview_of(parsed).rows
        assert sum(len(row.original) for row in rows) == len(parsed.blocks)
        assert sum(len(row.read) for row in rows) == len(parsed.record.paragraphs)
        assert len(rows) > len(parsed.record.paragraphs) / 2

    def test_stored(self, staff_client: Client) -> None:
        run = ready(staff_client)
        answer = decide(staff_client, run, "store")
        assert b"is being stored" in answer.content
        work_off()
        run.refresh_from_db()
        assert (run.status, run.document.symbol, run.counts["mandates"]["new"] > 10) == ("new", SYMBOL, True)  # type: ignore[union-attr]
        assert Mandate.objects.filter(document__symbol=SYMBOL).count() == run.counts["mandates"]["found"]

    def test_left_out(self, staff_client: Client) -> None:
        run = ready(staff_client)
        decide(staff_client, run, "discard")
        work_off()
        run.refresh_from_db()
        assert run.status == "discarded"
        assert not Document.objects.exists() and not SourceFile.objects.exists()

    def test_decided_twice(self, staff_client: Client) -> None:
        run = ready(staff_client)
        decide(staff_client, run, "store")
        answer = decide(staff_client, run, "discard")
        assert b"Somebody decided about this file already." in answer.content
        work_off()
        assert Document.objects.count() == 1

    def test_all_without_warnings(self, staff_client: Client) -> None:
        odd = TEXT.replace("\n16. ", "\n17. ", 1).encode()
        upload(staff_client, (NAME, TEXT.encode()), ("odd.txt", odd.replace(b"ICC-ASP/8/Res.2", b"ICC-ASP/8/Res.9")))
        work_off()
        clean, warned = ImportRun.objects.order_by("pk")
        ImportRun.objects.filter(pk=clean.pk).update(warnings=[])
        ImportRun.objects.filter(pk=warned.pk).update(warnings=["Paragraph 16 is missing."])
        answer = staff_client.post(f"/import/{clean.batch_id}/", follow=True)
        assert b"One document is being stored." in answer.content
        clean.refresh_from_db()
        warned.refresh_from_db()
        assert (clean.status, warned.status) == ("storing", "ready")


class TestForms:
    @pytest.mark.parametrize("form", ["pdf", "docx"])
    def test_published_ones(self, staff_client: Client, form: str) -> None:
        name = f"ICC-ASP-8-Res2-ENG.{form}"
        upload(staff_client, (name, (FORMS / name).read_bytes()))
        work_off()
        run = ImportRun.objects.get()
        page = staff_client.get(preview(run)).content.decode()
        assert ("Page 2" in page) == (form == "pdf")
        decide(staff_client, run, "store")
        work_off()
        assert Document.objects.get().symbol == SYMBOL
        answer = staff_client.get(f"/resolutions/{SYMBOL}/original")
        assert answer["Content-Type"] == Document.objects.get().source.media_type  # type: ignore[union-attr]
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


class TestPagesOfAPdf:
    @pytest.fixture
    def run(self, staff_client: Client) -> ImportRun:
        drawing = Drawing()
        for line in TEXT.splitlines()[:60]:
            drawing.line(line[:90])
        drawing.page()  # a page without words
        drawing.canvas.setFillColorRGB(1, 0, 0)
        drawing.canvas.rect(0, 0, 612, 792, fill=1)
        drawing.canvas.setPageSize((792, 396))
        drawing.canvas.showPage()
        drawing.canvas.setFillColorRGB(0, 0, 0)
        drawing.height = 390
        for line in TEXT.splitlines()[60:90]:
            drawing.line(line[:90])
        upload(staff_client, ("drawn.pdf", drawing.data()))
        work_off()
        run = ImportRun.objects.get()
        assert run.status == "ready", run.error
        return run

    def test_stand_beside_what_begins_on_them_and_their_text(self, staff_client: Client, run: ImportRun) -> None:
        page = staff_client.get(preview(run)).content.decode()
        sizes = [(900, 1165), (900, 450), (900, 450)]
        for number, (width, height) in enumerate(sizes, start=1):
            assert f'src="{preview(run)}page/{number}.png" alt="Page {number} of the file" width="{width}" ' in page
            assert f'height="{height}" loading="lazy"' in page
        assert page.count("<img ") == page.count("as text</summary>") == 3
        assert page.count("No text was found on this page.") == 1

    def test_nothing_is_lost_by_page(self) -> None:
        from mandates.import_page import preview_of
        from mandates.pipeline import parse_document
        from resolutions.reading.pages import page_sizes

        data = (FORMS / "ICC-ASP-20-Res2-ENG.pdf").read_bytes()
        parsed = parse_document(data, "ICC-ASP-20-Res2-ENG.pdf")
        rows = preview_of(parsed, page_sizes(data)).rows
        assert sum(len(row.original) for row in rows) == len(parsed.blocks)
        assert [p.anchor for row in rows for p in row.read] == [
            p.anchor for row in preview_of(parsed).rows for p in row.read
        ]
        assert len(rows) == max(block.page or 0 for block in parsed.blocks)
        assert all(row.read for row in rows)

    def test_the_right_one_is_drawn(self, staff_client: Client, run: ImportRun) -> None:
        answer = staff_client.get(f"{preview(run)}page/2.png")
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert (picture.size, picture.getpixel((450, 225))) == ((900, 450), (255, 0, 0))
        with Image.open(io.BytesIO(staff_client.get(f"{preview(run)}page/1.png").content)) as picture:
            assert (picture.size, picture.getpixel((2, 2))) == ((900, 1165), (255, 255, 255))
            assert picture.convert("L").getextrema()[0] < 60  # type: ignore[operator]

    def test_is_kept_by_one_browser_which_asks_again(self, staff_client: Client, run: ImportRun) -> None:
        path = f"{preview(run)}page/1.png"
        answer = staff_client.get(path)
        assert answer["Cache-Control"] == "private, no-cache"
        assert run.source is not None and answer["ETag"] == f'"{run.source.sha256}"'
        again = staff_client.get(path, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
        assert Client().get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 302

    @pytest.mark.parametrize("number", ["0", "4", "1501", "9" * 4000, "-1", "x"])
    def test_there_are_no_others(self, staff_client: Client, run: ImportRun, number: str) -> None:
        assert staff_client.get(f"{preview(run)}page/{number}.png").status_code == 404

    def test_nor_of_another_import(self, staff_client: Client, run: ImportRun) -> None:
        assert staff_client.get(f"/import/{run.batch_id}0/preview/{run.pk}/page/1.png").status_code == 404

    def test_other_forms_have_none(self, staff_client: Client) -> None:
        run = ready(staff_client)
        assert b"<img " not in staff_client.get(preview(run)).content
        assert staff_client.get(f"{preview(run)}page/1.png").status_code == 404

    def test_what_cannot_be_drawn_says_so_and_its_text_remains(
        self, staff_client: Client, run: ImportRun, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("resolutions.reading.pages.BOUNDS", Bounds(result=10))
        answer = staff_client.get(f"{preview(run)}page/1.png")
        assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain")
        page = staff_client.get(preview(run)).content.decode()
        assert "<img " not in page and 'class="page-no"' in page


class TestCorrection:
    def test_holds_for_this_and_later_imports(self, staff_client: Client) -> None:
        run = ready(staff_client)
        given = header(title="Working together", adopted="2009-11-25", meeting="")
        assert b"The head is corrected" in decide(staff_client, run, "correct", **given).content
        assert b"Working together" in staff_client.get(preview(run)).content
        assert not Document.objects.exists()
        decide(staff_client, run, "store")
        work_off()
        for text in (TEXT, TEXT + "\n"):
            bring(text, reread=True)
            document = Document.objects.get()
            assert (document.title, str(document.adopted), document.meeting) == ("Working together", "2009-11-25", "")
        run = ready(staff_client, TEXT + "\n\n")
        assert b"Working together" in staff_client.get(preview(run)).content

    def test_of_the_symbol_moves_the_keys_and_holds_for_these_bytes(self, staff_client: Client) -> None:
        run = ready(staff_client)
        decide(staff_client, run, "correct", **header(symbol="ICC-ASP/8/ Res.7"))
        decide(staff_client, run, "store")
        work_off()
        assert Document.objects.get().symbol == "ICC-ASP/8/Res.7"
        assert not Mandate.objects.exclude(key__startswith="ICC-ASP/8/Res.7:").exists()
        assert bring(reread=True).symbol == "ICC-ASP/8/Res.7"
        # Other bytes that print the symbol are the document that has it.
        assert bring(TEXT + "\n").symbol == SYMBOL

    def test_of_the_kind_makes_proposals_of_mandates(self, staff_client: Client) -> None:
        run = ready(staff_client)
        decide(staff_client, run, "correct", **header(kind="report"))
        decide(staff_client, run, "store")
        work_off()
        assert set(Mandate.objects.values_list("proposed", flat=True)) == {True}

    def test_back_to_the_print_is_none(self, staff_client: Client) -> None:
        from mandates.services.batches import import_parse
        from resolutions.corrections import header_of

        run = ready(staff_client)
        decide(staff_client, run, "correct", **header(title="Other"))
        run.refresh_from_db()
        decide(staff_client, run, "correct", **header_of(import_parse(run=run, as_printed=True).record))
        run.refresh_from_db()
        assert run.corrections == {}

    @pytest.mark.parametrize(
        ("field", "value"), [("symbol", "cooperation"), ("symbol", ""), ("adopted", "soon"), ("session", "x")]
    )
    def test_what_makes_no_sense_comes_back(self, staff_client: Client, field: str, value: str) -> None:
        run = ready(staff_client)
        answer = decide(staff_client, run, "correct", **header(**{field: value}))
        assert (answer.status_code, b"Nothing was corrected yet" in answer.content) == (422, True)
        run.refresh_from_db()
        assert run.corrections is None

    def test_a_document_without_symbol_needs_one(self, staff_client: Client) -> None:
        text = TEXT.replace("ICC-ASP/8/Res.2", "").replace("Resolution ", "", 1)
        upload(staff_client, ("scan.txt", text.encode()))
        work_off()
        run = ImportRun.objects.get()
        assert (run.status, run.symbol) == ("ready", "")
        assert b"It needs a symbol" in decide(staff_client, run, "store").content
        decide(staff_client, run, "correct", **header())
        decide(staff_client, run, "store")
        work_off()
        assert Document.objects.get().symbol == SYMBOL


class TestOriginal:
    def test_byte_for_byte_and_never_shown_as_a_page(self, client: Client, staff_client: Client) -> None:
        run = ready(staff_client, TEXT)
        bring()
        for answer in (
            client.get(f"/resolutions/{SYMBOL}/original"),
            staff_client.get(f"{preview(run)}original"),
        ):
            assert b"".join(answer.streaming_content) == TEXT.encode()
            assert answer["Content-Type"] == "text/plain"
            assert answer["Content-Disposition"] == f'attachment; filename="{NAME}"'
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer["Content-Security-Policy"]

    def test_is_found_by_other_spellings_and_missing_where_there_is_none(self, client: Client) -> None:
        bring()
        Document.objects.create(symbol="ICC-ASP/8/Res.3", kind="resolution")
        assert client.get("/resolutions/ICC-ASP-8/Res.2/original").status_code == 200
        for symbol in ("ICC-ASP/8/Res.3", "ICC-ASP/8/Res.4", "original", "%00"):
            assert client.get(f"/resolutions/{symbol}/original").status_code == 404
        assert f'href="/resolutions/{SYMBOL}/original"' in client.get(f"/resolutions/{SYMBOL}/").content.decode()
