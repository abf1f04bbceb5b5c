"""Footnotes: cut out of the running text, and an anchor left where the mark stood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from resolutions.structure.grammar import ANCHORS, ends_clause
from resolutions.structure.headings import starts_paragraph
from resolutions.structure.joining import join
from resolutions.structure.lines import Line, Measure
from resolutions.structure.notemarks import DIGITS, FIRST_ANCHOR, SUPERSCRIPTS, Note, glued_marks, with_anchors
from resolutions.structure.records import Footnote
from resolutions.structure.styled import StyledText

# The start of a note: "¹ ICC-ASP/20/25.", "[1] See", "* Reissued", and in plain text "1 ICC-ASP/11/21, para. 80."
_NOTE_RAISED = re.compile(rf"(?P<mark>[{SUPERSCRIPTS}]+)(?:\s*(?=\S)|$)")
_NOTE_BRACKETED = re.compile(r"\[(?P<mark>\d{1,3})\]:?\s+(?=\S)")
_NOTE_STARRED = re.compile(r"(?P<mark>\*{1,3}|[†‡])\s+(?=\S)")
_NOTE_PLAIN = re.compile(r"(?P<mark>\d{1,3})\s+(?=[\"“‘<(\[A-Z]|http|www|ibid|see\b)")

# Under a rule any number opens a note: "3  2000 Review Conference", "16 EC-86/DG.31.", "1" alone on its line.
_NOTE_RULED = re.compile(rf"(?P<mark>[{SUPERSCRIPTS}]+|\d{{1,3}}|\*{{1,3}}|[†‡])(?:\s+|$|(?=[A-Z“\"]))")

_NOTE_END = re.compile(r"[.!?][\"”’)\]>]*$")
_CITATION = re.compile(
    r"ICC-?ASP|RC/|[AS]/|See\b|Ibid|Official Records|https?:|www\.|Resolution\b|Document\b|As of\b|Cf\."
)


def without_footnotes(lines: Sequence[Line], measure: Measure) -> tuple[tuple[Line, ...], tuple[Note, ...]]:
    """Cut the footnotes out.

    Args:
        lines: the lines without page furniture.
        measure: how the document sets its lines.

    Returns:
        The running text, in which an anchor stands for each mark that has a note; and the notes in order. A mark
        without a note stays in the text, where a person can see it.
    """
    kept, notes = _cut(lines, measure)
    return with_anchors(kept, notes)


def anchors_of(text: StyledText, notes: Sequence[Note]) -> tuple[StyledText, tuple[Footnote, ...]]:
    """Take the anchors out of a paragraph's text.

    Args:
        text: the joined text.
        notes: the notes of the document.

    Returns:
        The text without anchors, and its footnotes with their offsets.
    """
    pieces: list[StyledText] = []
    footnotes: list[Footnote] = []
    end = length = 0
    for match in re.finditer(rf"\s*[{ANCHORS}]", text.text):
        # A mark set apart by a space ("the Court ¹,") leaves no space behind before punctuation.
        anchor = match.end() - 1
        if ord(text.text[anchor]) - FIRST_ANCHOR >= len(notes):
            continue  # a private character of the source's own
        follows = text.text[match.end() : match.end() + 1]
        start = match.start() if not follows or follows in ",;.:) " else anchor
        pieces.append(text.cut(end, start))
        length += start - end
        note = notes[ord(text.text[anchor]) - FIRST_ANCHOR]
        footnotes.append(Footnote(note.mark, note.text, length))
        end = match.end()
    return sum([*pieces, text.cut(end)], StyledText()), tuple(footnotes)


def _cut(lines: Sequence[Line], measure: Measure) -> tuple[tuple[Line, ...], tuple[Note, ...]]:
    # They tell a note that opens with a plain number from a numbered line, and are asked for nothing else.
    glued = glued_marks(lines) if any(_NOTE_PLAIN.match(line.text) for line in lines) else Counter[str]()
    kept: list[Line] = []
    notes: list[Note] = []
    index = 0
    while index < len(lines):
        if lines[index].ruled and (end := _read_under_rule(lines, index, kept, notes)) > index:
            index = end
            continue
        start = _note_start(lines[index], kept, notes, glued)
        if start is None and (continued := _open_note(lines[index], kept, notes)) is not None:
            end = next((i for i in range(index + 1, len(lines)) if lines[i].gap or lines[i].broken), len(lines))
            pieces = [StyledText.unstyled(notes[continued].text), *(line.styled for line in lines[index:end])]
            notes[continued] = replace(notes[continued], text=join(pieces, Counter()).text)
            index = end
            continue
        if start is None:
            cut = bool(index) and bool(notes) and notes[-1].before == len(kept) and bool(kept)
            kept.append(replace(lines[index], broken=True) if cut else lines[index])
            index += 1
            continue
        mark, length = start
        set_apart = lines[index].gap or lines[index].broken
        pieces = [lines[index].styled.cut(length)]
        index += 1
        open_text = kept[-1].text if kept else ""
        while index < len(lines) and _runs_on(lines[index - 1], lines[index], open_text, measure, set_apart=set_apart):
            if _note_start(lines[index], kept, [*notes, Note(mark, "", len(kept))], glued) is not None:
                break
            pieces.append(lines[index].styled)
            index += 1
        notes.append(Note(mark, join(pieces, Counter()).text, len(kept), kept[-1].position if kept else 0))
    return tuple(kept), tuple(notes)


def _read_under_rule(lines: Sequence[Line], start: int, kept: Sequence[Line], notes: list[Note]) -> int:
    """Read the notes under a rule, which reach to the end of the page, and give the index of the line after them.

    Their numbers count up. A line without a number of its own continues the note before it, which can stand on the
    page before.
    """
    index = start
    open_text = kept[-1].text if kept else ""
    pieces: list[StyledText] = []
    if _NOTE_RULED.match(lines[start].text) is None:
        if not notes or _NOTE_END.search(notes[-1].text) or starts_paragraph(lines[start].text):
            return start
        pieces = [StyledText.unstyled(notes[-1].text)]
    mark = notes.pop().mark if pieces else ""
    while index < len(lines) and (index == start or not lines[index].broken):
        line = lines[index]
        match = _NOTE_RULED.match(line.text)
        apart = not mark or line.gap or _NOTE_END.search(lines[index - 1].text)
        if match is not None and apart and _follows(match["mark"].translate(DIGITS), mark):
            if mark:
                notes.append(Note(mark, join(pieces, Counter()).text, len(kept), kept[-1].position if kept else 0))
            mark, pieces = match["mark"].translate(DIGITS), [line.styled.cut(match.end())]
        elif line.gap and index > start and ends_clause(lines[index - 1].text):
            resumes = bool(open_text) and not ends_clause(open_text) and line.text[:1].islower()
            if resumes or starts_paragraph(line.text):
                break
            pieces.append(line.styled)
        else:
            pieces.append(line.styled)
        index += 1
    notes.append(Note(mark, join(pieces, Counter()).text, len(kept), kept[-1].position if kept else 0))
    return index


def _follows(mark: str, before: str) -> bool:
    if not (mark.isdigit() and before.isdigit()):
        return True
    return int(before) < int(mark) <= int(before) + 2


def _open_note(line: Line, kept: Sequence[Line], notes: Sequence[Note]) -> int | None:
    """Find the note on the page before that a line goes on with: small letters after a finished sentence of the text.

    A note in stars can stand between, at the foot of the first page or of the last.
    """
    set_apart = line.text[:1].islower() and (line.gap or line.broken) and not starts_paragraph(line.text)
    if not (kept and set_apart and re.search(r"[.;]$", kept[-1].text)):
        return None
    # The closing words of a list are set apart in small letters too: "and urges the Panel to ..." after items (a) to
    # (c) (S/RES/2776 (2025), para. 32). They are of the page of their items, and no note stands between.
    if line.page is not None and line.page == kept[-1].page and not line.broken:
        return None
    last = range(len(notes) - 1, max(-1, len(notes) - 3), -1)
    return next((number for number in last if _NOTE_END.search(notes[number].text) is None), None)


def _note_start(line: Line, kept: Sequence[Line], notes: Sequence[Note], glued: Counter[str]) -> tuple[str, int] | None:
    """Say whether a line starts a note, and give its mark and the length of the mark with its space."""
    if not kept and not line.styled.style.startswith("s"):
        return None
    if match := _NOTE_RAISED.match(line.text):
        return match["mark"].translate(DIGITS), match.end()
    if line.styled.style.startswith("s"):
        raised = re.match(r"s+", line.styled.style)
        length = raised.end() if raised else 1
        return line.text[:length].strip(), length + len(line.text[length:]) - len(line.text[length:].lstrip())
    if match := _NOTE_BRACKETED.match(line.text) or _NOTE_STARRED.match(line.text):
        return match["mark"], match.end()
    match = _NOTE_PLAIN.match(line.text)
    if match is None or not glued[match["mark"]]:
        return None
    # Notes count up from the one before, or from 1 again on a new page or in a new part.
    last = next((int(note.mark) for note in reversed(notes) if note.mark.isdigit()), 0)
    apart = line.gap or line.broken or (notes and notes[-1].before == len(kept))
    if int(match["mark"]) not in (last + 1, 1) or not (apart or _CITATION.match(line.text, match.end())):
        return None
    return match["mark"], match.end()


def _runs_on(line: Line, following: Line, open_text: str, measure: Measure, *, set_apart: bool) -> bool:
    """Say whether a note runs on in the line after it.

    Args:
        line: the note's last line so far.
        following: the line after it.
        open_text: the last line of running text before the note.
        measure: how the document sets its lines.
        set_apart: an empty line stands before the note, so that one will stand after it too.
    """
    if starts_paragraph(following.text) and ends_clause(line.text):
        return False
    ended = _NOTE_END.search(line.text) is not None and not following.text.startswith("http")
    resumes = bool(open_text) and not ends_clause(open_text)
    if following.whole or line.whole or not measure.wrapped:
        return False
    if following.gap or following.broken:
        # Over a page end a note runs on in small letters, where no sentence waits for its end.
        return not ended and not resumes and following.text[:1].islower()
    if not ended:
        return True
    if resumes and (following.text[:1].islower() or not set_apart):
        return False
    return measure.is_full(line.text, following.text)
