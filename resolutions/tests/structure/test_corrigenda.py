"""Corrigenda: every form in which they say what to change, and what they leave alone when it cannot be placed."""

from __future__ import annotations

import pytest

from resolutions.reading.plain import read_plain
from resolutions.structure.corrigendum_reading import read_corrigendum
from resolutions.structure.corrigendum_text import CorrectedText, text_corrected
from resolutions.structure.document import structure_document
from resolutions.structure.records import ParagraphRecord, ResolutionRecord

BASE = """Resolution ICC-ASP/19/Res.8

Adopted at the 6th plenary meeting, on 16 December 2020, by consensus

ICC-ASP/19/Res.8
Resolution on the archives of the Court

*The Assembly of States Parties,*

*Recalling* its earlier decisions on the archives,

*Welcoming* the reports of the Registry on the archives,

A. Archives

1. *Requests* the Registry to report on the archives to the Assembly at its twentieth session;

2. *Invites* the Bureau:

(a) to study where the archives could be kept; and

(b) to report on the costs of the archives;

B. Copies

3. *Encourages* States Parties to keep copies.¹ They may be sent to the Registry. They are sent back;

4. *Decides* to look into the archives again, and again, at its next session.

Annex

Rules for the archives

1. The Registry keeps the archives in order.

2. The Registry lends nothing.

¹ See ICC-ASP/18/20, para. 5.
"""
HEAD = """International Criminal Court
Assembly of States Parties

ICC-ASP/19/Res.8/Corr.1
Distr.: General
3 March 2021

Resolution on the archives of the Court

Corrigendum

"""


def base() -> ResolutionRecord:
    return structure_document(read_plain(BASE.encode()))


def correct(corrigendum: str) -> CorrectedText:
    read = read_corrigendum(read_plain((HEAD + corrigendum + "\n").encode()))
    assert read is not None
    return text_corrected(base(), read.instructions)


def text(record: ResolutionRecord, key: str) -> str:
    return paragraph(record, key).text


def paragraph(record: ResolutionRecord, key: str) -> ParagraphRecord:
    return next(paragraph for paragraph in record.paragraphs if paragraph.key == key)


def keys(record: ResolutionRecord) -> list[str]:
    return [paragraph.key for paragraph in record.paragraphs]


@pytest.mark.parametrize(
    ("corrigendum", "key", "wanted"),
    [
        ("1. Paragraph 1: For “twentieth session” read “twenty-first session”.", "body/1", "twenty-first session;"),
        ("Paragraph 1\n\nFor twentieth session read twenty-first session.", "body/1", "at its twenty-first session;"),
        ("Paragraph 1\n\n*For* twentieth *read* twenty-first", "body/1", "at its twenty-first session;"),
        (
            "**Page 2, operative paragraph 1, second line**\n\nFor\n\nthe twentieth\n\nFor\n",
            "body/1",
            "at its twentieth session;",
        ),
        (
            "**Page 2, paragraph 1**\n\nFor\n\nat its twentieth session\n\nRead\n\nat its next session",
            "body/1",
            "to the Assembly at its next session;",
        ),
        ("In paragraph 1, replace “twentieth” with “next”.", "body/1", "at its next session;"),
        ("Replace “twentieth” in paragraph 1 by “next”.", "body/1", "at its next session;"),
        ("Paragraph 1: substitute “next” for “twentieth”.", "body/1", "at its next session;"),
        ("In paragraph 1, the words “twentieth session” should read “next session”.", "body/1", "at its next session;"),
        ("Paragraph 1: delete the words “on the archives”.", "body/1", "to report to the Assembly"),
        ("In paragraph 1, the words “on the archives” should be deleted.", "body/1", "to report to the Assembly"),
        ("Paragraph 1: after “Registry” insert “and the Bureau”.", "body/1", "the Registry and the Bureau to report"),
        ("Paragraph 1: insert “Bureau and the” before “Registry”.", "body/1", "the Bureau and the Registry to"),
        ("At the end of paragraph 1, add “, and to the Bureau”.", "body/1", "twentieth session, and to the Bureau;"),
        ("Paragraph 4: for “archives again” read “copies”.", "body/4", "look into the copies, and again,"),
        ("Paragraph 2 (b): for “costs” read “rooms”.", "body/2(b)", "to report on the rooms of the archives;"),
        ("Paragraph 2, subparagraph (b): for “costs” read “rooms”.", "body/2(b)", "on the rooms of"),
        ("Sub-paragraph (b) of paragraph 2: for “costs” read “rooms”.", "body/2(b)", "on the rooms of"),
        ("Annex, paragraph 2: for “nothing” read “books”.", "annex/2", "The Registry lends books."),
        ("Paragraph 2 of the annex should read: “The Registry lends books.”", "annex/2", "The Registry lends books."),
        ("Annex\n\nParagraph 1\n\nFor “in” read “by”\n\nParagraph 2\n\nFor “nothing” read “it”", "annex/2", "lends it"),
        (
            "Paragraph 1, line 2\n\nReplace the paragraph by the following:\n\n1. *Asks* the Court\nto report;",
            "body/1",
            "Asks the Court to report;",
        ),
        ("Paragraph 1 should read:\n\n“1. *Asks* the Registry to report;”", "body/1", "Asks the Registry to report;"),
        ("Replace paragraph 1 by the following: “*Asks* the Registry to report;”", "body/1", "Asks the Registry to"),
        ("See above", "body/1", "at its twentieth session;"),
        ("The second preambular paragraph should read: *Noting* the reports,", "body/preamble.2", "Noting the"),
        ("Preambular paragraph 2: for “Registry” read “Bureau”.", "body/preamble.2", "reports of the Bureau on"),
        ("Paragraph 3, second sentence, should read “They may be sent by post.”", "body/3", "by post. They are"),
        ("Paragraphs 1 and 2 (a): for “archives” read “library”.", "body/2(a)", "where the library could be kept"),
        ("Paragraph 4: throughout, for “again” read “anew”.", "body/4", "the archives anew, and anew,"),
    ],
)  # fmt: skip
def test_changes_the_words(corrigendum: str, key: str, wanted: str) -> None:
    corrected = correct(corrigendum)
    changed = text(corrected.record, key)
    assert wanted in changed
    if wanted in text(base(), key):
        assert corrected.changes == 0 and corrected.unplaced
    else:
        assert corrected.unplaced == ()


