"""What of a mandate changes from year to year by itself."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandates.lineage.masking import masked_words

_MASKED = [
    pytest.param("at its twenty-first session", ["session:twenty-first session"], id="20/Res.2, 25"),
    pytest.param("at its 18th and 19th sessions", ["session:18th and 19th sessions"], id="two sessions are one word"),
    pytest.param("at its next session", ["session:next session"], id="another way to name the coming session"),
    pytest.param("the resumed eleventh session", ["session:resumed eleventh session"], id="resumed"),
    pytest.param("the sixth plenary meeting", [], id="an ordinal without a session"),
    pytest.param("by 31 January 2019", ["date:31 January 2019"], id="17/Res.5, annex I, 19(b)"),
    pytest.param("from 29 April to 3 May 2019", ["date:29 April to 3 May 2019"], id="17/Res.5, annex I, 19(a)"),
    pytest.param("in early 2019", ["date:2019"], id="a year"),
    pytest.param("Strategic Plan 2019-2021", ["date:2019-2021"], id="17/Res.5, 67"),
    pytest.param("Rome, 17 July", ["date:17 July"], id="a day without a year"),
    pytest.param("it may in May decide", [], id="a month alone is a word"),
    pytest.param(
        "pursuant to paragraph 37 of resolution ICC-ASP/19/Res.2",
        ["symbol:paragraph 37 of resolution ICC-ASP/19/Res.2"],
        id="20/Res.2, preamble",
    ),
    pytest.param(
        "see ICC-ASP/13/Res.3, annex I, para. 3 (a), thereon",
        ["symbol:ICC-ASP/13/Res.3, annex I, para. 3 (a)"],
        id="the paragraph after the symbol",
    ),
    pytest.param("resolution 72/3 of the United Nations", ["symbol:resolution 72/3"], id="cited in short"),
    pytest.param("paragraph 16 above", ["number:paragraph 16"], id="a paragraph of the same text"),
    pytest.param("annex II to the present resolution", ["number:annex II"], id="an annex"),
    pytest.param("article 87, paragraph 7, of the Statute", [], id="the Statute does not change by itself"),
    pytest.param("paragraph 6 of article 112", [], id="nor by its paragraph first"),
    pytest.param("the Court¹ and", ["note:¹"], id="a footnote mark"),
    pytest.param("1.5 per cent of 2,000 posts", [], id="amounts say something"),
]


@pytest.mark.parametrize(("text", "masked"), _MASKED)
def test_masks_what_changes_by_itself(text: str, masked: list[str]) -> None:
    assert [f"{word.mask}:{word.text}" for word in masked_words(text) if word.mask] == masked


def test_words_are_compared_without_case_and_kind_of_sign() -> None:
    assert [word.norm for word in masked_words("States’ follow‑up, the Court’s")] == [
        "states",
        "follow-up",
        "the",
        "court's",
    ]


@given(st.lists(st.sampled_from([*"§¹’“-–(), ", "twenty-", "first session", "ICC-ASP/1/Res.2", "para. 3", "2019"])))
def test_words_stand_where_they_say_and_no_letter_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    words = masked_words(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(one.end <= two.start for one, two in pairwise(words))
    ends, starts = [0, *(word.end for word in words)], [*(word.start for word in words), len(text)]
    between = "".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    assert not any(letter.isalnum() and letter != "¹" for letter in between)
