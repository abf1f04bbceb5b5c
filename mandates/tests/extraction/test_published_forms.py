"""The same resolution as text, DOCX, HTML and PDF gives the same mandates, addressees and deadlines."""

from __future__ import annotations

from pathlib import Path

import pytest

from mandates.pipeline import parse_document
from mandates.tests.extraction.samples import CORPUS
from resolutions.tests.forms.samples import FORMS_READ, form_of


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", FORMS_READ)
def test_published_it_gives_the_same(path: Path, form: str) -> None:
    published = parse_document(form_of(path, form), path.name)
    assert published.extraction == parse_document(path.read_bytes(), path.name).extraction
