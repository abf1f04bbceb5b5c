"""The marks of footnotes in the running text: where they stand, and to which note each belongs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from resolutions.structure.dates import opens_date
from resolutions.structure.grammar import takes_number
from resolutions.structure.labels import read_marker
from resolutions.structure.lines import Line
from resolutions.structure.styled import StyledText
from resolutions.structure.symbols import find_symbols

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
FIRST_ANCHOR = 0xF0000

_RAISED = re.compile(rf"[{SUPERSCRIPTS}]+")
_SIGN = re.compile(r"(?<=\S)\s?\[(\d{1,3})\]|(?<=[^\W\d_])(\*{1,3}|[†‡])(?=[\s,;.:]|$)")
# A mark of plain digits: glued ("forthcoming”;1", ICC-ASP/11/Res.5; "19491" for 1949 and mark 1), or set apart by a
# space as extraction leaves it ("on the Rights of Persons with Disabilities, 1 to address", A/RES/78/32).
_PLAIN = re.compile(r"(?:(?<!\d)|(?<=\b(?:1[89]|20)\d\d))(?P<mark>\d{1,3})(?=[\s,;:.)”\"]|$)(?![.,:]\d)")
# What a line has that can have a sign or a number for a mark; the patterns themselves look at each letter.
_SIGN_LETTER = re.compile(r"[\[*†‡]")
_DIGIT = re.compile(r"\d")
_RAISED_STYLE = re.compile(r"s+")
_ABBREVIATION = re.compile(
    r"\b(?:paras?|vol|nos?|arts?|pp?|res|add|corr|rev|inf|chap|sect|pt|ibid|cf|rule|op)\.?\s?$", re.IGNORECASE
)
_COUNTED = re.compile(r"\b(?:goals?|targets?|actions?|pillars?|phases?|[A-Z])$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d[,.]?$")
_CLOSING = "”\"’'»)],;.:"
_UNLIKELY = 8


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as it stands at the foot of a page.

    Attributes:
        mark: its number or sign.
        text: its words.
        before: number of lines of running text before it.
        position: ordinal of the block with the last of those lines.
        anchored: an anchor for it stands in the text.
    """

    mark: str
    text: str
    before: int
    position: int = 0
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """What can be a mark: `lines[line].text[start:end]`, and how unlikely it is to be one."""

    line: int
    start: int
    end: int
    mark: str
    cost: int = 0


def glued_marks(lines: Sequence[Line]) -> Counter[str]:
    """Count the marks, by number, that stand in the text beyond doubt: raised, bracketed, or glued to a word."""
    certain = [place for index in range(len(lines)) for place in (*_signs(lines, index), *_plain(lines, index))]
    return Counter(place.mark for place in certain if place.cost <= 1)


def with_anchors(lines: tuple[Line, ...], notes: tuple[Note, ...]) -> tuple[tuple[Line, ...], tuple[Note, ...]]:
    """Put an anchor in the place of each mark that has a note.

    Args:
        lines: the running text.
        notes: the notes in order.

    Returns:
        The text with anchors; and the notes, each told whether its mark was found.
    """
    anchors = _signed(lines, notes)
    tied = set(anchors.values())
    open_notes = [number for number, note in enumerate(notes) if number not in tied and note.mark.isdigit()]
    anchors |= _in_order(lines, notes, open_notes)
    tied = set(anchors.values())
    places: dict[int, list[tuple[_Place, int]]] = {}
    for place, number in anchors.items():
        places.setdefault(place.line, []).append((place, number))
    anchored = [
        _anchored(line, sorted(places.get(index, ()), key=lambda item: item[0].start))
        for index, line in enumerate(lines)
    ]
    found = tuple(replace(note, anchored=number in tied) for number, note in enumerate(notes))
    return _at_line_ends(anchored), found


def _signed(lines: Sequence[Line], notes: Sequence[Note]) -> dict[_Place, int]:
    """Tie each note to the raised or bracketed marks before it, back to the note that bore its number last."""
    signs = [place for index in range(len(lines)) for place in _signs(lines, index)]
    anchors: dict[_Place, int] = {}
    for number, note in enumerate(notes):
        since = max((other.before for other in notes[:number] if other.mark == note.mark), default=0)
        marks = [place for place in signs if place.mark == note.mark and place not in anchors]
        near = [place for place in marks if since <= place.line < note.before]
        again = any(other.mark == note.mark for other in notes[number + 1 :])
        for place in near or ([] if again else marks[:1]):
            anchors[place] = number
    return anchors


