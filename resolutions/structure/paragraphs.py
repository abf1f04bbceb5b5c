"""Passages become paragraphs: kind, heading, key, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from resolutions.structure.footnotes import anchors_of
from resolutions.structure.grammar import opens_operative, opens_preambular, topic_of
from resolutions.structure.header import Header
from resolutions.structure.headings import opens_decision
from resolutions.structure.joining import join
from resolutions.structure.labels import Family
from resolutions.structure.notemarks import Note
from resolutions.structure.passages import Passage, Role
from resolutions.structure.records import (
    DocumentKind,
    DocumentWarning,
    Footnote,
    Heading,
    ParagraphKind,
    ParagraphRecord,
)


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a document in records.

    Attributes:
        paragraphs, headings: as in `ResolutionRecord`.
        lines: enacting and closing lines.
        furniture: titles of parts that came again as running heads.
        warnings: what was odd.
    """

    paragraphs: tuple[ParagraphRecord, ...]
    headings: tuple[Heading, ...]
    lines: tuple[str, ...]
    furniture: tuple[str, ...]
    warnings: tuple[DocumentWarning, ...]


def paragraphs_of(
    passages: Sequence[Passage], notes: Sequence[Note], header: Header, vocabulary: Counter[str], *, draft: bool
) -> Body:
    """Make the records of the text.

    Args:
        passages: the passages in order.
        notes: the footnotes of the document.
        header: the head, which says what the document is and can hold marks of footnotes.
        vocabulary: its words, for joining lines.
        draft: the whole document is a draft (``ICC-ASP/18/L.4``).

    Returns:
        The paragraphs with their headings, and what is no paragraph.
    """
    texts = [anchors_of(join(passage.pieces, vocabulary), notes) for passage in passages]
    kinds = _kinds(passages, [text.text for text, _ in texts], header.kind)
    keys = _keys(passages, kinds)
    paragraphs: list[ParagraphRecord] = []
    headings: list[tuple[int, str, str]] = []
    loose = header.footnotes
    section: str | None = None
    topic: str | None = None
    part = "body"
    for index, passage in enumerate(passages):
        text, footnotes = texts[index]
        if passage.part != part:
            part, section, topic = passage.part, None, None
        label = f"{passage.printed} " if passage.printed else ""
        if passage.role in (Role.PART, Role.TITLE, Role.HEADING):
            headings.append((len(paragraphs), label + text.text, part))
            if passage.role is Role.HEADING:
                section, topic = label + text.text, None
        kind_here = kinds[index]
        if kind_here is None:
            # A mark in a heading or title: its note goes to the paragraph under it.
            loose += tuple(replace(footnote, offset=None) for footnote in footnotes)
            continue
        if passage.chapeau is None:
            topic = topic_of(text.text) if kind_here is ParagraphKind.OPERATIVE else None
        parent = passage.chapeau
        paragraphs.append(
            ParagraphRecord(
                key=keys[index],
                part=part,
                label="preamble" if kind_here is ParagraphKind.PREAMBULAR and parent is None else _label(passage),
                kind=kind_here,
                heading=topic or section,
                text=text.text,
                emphases=text.emphases(),
                footnotes=loose + footnotes,
                parent=keys[parent] if parent is not None else None,
                proposed=draft or (header.kind is DocumentKind.REPORT and kind_here in _DRAFTED),
                page=passage.page,
                last_page=passage.last_page,
                printed=passage.printed,
            )
        )
        loose = ()
    positions = [passage.position for passage, kind in zip(passages, kinds, strict=True) if kind is not None]
    paragraphs = _with_unanchored(paragraphs, positions, notes, loose)
    return Body(
        tuple(paragraphs),
        tuple(
            Heading(text, part, paragraphs[before].key if before < len(paragraphs) else None)
            for before, text, part in headings
        ),
        tuple(text.text for passage, (text, _) in zip(passages, texts, strict=True) if passage.role in _LINES),
        tuple(text.text for passage, (text, _) in zip(passages, texts, strict=True) if passage.role is Role.REPEATED),
        tuple(_warnings(passages, paragraphs, keys, positions, notes)),
    )


