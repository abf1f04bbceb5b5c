"""The commands, as a person at a terminal or another program calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from mandates.models import Mandate
from resolutions.models import Document, ImportRun, SourceFile

CORPUS: Path = settings.BASE_DIR / "corpus"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, in a locale without UTF-8."""
    return subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "asp_tracker.settings", "LC_ALL": "C"} | environment,
        timeout=300,
        check=False,
    )


class TestParseDocument:
    # A port on which nothing listens: a look at the database would fail.
    NOWHERE = "postgres://nobody@127.0.0.1:9/none"

    def test_prints_the_form_of_the_gold_without_a_database(self) -> None:
        path = str(CORPUS / "ICC-ASP-8-Res2-ENG.txt")
        done = run("parse_document", path, "--format", "json", DATABASE_URL=self.NOWHERE)
        assert (done.returncode, done.stderr) == (0, "")
        found = json.loads(done.stdout)
        assert found["symbol"] == "ICC-ASP/8/Res.2"
        assert {
            "kind",
            "title",
            "session",
            "adopted",
            "preambular",
            "paragraphs",
            "mandates",
            "references",
        } <= found.keys()
        assert {"part", "label", "verb", "strength", "addressees", "action", "proposed", "deadlines"} <= found[
            "mandates"
        ][0].keys()

    def test_prints_text_for_people(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("parse_document", CORPUS / "ICC-ASP-8-Res2-ENG.txt")
        assert "17  requests: Bureau (" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            pytest.param("missing.txt", None, "no such file", id="missing"),
            pytest.param("", None, "folder", id="folder"),
            pytest.param("empty.txt", b"", "empty", id="empty"),
            pytest.param("binary.txt", bytes(range(256)) * 10, "no document that can be read", id="binary"),
            pytest.param("letter.txt", b"Dear all, lunch is at one.", "resolution", id="no resolution"),
            pytest.param("two\nlines.txt", None, "no such file", id="line break in the name"),
        ],
    )
    def test_refuses_in_one_line(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, reason: str
    ) -> None:
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(SystemExit) as stopped:
            call_command("parse_document", path)
        output = capsys.readouterr()
        assert (stopped.value.code, output.out) == (2, "")
        assert output.err.count("\n") == 1 and output.err.endswith("\n")
        assert output.err.startswith(" ".join(f"{path}: ".split())) and reason in output.err

    def test_exits_with_2_as_a_program(self, tmp_path: Path) -> None:
        done = run("parse_document", str(tmp_path / "missing.txt"), DATABASE_URL=self.NOWHERE)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.django_db
class TestImportDocuments:
    def bring(self, *paths: Path, **options: bool) -> tuple[list[str], bool]:
        """Give the lines that were printed, and whether all went well."""
        output = StringIO()
        try:
            call_command("import_documents", *paths, stdout=output, **options)
        except CommandError:
            return output.getvalue().splitlines(), False
        return output.getvalue().splitlines(), True

    def test_brings_the_samples_and_the_second_time_nothing(self) -> None:
        lines, well = self.bring(CORPUS)
        assert well and len(lines) == 6 and all(": new: ICC-ASP/" in line for line in lines[:5])
        mandates = Mandate.objects.count()
        assert mandates > 200
        lines, well = self.bring(CORPUS)
        assert well and all(": unchanged: " in line for line in lines[:5])
        assert Mandate.objects.count() == mandates

    def test_says_of_each_file_why_it_failed_and_goes_on(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"")
        (tmp_path / "b.txt").write_bytes((CORPUS / "ICC-ASP-8-Res2-ENG.txt").read_bytes())
        lines, well = self.bring(tmp_path, tmp_path / "missing.txt")
        assert not well
        assert [line.removeprefix(f"{tmp_path}/").split(": ")[:2] for line in lines[:3]] == [
            ["a.txt", "failed"],
            ["b.txt", "new"],
            ["missing.txt", "failed"],
        ]
        assert lines[3] == "2 failed, 1 new"
        assert set(ImportRun.objects.values_list("status", "error_code")) == {
            ("failed", "empty_file"),
            ("new", ""),
            ("failed", "missing_file"),
        }

    def test_dry_run_keeps_nothing(self, tmp_path: Path) -> None:
        lines, well = self.bring(CORPUS / "ICC-ASP-8-Res2-ENG.txt", tmp_path / "missing.txt", dry_run=True)
        assert not well and ": new: ICC-ASP/8/Res.2; 31 paragraphs (31 new); " in lines[0]
        for model in (Document, ImportRun, SourceFile):
            assert not model._default_manager.exists()

    def test_reread_reads_what_did_not_change(self) -> None:
        path = CORPUS / "ICC-ASP-8-Res2-ENG.txt"
        self.bring(path)
        lines, _well = self.bring(path, reread=True)
        assert ": changed: " in lines[0] and "(31 unchanged)" in lines[0]


def test_import_without_a_database_is_one_sentence(tmp_path: Path) -> None:
    done = run("import_documents", str(CORPUS), DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: The database cannot be used")


@pytest.mark.django_db
def test_refresh_statuses_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_documents", CORPUS / "ICC-ASP-8-Res2-ENG.txt")
    Mandate.objects.update(headline_status="repeated")
    capsys.readouterr()
    call_command("refresh_statuses")
    assert capsys.readouterr().out == f"{Mandate.objects.count()} mandates changed\n"
