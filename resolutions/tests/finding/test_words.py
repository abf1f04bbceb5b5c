"""Words as a search compares them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.finding.words import LAST_PLACE, MOST_PLACES, index_of, stem, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Núñez’s 3(b), E=mc²", ["nunez", "s", "3", "b", "e", "mc"]),
        ("Nu\u0301n\u0303ez", ["nunez"]),
        ("co\u00adoperation", ["cooperation"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ﬁnance ＲＥＳ", ["finance", "res"]),
        ("ICC-ASP/20/Res.2", ["icc", "asp", "20", "res", "2"]),
        ("法院 суд محكمة", ["法院", "суд", "محكمة"]),
        ("हिन्दी", ["हनद"]),
        ("\u0301 \u0301a 😀 … \x00", ["a"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [word for _start, _end, word in words_of(text)] == words


@given(st.text())
def test_words_lie_in_the_text_in_order(text: str) -> None:
    position = 0
    for start, end, word in words_of(text):
        assert position <= start < end <= len(text)
        assert word
        position = end


@pytest.mark.parametrize(
    "alike",
    ["report reports reporting reported", "cooperate cooperation cooperating", "party parties", "possible possibly"],
)
def test_forms_of_a_word_share_a_stem(alike: str) -> None:
    assert len({stem(word) for word in alike.split()}) == 1


@given(st.text())
def test_an_index_holds_what_databases_take_as_it_is(text: str) -> None:
    assert re.fullmatch("[a-z0-9_ ]*", index_of(text))


def test_an_index_has_stems_in_their_place_and_words_as_written() -> None:
    assert index_of("Reports to the Court’s reports") == (
        "report to the court s report __reports __to __the __court __s"
    )
    assert index_of("суд") == "_441__443__434_ ___441__443__434_"


def test_an_index_holds_no_more_than_every_database_keeps() -> None:
    assert index_of("the " * 1000).split().count("the") == MOST_PLACES
    words = index_of(" ".join(f"w{number}" for number in range(20_000))).split()
    assert sum(not word.startswith("__") for word in words) == LAST_PLACE