_DRAFTED = (ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE)
_LINES = (Role.ENACTING, Role.CLOSING)


def _kinds(passages: Sequence[Passage], texts: Sequence[str], document: DocumentKind) -> list[ParagraphKind | None]:
    """Tell the role of each paragraph by the run of numbers in which it stands.

    A run is operative under an enacting line, or where most of its paragraphs open with an operative verb or a topic.
    A run that opens with participles throughout and has another run after it is a numbered preamble
    (ICC-ASP/16/17, annex I, appendix).
    """
    kinds: list[ParagraphKind | None] = [None] * len(passages)
    runs = _runs(passages)
    for number, run in enumerate(runs):
        numbered = [index for index in run.members if passages[index].levels]
        top = [index for index in numbered if passages[index].chapeau is None] or numbered
        operative = [
            index for index in run.members if opens_operative(texts[index]) or topic_of(texts[index]) is not None
        ]
        later = runs[number + 1] if number + 1 < len(runs) else None
        preamble = (
            run.enacted
            and bool(top)
            and all(opens_preambular(texts[index]) for index in top)
            and later is not None
            and later.part == run.part
            and later.numbered
        )
        is_operative = run.enacted or (bool(run.members) and 2 * len(operative) > len(top or run.members))
        if document is DocumentKind.RESOLUTION and run.part == "body" and not run.enacted:
            is_operative = is_operative or bool(operative) or not _is_narrative(texts, top)
        first = top[0] if top else len(passages)
        recitals = [index for index in run.members if index < first and opens_preambular(texts[index])]
        for index in run.members:
            chapeau = passages[index].chapeau
            if chapeau is not None:
                kinds[index] = kinds[chapeau]
            elif preamble or any(level.family is Family.PREAMBULAR for level in passages[index].levels):
                kinds[index] = ParagraphKind.PREAMBULAR
            elif passages[index].levels:
                kinds[index] = ParagraphKind.OPERATIVE if is_operative else ParagraphKind.NARRATIVE
            elif run.enacted and top and recitals and index < recitals[-1]:
                # "Recalls that ..." between recitals, over numbered paragraphs (S/RES/2782 (2025), preamble).
                kinds[index] = ParagraphKind.PREAMBULAR
            else:
                kinds[index] = _unnumbered_kind(
                    texts[index], enacted=run.enacted, before=run.opening and index < first, operative=is_operative
                )
    return kinds


def _is_narrative(texts: Sequence[str], members: Sequence[int]) -> bool:
    return all(re.match(r"(?:The|A|An|In|At|On|This|It)\b", texts[index]) for index in members)


def _unnumbered_kind(text: str, *, enacted: bool, before: bool, operative: bool) -> ParagraphKind:
    if opens_operative(text) or opens_decision(text) or topic_of(text) is not None:
        return ParagraphKind.OPERATIVE
    if enacted and (before or opens_preambular(text)):
        return ParagraphKind.PREAMBULAR
    if operative and re.search(r"[,:]$", text):
        return ParagraphKind.OPERATIVE
    return ParagraphKind.NARRATIVE if re.search(r"[.;:?!”\")]$", text) else ParagraphKind.UNCLASSIFIED


@dataclass(slots=True)
class _Run:
    part: str
    enacted: bool
    members: list[int]
    opening: bool = True
    last: int = 0
    numbered: bool = False


def _runs(passages: Sequence[Passage]) -> list[_Run]:
    """Group the paragraphs by part and, inside, by runs of numbers that count up from 1."""
    runs: list[_Run] = []
    run = _Run("body", enacted=False, members=[])
    for index, passage in enumerate(passages):
        number = next((level.ordinal for level in passage.levels[:1] if level.family is Family.NUMBER), None)
        restarts = passage.chapeau is None and number is not None and number <= run.last
        if number == run.last and (len(passage.levels) > 1 or not passage.levels[0].name.isdigit()):
            restarts = False  # 5(b) after 5(a); 2 bis after 2
        if passage.part != run.part or passage.role is Role.ENACTING or restarts:
            runs.append(run)
            enacted = passage.role is Role.ENACTING or (run.enacted and passage.part == run.part)
            moved = _chapeau_before(passages, run, index) if restarts else []
            run = _Run(passage.part, enacted, moved, opening=not restarts)
        if passage.role in (Role.NUMBERED, Role.UNNUMBERED):
            run.members.append(index)
        if number is not None and passage.chapeau is None:
            run.last, run.numbered = number, True
    runs.append(run)
    return runs


