"""Corrigenda in the layouts in which they are published: text, Word, web page and PDF do the same to a document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asp_tracker.tests.services import missing
from resolutions.reading import read_blocks
from resolutions.structure.corrigenda import Corrigendum
from resolutions.structure.corrigendum_reading import read_corrigendum
from resolutions.structure.corrigendum_text import CorrectedText, text_corrected
from resolutions.structure.records import ParagraphRecord
from resolutions.tests.forms.corrigenda import (
    LAYOUTS,
    SYMBOL,
    corrigendum_file,
    corrigendum_manuscript,
    corrigendum_text,
)
from resolutions.tests.forms.office import office, saved_as
from resolutions.tests.forms.samples import FORMS_READ
from resolutions.tests.structure.test_corrigenda import base

# What each does: the words of paragraphs afterwards, and the reasons of what is left.
DONE: dict[str, tuple[dict[str, str], list[str]]] = {
    "numbered": (
        {
            "body/1": "Requests the Registry to report on the archives to the Assembly, through the Bureau and the "
            "working groups that it has established, at its twenty-first session;",
            "body/2(b)": "to report on the cost and location of the archives;",
            "annex/2": "The Registry lends nothing.",
        },
        ["There is no paragraph 12.", "It was not understood."],
    ),
    "headings": (
        {
            "body/1": "Requests the Registry to report on the archives to the Assembly at its twenty-first session, "
            "and to the Committee on Budget and Finance at the session that it holds before that session of the "
            "Assembly;",
            "body/2(b)": "to report on the rooms of the archives;",
            "annex/1": "The Registry keeps the archives in the order in which they came to it, and keeps a list of all "
            "that it has taken over from the other organs of the Court.",
        },
        [],
    ),
    "long": (
        {
            "body/2": "Asks the Bureau, in consultation with the Registry, and without prejudice to what it has "
            "decided before:",
            "body/2(a)": "to study where the archives could be kept, for how long, and under whose control;",
            "body/2(b)": "to report on what that costs; and",
            "body/4": "Requests the Registry to publish a list of the archives;",
            "body/5": "Decides to look into the archives again, and again, at its next session.",
        },
        [],
    ),
    "notes": (
        {
            "body/1": "Requests the Registry to report on the archives to the Assembly at its twenty-first session;",
            "body/4": "Decides to look into the archives again at its next session.",
        },
        ["It is a footnote of the corrigendum, which is not taken over."],
    ),
}


def corrigendum_of(data: bytes) -> Corrigendum:
    read = read_corrigendum(read_blocks(data))
    assert read is not None
    return read


def corrected(data: bytes) -> CorrectedText:
    return text_corrected(base(), corrigendum_of(data).instructions)


def paragraphs(done: CorrectedText) -> list[ParagraphRecord]:
    """All of them; a web page prints "a." where a list of letters says "(a)"."""
    return [replace(paragraph, printed="") for paragraph in done.record.paragraphs]


@pytest.mark.parametrize("name", LAYOUTS)
def test_as_text_it_does_what_it_says(name: str) -> None:
    done = corrected(corrigendum_text(LAYOUTS[name]))
    wanted, reasons = DONE[name]
    texts = {paragraph.key: paragraph.text for paragraph in done.record.paragraphs}
    assert {key: texts[key] for key in wanted} == wanted
    assert [missed.reason for missed in done.unplaced] == reasons


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("form", ["typed", *FORMS_READ])
def test_in_every_form_it_does_the_same(name: str, form: str) -> None:
    layout = LAYOUTS[name]
    data = corrigendum_manuscript(layout) if form == "typed" else corrigendum_file(name, form)
    done, wanted = corrected(data), corrected(corrigendum_text(layout))
    assert paragraphs(done) == paragraphs(wanted)
    assert done.record.headings == wanted.record.headings
    assert (done.changes, [missed.reason for missed in done.unplaced]) == (
        wanted.changes,
        [missed.reason for missed in wanted.unplaced],
    )
    record = corrigendum_of(data).record
    assert (record.symbol, record.title) == (SYMBOL, "Resolution on the archives of the Court")
    assert (str(record.distributed), record.warnings == corrigendum_of(corrigendum_text(layout)).record.warnings) == (
        "2021-03-03",
        True,
    )


@pytest.mark.parametrize("form", FORMS_READ)
def test_the_samples_are_what_the_word_processor_makes(form: str) -> None:
    if office() is None:
        missing("LibreOffice (soffice) is not installed")
    made = saved_as(form, {"notes": corrigendum_manuscript(LAYOUTS["notes"])})["notes"]
    assert corrected(made) == corrected(corrigendum_file("notes", form))
