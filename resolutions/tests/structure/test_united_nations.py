"""Resolutions, drafts and decisions of United Nations organs: their heads, their page heads, how they close."""

from __future__ import annotations

import pytest

from resolutions.reading import read_blocks
from resolutions.structure.document import structure_document
from resolutions.structure.records import ParagraphKind
from resolutions.tests.structure.samples import structured


def test_a_draft_of_the_human_rights_council_has_its_own_symbol_and_title() -> None:
    text = """United Nations
A/HRC/61/L.4
General Assembly
Distr.: Limited
2 March 2026
Original: English

Human Rights Council
Sixty-first session
Agenda item 3

Norway, Peru:* draft resolution

61/… Safety of persons who repair bridges

The Human Rights Council,

Guided by the Charter of the United Nations,

1. Calls upon States to protect persons who repair bridges;

2. Decides to remain seized of the matter.
"""
    record = structure_document(read_blocks(text.encode()), "A_HRC_61_L.4.en.txt")
    assert (record.symbol, record.session) == ("A/HRC/61/L.4", 61)
    assert record.title == "Safety of persons who repair bridges"
    assert all(paragraph.proposed for paragraph in record.paragraphs)


@pytest.mark.parametrize(
    ("symbol", "line", "session"),
    [
        ("A/HRC/RES/S-39/1", "Thirty-ninth special session", "S-39"),
        ("A/HRC/RES/S-39/1", "", "S-39"),
        ("A/RES/ES-12/4", "Twelfth emergency special session", "ES-12"),
        ("A/HRC/RES/61/3", "Sixty-first session", 61),
    ],
)
def test_the_session_of_a_document(symbol: str, line: str, session: int | str) -> None:
    text = f"{symbol}\n{line}\n\n1. Calls upon States to protect persons who repair bridges.\n"
    assert structured(text).session == session


@pytest.mark.parametrize(
    ("head", "symbol", "adopted"),
    [
        ("Resolution 2911 (2031)\nof 4 March 2031", "S/RES/2911 (2031)", "2031-03-04"),
        ("18 (1947). Resolution of 13 February 1947", "S/RES/18 (1947)", "1947-02-13"),
        (
            "RESOLUTION 911 (1994)\n\nAdopted by the Security Council at its 3377th meeting,\non 17 May 1994",
            "S/RES/911 (1994)",
            "1994-05-17",
        ),
    ],
)
def test_the_number_of_a_council_resolution_is_its_symbol(head: str, symbol: str, adopted: str) -> None:
    text = (
        f"{head}\n\nThe Security Council,\n\nRecalling its resolutions,\n\n1. Calls for calm;\n\n2. Decides to meet.\n"
    )
    record = structured(text)
    assert (record.symbol, record.kind, str(record.adopted)) == (symbol, "resolution", adopted)


VOTES = """
35th meeting
6 April 2031

[Adopted by a recorded vote of 4 to 1, with 2 abstentions. The voting was as
follows:

In favour:
Norway, Peru, Samoa
and Togo

Against:
Utopia

Abstaining:
Laputa and Lilliput]
"""
UNANIMOUS = "\nAdopted unanimously at the 2994th\nmeeting.\n"


@pytest.mark.parametrize(
    ("closing", "meeting", "mode"),
    [(VOTES, "35th meeting", "by a recorded vote of 4 to 1, with 2 abstentions"), (UNANIMOUS, "2994th meeting", "un")],
)
def test_the_closing_lines_are_no_paragraphs(closing: str, meeting: str, mode: str) -> None:
    head = "A/HRC/RES/71/3\n\nSafety of bridges\n\nThe Human Rights Council,\n\nRecalling the Charter,\n\n"
    record = structured(f"{head}1. Calls upon States to protect bridges;\n\n2. Decides to meet again.\n{closing}")
    assert [paragraph.label for paragraph in record.paragraphs] == ["preamble", "1", "2"]
    assert record.paragraphs[-1].text == "Decides to meet again."
    assert (record.meeting, (record.mode or "")[: len(mode)]) == (meeting, mode)