def _chapeau_before(passages: Sequence[Passage], run: _Run, index: int) -> list[int]:
    """The unnumbered line over numbers that start again belongs to them, not to the run before."""
    if run.members and run.members[-1] == index - 1 and passages[index - 1].role is Role.UNNUMBERED:
        return [run.members.pop()]
    return []


def _label(passage: Passage) -> str:
    names = [level.name for level in passage.levels]
    return "".join(names)


def _keys(passages: Sequence[Passage], kinds: Sequence[ParagraphKind | None]) -> list[str]:
    """Make a key for each paragraph from printed numbers; one that is printed twice gets `~2`."""
    counts: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for index, passage in enumerate(passages):
        kind = kinds[index]
        part = re.sub(r"\s+", "-", passage.part)
        if kind is None:
            keys.append("")
            continue
        if kind is ParagraphKind.PREAMBULAR and passage.chapeau is None:
            name = _counted(counts, part, "preamble")
        elif passage.levels:
            name = _label(passage)
            if passage.chapeau is not None:
                chapeau = keys[passage.chapeau].split("/", 1)[1]
                upper = _label(passages[passage.chapeau])
                numbered = passages[passage.chapeau].levels or kind is ParagraphKind.PREAMBULAR
                name = chapeau + name[len(upper) :] if numbered else name
        else:
            name = _counted(counts, part, "unnumbered")
        key = f"{part}/{name}"
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}~{seen[key]}")
    return keys


def _counted(counts: Counter[tuple[str, str]], part: str, name: str) -> str:
    counts[part, name] += 1
    return f"{name}.{counts[part, name]}"


def _with_unanchored(
    paragraphs: list[ParagraphRecord], positions: Sequence[int], notes: Sequence[Note], loose: tuple[Footnote, ...]
) -> list[ParagraphRecord]:
    """Give notes whose mark was not found to the paragraph over the foot of their page, so that no word is lost."""
    if not paragraphs:
        return paragraphs
    given = {len(paragraphs) - 1: list(loose)}
    for note in notes:
        if not note.anchored:
            given.setdefault(_over(note, positions), []).append(Footnote(note.mark, note.text))
    return [
        replace(paragraph, footnotes=(*paragraph.footnotes, *given.get(index, ())))
        for index, paragraph in enumerate(paragraphs)
    ]


def _over(note: Note, positions: Sequence[int]) -> int:
    """Find the last paragraph that starts before a note."""
    return max((index for index, start in enumerate(positions) if start <= note.position), default=0)


def _warnings(
    passages: Sequence[Passage],
    paragraphs: Sequence[ParagraphRecord],
    keys: Sequence[str],
    positions: Sequence[int],
    notes: Sequence[Note],
) -> Iterator[DocumentWarning]:
    for passage, key in zip(passages, keys, strict=True):
        if passage.warning:
            yield DocumentWarning(f"{passage.warning[0].upper()}{passage.warning[1:]}.", (key,) if key else ())
    unplaced = tuple(paragraph.key for paragraph in paragraphs if paragraph.kind is ParagraphKind.UNCLASSIFIED)
    if unplaced:
        count = "One paragraph" if len(unplaced) == 1 else f"{len(unplaced)} paragraphs"
        yield DocumentWarning(f"{count} could not be placed: kept as printed, unclassified.", unplaced)
    for note in notes:
        if not note.anchored:
            over = tuple(paragraph.key for paragraph in paragraphs[_over(note, positions) :][:1])
            yield DocumentWarning(f"Footnote {note.mark} has no mark in the text.", over)
