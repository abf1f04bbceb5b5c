"""The register of documents: one row a symbol, nothing left out in silence."""

from __future__ import annotations

import datetime

import pytest

from resolutions import register
from resolutions.models import KnownDocument
from resolutions.reference_data import read_rows
from resolutions.register import first_day, register_load, register_symbols


@pytest.mark.parametrize(
    ("written", "symbols"),
    [
        ("ICC-ASP/20/Res.2", ["ICC-ASP/20/Res.2"]),
        ("ICC-ASP/1/3 and Corr.1", ["ICC-ASP/1/3", "ICC-ASP/1/3/Corr.1"]),
        ("ICC-ASP/19/14*", ["ICC-ASP/19/14"]),
        ("ICC-ASP/4/33/Add.1/Corr.1", ["ICC-ASP/4/33/Add.1/Corr.1"]),
        ("ICC-ASP/19/5/AV", ["ICC-ASP/19/5/AV"]),
        ("ICC-ASP/5/35 annex II", []),
        ("RC/11/Annex.V(c)", []),
        ("(symbol not seen: Bureau report on the schedule of sessions)", []),
    ],
)
def test_symbols_of_a_row(written: str, symbols: list[str]) -> None:
    assert register_symbols(written) == symbols


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2021-12-09", datetime.date(2021, 12, 9)),
        ("2003-02", datetime.date(2003, 2, 1)),
        ("2002", datetime.date(2002, 1, 1)),
        ("", None),
        ("in spring", None),
    ],
)
def test_first_day_of_a_date(date: str, day: datetime.date | None) -> None:
    assert first_day(date) == day


@pytest.mark.django_db
def test_every_row_is_loaded_or_named() -> None:
    report = register_load()
    rows = read_rows("documents.csv") + read_rows("resolutions.csv")
    assert len(report.left_out) == sum(not register_symbols(row["symbol"]) for row in rows) == 5
    assert report.new == KnownDocument.objects.count() == len(rows) - 5 + 1
    assert any("ICC-ASP/5/35 annex II" in sentence for sentence in report.left_out)

    cooperation = KnownDocument.objects.get(symbol="ICC-ASP/20/25")
    assert (cooperation.title, cooperation.kind) == ("Report of the Court on cooperation", "report of the Court")
    assert (cooperation.session_code, cooperation.date) == ("20", "2021")
    assert cooperation.first_day == datetime.date(2021, 1, 1)
    resumed = KnownDocument.objects.get(symbol="ICC-ASP/4/30")
    assert (resumed.session_code, resumed.note) == ("4", "resumed session")
    corrigendum = KnownDocument.objects.get(symbol="ICC-ASP/1/3/Corr.1")
    assert corrigendum.note == "listed as ICC-ASP/1/3 and Corr.1"
    assert KnownDocument.objects.get(symbol="ICC-ASP/20/Res.2").kind == "resolution"


@pytest.mark.django_db
def test_what_staff_edited_stays_and_what_the_file_corrects_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    register_load()
    assert register_load().unchanged == KnownDocument.objects.count()
    KnownDocument.objects.filter(symbol="ICC-ASP/20/25").update(title="Report on cooperation")

    def corrected(name: str) -> list[dict[str, str]]:
        rows = read_rows(name)
        for row in rows:
            if row["symbol"] == "ICC-ASP/20/25":
                row.update(title="Report of the Court", date="2021-11-23")
        return rows

    monkeypatch.setattr(register, "read_rows", corrected)
    report = register_load()
    row = KnownDocument.objects.get(symbol="ICC-ASP/20/25")
    assert (row.title, row.date, report.changed) == ("Report on cooperation", "2021-11-23", 1)
    assert any("ICC-ASP/20/25" in sentence for sentence in report.kept)
