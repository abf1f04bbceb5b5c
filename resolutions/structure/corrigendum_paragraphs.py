"""Paragraphs that a corrigendum replaces, puts in or deletes, and the numbers of those behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from resolutions.structure.corrigenda import Instruction
from resolutions.structure.labels import Family, Level, nested, read_marker
from resolutions.structure.records import ParagraphKind, ParagraphRecord, ResolutionRecord
from resolutions.structure.styled import StyledText

_NUMBER = re.compile(r"\d+")
_COUNTED = re.compile(r"(?P<part>[^/]*/)(?P<name>preamble|unnumbered)\.(?P<nth>\d+|\+)(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Inserted:
    place: int
    before: bool
    records: tuple[ParagraphRecord, ...]


@dataclass(slots=True)
class Corrected:
    """The paragraphs of a text while it is corrected; their places do not change until everything is done.

    Attributes:
        paragraphs: as issued, with their words corrected.
        deleted: places of those that go.
        children: new sub-paragraphs of those that were replaced, by their place.
        inserted: new paragraphs.
        renumbers: the paragraphs behind them are numbered anew.
    """

    paragraphs: list[ParagraphRecord] = field(default_factory=list)
    deleted: set[int] = field(default_factory=set)
    children: dict[int, tuple[ParagraphRecord, ...]] = field(default_factory=dict)
    inserted: list[_Inserted] = field(default_factory=list)
    renumbers: bool = False

    @property
    def is_moved(self) -> bool:
        """True where a paragraph was put in or deleted."""
        return bool(self.inserted or self.deleted)

    def copy(self) -> Corrected:
        """Give the state as it is now, to come back to."""
        return Corrected(
            list(self.paragraphs), set(self.deleted), dict(self.children), list(self.inserted), self.renumbers
        )

    def stands(self, place: int) -> bool:
        """Say whether a paragraph is not deleted."""
        return place not in self.deleted

    def with_descendants(self, place: int) -> list[int]:
        """Give a paragraph and all that stand under it."""
        keys, found = {self.paragraphs[place].key}, [place]
        for index in range(place + 1, len(self.paragraphs)):
            if self.paragraphs[index].parent in keys:
                keys.add(self.paragraphs[index].key)
                found.append(index)
        return [index for index in found if self.stands(index)] if self.stands(place) else found

    def delete(self, place: int) -> None:
        """Take a paragraph out with all that stand under it."""
        self.deleted.update(self.with_descendants(place))

    def insert(self, place: int, instruction: Instruction) -> str:
        """Put a paragraph in behind another one, or before it.

        Returns:
            Why that cannot be done, in a sentence; empty where it was done.
        """
        anchor = self.paragraphs[place]
        pieces = list(unquoted(instruction.new))
        marker = read_marker(pieces[0].text)
        if marker is not None and (marker.is_number or instruction.label.endswith(marker.name)):
            pieces[0] = pieces[0].cut(marker.length).strip()
        name = instruction.label or (marker.name if marker is not None and marker.is_number else "")
        if anchor.kind is ParagraphKind.PREAMBULAR and anchor.parent is None:
            label, key = anchor.label, re.sub(r"\.\d+$", ".+", anchor.key)
        else:
            if not name and self.renumbers and anchor.label.isdecimal():
                name = str(int(anchor.label) + 1)
            if not name:
                return "It gives the new paragraph no number."
            label = name if not name.startswith("(") else anchor.label[: anchor.label.rfind("(")] + name
            taken = {p.label for i, p in enumerate(self.paragraphs) if p.part == anchor.part and self.stands(i)}
            taken |= {p.label for put in self.inserted for p in put.records if p.part == anchor.part}
            if label in taken and not (self.renumbers and label.isdecimal()):
                return f"There is a paragraph {label} already."
            key = f"{anchor.key.rpartition('/')[0]}/{label}"
            if self.renumbers and label.isdecimal():
                key += "+"  # until the others have moved
        stem = replace(anchor, key=key, label=label, printed=_printed(anchor, label), footnotes=(), emphases=())
        records = _with_children(stem, pieces)
        last = place if instruction.before else max(self.with_descendants(place))
        self.inserted.append(_Inserted(last, instruction.before, tuple(records)))
        return ""


def _printed(anchor: ParagraphRecord, label: str) -> str:
    if anchor.label and anchor.printed and anchor.label.split("(")[0] in anchor.printed:
        return anchor.printed.replace(anchor.label.split("(")[0], label, 1)
    return re.sub(r"\(\w+\)", f"({label.rpartition('(')[2]}", anchor.printed) if "(" in label else ""


def unquoted(pieces: Sequence[StyledText]) -> tuple[StyledText, ...]:
    """Give the pieces of a text without the quotation marks around the whole of it."""
    first, last = pieces[0].strip(), pieces[-1].strip()
    if not re.match(r"[“\"«]", first.text) or not re.search(r"[”\"»][.;,]?$", last.text):
        return tuple(pieces)
    end = len(last.text) - len(re.sub(r"[”\"»][.;,]?$", "", last.text))
    if len(pieces) == 1:
        return (first.cut(1, len(first) - end).strip(),)
    return (first.cut(1).strip(), *pieces[1:-1], last.cut(0, len(last) - end).strip())


def replaced(text: Corrected, place: int, new: Sequence[StyledText]) -> None:
    """Put a text in the place of a paragraph; sub-paragraphs go with it unless only their chapeau is given."""
    paragraph = text.paragraphs[place]
    pieces = list(unquoted(new))
    marker = read_marker(pieces[0].text)
    if marker is not None and paragraph.label.endswith(marker.name):
        pieces[0] = pieces[0].cut(marker.length).strip()
    first, *children = _with_children(paragraph, pieces)
    text.paragraphs[place] = first
    chapeau_alone = not children and re.search(r"[:—–]$", first.text) is not None
    if not chapeau_alone:
        text.deleted.update(set(text.with_descendants(place)) - {place})
        text.children[place] = tuple(children)


def _with_children(paragraph: ParagraphRecord, pieces: Sequence[StyledText]) -> list[ParagraphRecord]:
    """Make records of the pieces of a text: the paragraph, and its lettered sub-paragraphs."""
    number = _NUMBER.match(paragraph.label)
    base: tuple[Level, ...] = ()
    if number is not None:
        base = (Level(Family.NUMBER, int(number[0]), paragraph.label),)
    texts: list[tuple[tuple[Level, ...], str, StyledText]] = [(base, paragraph.printed, pieces[0].collapsed())]
    for piece in pieces[1:]:
        marker = read_marker(piece.text)
        levels = None if marker is None or marker.is_number else nested(texts[-1][0], marker, None)
        if marker is None or levels is None:
            before, printed, so_far = texts[-1]
            texts[-1] = (before, printed, (so_far + StyledText.unstyled(" ") + piece).collapsed())
            continue
        texts.append((levels, marker.printed, piece.cut(marker.length).collapsed()))
    records: list[ParagraphRecord] = []
    for levels, printed, styled in texts:
        names = "".join(level.name for level in levels[len(base) :])
        outer = "".join(level.name for level in levels[len(base) : -1])
        notes = tuple(replace(note, offset=None) for note in paragraph.footnotes) if not records else ()
        records.append(
            replace(
                paragraph,
                key=paragraph.key + names,
                label=(paragraph.label if base else "") + names if names else paragraph.label,
                printed=printed,
                text=styled.text,
                emphases=styled.emphases(),
                footnotes=notes,
                parent=paragraph.key + outer if names else paragraph.parent,
            )
        )
    return records


def added(paragraph: ParagraphRecord, words: str) -> ParagraphRecord:
    """Give a paragraph with words at its end, before the stop that closes it."""
    text = re.sub(r"[.;,]$", "", paragraph.text)
    stop = "" if re.search(r"[.;,:]$", words) else paragraph.text[len(text) :]
    between = "" if re.match(r"[.;,:]", words) else " "
    return replace(paragraph, text=f"{text}{between}{words}{stop}")


@dataclass(frozen=True, slots=True)
class _Entry:
    record: ParagraphRecord
    is_new: bool
    is_deleted: bool = False


def renumbered(record: ResolutionRecord, text: Corrected) -> ResolutionRecord:
    """Give the document with its corrected paragraphs, in their order and under their numbers."""
    entries = list(_in_order(text))
    names: dict[str, str] = {}
    given: list[str] = []
    shifts: Counter[str] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    numbers: dict[str, int] = {}
    for entry in entries:
        paragraph = entry.record
        is_number = paragraph.label.isdecimal()
        shift = shifts[paragraph.part]
        if entry.is_deleted:
            shifts[paragraph.part] -= int(is_number and text.renumbers)
            given.append("")
            continue
        key = paragraph.key
        if entry.is_new and key.endswith("+") and is_number:
            key = re.sub(r"/.*", f"/{numbers.get(paragraph.part, 0) + 1}", key)
            shifts[paragraph.part] += 1
        elif text.renumbers and not entry.is_new and shift and _NUMBER.match(paragraph.label):
            key = re.sub(r"/(\d+)", lambda match: f"/{int(match[1]) + shift}", key, count=1)  # noqa: B023 - used at once
        counted = _COUNTED.fullmatch(key)
        if counted is not None and not counted["rest"]:
            counts[counted["part"], counted["name"]] += 1
            key = f"{counted['part']}{counted['name']}.{counts[counted['part'], counted['name']]}"
        elif counted is not None and paragraph.parent in names:
            key = names[paragraph.parent] + key[len(paragraph.parent) :]
        if number := re.search(r"/(\d+)$", key):
            numbers[paragraph.part] = int(number[1])
        names[paragraph.key] = key
        given.append(key)
    paragraphs = tuple(_moved(entry.record, key, names) for entry, key in zip(entries, given, strict=True) if key)
    headings = tuple(replace(heading, before=_below(heading.before, entries, names)) for heading in record.headings)
    return replace(record, paragraphs=paragraphs, headings=headings)


def _in_order(text: Corrected) -> Iterator[_Entry]:
    for place, paragraph in enumerate(text.paragraphs):
        for put in text.inserted:
            if put.place == place and put.before:
                yield from (_Entry(new, is_new=True) for new in put.records)
        yield _Entry(paragraph, is_new=False, is_deleted=place in text.deleted)
        yield from (_Entry(child, is_new=False) for child in text.children.get(place, ()))
        for put in text.inserted:
            if put.place == place and not put.before:
                yield from (_Entry(new, is_new=True) for new in put.records)


def _moved(paragraph: ParagraphRecord, key: str, names: dict[str, str]) -> ParagraphRecord:
    parent = None if paragraph.parent is None else names.get(paragraph.parent)
    if key == paragraph.key and parent == paragraph.parent:
        return paragraph
    label, printed = paragraph.label, paragraph.printed
    old, new = _NUMBER.match(label), re.search(r"/(\d+)", key)
    if old is not None and new is not None and old[0] != new[1]:
        label = new[1] + label[old.end() :]
        printed = printed.replace(old[0], new[1], 1)
    return replace(paragraph, key=key, parent=parent, label=label, printed=printed)


def _below(key: str | None, entries: Sequence[_Entry], names: dict[str, str]) -> str | None:
    """Give the paragraph under a heading: where it was deleted, the next one that stands."""
    if key is None or key in names:
        return None if key is None else names[key]
    place = next((index for index, entry in enumerate(entries) if entry.record.key == key), len(entries))
    return next((names[entry.record.key] for entry in entries[place:] if not entry.is_deleted), None)
