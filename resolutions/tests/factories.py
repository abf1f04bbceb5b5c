"""Makes rows of `resolutions` for tests: whatever a test does not name gets a plausible value."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from resolutions.models import AssemblySession, Document, ImportRun, Paragraph, SourceFile

ORDINALS = {
    7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth", 11: "eleventh", 12: "twelfth", 13: "thirteenth",
    16: "sixteenth", 17: "seventeenth", 18: "eighteenth", 19: "nineteenth", 20: "twentieth", 21: "twenty-first",
    22: "twenty-second", 23: "twenty-third", 24: "twenty-fourth", 25: "twenty-fifth", 26: "twenty-sixth",
}  # fmt: skip


def make_session(number: int | None = 20, **fields: Any) -> AssemblySession:
    """Give the session with this number, made in December of its year where there is none.

    Args:
        number: 20 is that of 2021; None for a session without number (give its `code` and `name`).
        fields: set on the session, also where it is there already.

    Returns:
        The session.
    """
    code = fields.pop("code", str(number))
    defaults: dict[str, Any] = {"number": number}
    if number is not None:
        defaults["ordinal"] = ORDINALS.get(number, str(number))
        if number <= 25:
            defaults["opening_date"] = datetime.date(2001 + number, 12, 6)
            defaults["closing_date"] = datetime.date(2001 + number, 12, 11)
    session, made = AssemblySession.objects.get_or_create(code=code, defaults=defaults | fields)
    if fields and not made:
        for name, value in fields.items():
            setattr(session, name, value)
        session.save()
    return session


def make_source_file(content: bytes = b"text", **fields: Any) -> SourceFile:
    """Store these bytes as a source file."""
    defaults: dict[str, Any] = {"name": "file.txt", "media_type": "text/plain"}
    return SourceFile.objects.create(
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), content=content, **(defaults | fields)
    )


def make_document(symbol: str = "ICC-ASP/20/Res.2", **fields: Any) -> Document:
    """Give the document with this symbol; where there is none, make a resolution of the twentieth session.

    With ``kind="report"`` it is a report. Fields that are given are for one that is made.
    """
    existing = Document.objects.filter(symbol=symbol).first()
    if existing:
        return existing
    defaults: dict[str, Any] = {"kind": Document.Kind.RESOLUTION, "title": "Resolution on Cooperation"}
    if "session" not in fields:
        defaults["session"] = make_session(20)
    session = fields.get("session", defaults.get("session"))
    defaults["session_code"] = session.code if session else ""
    if fields.get("kind", defaults["kind"]) == Document.Kind.RESOLUTION:
        defaults |= {
            "adopted": session and session.opening_date and session.opening_date + datetime.timedelta(days=3),
            "meeting": "8th plenary meeting",
            "mode": "by consensus",
        }
    else:
        defaults["distributed"] = session and session.opening_date
    return Document.objects.create(symbol=symbol, **(defaults | fields))


def make_paragraph(document: Document | None = None, label: str | None = None, **fields: Any) -> Paragraph:
    """Make an operative paragraph of the body, after those that the document has already.

    Without `label` it gets the next number.
    """
    document = document or make_document()
    label = str(document.paragraphs.count() + 1) if label is None else label
    part = fields.get("part", "body")
    defaults: dict[str, Any] = {
        "key": f"{part.replace(' ', '-')}/{label}",
        "part": part,
        "position": document.paragraphs.count(),
        "kind": Paragraph.Kind.OPERATIVE,
        "text": "Requests the Bureau to continue the discussions;",
    }
    return Paragraph.objects.create(document=document, label=label, **(defaults | fields))


def make_import_run(**fields: Any) -> ImportRun:
    """Make an import run; by default one that brought a new document."""
    defaults: dict[str, Any] = {"name": "file.txt", "status": ImportRun.Status.NEW}
    return ImportRun.objects.create(**(defaults | fields))