def test_a_number_without_its_full_stop_numbers_a_paragraph() -> None:
    text = """A/RES/91/17

The General Assembly,

Recalling its resolutions,

1. Urges States to repair their bridges, of which there are some
12 Roman ones, and to report by 31 May;

2 Condemns any neglect of them, and encourages those who repair
2 Lakes alone;

3 Decides to meet again.
"""
    paragraphs = structured(text).paragraphs[1:]
    assert [paragraph.label for paragraph in paragraphs] == ["1", "2", "3"]
    assert paragraphs[1].text == "Condemns any neglect of them, and encourages those who repair 2 Lakes alone;"


def test_recitals_are_no_operative_paragraphs() -> None:
    text = """S/RES/2911 (2031)

The Security Council,

Strongly condemning attacks on lighthouses,

Recalls that their light guides all ships,

Strongly encouraging their keepers to stay awake,

1. Strongly urges all States to spare them;

2. Decides to remain seized of the matter.
"""
    kinds = [paragraph.kind for paragraph in structured(text).paragraphs]
    assert kinds == [ParagraphKind.PREAMBULAR] * 3 + [ParagraphKind.OPERATIVE] * 2


OLDER = """UNITED
NATIONS                                                  S

Security Council
                                          Distr.
                                          GENERAL
                                          S/RES/911 (1994)
                                          17 May 1994

RESOLUTION 911 (1994)

Adopted by the Security Council at its 3377th meeting,
on 17 May 1994

The Security Council,

Recalling its resolutions on the lighthouses of the strait and on the men and
women who keep them lit,

1. Requests the Secretary-General to report on the lamps before the end of the

94-21952 (E)   170594                                                 /...
`````````
S/RES/911 (1994)
English
Page 2

summer, and on their oil;

2. Calls upon all States to spare the keepers.

                                   -----
"""


def test_page_heads_of_the_older_documents_stand_in_no_paragraph() -> None:
    record = structured(OLDER)
    assert (record.symbol, str(record.adopted)) == ("S/RES/911 (1994)", "1994-05-17")
    assert record.title == "RESOLUTION 911 (1994)"
    assert [paragraph.text for paragraph in record.paragraphs][1:] == [
        "Requests the Secretary-General to report on the lamps before the end of the summer, and on their oil;",
        "Calls upon all States to spare the keepers.",
    ]


def test_a_resolution_that_tells_its_day_under_its_last_paragraph_alone() -> None:
    text = """A/HRC/RES/19/2
Distr.: General
3 April 2012

GE.12-12681  (E)    030412
Please recycle ♲

Resolution adopted by the Human Rights Council

19/2 Lighthouses of the strait

The Human Rights Council,

1. Calls upon all States to spare the keepers.

52nd meeting
22 March 2012

[Adopted without a vote.]
"""
    record = structured(text)
    assert (record.title, str(record.adopted), record.meeting) == (
        "Lighthouses of the strait",
        "2012-03-22",
        "52nd meeting",
    )


SHORT = [
    ("After preambular paragraph 2, insert a new paragraph on bridges.", None),
    ("The Economic and Social Council takes note of the report on bridges.", ParagraphKind.OPERATIVE),
    (
        "With regard to the meeting on bridges, the Economic and Social Council decides that it will be held in May.",
        ParagraphKind.OPERATIVE,
    ),
]


@pytest.mark.parametrize(("text", "kind"), SHORT)
def test_a_short_document_under_a_symbol_is_not_refused(text: str, kind: ParagraphKind | None) -> None:
    head = "United Nations\nE/2026/L.7\nEconomic and Social Council\nDistr.: Limited\n2 March 2026\n\nBridges\n\n"
    [paragraph] = structured(head + text + "\n").paragraphs
    assert paragraph.text == text
    assert kind is None or paragraph.kind is kind
