"""Footnotes: cut out of the running text, and an anchor left where the mark stood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from resolutions.structure.grammar import ANCHORS, ends_clause
from resolutions.structure.headings import starts_paragraph
from resolutions.structure.joining import join
from resolutions.structure.lines import Line, Measure
from resolutions.structure.records import Footnote
from resolutions.structure.styled import StyledText
from resolutions.structure.symbols import find_symbols

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
_RAISED = re.compile(rf"[{_SUPERSCRIPTS}]+")
_FIRST_ANCHOR = 0xF0000

# The start of a note: "¹ ICC-ASP/20/25.", "[1] See", "* Reissued", and in plain text "1 ICC-ASP/11/21, para. 80."
_NOTE_RAISED = re.compile(rf"(?P<mark>[{_SUPERSCRIPTS}]+)(?:\s*(?=\S)|$)")
_NOTE_BRACKETED = re.compile(r"\[(?P<mark>\d{1,3})\]:?\s+(?=\S)")
_NOTE_STARRED = re.compile(r"(?P<mark>\*{1,3}|[†‡])\s+(?=\S)")
_NOTE_PLAIN = re.compile(r"(?P<mark>\d{1,3})\s+(?=[\"“‘<(\[A-Z]|http|www|ibid|see\b)")

_NOTE_END = re.compile(r"[.!?][\"”’)\]>]*$")
_CITATION = re.compile(
    r"ICC-?ASP|RC/|[AS]/|See\b|Ibid|Official Records|https?:|www\.|Resolution\b|Document\b|As of\b|Cf\."
)

# A mark of plain digits is glued to a word or to the punctuation after it: `forthcoming”;1` (ICC-ASP/11/Res.5).
_GLUED = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=[”\"’'»)\],;.:]))(?P<mark>\d{1,3})(?=[\s,;:.)”\"]|$)")
_ABBREVIATION = re.compile(
    r"(?:paras?|vol|no|nos|art|arts|pp?|res|add|corr|rev|inf|chap|sect|pt|ibid|cf|rule|op)\.?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as it stands at the foot of a page.

    Attributes:
        mark: its number or sign.
        text: its words.
        before: number of lines of running text before it.
        anchored: an anchor for it stands in the text.
    """

    mark: str
    text: str
    before: int
    anchored: bool = False


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
    return _anchor(kept, notes)


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
        follows = text.text[match.end() : match.end() + 1]
        start = match.start() if not follows or follows in ",;.:) " else anchor
        pieces.append(text.cut(end, start))
        length += start - end
        note = notes[ord(text.text[anchor]) - _FIRST_ANCHOR]
        footnotes.append(Footnote(note.mark, note.text, length))
        end = match.end()
    return sum([*pieces, text.cut(end)], StyledText()), tuple(footnotes)


def _cut(lines: Sequence[Line], measure: Measure) -> tuple[tuple[Line, ...], tuple[Note, ...]]:
    glued = _glued_marks(lines)
    kept: list[Line] = []
    notes: list[Note] = []
    index = 0
    while index < len(lines):
        start = _note_start(lines[index], kept, notes, glued)
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
        notes.append(Note(mark, join(pieces, Counter()).text, len(kept)))
    return tuple(kept), tuple(notes)


def _note_start(line: Line, kept: Sequence[Line], notes: Sequence[Note], glued: Counter[str]) -> tuple[str, int] | None:
    """Say whether a line starts a note, and give its mark and the length of the mark with its space."""
    if not kept and not line.styled.style.startswith("s"):
        return None
    if match := _NOTE_RAISED.match(line.text):
        return match["mark"].translate(_DIGITS), match.end()
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


def _glued_marks(lines: Sequence[Line]) -> Counter[str]:
    return Counter(mark for line in lines for _, _, mark in _marks(line, plain=True))


def _marks(line: Line, plain: bool) -> Iterator[tuple[int, int, str]]:
    """Find what can be a footnote mark in a line: start, end and number."""
    for match in re.finditer(r"s+", line.styled.style):
        for part in re.finditer(rf"[{_SUPERSCRIPTS}\d]+|\*+|[a-z]", line.text[match.start() : match.end()]):
            yield match.start() + part.start(), match.start() + part.end(), part[0].translate(_DIGITS)
    for match in _RAISED.finditer(line.text):
        if line.styled.style[match.start()] != "s":
            yield match.start(), match.end(), match[0].translate(_DIGITS)
    for match in re.finditer(r"(?<=\S)\s?\[(\d{1,3})\]|(?<=[^\W\d_])(\*{1,3}|[†‡])(?=[\s,;.:]|$)", line.text):
        yield match.start(), match.end(), match[1] or match[2]
    if plain:
        symbols = find_symbols(line.text)
        for match in _GLUED.finditer(line.text):
            if any(symbol.start < match.end() and match.start() <= symbol.end for symbol in symbols):
                continue
            if (
                _ABBREVIATION.search(line.text[: match.start()])
                or "://" in line.text[: match.start()].rsplit(None, 1)[-1]
            ):
                continue
            yield match.start(), match.end(), match["mark"]


def _anchor(lines: tuple[Line, ...], notes: tuple[Note, ...]) -> tuple[tuple[Line, ...], tuple[Note, ...]]:
    """Tie each note to the marks before it that bear its number, back to the note that bore it last."""
    raised = [(index, *mark) for index, line in enumerate(lines) for mark in _marks(line, plain=False)]
    anchors: dict[tuple[int, int, int], int] = {}
    for number, note in enumerate(notes):
        since = max((other.before for other in notes[:number] if other.mark == note.mark), default=0)
        marks = [place for place in raised if place[3] == note.mark and place[:3] not in anchors]
        near = [place for place in marks if since <= place[0] < note.before]
        again = any(other.mark == note.mark for other in notes[number + 1 :])
        for place in near or ([] if again else marks[:1]):
            anchors[place[:3]] = number
        if not near:
            anchors.update(_plain_anchor(lines, note, number, since, anchors))
    tied = set(anchors.values())
    places: dict[int, list[tuple[int, int, int]]] = {}
    for (index, start, end), number in anchors.items():
        places.setdefault(index, []).append((start, end, number))
    anchored = tuple(_with_anchors(line, sorted(places.get(index, ()))) for index, line in enumerate(lines))
    return anchored, tuple(replace(note, anchored=number in tied) for number, note in enumerate(notes))


def _plain_anchor(
    lines: Sequence[Line], note: Note, number: int, since: int, taken: dict[tuple[int, int, int], int]
) -> dict[tuple[int, int, int], int]:
    """Find the last glued number before a note; it stands behind the mark of the note before it."""
    earlier = max(((index, start) for (index, start, _), other in taken.items() if other < number), default=(0, 0))
    for index in range(note.before - 1, max(since, earlier[0]) - 1, -1):
        for start, end, mark in sorted(_marks(lines[index], plain=True), reverse=True):
            if mark == note.mark and (index, start) > earlier and (index, start, end) not in taken:
                return {(index, start, end): number}
    return {}


def _with_anchors(line: Line, places: Sequence[tuple[int, int, int]]) -> Line:
    if not places:
        return line
    pieces: list[StyledText] = []
    done = 0
    for start, end, number in places:
        pieces += [line.styled.cut(done, start), StyledText.unstyled(chr(_FIRST_ANCHOR + number))]
        done = end
    return replace(line, styled=sum([*pieces, line.styled.cut(done)], StyledText()))