def test_deletes_a_sentence() -> None:
    changed = text(correct("Paragraph 3: delete the last sentence.").record, "body/3")
    assert changed == "Encourages States Parties to keep copies. They may be sent to the Registry."


def test_keeps_italics_and_marks_where_they_belong() -> None:
    changed = paragraph(correct("Paragraph 3: for “Encourages States” read “Invites all States”.").record, "body/3")
    assert changed.text.startswith("Invites all States Parties to keep copies.")
    assert changed.footnotes[0].offset == changed.text.index(" They may")


def test_replaces_a_paragraph_with_its_subparagraphs() -> None:
    corrigendum = (
        "Paragraph 2\n\nReplace the paragraph with the following:\n\n2. *Asks* the Bureau:\n\n"
        "(a) to meet;\n\n(b) to decide; and\n\n(c) to report.\n"
    )
    record = correct(corrigendum).record
    assert [key for key in keys(record) if key.startswith("body/2")] == [
        "body/2",
        "body/2(a)",
        "body/2(b)",
        "body/2(c)",
    ]
    assert paragraph(record, "body/2(c)").parent == "body/2"
    assert text(record, "body/2(c)") == "to report."


def test_replaces_a_chapeau_alone() -> None:
    record = correct("The chapeau of paragraph 2 should read: “*Asks* the Bureau:”").record
    assert (text(record, "body/2"), text(record, "body/2(b)")) == (
        "Asks the Bureau:",
        "to report on the costs of the archives;",
    )


def test_deletes_a_paragraph_and_leaves_the_other_numbers() -> None:
    corrected = correct("Delete paragraph 2.")
    assert [key for key in keys(corrected.record) if key.startswith("body/")] == [
        "body/preamble.1", "body/preamble.2", "body/1", "body/3", "body/4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "corrigendum",
    [
        "Delete paragraph 1 and renumber the subsequent paragraphs accordingly.",
        "Paragraph 1 should be deleted. The subsequent paragraphs should be renumbered accordingly.",
        "Paragraph 1\n\nDelete the paragraph.\n\nRenumber the following paragraphs.",
    ],
)
def test_numbers_the_rest_anew_where_it_says_so(corrigendum: str) -> None:
    record = correct(corrigendum).record
    assert [key for key in keys(record) if key.startswith("body/") and "preamble" not in key] == [
        "body/1", "body/1(a)", "body/1(b)", "body/2", "body/3",
    ]  # fmt: skip
    moved = paragraph(record, "body/1(b)")
    assert (moved.parent, moved.label) == ("body/1", "1(b)")
    assert paragraph(record, "body/2").printed == "2."
    assert {heading.before for heading in record.headings if heading.part == "body"} == {"body/1", "body/2"}
    assert "annex/2" in keys(record)


