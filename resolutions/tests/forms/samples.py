"""The forms that are kept: made once, so that reading is tested where no word processor is installed."""

from __future__ import annotations

from pathlib import Path

from resolutions.tests.forms.office import FILTERS

FOLDER = Path(__file__).parent / "published"
FORMS = tuple(FILTERS)
FORMS_READ = FORMS


def form_of(path: Path, form: str) -> bytes:
    """Give a text of the corpus in another form.

    Args:
        path: of the text.
        form: ``docx``, ``pdf`` or ``html``.
    """
    return (FOLDER / f"{path.stem}.{form}").read_bytes()
