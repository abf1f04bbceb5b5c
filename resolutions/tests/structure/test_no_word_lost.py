"""Every word of a source is in exactly one place of its record, in the order of the source."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolutions.reading.errors import UnreadableDocument
from resolutions.tests.structure import mutations
from resolutions.tests.structure.samples import CORPUS, OWN, read_sample, structured
from resolutions.tests.structure.words import (
    without_hyphens,
    words_beside,
    words_in_order,
    words_of,
    words_of_record,
    words_of_repeated_notes,
)

_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_BROKEN_WORD = re.compile(r"[-\u2010]\n(?:[ \t\f]*\n)*[ \t]*(?=[a-z])")


def assert_no_word_lost(text: str) -> None:
    """Hold a source against its record; a word that a line end broke counts as one on both sides."""
    record = structured(text)
    plain = mutations.without_emphasis(text)
    wanted = Counter(words_of(plain))
    found = words_of_record(record, raised=_RAISED.search(text) is not None)
    if _BROKEN_WORD.search(text):
        halves = {half for match in re.finditer(r"(\w+)[-\u2010]\n\s*(\w+)", text) for half in match.groups()}
        joined = {a + b for a, b in re.findall(r"(\w+)[-\u2010]\n\s*(\w+)", text)}
        assert set(wanted - found) <= halves
        assert set(found - wanted) <= joined
        return
    assert wanted - found == Counter()
    assert set(found - wanted) <= words_of_repeated_notes(record)


@pytest.mark.parametrize("path", CORPUS + OWN, ids=lambda path: path.stem)
def test_no_word_of_a_sample_is_lost(path: Path) -> None:
    assert_no_word_lost(read_sample(path))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_no_word_of_a_mutated_sample_is_lost(path: Path, data: st.DataObject) -> None:
    text = read_sample(path)
    if data.draw(st.booleans(), label="without emphasis"):
        text = mutations.without_emphasis(text)
    if width := data.draw(st.sampled_from([0, 60, 75, 96]), label="width"):
        text = mutations.rewrapped(text, width)
    if data.draw(st.booleans(), label="page heads"):
        text = mutations.with_page_breaks(text, "ICC-ASP/9/Res.9", data.draw(st.integers(0, 99), label="seed"))
    if data.draw(st.booleans(), label="without empty lines"):
        text = mutations.without_empty_lines(text)
    if data.draw(st.booleans(), label="indented"):
        text = mutations.indented(text, 6)
    assert_no_word_lost(text)


@pytest.mark.parametrize("path", CORPUS + OWN, ids=lambda path: path.stem)
def test_paragraphs_keep_the_order_of_the_source(path: Path) -> None:
    """Word for word; what stands between two words of a paragraph is furniture or a footnote."""
    source = words_of(without_hyphens(mutations.without_emphasis(read_sample(path))))
    record = structured(read_sample(path))
    beside = words_beside(record)
    place = 0
    for words in words_in_order(record):
        if not words:
            continue
        place = _first_place(source, words, place)
        for word in words:
            skipped = place
            while source[place] != word:
                place += 1
            assert not Counter(source[skipped:place]) - beside, (word, source[skipped:place])
            place += 1


def _first_place(source: list[str], words: list[str], start: int) -> int:
    """Where a paragraph starts: its first words stand together, as they may not elsewhere."""
    for length in range(min(4, len(words)), 0, -1):
        for place in range(start, len(source)):
            if source[place : place + length] == words[:length]:
                return place
    raise AssertionError(words)


_HEAD = "Resolution ICC-ASP/9/Res.9\n\nAdopted at the 5th plenary meeting, on 10 December 2010, by consensus\n\n"
_FRAGMENTS = st.sampled_from(
    [
        "The Assembly of States Parties,",
        "Recalling",
        "1.",
        "2.",
        "3.",
        "(a)",
        "(b)",
        "(i)",
        "- a)",
        "b)",
        "A.",
        "II.",
        "Annex I",
        "Appendix",
        "Requests the Bureau",
        "to report",
        "“2. The",
        "”",
        ";",
        ",",
        ".",
        ":",
        "¹",
        "² ICC-ASP/1/3.",
        "[1]",
        "*",
        "Contents",
        "12",
        "ICC-ASP/20/Res.2",
        "co-",
        "operation",
        "non-",
        "page",
        "States",
        "and",
        "With regard to legal aid,",
        "paragraph",
        "the Court;",
        "____",
        "20-E-011212",
        "1 See",
        "Word5",
        "...... 3",
    ]
) | st.sampled_from(["\t", "\f"])
_LINES = st.lists(st.lists(_FRAGMENTS, max_size=5).map(" ".join), max_size=25)


@given(lines=_LINES)
@settings(max_examples=300, deadline=None)
def test_no_word_of_a_jumble_is_lost_and_nothing_is_refused(lines: list[str]) -> None:
    text = _HEAD + "1. Requests the Court to report;\n\n" + "\n".join(lines)
    source = set(words_of(text))
    found = set(words_of_record(structured(text), raised=False))
    joined = "".join(words_of(text))
    # Words that a hyphen at a line end joined are looked for in the running letters.
    assert all(word in found or any(word in other for other in found) for word in source)
    assert all(word in source or word in joined for word in found)


@given(text=st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    try:
        structured(text)
    except UnreadableDocument as error:
        assert error.reason  # noqa: PT017 - it may be read as well