@pytest.mark.parametrize(
    "corrigendum",
    [
        "After paragraph 1 insert a new paragraph 1 bis:\n\n“1 bis. *Asks* the Court to help;”",
        "Insert a new paragraph 1 bis after paragraph 1, reading as follows: “*Asks* the Court to help;”",
        "After paragraph 1, add the following paragraph: 1 bis. *Asks* the Court to help;",
        "Paragraph 1\n\nAfter the paragraph, insert a new paragraph 1 bis to read:\n\n1 bis. *Asks* the Court to help;",
    ],
)
def test_puts_a_paragraph_in(corrigendum: str) -> None:
    corrected = correct(corrigendum)
    assert corrected.unplaced == ()
    assert keys(corrected.record)[2:5] == ["body/1", "body/1 bis", "body/2"]
    assert text(corrected.record, "body/1 bis") == "Asks the Court to help;"


def test_puts_a_paragraph_in_and_numbers_the_rest_anew() -> None:
    corrigendum = (
        "After paragraph 2 insert a new paragraph 3: “*Asks* the Court to help;” Renumber the subsequent paragraphs."
    )
    record = correct(corrigendum).record
    assert text(record, "body/3") == "Asks the Court to help;"
    assert text(record, "body/4").startswith("Encourages") and text(record, "body/5").startswith("Decides")


def test_puts_a_preambular_paragraph_in() -> None:
    record = correct("After preambular paragraph 1 insert a new preambular paragraph: “*Noting* the costs,”").record
    assert [text(record, f"body/preamble.{n}")[:9] for n in (1, 2, 3)] == ["Recalling", "Noting th", "Welcoming"]


def test_corrects_title_and_footnote() -> None:
    record = correct(
        "The title should read “Resolution on the library”.\n\nFootnote 1: for “para. 5” read “para. 6”."
    ).record
    assert record.title == "Resolution on the library"
    assert paragraph(record, "body/3").footnotes[0].text == "See ICC-ASP/18/20, para. 6."


@pytest.mark.parametrize(
    ("corrigendum", "reason"),
    [
        ("Paragraph 1: for “ninetieth” read “next”.", "do not stand there"),
        ("Paragraph 4: for “again” read “anew”.", "2 times"),
        ("Paragraph 9: for “again” read “anew”.", "no paragraph 9"),
        ("Annex II, paragraph 1: for “order” read “rows”.", "no single part annex II"),
        ("Paragraph 1, line 2, should read: the Assembly at its next", "lines of the page"),
        ("After paragraph 1 insert a new paragraph: “*Asks* the Court to help;”", "no number"),
        ("After paragraph 1 insert a new paragraph 2: “*Asks* the Court to help;”", "paragraph 2 already"),
        ("Renumber the following paragraphs.", "Nothing was put in"),
        ("The reference to the Registry in the text is wrong and ought to be to another organ.", "not understood"),
        ("Resolution ICC-ASP/19/Res.9, paragraph 1: for “twentieth” read “next”.", "another document"),
        ("The fifth preambular paragraph should read: *Noting* the costs,", "no such preambular"),
    ],
)
def test_leaves_and_lists_what_it_cannot_place(corrigendum: str, reason: str) -> None:
    corrected = correct(corrigendum)
    assert corrected.record == base()
    assert corrected.changes == 0
    assert [reason in unplaced.reason for unplaced in corrected.unplaced] == [True]
    assert corrected.unplaced[0].words


def test_an_instruction_is_done_whole_or_not_at_all() -> None:
    corrected = correct("Paragraphs 1 and 3: for “twentieth” read “next”.")
    assert corrected.record == base() and len(corrected.unplaced) == 1


def test_reads_its_head_and_keeps_every_word() -> None:
    read = read_corrigendum(read_plain((HEAD + "1. Paragraph 1\n\nFor “twentieth” read “next”.\n").encode()))
    assert read is not None
    assert (read.record.symbol, read.record.title) == (
        "ICC-ASP/19/Res.8/Corr.1",
        "Resolution on the archives of the Court",
    )
    assert str(read.record.distributed) == "2021-03-03"
    kept = " ".join([*read.record.header_lines, *(paragraph.text for paragraph in read.record.paragraphs)])
    for word in ["Corrigendum", "Distr.", "General", "Paragraph", "twentieth", "next"]:
        assert word in kept


def test_without_a_number_is_the_first_and_says_so() -> None:
    head = HEAD.replace("/Corr.1", "")
    read = read_corrigendum(read_plain((head + "Paragraph 1: for “twentieth” read “next”.\n").encode()))
    assert read is not None and read.record.symbol == "ICC-ASP/19/Res.8/Corr.1"
    assert "without a number" in read.record.warnings[0].sentence


def test_one_that_brings_the_whole_text_is_read_as_a_text() -> None:
    assert read_corrigendum(read_plain(BASE.replace("ICC-ASP/19/Res.8", "ICC-ASP/19/Res.8/Corr.1").encode())) is None
    assert read_corrigendum(read_plain(BASE.encode())) is None