def _in_order(lines: Sequence[Line], notes: Sequence[Note], numbers: Sequence[int]) -> dict[_Place, int]:
    """Tie notes to marks of plain digits: those that stand in the order of the notes and are likeliest in sum."""
    if not numbers:
        return {}
    wanted = {notes[number].mark for number in numbers}
    # Where marks are raised, a plain digit is one only if it is glued to a word.
    highest = _UNLIKELY if 2 * len(numbers) > sum(note.mark.isdigit() for note in notes) else 2
    marks: dict[str, list[_Place]] = {}
    for index in range(len(lines)):
        for place in _plain(lines, index):
            if place.mark in wanted and place.cost < highest:
                marks.setdefault(place.mark, []).append(place)
    # Ways to tie the notes so far: cost, last place, and the chain of ties. Only ways that end earlier cost more.
    ways: list[tuple[int, tuple[int, int], tuple[tuple[_Place, int], ...]]] = [(0, (-1, -1), ())]
    for number in numbers:
        note = notes[number]
        since = max((other.before for other in notes[:number] if other.mark == note.mark), default=0)
        page = max((other.before for other in notes[:number] if other.before < note.before), default=0)
        longer = [(cost + _UNLIKELY, last, ties) for cost, last, ties in ways]
        for place in marks.get(note.mark, ()):
            if not since <= place.line < note.before:
                continue
            here = (place.line, place.start)
            reach = [way for way in ways if way[1] < here]
            if reach:
                best = min(reach, key=lambda way: way[0])
                cost = best[0] + place.cost + (0 if place.line >= page else 3)
                longer.append((cost, here, (*best[2], (place, number))))
        ways = _unbeaten(longer)
    return dict(min(ways, key=lambda way: way[0])[2])


def _unbeaten(
    ways: list[tuple[int, tuple[int, int], tuple[tuple[_Place, int], ...]]],
) -> list[tuple[int, tuple[int, int], tuple[tuple[_Place, int], ...]]]:
    kept: list[tuple[int, tuple[int, int], tuple[tuple[_Place, int], ...]]] = []
    for way in sorted(ways, key=lambda way: (way[1], way[0])):
        if not kept or way[0] < min(other[0] for other in kept):
            kept.append(way)
    return kept


def _signs(lines: Sequence[Line], index: int) -> Iterator[_Place]:
    """Find the raised, bracketed and starred marks of a line."""
    line = lines[index]
    for match in _RAISED_STYLE.finditer(line.styled.style):
        for part in re.finditer(rf"[{SUPERSCRIPTS}\d]+|\*+|[a-z]", line.text[match.start() : match.end()]):
            yield _Place(index, match.start() + part.start(), match.start() + part.end(), part[0].translate(DIGITS))
    for match in _RAISED.finditer(line.text):
        if line.styled.style[match.start()] != "s":
            yield _Place(index, match.start(), match.end(), match[0].translate(DIGITS))
    if _SIGN_LETTER.search(line.text) is None:
        return
    for match in _SIGN.finditer(line.text):
        yield _Place(index, match.start(), match.end(), match[1] or match[2])


def _plain(lines: Sequence[Line], index: int) -> Iterator[_Place]:
    """Find what can be a mark of plain digits in a line."""
    line = lines[index]
    matches = list(_PLAIN.finditer(line.text)) if _DIGIT.search(line.text) else []
    if not matches:
        return
    symbols = find_symbols(line.text)
    label = read_marker(line.text)
    for match in matches:
        if label is not None and match.start() < label.length:
            continue
        if any(symbol.start < match.end() and match.start() <= symbol.end for symbol in symbols):
            continue
        before = line.text[: match.start()]
        if not before.strip() and index:
            before = lines[index - 1].text + " "
        cost = _cost(before, line.text[match.end() :])
        yield _Place(index, match.start(), match.end(), match["mark"], cost)


def _cost(before: str, after: str) -> int:
    """Say how unlikely digits are to be a mark, by what stands around them."""
    word = before.rstrip()
    if not word or _ABBREVIATION.search(before) or "://" in word.rsplit(None, 1)[-1] or opens_date(after):
        return _UNLIKELY
    if word == before:
        if word[-1] in _CLOSING:
            return 0 if not re.search(r"\d[.,]$", word) or _YEAR.search(word) else 5 if word[-1] == "." else 2
        return 1 if re.search(r"[^\W\d_]{2}$|\b[IVX]$|\d{4}$", word) else _UNLIKELY
    if takes_number(word) or (re.search(r"\d,?$", word) and not _YEAR.search(word)):
        return 7 if after.startswith("  ") else _UNLIKELY
    if _COUNTED.search(word):
        return 6
    if word[-1] in _CLOSING or re.match(r"[,;.:)”]|\s\s|\s*$", after):
        return 2
    return 3


def _anchored(line: Line, places: Sequence[tuple[_Place, int]]) -> Line:
    if not places:
        return line
    pieces: list[StyledText] = []
    done = 0
    for place, number in places:
        pieces += [line.styled.cut(done, place.start), StyledText.unstyled(chr(FIRST_ANCHOR + number))]
        done = place.end
    return replace(line, styled=sum([*pieces, line.styled.cut(done)], StyledText()))


def _at_line_ends(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Move a mark from the start of a line to the end of the line before: it belongs to the words there."""
    moved: list[Line] = []
    for line in lines:
        mark = re.match(r"[\U000f0000-\U000ffffd]", line.text)
        if mark is not None and moved:
            moved[-1] = replace(moved[-1], styled=moved[-1].styled + line.styled.cut(0, 1))
            line = replace(line, styled=line.styled.cut(1).strip())
        if line.text:
            moved.append(line)
    return tuple(moved)
