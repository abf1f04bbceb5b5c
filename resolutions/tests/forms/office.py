"""The word processor: LibreOffice without a window."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

FILTERS = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_pdf_Export", "html": "html:HTML (StarWriter)"}


def office() -> str | None:
    """Find the program; None where it is not installed."""
    return shutil.which("soffice")


def saved_as(form: str, documents: dict[str, bytes]) -> dict[str, bytes]:
    """Open documents in the word processor and save them.

    Args:
        form: ``docx``, ``pdf`` or ``html``.
        documents: DOCX files by name, without suffix.

    Returns:
        The saved files by name.
    """
    program = office()
    assert program is not None
    with tempfile.TemporaryDirectory() as folder:
        home, typed, saved = (Path(folder, name) for name in ("home", "typed", "saved"))
        typed.mkdir()
        for name, data in documents.items():
            (typed / f"{name}.docx").write_bytes(data)
        command = [program, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", FILTERS[form]]
        command += ["--outdir", str(saved), *(str(typed / f"{name}.docx") for name in documents)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return {name: (saved / f"{name}.{form}").read_bytes() for name in documents}
