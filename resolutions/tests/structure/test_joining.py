"""Words that a line end broke are one again, and compounds keep their hyphen."""

from __future__ import annotations

import pytest

from resolutions.reading.blocks import TextBlock, TextRun
from resolutions.structure.joining import join, vocabulary_of
from resolutions.structure.lines import lines_of

# Lines without a hyphen at their end: one that has it is then rare.
PLAIN = ["The Court shall report to the Assembly on the cooperation of States in the year before it"] * 40


def joined(*lines: str, before: list[str] | None = None) -> str:
    blocks = [TextBlock((TextRun(text),), n) for n, text in enumerate([*(before or []), *lines])]
    found = lines_of(blocks)
    return join([line.styled for line in found[-len(lines) :]], vocabulary_of(found)).text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("at its seventy-", "ninth session"), "at its seventy-ninth session"),
        (("the forty-", "two States"), "the forty-two States"),
        (("the coop-", "eration of States"), "the cooperation of States"),
        (("the there-", "after"), "the thereafter"),
        (("a facility of ex-", "pertise"), "a facility of expertise"),
        (("a face-to-face inter-", "view"), "a face-to-face interview"),
    ],
)
def test_in_a_text_of_few_lines_the_words_themselves_tell(lines: tuple[str, ...], text: str) -> None:
    assert joined(*lines) == text


def test_a_document_that_breaks_no_word_keeps_each_hyphen() -> None:
    # A/RES/78/98: "forward-" / "looking", which is nowhere else in the document.
    assert joined("a forward-", "looking agenda", before=PLAIN) == "a forward-looking agenda"


def test_a_word_broken_beyond_doubt_shows_that_the_document_breaks_words() -> None:
    before = [*PLAIN, "with the coop-", "eration of States"]
    assert joined("the decla-", "ration", before=before) == "the declaration"
