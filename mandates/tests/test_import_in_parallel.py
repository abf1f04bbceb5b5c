"""Whole folders: read on all cores, stored one after the other, with the same output as one by one."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from mandates import parsing_pool
from mandates.management.progress import ProgressBar
from mandates.parsing_pool import read_ahead
from mandates.tests.dying_reader import parse_or_die
from mandates.tests.imports import TEXT
from resolutions.files import FoundFile
from resolutions.models import Document, ImportRun
from resolutions.reading.errors import UnreadableDocument

CORPUS: Path = settings.BASE_DIR / "corpus"


def run(*arguments: object) -> str:
    said = StringIO()
    call_command("import_documents", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_says_and_stores_the_same_with_any_number_of_jobs() -> None:
    lines = [run(CORPUS, "--jobs", jobs, "--dry-run") for jobs in ("1", "2")]
    assert lines[0] == lines[1] and "5 new; nothing was kept" in lines[0]
    assert "5 new" in run(CORPUS, "--jobs", "2")
    assert Document.objects.count() == 5
    assert "5 unchanged" in run(CORPUS, "--jobs", "2")
    assert ImportRun.objects.count() == 10


@pytest.mark.django_db
def test_one_that_cannot_be_read_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Lunch is at one.")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    said = StringIO()
    with pytest.raises(CommandError, match="1 of 2 files failed"):
        call_command("import_documents", tmp_path, "--jobs", "2", stdout=said)
    first, second, summary = said.getvalue().splitlines()
    assert "a.txt: failed: No document symbol" in first and "b.txt: new: ICC-ASP/8/Res.2" in second
    assert summary == "1 failed, 1 new"


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_a_number_of_jobs_that_is_none(jobs: str) -> None:
    with pytest.raises(CommandError, match="no number of processes"):
        run(CORPUS, f"--jobs={jobs}")


def test_a_file_that_kills_its_reader_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing_pool, "parse_in_process", parse_or_die)
    files = [FoundFile(f"{n}.txt", TEXT.encode() if n != 1 else b"hostile") for n in range(7)]
    seen = []
    for found, parse in read_ahead(files, jobs=2):
        assert found.data is not None
        try:
            seen.append(parse(found.data, found.name).record.symbol)
        except UnreadableDocument as error:
            seen.append(error.code)
    assert seen == ["ICC-ASP/8/Res.2", "reader_died"] + ["ICC-ASP/8/Res.2"] * 5


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "drawn"), [(Terminal(), True), (StringIO(), False)], ids=["terminal", "file"])
def test_bar_is_drawn_on_a_terminal_only(stream: StringIO, drawn: bool) -> None:
    bar = ProgressBar(stream)
    for _ in range(2):
        bar.found()
    bar.step()
    bar.found_all()
    bar.clear()
    bar.step()
    assert ("[###############...............] 1 of 2+" in stream.getvalue()) == drawn
    assert ("[##############################] 2 of 2" in stream.getvalue()) == drawn
    assert bool(stream.getvalue()) == drawn
