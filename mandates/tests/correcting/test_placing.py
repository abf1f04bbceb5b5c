"""Words are found again where they went, and nowhere else."""

from __future__ import annotations

import pytest

from mandates.correcting.placing import Places, anchor_at
from mandates.correcting.records import Reason

COURT = "Requests the Court to report on the archives to the Assembly at its next session;"
BUREAU = "Requests the Bureau to study where the archives could be kept, and to publish its findings;"
STATES = "Encourages States Parties to keep copies of what they transmit;"
SAME = "Requests the Secretariat to report to the Assembly at its next session;"
TEXT = {"body/1": COURT, "body/2": BUREAU, "body/3": STATES, "body/4": SAME, "annex-I/1": SAME}


def found(words: str, now: dict[str, str], paragraph: str | None = None, then: dict[str, str] | None = None) -> object:
    """Anchor words in one text and give what is found of them in another."""
    then = then or TEXT
    key = paragraph or next(key for key, text in then.items() if words in text)
    start = then[key].index(words)
    place = Places(now).of(anchor_at(then, key, start, start + len(words)))
    return place if isinstance(place, Reason) else (place.paragraph, now[place.paragraph][place.start : place.end])


def text(**changed: str | None) -> dict[str, str]:
    """The text with paragraphs of the body changed ("p1"), taken out (None) or put in."""
    now = TEXT | {f"body/{name[1:]}": words for name, words in changed.items() if words}
    return {key: words for key, words in now.items() if changed.get(f"p{key.removeprefix('body/')}", "") is not None}


@pytest.mark.parametrize("words", ["study where the archives could be kept", BUREAU, "and to publish its findings;"])
def test_the_same_text(words: str) -> None:
    assert found(words, TEXT) == ("body/2", words)


def test_other_blanks_case_and_marks_are_the_same_words() -> None:
    now = text(p2=BUREAU.replace(" ", "\n").replace(",", "").upper())
    assert found("kept, and to publish its findings;", now) == ("body/2", "KEPT\nAND\nTO\nPUBLISH\nITS\nFINDINGS;")


def test_words_are_followed_to_another_number() -> None:
    now = {"body/1": STATES, "body/2": "Welcomes the report;", "body/3": COURT, "body/4": BUREAU}
    assert found("study where the archives", now) == ("body/4", "study where the archives")


def test_words_between_others_that_were_put_in() -> None:
    now = text(p2=BUREAU.replace("the archives could", "the archives of the Court could soon"))
    expected = "study where the archives of the Court could soon be kept"
    assert found("study where the archives could be kept", now) == ("body/2", expected)


def test_a_word_at_the_end_that_was_replaced() -> None:
    now = text(p2=BUREAU.replace("kept", "stored"))
    assert found("study where the archives could be kept", now) == (
        "body/2",
        "study where the archives could be stored",
    )


def test_moved_and_redrafted() -> None:
    now = {"body/1": COURT, "body/9": BUREAU.replace("could", "can")}
    assert found("study where the archives could be kept", now) == ("body/9", "study where the archives can be kept")


def test_the_twin_of_what_is_gone_is_not_taken_for_it() -> None:
    twin = COURT.replace("archives", "premises")
    then = {"body/1": COURT, "body/2": twin}
    assert found(COURT, {"body/1": twin}, then=then) is Reason.WORDS_GONE
    assert found(COURT, {"body/2": twin}, then=then) is Reason.WORDS_GONE
    # Where there was no twin, the paragraph of that number is the one that was redrafted.
    assert found(COURT, {"body/1": twin}, then={"body/1": COURT}) == ("body/1", twin)


def test_a_few_words_are_not_looked_for_anywhere() -> None:
    assert found("Requests the Bureau", text(p2=None, p7="Recalls that it requests the Bureau;")) is Reason.WORDS_GONE


def test_of_the_same_paragraphs_the_one_in_its_place() -> None:
    assert found(SAME, TEXT, "annex-I/1") == ("annex-I/1", SAME)
    moved = {"body/5": SAME, "annex-I/2": SAME}
    assert found(SAME, moved, "body/4") == ("body/5", SAME)
    assert found(SAME, moved, "annex-I/1") == ("annex-I/2", SAME)
    assert found(SAME, moved | {"annex-II/1": SAME}, "body/4") is Reason.AMBIGUOUS
    assert found(SAME, {"annex-II/1": SAME}, "body/4") == ("annex-II/1", SAME)


def test_of_the_same_words_in_one_paragraph_the_ones_meant() -> None:
    then = {"body/1": "Requests the Court to report; and requests the Court to act;"}
    start = then["body/1"].index("requests")
    anchor = anchor_at(then, "body/1", start, start + len("requests the Court"))
    place = Places({"body/1": f"Notes; {then['body/1']}"}).of(anchor)
    assert not isinstance(place, Reason) and place.start == start + len("Notes; ")


@pytest.mark.parametrize(("paragraph", "start", "end"), [("body/9", 0, 5), ("body/1", 5, 5), ("body/1", 900, 950)])
def test_no_words(paragraph: str, start: int, end: int) -> None:
    with pytest.raises(ValueError, match="There is no"):
        anchor_at(TEXT, paragraph, start, end)
