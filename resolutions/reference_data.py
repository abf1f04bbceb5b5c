"""Loads the table of sessions from `reference/sessions.csv`, and holds the rule by which every such file is loaded.

A file may be loaded any number of times, and after each release. A field that still holds what the file gave last time
follows the file; one that staff changed in the admin stays as it is, and the difference is reported. So both keep their
say: a correction in the file arrives, and a correction made on the spot is not undone.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.translation import gettext as _

from resolutions.models import AssemblySession, Document, ReferenceRow, ResumedSession

FOLDER: Path = settings.BASE_DIR / "reference"


@dataclass
class LoadReport:
    """What loading did.

    Attributes:
        new, changed, unchanged: numbers of rows.
        kept: sentences that name what staff changed and the file has otherwise.
        left_out: sentences that name rows of the file that could not be loaded.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def add(self, other: LoadReport) -> None:
        """Take the numbers and sentences of another report into this one."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.kept += other.kept
        self.left_out += other.left_out


def read_rows(name: str) -> list[dict[str, str]]:
    """Read one file of `reference/`.

    Args:
        name: of the file.

    Returns:
        A dictionary a row, every value without blanks around it.

    Raises:
        FileNotFoundError: there is no such file.
    """
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)]


def row_load(row: ReferenceRow, values: Mapping[str, Any], report: LoadReport) -> None:
    """Bring one row up to date with its file, and leave alone what staff changed.

    Args:
        row: stored or new.
        values: what the file says now, by the name of the field; relations by their `_id`.
        report: where to note what was done.
    """
    if row.pk is None:
        for name, value in values.items():
            setattr(row, name, value)
        row.loaded = _plain(values)
        row.save()
        report.new += 1
        return
    changed = False
    plain = _plain(values)
    for name, value in values.items():
        current = _plain({name: getattr(row, name)})[name]
        if current == plain[name]:
            continue
        # What the file never gave was entered by staff: only a gap is filled.
        if row.loaded[name] != current if name in row.loaded else current not in (None, "", []):
            report.kept.append(
                _("%(row)s: %(field)s stays %(current)r, as edited; the file has %(file)r")
                % {"row": row, "field": name, "current": current, "file": plain[name]}
            )
            continue
        setattr(row, name, value)
        changed = True
    if changed or row.loaded != plain:
        row.loaded = plain
        row.save()
    report.changed += changed
    report.unchanged += not changed


@transaction.atomic
def sessions_load() -> LoadReport:
    """Load the sessions and their resumptions, and tie documents to a session that was not known before.

    Returns:
        What was done.

    Raises:
        FileNotFoundError: the file is missing.
    """
    report = LoadReport()
    known = {session.code: session for session in AssemblySession.objects.all()}
    resumed = {(row.session_id, row.name): row for row in ResumedSession.objects.select_related("session")}
    for row in read_rows("sessions.csv"):
        code, dates = row["session"], _dates(row)
        if row["part"].startswith("resumed"):
            session = known[code]
            name = re.sub(r"^resumed \((.*)\)$", r"\1", row["part"])
            values: dict[str, Any] = {**dates, "city": row["city"], "source": _source(row)}
            row_load(resumed.get((session.pk, name)) or ResumedSession(session=session, name=name), values, report)
            continue
        values = {
            **dates,
            "number": int(code) if code.isdigit() else None,
            "ordinal": row["ordinal_word"],
            "name": "" if row["ordinal_word"] else row["part"].title(),
            "city": row["city"],
            "note": row["note"],
            "source": _source(row),
        }
        known[code] = known.get(code) or AssemblySession(code=code)
        row_load(known[code], values, report)
    documents_link_sessions()
    return report


def documents_link_sessions() -> int:
    """Tie documents to the session that they print, where the table did not have it when they were imported.

    Returns:
        The number of documents that were tied.
    """
    known = models.Subquery(AssemblySession.objects.filter(code=models.OuterRef("session_code")).values("pk")[:1])
    codes = AssemblySession.objects.values("code")
    return Document.objects.filter(session=None, session_code__in=codes).update(session=known)


def _dates(row: Mapping[str, str]) -> dict[str, datetime.date | None]:
    return {name: _day(row[name]) for name in ("opening_date", "closing_date")}


def _day(text: str) -> datetime.date | None:
    """A year or month alone ("2029") is no day: it stays open until the day is known."""
    return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


def _source(row: Mapping[str, str]) -> str:
    return "; ".join(part for part in (row["source"], row["verification"]) if part)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they look once stored as JSON, so that a date equals the one that was loaded."""
    encoder = DjangoJSONEncoder()
    return {
        name: encoder.default(value) if isinstance(value, datetime.date) else value for name, value in values.items()
    }
