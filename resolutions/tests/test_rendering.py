import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.citations import anchor, citation
from resolutions.layout import hanging_number
from resolutions.rendering import Link, Mark, footnote_marks, text_html

TEXT = "requests the Court to report to the Assembly"


def italic(start: int, end: int) -> dict[str, object]:
    return {"start": start, "end": end, "style": "italic"}


def test_marks_are_put_around_whole_words() -> None:
    html = text_html(TEXT, marks=[Mark(0, 8, "verb"), Mark(13, 18, "body")])

    assert html == (
        '<mark class="m-verb">requests</mark> the <mark class="m-body">Court</mark> to report to the Assembly'
    )


def test_italics_inside_a_mark_do_not_cut_it() -> None:
    html = text_html(TEXT, [italic(4, 8)], [Mark(0, 12, "verb")])

    assert html.startswith('<mark class="m-verb">requ<em>ests</em> the</mark>')


def test_a_body_inside_the_time_is_nested() -> None:
    html = text_html(TEXT, marks=[Mark(29, 44, "due"), Mark(36, 44, "body")])

    assert html.endswith(
        '<mark class="m-due">to the </mark><mark class="m-due"><mark class="m-body">Assembly</mark></mark>'
    )


def test_marks_that_cross_stay_well_formed() -> None:
    html = text_html(TEXT, [italic(6, 20)], [Mark(0, 12, "verb"), Mark(9, 18, "body")], [Link(10, 15, "/x/")])

    assert re.sub(r"<[^>]+>", "", html) == TEXT
    assert html.count("<mark") == html.count("</mark>")
    assert html.count("<a ") == html.count("</a>")


def test_text_is_escaped() -> None:
    assert text_html("<script> & co") == "&lt;script&gt; &amp; co"


def test_an_unknown_citation_stays_on_one_line_without_a_link() -> None:
    assert text_html("see RC/Dec.2", links=[Link(4, 12)]) == 'see <span class="ref">RC/Dec.2</span>'


def test_footnote_mark_stands_at_its_offset_and_outside_of_links() -> None:
    marks, notes = footnote_marks("body/40", TEXT, [{"mark": "8", "text": "ICC-ASP/20/25.", "offset": 18}])
    html = text_html(TEXT, marks=[Mark(13, 20, "body")], links=[Link(13, 18, "/x/")], notes=marks)

    assert ">Court</a></mark><sup>" in html
    assert html.count('id="r-body-40.1"') == 1
    assert 'href="#fn-body-40.1"' in html
    assert notes[0].id == "fn-body-40.1"


def test_footnote_without_a_place_is_marked_at_the_end() -> None:
    marks, _notes = footnote_marks("body/1", TEXT, [{"mark": "1", "text": "Ibid.", "offset": None}])

    assert text_html(TEXT, notes=marks).endswith("</sup>")


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


@given(
    st.text(max_size=30),
    st.lists(st.tuples(spans, st.sampled_from(["verb", "body", "due"])), max_size=4),
    st.lists(spans, max_size=3),
    st.lists(spans, max_size=3),
)
def test_every_character_comes_out_once_and_tags_nest(
    text: str, marks: list[tuple[list[int], str]], emphases: list[list[int]], links: list[list[int]]
) -> None:
    html = text_html(
        text,
        [italic(*span) for span in emphases],
        [Mark(span[0], span[1], kind) for span, kind in marks],
        [Link(start, end, "/x/") for start, end in links],
    )

    open_tags: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)[^>]*>", html):
        if closing:
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert open_tags == []
    assert re.sub(r"<[^>]+>", "", html) == text_html(text)


@pytest.mark.parametrize(
    ("key", "part", "label", "said", "place"),
    [
        ("body/25", "body", "25", "ICC-ASP/20/Res.2, para. 25", "body-25"),
        ("annex-I/3(b)", "annex I", "3(b)", "ICC-ASP/20/Res.2, annex I, para. 3(b)", "annex-I-3-b"),
        ("annex-II/(g)", "annex II", "(g)", "ICC-ASP/20/Res.2, annex II, (g)", "annex-II-g"),
        ("body/preamble.4", "body", "preamble", "ICC-ASP/20/Res.2, preamble, paragraph 4", "body-preamble.4"),
    ],
)
def test_citation_and_anchor(key: str, part: str, label: str, said: str, place: str) -> None:
    assert citation("ICC-ASP/20/Res.2", part, label, key) == said
    assert anchor(key) == place


@pytest.mark.parametrize(
    ("label", "number"),
    [("25", "25."), ("16(a)", "(a)"), ("3(b)(ii)", "(ii)"), ("(g)", "(g)"), ("preamble", ""), ("", "")],
)
def test_hanging_number(label: str, number: str) -> None:
    assert hanging_number(label) == number
