"""Reads a corrigendum: from its lines to instructions, each understood or kept in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from resolutions.reading.blocks import HIDDEN, TextBlock
from resolutions.structure.corrigenda import Change, Corrigendum, Instruction, Place
from resolutions.structure.corrigendum_instructions import MISSING, instruction_of
from resolutions.structure.corrigendum_places import places_at
from resolutions.structure.corrigendum_quotes import is_open
from resolutions.structure.dates import first_date
from resolutions.structure.footnotes import anchors_of, without_footnotes
from resolutions.structure.furniture import without_furniture
from resolutions.structure.grammar import ends_sentence
from resolutions.structure.header import Header, read_header
from resolutions.structure.headings import enacting_lines
from resolutions.structure.issues import Issue, issue_of
from resolutions.structure.joining import join, vocabulary_of
from resolutions.structure.labels import read_marker
from resolutions.structure.lines import Line, lines_of, measure_of
from resolutions.structure.records import DocumentWarning, ParagraphKind, ParagraphRecord, ResolutionRecord
from resolutions.structure.styled import StyledText
from resolutions.structure.symbols import find_symbols

_TITLE = re.compile(r"Corrigend(?:um|a)(?:\s+(?:No\.?\s*)?(?P<number>\d{1,2}))?", re.IGNORECASE)
_WORD = re.compile(r"\s+Corrigend(?:um|a)\b.*", re.IGNORECASE | re.DOTALL)  # and an introduction below it
_INTRODUCTION = re.compile(
    r"(?:the\s+following\s+|please\s+|in\s+|(?:this|the)\s+).*\b(?:correct(?:ions?|ed)|changes?|amendments?|corrigendum)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NO_NUMBER = DocumentWarning("It is a corrigendum without a number and is taken as Corr.1.", field="symbol")
_NOT_UNDERSTOOD = "What this is to change was not understood; it is kept and shown with the document."
_HEAD = 30  # lines in which the head is looked for
_FEWEST_WORDS = 8  # of a sentence that stands before the first place


def read_corrigendum(blocks: Iterable[TextBlock], source_name: str = "") -> Corrigendum | None:
    """Read a corrigendum.

    Args:
        blocks: what the reader gave.
        source_name: name of the file, used where the head carries no symbol.

    Returns:
        Its head and instructions; every paragraph of it is in one of them. None where the document is no corrigendum,
        or brings the whole text anew: that is read as any other text.
    """
    blocks = tuple(blocks)
    lines, furniture = without_furniture(lines_of(block for block in blocks if block.band != HIDDEN))
    furniture += tuple(block.text for block in blocks if block.band == HIDDEN)
    lines, notes = without_footnotes(lines, measure_of(lines))
    issue = _issue(lines, source_name)
    if issue is None:
        return None
    paragraphs = _paragraphs(lines)
    texts = [anchors_of(styled, notes)[0].text for _start, styled in paragraphs]
    first = next((index for index, words in enumerate(texts) if _begins(words) or _is_sentence(words)), None)
    if first is None:
        # Nothing of it is understood: all that stands under its title is kept and shown.
        first = next((index + 1 for index, words in enumerate(texts) if _TITLE.search(words)), len(texts))
        first = min(first, len(texts) - 1)
    top = paragraphs[first][0]
    header, rest = read_header(lines[:top], source_name, notes)
    found = [anchors_of(styled, notes) for _start, styled in paragraphs[first:]]
    explained = [note for _styled, its in found for note in its]
    told = {note.text for note in explained}
    above = (f"{note.mark} {note.text}" for note in notes if note.text not in told)
    header = replace(
        header,
        title=_WORD.sub("", header.title),
        lines=(*header.lines, *(anchors_of(line.styled, notes)[0].text for line in rest), *above),
    )
    instructions = tuple(_instructions([styled for styled, _its in found]))
    understood = sum(instruction.change is not None for instruction in instructions)
    instructions += tuple(Instruction(f"{note.mark} {note.text}", Change.NOTE) for note in explained)
    enacts = any(enacting_lines(lines, index) for index in range(len(lines)))
    if enacts and 2 * understood < len(paragraphs) - first:
        return None
    warnings = () if _named_issue(lines, source_name) else (_NO_NUMBER,)
    return Corrigendum(_record(header, issue, instructions, furniture, warnings), instructions)


def _named_issue(lines: Sequence[Line], source_name: str) -> Issue | None:
    """Give the corrigendum that the head of a document names by its symbol."""
    header, _text = read_header(lines, source_name)
    issue = issue_of(str(header.symbol)) if header.symbol else None
    if issue is not None and issue.corrigendum:
        return issue
    # "Resolution ICC-ASP/20/Res.2: Cooperation" as its title names the document, and the masthead the corrigendum.
    title = next((index for index, line in enumerate(lines[:_HEAD]) if _TITLE.fullmatch(line.text)), 0)
    alone = (line.text for line in lines[:title] if len(line.text.split()) == 1)
    issues = (issue_of(str(mention.symbol)) for text in alone for mention in find_symbols(text))
    return next((issue for issue in issues if issue.corrigendum), None)


def _issue(lines: Sequence[Line], source_name: str) -> Issue | None:
    if not lines:
        return None
    issue = _named_issue(lines, source_name)
    if issue is not None:
        return issue
    title = next((match for line in lines[:_HEAD] if (match := _TITLE.fullmatch(line.text))), None)
    mention = next((mention for line in lines[:_HEAD] for mention in find_symbols(line.text)), None)
    if title is None or mention is None:
        return None
    return replace(issue_of(str(mention.symbol)), corrigendum=int(title["number"] or 1), reissue=0)


def _paragraphs(lines: Sequence[Line]) -> list[tuple[int, StyledText]]:
    """Join lines to paragraphs: a gap parts them, and so does a line that begins an instruction."""
    vocabulary, measure = vocabulary_of(lines), measure_of(lines)
    found: list[tuple[int, list[StyledText]]] = []
    for index, line in enumerate(lines):
        before = lines[index - 1].text if index else ""
        begins = _begins(line.text) and not (found and is_open(" ".join(piece.text for piece in found[-1][1])))
        short = bool(before) and not measure.is_full(before, line.text) and _is_place(before)
        ended = begins and (ends_sentence(before) or _is_place(line.text) or not measure.is_full(before, line.text))
        alone = any(form.fullmatch(text) for form in (_ALONE, _TITLE) for text in (line.text, before))
        # A line with room for the next word ends its paragraph, where that word can begin one.
        room = bool(before) and not measure.is_full(before, line.text)
        told = room and re.search(r":\W*$", before) is not None and re.match(r"[\d(“\"«*]", line.text) is not None
        marker = read_marker(line.text)
        lettered = marker is not None and not marker.is_number and re.search(r"(?:[:;,.]|\band|\bor)\W*$", before)
        if not found or line.gap or short or ended or alone or lettered or told:
            found.append((index, [line.styled]))
        else:
            found[-1][1].append(line.styled)
    return [(start, join(pieces, vocabulary)) for start, pieces in found]


_ALONE = re.compile(r"\W*(?:for|read)\W*", re.IGNORECASE)


def _is_place(text: str) -> bool:
    """Say whether a text is nothing but a place: a heading of what follows."""
    bare = _unnumbered(StyledText.unstyled(text)).text
    places, end = places_at(bare)
    return bool(places) and not bare[end:].strip(" :.–—-")


def _begins(text: str) -> bool:
    """Say whether a paragraph begins an instruction."""
    styled = _unnumbered(StyledText.unstyled(text))
    if _is_place(styled.text) or _ALONE.fullmatch(text):
        return True
    return bool(instruction_of(styled, ()))


def _is_sentence(text: str) -> bool:
    return ends_sentence(text) and len(text.split()) >= _FEWEST_WORDS and not _INTRODUCTION.fullmatch(text)


def _unnumbered(styled: StyledText) -> StyledText:
    """Take off the number that the corrigendum gives to its own paragraphs."""
    marker = read_marker(styled.text)
    if marker is None or marker.printed == styled.text.strip():
        return styled
    return styled.cut(marker.length).strip()


@dataclass(slots=True)
class _State:
    """What is open: the part and places of the headings above, and an instruction that waits for its text."""

    part: str = ""
    places: tuple[Place, ...] = ()
    heading: str = ""
    numbered: bool = False  # the heading has a number of the corrigendum, and ends where the next one begins
    waiting: Instruction | None = None
    missing: str = ""
    collecting: bool = False


def _instructions(paragraphs: Iterable[StyledText]) -> list[Instruction]:
    """Go through the paragraphs; each is a heading, an instruction, or the text that one waits for."""
    state = _State()
    found: list[Instruction] = []
    for styled in paragraphs:
        if _taken(state, found, styled):
            continue
        _finish(state, found)
        bare = _unnumbered(styled)
        numbered = bare.text != styled.text
        if numbered and state.numbered:
            state.places, state.heading, state.numbered = (), "", False
        if _is_place(bare.text):
            state.numbered = numbered
            places, _end = places_at(bare.text)
            if len(places) == 1 and places[0].part and not places[0].is_named:
                state.part, state.places, state.heading = places[0].part, (), bare.text
            else:
                state.places, state.heading = _in_part(places, state.part), bare.text
            continue
        read = instruction_of(bare, state.places)
        if not read:
            if not (_INTRODUCTION.fullmatch(bare.text) and not found):
                found.append(Instruction(_with_heading(state, styled.text), None, state.places))
            continue
        for instruction, missing in read:
            instruction = replace(
                instruction,
                words=_with_heading(state, instruction.words),
                places=_in_part(instruction.places, state.part),
            )
            if missing:
                _finish(state, found)
                state.waiting, state.missing, state.collecting = instruction, missing, False
            else:
                found.append(instruction)
    _finish(state, found)
    return found


def _taken(state: _State, found: list[Instruction], styled: StyledText) -> bool:
    """Give a paragraph to the instruction that waits for it."""
    waiting = state.waiting
    if waiting is None:
        return False
    text = styled.text
    words = f"{waiting.words} {text}"
    if state.missing == MISSING.OLD and not _ALONE.fullmatch(text):
        state.waiting = replace(waiting, old=f"{waiting.old} {text}".strip(), words=words)
        return True
    if state.missing in (MISSING.OLD, MISSING.READ) and re.match(r"\W*read\b", text, re.IGNORECASE):
        rest = re.match(r"\W*read\b\s*[:,]?\s*", text, re.IGNORECASE)
        assert rest is not None
        state.waiting, state.missing = replace(waiting, words=words), MISSING.NEW
        new = styled.cut(rest.end())
        if new.text.strip():
            state.waiting, state.collecting = replace(state.waiting, new=(new,)), True
        return True
    if state.missing != MISSING.NEW:
        return False
    so_far = "\n".join(piece.text for piece in waiting.new)
    if state.collecting and not is_open(so_far):
        marker = read_marker(text)
        lettered = marker is not None and not marker.is_number
        if not (lettered and so_far[:1] not in '“"«' and re.search(r"(?:[:;,]|\band|\bor)\W*$", so_far)):
            return False
    elif not state.collecting and _begins(text) and (_is_place(text) or read_marker(text) is None):
        return False
    state.waiting, state.collecting = replace(waiting, new=(*waiting.new, styled), words=words), True
    return True


def _finish(state: _State, found: list[Instruction]) -> None:
    """Close the instruction that waited; one whose text did not come is not understood."""
    if state.waiting is None:
        return
    complete = state.missing == MISSING.NEW and state.collecting
    found.append(state.waiting if complete else replace(state.waiting, change=None))
    state.waiting, state.collecting = None, False


def _in_part(places: tuple[Place, ...], part: str) -> tuple[Place, ...]:
    return tuple(place if place.part or place.title else replace(place, part=part) for place in places)


def _with_heading(state: _State, words: str) -> str:
    places, _end = places_at(words)
    names_its_own = any(place.label[:1].isdigit() or place.preambular or place.title for place in places)
    return words if names_its_own or not state.heading else f"{state.heading}: {words}"


def _record(
    header: Header,
    issue: Issue,
    instructions: Sequence[Instruction],
    furniture: tuple[str, ...],
    warnings: tuple[DocumentWarning, ...],
) -> ResolutionRecord:
    return ResolutionRecord(
        symbol=issue.symbol,
        kind=header.kind,
        title=header.title,
        session=header.session,
        adopted=header.adopted,
        meeting=header.meeting,
        mode=header.mode,
        distributed=header.distributed or next(filter(None, map(first_date, header.lines)), None),
        paragraphs=tuple(
            ParagraphRecord(
                key=f"body/unnumbered.{number}",
                part="body",
                label="",
                kind=ParagraphKind.NARRATIVE if instruction.change else ParagraphKind.UNCLASSIFIED,
                heading=None,
                text=instruction.words,
            )
            for number, instruction in enumerate(instructions, start=1)
        ),
        header_lines=header.lines,
        furniture=furniture,
        warnings=warnings
        + tuple(
            DocumentWarning(_NOT_UNDERSTOOD, paragraphs=(f"body/unnumbered.{number}",))
            for number, instruction in enumerate(instructions, start=1)
            if instruction.change is None
        ),
    )
