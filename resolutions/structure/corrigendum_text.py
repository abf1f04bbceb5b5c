"""Puts a corrigendum into the text that it corrects. What cannot be placed is left, and listed with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from resolutions.structure.corrigenda import Change, Instruction, Place
from resolutions.structure.corrigendum_paragraphs import Corrected, added, renumbered, replaced
from resolutions.structure.issues import issue_of
from resolutions.structure.records import ParagraphKind, ParagraphRecord, ResolutionRecord
from resolutions.structure.substitution import occurrences, substituted, substituted_note


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An instruction that was not carried out: its words, and why, in a sentence."""

    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectedText:
    """A text with a corrigendum put into it.

    Attributes:
        record: the text.
        changes: how many instructions were carried out; numbering anew is part of what made it necessary.
        unplaced: those that were not.
    """

    record: ResolutionRecord
    changes: int
    unplaced: tuple[Unplaced, ...]


class _Refused(Exception):
    """An instruction cannot be carried out; the message is a sentence that says why."""


def text_corrected(record: ResolutionRecord, instructions: Sequence[Instruction]) -> CorrectedText:
    """Carry out the instructions of a corrigendum.

    They all speak of the text as it was issued: numbers change only when everything else is done.

    Args:
        record: the text.
        instructions: of the corrigendum, in their order.

    Returns:
        The corrected text. An instruction whose paragraph or words are not there, or there more than once, is not
        carried out.
    """
    renumbers = any(instruction.change is Change.RENUMBERING for instruction in instructions)
    work = _Work(record, Corrected(list(record.paragraphs), renumbers=renumbers))
    unplaced: list[Unplaced] = []
    changes = 0
    for instruction in instructions:
        before = (work.record, work.text.copy())
        try:
            work.carry_out(instruction)
        except _Refused as refused:
            # An instruction is done whole or not at all.
            work.record, work.text = before
            unplaced.append(Unplaced(instruction.words, str(refused)))
        else:
            changes += instruction.change is not Change.RENUMBERING
    return CorrectedText(renumbered(work.record, work.text), changes, tuple(unplaced))


