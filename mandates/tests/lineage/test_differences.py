"""What changed between two texts, as people read it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandates.lineage.differences import Change, Segment, is_reworded, word_difference
from mandates.lineage.masking import masked_words

_SHAPES = {
    Change.EQUAL: "{after}",
    Change.DELETED: "[-{before}-]",
    Change.INSERTED: "[+{after}+]",
    Change.MASKED: "<{before}|{after}>",
    Change.PUNCTUATION: "[{before}|{after}]",
}

_SHOWN = [
    pytest.param(
        "Welcomes the conclusion of two agreements between the Court and the Republic of Argentina and Sweden on the "
        "Enforcement sentences;",
        "Welcomes the conclusion of an agreement between the Court and France on the Enforcement of sentences;",
        "Welcomes the conclusion of [-two agreements-] [+an agreement+] between the Court and "
        "[-the Republic of Argentina and Sweden-] [+France+] on the Enforcement [+of +]sentences;",
        id="16/17, annex I, 19 and 20/Res.2, 22: and between two changes is swallowed",
    ),
    pytest.param(
        "and to report thereon to the Assembly at its seventeenth session;",
        "and to report thereon to the Assembly at its twenty-first session; and",
        "and to report thereon to the Assembly at its <seventeenth session|twenty-first session>[;|; and]",
        id="a session is masked, and belongs to the list",
    ),
    pytest.param(
        "ensuring diplomatic and financial support; cooperation by all",
        "ensuring diplomatic and financial support, cooperation by all",
        "ensuring diplomatic and financial support[; |, ]cooperation by all",
        id="16/17, annex I, 26 and 20/Res.2, 27: punctuation alone",
    ),
    pytest.param(
        "advise the ICC of their own contacts",
        "advise the Court of their own contacts",
        "advise the [-ICC-] [+Court+] of their own contacts",
        id="16/17, annex I, 5: one word",
    ),
    pytest.param(
        "an updated report at its seventeenth session and annually thereafter.",
        "an updated report at its twenty-first session.",
        "an updated report at its <seventeenth session|twenty-first session>[- and annually thereafter-].",
        id="16/17, annex I, 32: the full stop stays",
    ),
    pytest.param("the reports;", "the reports, and plans;", "the reports[+, and plans+];", id="the semicolon stays"),
    pytest.param(
        "the Bureau and the Registry;",
        "the Bureau and the Court and the Registry;",
        "the Bureau [+and the Court +]and the Registry;",
        id="a phrase begins with its and",
    ),
    pytest.param("the work of", "the “work” of", "the[ | “]work[ |” ]of", id="quotation marks"),
    pytest.param("the  Court's\nreport", "the Court’s report", "the Court’s report", id="blanks and apostrophes"),
    pytest.param("Requests the Bureau", "requests the Bureau", "requests the Bureau", id="a capital is no change"),
    pytest.param("", "", "", id="nothing"),
    pytest.param("", "Decides", "[+Decides+]", id="from nothing"),
    pytest.param("Decides", "", "[-Decides-]", id="to nothing"),
]


def shown(segments: tuple[Segment, ...]) -> str:
    """Write a difference; what was replaced is parted from what replaces it by a blank."""
    text = "".join(_SHAPES[each.change].format(before=each.before, after=each.after) for each in segments)
    return text.replace("-][+", "-] [+")


@pytest.mark.parametrize(("before", "after", "expected"), _SHOWN)
def test_what_is_shown(before: str, after: str, expected: str) -> None:
    assert shown(word_difference(before, after)) == expected


_PIECES = "the Bureau Court requests , ; and of to report twentieth session 2021 ICC-ASP/20/Res.2 its (a) – cote"
_WORDS = st.sampled_from(_PIECES.split())
_TEXTS = st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=40)


@given(_TEXTS, _TEXTS)
def test_every_character_of_both_is_there_once_and_in_its_place(before: str, after: str) -> None:
    segments = word_difference(before, after)
    assert "".join(each.before for each in segments) == before
    assert "".join(each.after for each in segments) == after
    for each in segments:
        assert before[each.before_start :].startswith(each.before)
        assert after[each.after_start :].startswith(each.after)
        assert each.before or each.after


@given(_TEXTS)
def test_a_text_is_as_it_is(text: str) -> None:
    assert all(each.change is Change.EQUAL for each in word_difference(text, text))


@given(_TEXTS, _TEXTS)
def test_reworded_is_what_has_other_words(before: str, after: str) -> None:
    ours, theirs = ([word.norm for word in masked_words(text)] for text in (before, after))
    # "; and" at the end is of the list, not of the sentence.
    alike = [words[:-1] if words[-1:] in (["and"], ["or"]) else words for words in (ours, theirs)]
    if is_reworded(word_difference(before, after)):
        assert ours != theirs
    else:
        assert ours == theirs or alike[0] == alike[1] or alike[0] == theirs or ours == alike[1]


def test_long_texts_take_time_by_their_length() -> None:
    def seconds(paragraphs: int) -> float:
        before = " ".join(
            f"Requests body{n} to report on matter{n} to the Assembly each year;" for n in range(paragraphs)
        )
        after = before.replace("each year", "every second year").replace("matter7", "subject7")
        start = time.process_time()
        assert is_reworded(word_difference(before, after))
        return time.process_time() - start

    def best(paragraphs: int) -> float:
        return min(seconds(paragraphs) for _ in range(3))

    # Four times the text: were it to take time by the square of its length, sixteen times as long.
    assert best(1600) < 12 * max(best(400), 0.02)
