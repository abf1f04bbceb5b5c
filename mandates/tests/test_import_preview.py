"""Looking at a document before it is stored: its text, its pages, its warnings, and correcting its head."""

from __future__ import annotations

import io
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import strip_tags
from PIL import Image

from mandates.import_page import preview_of
from mandates.models import Mandate
from mandates.pipeline import parse_document
from mandates.services.batch_previews import import_parse
from mandates.services.importing import document_import
from mandates.tests.import_pages import NAME, decide, header, preview, ready, upload, work_off
from mandates.tests.imports import SHORTER, SYMBOL, TEXT, bring
from mandates.tests.issues import CORRIGENDUM, FURTHER, ORIGINAL, REVISION, SECOND
from resolutions.corrections import header_of
from resolutions.models import Document, DocumentIssue, ImportRun, SourceFile
from resolutions.reading.isolation import Bounds
from resolutions.reading.pages import page_sizes
from resolutions.tests.reading.pdf_files import Drawing

pytestmark = pytest.mark.usefixtures("reference_data")

FORMS = settings.BASE_DIR / "resolutions" / "tests" / "forms" / "published"


class TestPreview:
    def test_nothing_is_stored_before(self, staff_client: Client) -> None:
        run = ready(staff_client)
        page = staff_client.get(preview(run)).content.decode()
        assert 'class="m-verb"' in page and 'class="m-due"' in page
        assert "operative paragraphs" in page
        assert not Document.objects.exists() and not Mandate.objects.exists()

    def test_every_line_of_the_file_stands_there_once(self, staff_client: Client) -> None:
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
        assert (run.status, run.document) == ("new", Document.objects.get(symbol=SYMBOL))
        assert run.counts["mandates"]["new"] > 10
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
        assert b"Somebody decided about this file already: being stored." in answer.content
        work_off()
        assert Document.objects.count() == 1

    @pytest.mark.parametrize(
        ("do", "said"), [("store", "was already given to be stored"), ("discard", "was already left out")]
    )
    def test_the_same_decision_twice_is_no_surprise(self, staff_client: Client, do: str, said: str) -> None:
        run = ready(staff_client)
        decide(staff_client, run, do)
        page = decide(staff_client, run, do).content.decode()
        assert said in page and "Somebody decided" not in page

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


TABLES = settings.BASE_DIR / "resolutions" / "tests" / "structure" / "documents" / "budget_tables.txt"


