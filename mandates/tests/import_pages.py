"""What the tests of the pages of importing share: sending files, doing a worker's work, deciding."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mandates.services.batch_work import import_continue
from mandates.tests.imports import SYMBOL, TEXT
from resolutions.models import ImportRun

NAME = "ICC-ASP-8-Res2-ENG.txt"


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
    """What a worker does."""
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
