"""What a made-up document means is what is found in it, however it is printed."""

from __future__ import annotations

from hypothesis import given, settings

from resolutions.tests.structure.generated import Document, documents
from resolutions.tests.structure.samples import structured


@given(document=documents())
@settings(max_examples=150, deadline=None)
def test_the_meaning_is_found(document: Document) -> None:
    record = structured(document.text)
    found = [(p.key, p.heading, p.text, [note.text for note in p.footnotes]) for p in record.paragraphs]
    assert found == document.meant
    assert record.title == "Matters of the Assembly"