class TestWarnings:
    def test_lead_to_their_paragraph_and_stand_beside_it(self, staff_client: Client) -> None:
        run = ready(staff_client, SHORTER)
        page = staff_client.get(preview(run)).content.decode()
        [gap] = run.warnings
        assert gap == "Paragraph 15 is missing before paragraph 16."
        assert f'{gap} <a href="#body-16">Paragraph 16</a>' in page
        beside = page.partition('id="body-16"')[2].partition('class="text"')[0]
        assert f'<div class="warn"><p>{gap}</p>' in beside
        assert page.count('class="warn"') == 1

    def test_lead_from_one_to_the_next_and_back(self, staff_client: Client) -> None:
        run = ready(staff_client, TABLES.read_text(encoding="utf-8"))
        page = staff_client.get(preview(run)).content.decode()
        assert "2 paragraphs could not be placed: kept as printed, unclassified." in run.warnings
        jumps = re.findall(r'<p class="jump">(.*?)</p>', page)
        back = '<a href="#h-warnings">All warnings</a>'
        assert jumps == [
            f'<a href="#body-unnumbered.2">Next warning</a> {back}',
            f'<a href="#body-unnumbered.1">Previous warning</a> {back}',
        ]
        for anchor in ("body-unnumbered.1", "body-unnumbered.2", "h-warnings"):
            assert page.count(f'id="{anchor}"') == 1

    def test_of_the_head_lead_to_their_field(self, staff_client: Client) -> None:
        run = ready(staff_client, TEXT.replace(SYMBOL, "ICC-ASP/77/Res.2"))
        page = staff_client.get(preview(run)).content.decode()
        assert 'The session 77 is not in the table of sessions. <a href="#header-session">Correct it</a>' in page
        assert 'id="header-session"' in page and '<details class="act" open>' in page

    def test_a_number_that_comes_twice(self, staff_client: Client) -> None:
        again = TEXT[TEXT.index("\n15. ") : TEXT.index("\n16. ")]
        run = ready(staff_client, TEXT.replace("\n16. ", f"{again}\n16. ", 1))
        page = staff_client.get(preview(run)).content.decode()
        assert run.warnings == ["Paragraph 15 is printed twice."]
        assert 'twice. <a href="#body-15-2">Paragraph 15, printed again</a>' in page
        decide(staff_client, run, "store")
        work_off()
        run.refresh_from_db()
        assert run.warnings == ["Paragraph 15 is printed twice."]

    def test_a_document_without_any(self, staff_client: Client) -> None:
        page = staff_client.get(preview(ready(staff_client))).content.decode()
        assert "No warnings" in page and 'class="warn"' not in page


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
        assert answer["Content-Type"] == Document.objects.get().source.media_type  # type: ignore[union-attr]  # it has one
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
        data = (FORMS / "ICC-ASP-20-Res2-ENG.pdf").read_bytes()
        parsed = parse_document(data, "ICC-ASP-20-Res2-ENG.pdf")
        rows = preview_of(parsed, page_sizes(data)).rows
        assert sum(len(row.original) for row in rows) == len(parsed.blocks)
        assert [p.anchor for row in rows for p in row.read] == [
            p.anchor for row in preview_of(parsed).rows for p in row.read
        ]
        assert len(rows) == max(block.page or 0 for block in parsed.blocks)
        assert all(row.read for row in rows)

    def test_a_paragraph_that_runs_on_stands_beside_each(self) -> None:
        data = (FORMS / "ICC-ASP-16-17-ENG.pdf").read_bytes()
        rows = preview_of(parse_document(data, "ICC-ASP-16-17-ENG.pdf"), page_sizes(data)).rows
        crossing = [(page, one.continues) for page, row in enumerate(rows, 1) for one in row.read if one.continues]
        assert crossing
        for page, last in crossing:
            assert last == page + 1
        assert [page for page, row in enumerate(rows, 1) if row.continued] == [last for _, last in crossing]
        for page, last in crossing:
            [one] = rows[last - 1].continued
            shown = strip_tags(one.html).split()
            # Its last words are not on the page where it begins.
            assert " ".join(shown[-3:]) not in " ".join(line.html for line in rows[page - 1].original)

    def test_the_right_one_is_drawn(self, staff_client: Client, run: ImportRun) -> None:
        answer = staff_client.get(f"{preview(run)}page/2.png")
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert (picture.size, picture.getpixel((450, 225))) == ((900, 450), (255, 0, 0))
        with Image.open(io.BytesIO(staff_client.get(f"{preview(run)}page/1.png").content)) as picture:
            assert (picture.size, picture.getpixel((2, 2))) == ((900, 1165), (255, 255, 255))
            assert picture.convert("L").getextrema()[0] < 60  # type: ignore[operator]  # of one band

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
        run = ready(staff_client)
        decide(staff_client, run, "correct", **header(title="Other"))
        run.refresh_from_db()
        decide(staff_client, run, "correct", **header_of(import_parse(run=run, as_printed=True).record))
        run.refresh_from_db()
        assert run.corrections == {}

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("symbol", "cooperation", "is no document symbol; one looks like"),
            ("symbol", "", "Give the symbol: the document is known by it."),
            ("adopted", "soon", "This is no day; give it as 2021-12-09"),
            ("adopted", "3026-01-01", "This day has not come yet"),
            ("distributed", "0021-12-09", "This is before there were resolutions"),
            ("session", "x", "This is no session; give its number"),
            ("session", "٣", "This is no session; give its number"),
        ],
    )
    def test_what_makes_no_sense_comes_back(self, staff_client: Client, field: str, value: str, said: str) -> None:
        run = ready(staff_client)
        answer = decide(staff_client, run, "correct", **header(**{field: value}))
        assert (answer.status_code, b"Nothing was corrected yet" in answer.content) == (422, True)
        assert said in answer.content.decode()
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


class TestIssues:
    """What the preview says of a file that changes a document that is here, or waits for one."""

    def says(self, client: Client, data: bytes) -> str:
        run = ready(client, data.decode())
        return " ".join(strip_tags(client.get(preview(run)).content.decode()).split())

    def test_a_corrigendum(self, staff_client: Client) -> None:
        document_import(name="a.txt", data=ORIGINAL)
        said = self.says(staff_client, FURTHER)
        assert "Corrects ICC-ASP/19/Res.8. One change, 1 not placed; one mandate changed." in said
        assert "There is no paragraph 9." in said
        assert DocumentIssue.objects.count() == 1

    def test_a_corrigendum_that_deletes(self, staff_client: Client) -> None:
        document_import(name="a.txt", data=ORIGINAL)
        said = self.says(staff_client, CORRIGENDUM)
        assert "2 changes, 0 not placed" in said
        assert "one not found any more, which is kept and flagged" in said

    def test_a_revision(self, staff_client: Client) -> None:
        document_import(name="a.txt", data=ORIGINAL)
        said = self.says(staff_client, REVISION)
        assert "Replaces the text of ICC-ASP/19/Res.8: 3 mandates changed, one new, one not found any more" in said

    def test_a_revision_that_comes_late(self, staff_client: Client) -> None:
        document_import(name="a.txt", data=SECOND)
        assert "ICC-ASP/19/Res.8/Rev.2 is here and supersedes it" in self.says(staff_client, REVISION)

    def test_a_corrigendum_without_its_document(self, staff_client: Client) -> None:
        said = self.says(staff_client, CORRIGENDUM)
        assert "It corrects ICC-ASP/19/Res.8, which is not imported yet" in said
        assert not Document.objects.exists()
