"""Places of documents in any spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.finding.places import WrittenPlace, find_places, read_place

PLACES = [
    # Symbols.
    ("20/Res.2", "ICC-ASP/20/Res.2"),
    ("ICC-ASP/20/Res.2", "ICC-ASP/20/Res.2"),
    ("icc-asp/20/res.2", "ICC-ASP/20/Res.2"),
    ("ICC-ASP-18/Res.3", "ICC-ASP/18/Res.3"),
    ("ICC-ASP/19/ Res.7", "ICC-ASP/19/Res.7"),
    ("ICC-ASP/15/Res5", "ICC-ASP/15/Res.5"),
    ("ICC-ASP/12/Res. 3", "ICC-ASP/12/Res.3"),
    ("ICC-ASP/10/Rés.5", "ICC-ASP/10/Res.5"),
    ("ICC ASP/10/Res.5", "ICC-ASP/10/Res.5"),
    ("20/res2", "ICC-ASP/20/Res.2"),
    ("  20 / Res. 2 . ", "ICC-ASP/20/Res.2"),
    ("20\u2013Res.2", "ICC-ASP/20/Res.2"),
    ("20\u00a0/\u202fRes.\u00a02", "ICC-ASP/20/Res.2"),
    ("(20/Res.2)", "ICC-ASP/20/Res.2"),
    ("resolution 20/Res.2", "ICC-ASP/20/Res.2"),
    ("Res.2 of the 20th session", "ICC-ASP/20/Res.2"),
    ("resolution 2, twenty-first session", "ICC-ASP/21/Res.2"),
    ("RC/Dec.2", "RC/Decl.2"),
    ("rc/res.6", "RC/Res.6"),
    ("S-1/Res.2", "ICC-ASP/S-1/Res.2"),
    ("16/17", "ICC-ASP/16/17"),
    ("ICC-ASP/16/17", "ICC-ASP/16/17"),
    ("icc-asp/8/inf.5", "ICC-ASP/8/INF.5"),
    ("ICC-ASP/4/33/add.1/corr1", "ICC-ASP/4/33/Add.1/Corr.1"),
    ("a/res/73/7", "A/RES/73/7"),
    ("A/HRC/RES/39/14", "A/HRC/RES/39/14"),
    ("s/res/1593 (2005)", "S/RES/1593 (2005)"),
    ("cbf/12/3", "CBF/12/3"),
    # Paragraphs.
    ("20/Res.2 para 25", "ICC-ASP/20/Res.2", "", "25"),
    ("20/Res.2, para. 25", "ICC-ASP/20/Res.2", "", "25"),
    ("20/Res.2,para.25", "ICC-ASP/20/Res.2", "", "25"),
    ("ICC-ASP/20/Res.2, paragraph 25 (a)", "ICC-ASP/20/Res.2", "", "25(a)"),
    ("ICC-ASP/20/Res.2, PARAGRAPH 25(A)", "ICC-ASP/20/Res.2", "", "25(a)"),
    ("20/Res.2 §25", "ICC-ASP/20/Res.2", "", "25"),
    ("20/Res.2 §§ 25-27", "ICC-ASP/20/Res.2", "", "25"),
    ("20/Res.2 OP25", "ICC-ASP/20/Res.2", "", "25"),
    ("20/Res.2 op. 25", "ICC-ASP/20/Res.2", "", "25"),
    ("RC/Res.6 op 4", "RC/Res.6", "", "4"),
    ("20/Res.2 operative para 4", "ICC-ASP/20/Res.2", "", "4"),
    ("20/Res.2 25", "ICC-ASP/20/Res.2", "", "25"),
    ("20/Res.2 p. 3 (b)", "ICC-ASP/20/Res.2", "", "3(b)"),
    ("20/Res.2 3b", "ICC-ASP/20/Res.2", "", "3(b)"),
    ("20/Res.2 3 b)", "ICC-ASP/20/Res.2", "", "3(b)"),
    ("20/Res.2 16(a)(iii)", "ICC-ASP/20/Res.2", "", "16(a)(iii)"),
    ("20/Res.2 12 bis", "ICC-ASP/20/Res.2", "", "12bis"),
    ("20/Res.2 paras 3-5", "ICC-ASP/20/Res.2", "", "3"),
    ("20/Res.2 paras. 3, 4 and 5", "ICC-ASP/20/Res.2", "", "3"),
    ("20/Res.2 (op 3)", "ICC-ASP/20/Res.2", "", "3"),
    ("20/Res.2/#body-25", "ICC-ASP/20/Res.2", "body", "25"),
    ("Res.2 of the 20th session, para 3", "ICC-ASP/20/Res.2", "", "3"),
    ("para 25 of 20/Res.2", "ICC-ASP/20/Res.2", "", "25"),
    ("paragraph 37 of resolution ICC-ASP/19/Res.2", "ICC-ASP/19/Res.2", "", "37"),
    ("20/Res.2, preamble, paragraph 4", "ICC-ASP/20/Res.2", "", "preamble.4"),
    ("20/Res.2 PP4", "ICC-ASP/20/Res.2", "", "preamble.4"),
    ("20/Res.2, preamble", "ICC-ASP/20/Res.2", "", "preamble.1"),
    # Parts.
    ("20/Res.2 annex I 3(b)", "ICC-ASP/20/Res.2", "annex I", "3(b)"),
    ("17/Res.5, annex I, para. 3(b)", "ICC-ASP/17/Res.5", "annex I", "3(b)"),
    ("ICC-ASP/16/17, annex i, 32", "ICC-ASP/16/17", "annex I", "32"),
    ("16/17 Annex ii", "ICC-ASP/16/17", "annex II", ""),
    ("ICC-ASP/17/Res.5 annex I appendix 7", "ICC-ASP/17/Res.5", "annex I appendix", "7"),
    ("ICC-ASP/17/Res.5, annex II, (g)", "ICC-ASP/17/Res.5", "annex II", "(g)"),
    ("para 3(b) of annex I to resolution ICC-ASP/17/Res.5", "ICC-ASP/17/Res.5", "annex I", "3(b)"),
    ("annex I of 17/Res.5", "ICC-ASP/17/Res.5", "annex I", ""),
]  # fmt: skip


@pytest.mark.parametrize("row", PLACES, ids=lambda row: row[0])
def test_a_place(row: tuple[str, ...]) -> None:
    assert read_place(row[0]) == WrittenPlace(*row[1:])


@pytest.mark.parametrize(
    "text",
    [
        "", "cooperation", "20/Res.2 cooperation", "court 20/Res.2", '"20/Res.2"', "-20/Res.2", "1920/Res.2",
        "and/or 16/17", "2016/17", "20/Res.2x", "20/Res.2 17/Res.5", "20/Res.2 2021-12-09", "20/Res.2 (court)", "Res.2",
        "para 25", "25", "/", "ICC-ASP", "ICC-ASP/16/Res....", "ICC-ASP-20091126-PR481", "the 20th session", "\x00",
    ],
)  # fmt: skip
def test_what_is_more_or_less_than_a_place(text: str) -> None:
    assert read_place(text) is None


@pytest.mark.parametrize(
    ("text", "places", "rest"),
    [
        ("court 20/Res.2 para 3 bureau", ["ICC-ASP/20/Res.2 3"], "court  bureau"),
        ("paragraph 37 of resolution 19/Res.2 or 17/Res.5", ["ICC-ASP/19/Res.2 37", "ICC-ASP/17/Res.5 "], " or "),
        ("report on 16/17", [], "report on 16/17"),
        ("20/Res.2 2021-12-09", ["ICC-ASP/20/Res.2 "], " 2021-12-09"),
        ("to the report ICC-ASP/16/17 annex I", ["ICC-ASP/16/17 "], "to "),
    ],
)
def test_places_among_words(text: str, places: list[str], rest: str) -> None:
    found = list(find_places(text))
    assert [f"{place.symbol} {place.label}" for _start, _end, place in found] == places
    for start, end, _place in reversed(found):
        text = text[:start] + text[end:]
    assert text == rest


PIECES = [
    "20/Res.2",
    "ICC-ASP",
    "/",
    "RC",
    "annex I",
    "para",
    "25",
    "(a)",
    "§",
    " ",
    "of the",
    "twentieth session",
    "-",
    ",",
]


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_places_lie_in_the_text(text: str) -> None:
    position = 0
    for start, end, place in find_places(text):
        assert position <= start < end <= len(text)
        assert place.symbol
        position = end
    read_place(text)