@dataclass(slots=True)
class _Work:
    record: ResolutionRecord
    text: Corrected = field(default_factory=Corrected)

    def carry_out(self, instruction: Instruction) -> None:
        if instruction.change is None:
            raise _Refused("It was not understood.")
        if instruction.change is Change.NOTE:
            raise _Refused("It is a footnote of the corrigendum, which is not taken over.")
        symbol = next((place.symbol for place in instruction.places if place.symbol), "")
        if symbol and issue_of(symbol).base != issue_of(self.record.symbol).base:
            raise _Refused(f"It speaks of another document, {symbol}.")
        if instruction.change is Change.RENUMBERING:
            if not self.text.is_moved:
                raise _Refused("Nothing was put in or deleted, so nothing is to be numbered anew.")
        elif instruction.change is Change.WORDS:
            self._words(instruction)
        elif instruction.change is Change.INSERTION:
            self._insert(instruction)
        else:
            if not any(place.is_named for place in instruction.places):
                raise _Refused("It names no paragraph.")
            for place in instruction.places:
                self._whole(instruction, place)

    def _words(self, instruction: Instruction) -> None:
        places = [place for place in instruction.places if place.is_named] or [next(iter(instruction.places), Place())]
        new = instruction.new[0].text if instruction.new else ""
        for place in places:
            if place.title:
                self._words_of_title(instruction, new)
                continue
            scope = self._scope(place)
            self._words_in(instruction, place, scope, new)

    def _words_of_title(self, instruction: Instruction, new: str) -> None:
        found = occurrences(self.record.title, instruction.old)
        if len(found) != 1:
            raise _Refused("The words do not stand once in the title.")
        start, end = found[0]
        self.record = replace(self.record, title=self.record.title[:start] + new + self.record.title[end:])

    def _words_in(self, instruction: Instruction, place: Place, scope: Sequence[int], new: str) -> None:
        note = place.footnote
        counts = {index: self._count(self.text.paragraphs[index], instruction.old, note) for index in scope}
        total = sum(counts.values())
        if not total:
            raise _Refused("The words do not stand there.")
        if total > 1 and not instruction.everywhere:
            raise _Refused(f"The words stand there {total} times, and it does not say which are meant.")
        for index in (index for index, count in counts.items() if count):
            paragraph = self.text.paragraphs[index]
            self.text.paragraphs[index] = (
                substituted_note(paragraph, note, instruction.old, new)
                if note
                else substituted(paragraph, instruction.old, new)
            )

    def _count(self, paragraph: ParagraphRecord, old: str, note: str) -> int:
        if note:
            return sum(
                len(occurrences(footnote.text, old)) for footnote in paragraph.footnotes if footnote.mark == note
            )
        return len(occurrences(paragraph.text, old))

    def _scope(self, place: Place) -> list[int]:
        """Give the paragraphs in which words are looked for: the one that is named with what stands under it."""
        if place.label or place.preambular:
            return self.text.with_descendants(self._find(place))
        paragraphs = enumerate(self.text.paragraphs)
        part = self._part(place) if place.part else ""
        scope = [index for index, paragraph in paragraphs if self.text.stands(index) and part in ("", paragraph.part)]
        if place.footnote:
            scope = [
                index
                for index in scope
                if any(note.mark == place.footnote for note in self.text.paragraphs[index].footnotes)
            ]
            if len(scope) != 1:
                raise _Refused(f"There is no single footnote {place.footnote}.")
        return scope

    def _find(self, place: Place) -> int:
        part = self._part(place)
        standing = [
            (index, paragraph) for index, paragraph in enumerate(self.text.paragraphs) if paragraph.part == part
        ]
        if place.preambular:
            preambular = [i for i, p in standing if p.kind is ParagraphKind.PREAMBULAR and p.parent is None]
            nth = place.preambular - 1 if place.preambular > 0 else place.preambular
            if -len(preambular) <= nth < len(preambular):
                return preambular[nth]
            raise _Refused("There is no such preambular paragraph.")
        found = [index for index, paragraph in standing if _same_label(paragraph.label, place.label)]
        where = place.label if part == "body" else f"{place.label} in {part}"
        if len(found) != 1:
            raise _Refused(
                f"There is no paragraph {where}." if not found else f"There is more than one paragraph {where}."
            )
        if not self.text.stands(found[0]):
            raise _Refused(f"Paragraph {where} is deleted or replaced by the same corrigendum.")
        return found[0]

    def _part(self, place: Place) -> str:
        wanted = place.part.lower() or "body"
        parts = list(dict.fromkeys(paragraph.part for paragraph in self.text.paragraphs))
        if wanted == "body":
            return "body"
        same = [part for part in parts if part.lower() == wanted]
        # "the annex" of a document that has one only, whatever its number
        same = same or [part for part in parts if re.fullmatch(rf"{re.escape(wanted)}(?: [\w]+)?", part.lower())]
        if len(same) != 1:
            raise _Refused(f"There is no single part {place.part}.")
        return same[0]

    def _whole(self, instruction: Instruction, place: Place) -> None:
        if place.title:
            if instruction.change is not Change.TEXT or not instruction.new:
                raise _Refused("A title cannot be deleted.")
            self.record = replace(self.record, title=_unquoted(instruction.new[0].text))
            return
        if place.footnote:
            self._footnote(instruction, place)
            return
        index = self._find(place)
        paragraph = self.text.paragraphs[index]
        if place.sentence:
            self._sentence(instruction, place, index)
        elif place.in_line and not instruction.whole:
            raise _Refused("It counts lines of the page, which are not known.")
        elif instruction.change is Change.DELETION:
            self.text.delete(index)
        elif instruction.change is Change.APPENDIX:
            words = instruction.new[0].text
            self.text.paragraphs[index] = added(paragraph, words)
        else:
            replaced(self.text, index, instruction.new)

    def _footnote(self, instruction: Instruction, place: Place) -> None:
        if instruction.change is Change.APPENDIX:
            raise _Refused("Words cannot be added to the end of a footnote.")
        scope = self._scope(place)
        with_note = [
            index for index in scope if any(n.mark == place.footnote for n in self.text.paragraphs[index].footnotes)
        ]
        if len(with_note) != 1:
            raise _Refused(f"There is no footnote {place.footnote} there.")
        paragraph = self.text.paragraphs[with_note[0]]
        text = _unquoted(instruction.new[0].text) if instruction.change is Change.TEXT and instruction.new else None
        notes = tuple(
            note if note.mark != place.footnote else replace(note, text=text or "")
            for note in paragraph.footnotes
            if text is not None or note.mark != place.footnote
        )
        self.text.paragraphs[with_note[0]] = replace(paragraph, footnotes=notes)

    def _sentence(self, instruction: Instruction, place: Place, index: int) -> None:
        paragraph = self.text.paragraphs[index]
        sentences = re.findall(r"\S.*?[.!?](?=\s+[A-Z“\"(]|\s*$)|\S.*\S$", paragraph.text, re.DOTALL)
        nth = place.sentence - 1 if place.sentence > 0 else place.sentence
        if not -len(sentences) <= nth < len(sentences) or len(occurrences(paragraph.text, sentences[nth])) != 1:
            raise _Refused("There is no such sentence.")
        new = instruction.new[0].text if instruction.new and instruction.change is Change.TEXT else ""
        self.text.paragraphs[index] = substituted(paragraph, sentences[nth], _unquoted(new))

    def _insert(self, instruction: Instruction) -> None:
        if not instruction.new:
            raise _Refused("It does not say what the new paragraph is.")
        named = [place for place in instruction.places if place.label or place.preambular]
        if len(named) != 1:
            raise _Refused("It does not say where the new paragraph comes.")
        problem = self.text.insert(self._find(named[0]), instruction)
        if problem:
            raise _Refused(problem)


def _same_label(label: str, wanted: str) -> bool:
    return re.sub(r"\W", "", label.lower()) == re.sub(r"\W", "", wanted.lower()) and bool(label)


def _unquoted(text: str) -> str:
    return re.sub(r"^[“\"«]|[”\"»]$", "", text.strip()).strip()
