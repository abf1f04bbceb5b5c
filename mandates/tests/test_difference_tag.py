"""A word difference as HTML."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template import Context, Template

BEFORE = "Requests the ICC, and others, to report to the seventeenth session;"
AFTER = "Requests the <Court> and others to report to the eighteenth session;"


def html(**arguments: Any) -> str:
    values = {"before": BEFORE, "after": AFTER, "side": "", "ours": [], "theirs": []} | arguments
    template = (
        "{% load mandate_differences %}{% words_changed before after as segments %}"
        "{% difference segments side=side before_emphases=ours after_emphases=theirs %}"
    )
    return Template(template).render(Context(values)).strip()


def seen(text: str) -> str:
    """Give what is seen, without what is only heard."""
    return re.sub(r"<(?!/?(?:ins|del)\b)[^>]*>", "", re.sub(r'<span class="vh">.*?</span>', "", text))


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        pytest.param(
            "",
            "Requests the <del>ICC,</del> <ins>&lt;Court&gt;</ins> and others<del>,</del> to report to the "
            "seventeenth session → eighteenth session;",
            id="one text",
        ),
        pytest.param("before", "Requests the <del>ICC,</del> and others<del>,</del> to", id="the earlier"),
        pytest.param("after", "Requests the <ins>&lt;Court&gt;</ins> and others to report to the eigh", id="the later"),
    ],
)
def test_each_side(side: str, expected: str) -> None:
    assert expected in seen(html(side=side))


def test_it_is_heard() -> None:
    page = html()
    assert '<del><span class="vh">deleted: </span>ICC,<span class="vh"> (end of deletion) </span></del>' in page
    assert '<ins><span class="vh">inserted: </span>' in page
    assert '<span class="vh">before: </span>seventeenth session' in page


def test_italics_stay() -> None:
    italics = [{"start": 0, "end": 8, "style": "italic"}, {"start": 9, "end": 17, "style": "italic"}]
    page = html(ours=italics, theirs=italics)
    assert page.startswith("<em>Requests</em> <em>the</em> ")
    assert "<em>ICC,</em>" in page


def test_two_texts_are_the_texts() -> None:
    for side, text in (("before", BEFORE), ("after", AFTER)):
        bare = re.sub("<[^>]*>", "", seen(html(side=side)))
        assert bare.replace("&lt;", "<").replace("&gt;", ">") == text
    assert "<ins>" not in html(before=AFTER) and "<del>" not in html(before=AFTER)
