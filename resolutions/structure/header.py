"""The head of a document: symbol, kind, title, session, and how it was adopted or distributed."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from resolutions.structure.dates import first_date
from resolutions.structure.footnotes import anchors_of
from resolutions.structure.grammar import ends_clause
from resolutions.structure.headings import enacting_lines, is_enacting, opens_decision, section_ordinals, starts_text
from resolutions.structure.joining import join
from resolutions.structure.lines import Line
from resolutions.structure.masthead import ADOPTION, MEETING, PLACE, SESSION, is_masthead
from resolutions.structure.notemarks import Note
from resolutions.structure.ordinals import ordinal_number
from resolutions.structure.records import DocumentKind, Footnote
from resolutions.structure.styled import StyledText
from resolutions.structure.symbols import DocumentSymbol, SymbolMention, find_symbols


@dataclass(frozen=True, slots=True)
class Header:
    """What the head says; the fields are those of `ResolutionRecord`."""

    symbol: DocumentSymbol | None
    kind: DocumentKind
    title: str
    session: int | str | None
    adopted: datetime.date | None
    meeting: str | None
    mode: str | None
    distributed: datetime.date | None
    lines: tuple[str, ...]
    footnotes: tuple[Footnote, ...] = ()  # those whose marks stand in the head

    @property
    def is_recognized(self) -> bool:
        """True where the head alone shows a document of an assembly: by its symbol, adoption or distribution."""
        return self.symbol is not None or self.adopted is not None or self.distributed is not None


_MODE = re.compile(
    r"\b(by\s+(?:general\s+)?consensus|by\s+acclamation|unanimously|without\s+(?:a\s+)?vote|"
    r"by\s+(?:a\s+)?(?:recorded\s+|roll-call\s+)?vote"
    r"(?:\s+of\s+\d+\s+(?:in\s+favour\s+)?to\s+\d+(?:,\s+with\s+\d+\s+abstentions?)?)?)",
    re.IGNORECASE,
)
# "73/7. Report of the International Criminal Court", "S-35/1. Human rights in ...", "15/7 Human rights and ..." and,
# over a draft that has no number yet, "59/… Human rights and ...".
_UN_NUMBER = re.compile(r"(?:S-|ES-)?\d{1,3}/(?:(?:L\.)?\d{1,4}[A-Z]?\.?|[….]+)\s+(?P<title>[^\Wa-z].*)")
# "Australia and Zambia:* draft resolution", "Draft decision submitted by the Chair", "amendment to draft resolution"
_SUBMISSION = re.compile(
    r".*\b(?:draft\s+(?:resolution|decision|declaration)s?\*{0,3}|amendments?\s+to\s+(?:revised\s+)?draft\s+\w+.*)|"
    r"(?:Revised\s+)?Draft\s+(?:resolution|decision)s?\s+submitted\s+by\b.*",
    re.IGNORECASE,
)
# "Resolution 1593 (2005)", in capitals until 1999; in the yearly volumes with "of 17 June 1991" under it, and "18
# (1947). Resolution of 13 February 1947".
_COUNCIL_NUMBER = re.compile(
    r"(Resolution\s+)?(?P<number>\d{1,4}\s?\(\d{4}\))(?(1)|\.\s+Resolution)(?P<day>\s+of\s.*)?", re.IGNORECASE
)
_OF_DAY = re.compile(r"of\s+\d{1,2}\s+[A-Z][a-z]+\s+\d{4}")
_RESOLUTION_LINE = re.compile(r"R[eé]solution\b|Resolución\b|Decision\b|Declaration\b", re.IGNORECASE)


def read_header(
    lines: Sequence[Line], source_name: str = "", notes: Sequence[Note] = ()
) -> tuple[Header, tuple[Line, ...]]:
    """Read the head.

    Args:
        lines: the running text from its first line on.
        notes: the footnotes of the document, for which anchors stand in the lines.
        source_name: name of the file, whose pattern carries the symbol where the head does not
            (``ICC-ASP-16-17-ENG.txt``).

    Returns:
        The head, and the lines of the text after it.
    """
    end = next((index for index in range(len(lines)) if starts_text(lines, index)), None)
    if end is None and (draft := _under_draft_title(lines)) is not None:
        end = draft
    else:
        if end is None:
            end = next((index for index, line in enumerate(lines) if len(line.text) > 200), _after_title(lines))
        end = _prose(lines, end)
        end -= _heading_lines(lines[:end], lines[end:])
    bare = [anchors_of(line.styled, notes) for line in lines[:end]]
    head = [replace(line, styled=styled) for line, (styled, _) in zip(lines, bare, strict=False)]
    texts = [line.text for line in head]
    symbol = _symbol(texts, lines[end].text if end < len(lines) else "") or _symbol_of_name(source_name)
    adoption = _joined(_adoption(head))
    kind = DocumentKind.REPORT
    if adoption or (symbol is not None and symbol.is_resolution):
        kind = DocumentKind.RESOLUTION
    distributed = None if kind is DocumentKind.RESOLUTION else _distributed(texts)
    meeting, mode = MEETING.search(adoption), _MODE.search(adoption)
    header = Header(
        symbol=symbol,
        kind=kind,
        title=_title(head, symbol),
        session=_session(symbol, texts),
        adopted=first_date(adoption),
        meeting=_sentence_case(meeting["meeting"]) if meeting else None,
        mode=_sentence_case(mode[1]) if mode else None,
        distributed=distributed,
        lines=tuple(texts),
        footnotes=tuple(replace(note, offset=None) for _, found in bare for note in found),
    )
    return header, tuple(lines[end:])


def with_closing(header: Header, lines: Sequence[str]) -> Header:
    """Complete the head from the lines under the last paragraph.

    Args:
        header: the head.
        lines: closing lines: "39th meeting", "22 March 2012", "[Adopted by a recorded vote of 27 to 4, ...]", as the
            General Assembly and the Human Rights Council set them.

    Returns:
        The head with the meeting, day and mode that it did not name itself.
    """
    text = " ".join(lines)
    meeting, mode = MEETING.search(text), _MODE.search(text)
    adopted = header.adopted or (first_date(text) if header.kind is DocumentKind.RESOLUTION else None)
    return replace(
        header,
        adopted=adopted,
        meeting=header.meeting or (meeting["meeting"] if meeting else None),
        mode=header.mode or (mode[1] if mode else None),
    )


def _after_title(lines: Sequence[Line]) -> int:
    """Find the text under the title of an amendment or a short decision, which no number and no verb opens: "After
    preambular paragraph 2, insert ..." (S/2025/115). Without a symbol over the title it is no document of ours."""
    masthead = [index for index, line in enumerate(lines) if is_masthead(line.text)]
    if not any(find_symbols(lines[index].text) for index in masthead):
        return len(lines)
    blocks = [index for index in range(masthead[-1] + 1, len(lines)) if lines[index].gap]
    return blocks[1] if len(blocks) > 1 else len(lines)


def _prose(lines: Sequence[Line], end: int) -> int:
    """Find where the text starts if a summary in full sentences stands before its first number or heading."""
    for index in range(end):
        block = [line.text for line in lines[index:end]]
        length = next((n for n in range(1, len(block)) if lines[index + n].gap), len(block))
        words = " ".join(block[:length])
        if not lines[index].gap or len(words) < 100 or not re.search(r"[a-z)”]\.$", words):
            continue
        if not (is_masthead(block[0]) or ADOPTION.match(block[0]) or block[0].startswith(("[", "*"))):
            return index
    return end


def _heading_lines(head: Sequence[Line], text: Sequence[Line]) -> int:
    """Count the last lines of the head that are the first heading of the text: "Introduction" over paragraph 1."""
    if (
        not text
        or not head
        or enacting_lines(text, 0)
        or opens_decision(text[0].text)
        or (section_ordinals(text[0].text) and len(text[0].text) < 80)
    ):
        return 0
    last = head[-1]
    titles = [index for index, line in enumerate(head) if not is_masthead(line.text)]
    if (
        not last.gap
        or len(titles) < 2
        or titles[-1] != len(head) - 1
        or ends_clause(last.text)
        or find_symbols(last.text)
    ):
        return 0
    return 0 if ADOPTION.match(head[titles[-2]].text) else 1


def _symbol(texts: Sequence[str], enacting: str) -> DocumentSymbol | None:
    """The document's own symbol: after "Resolution", alone on its line or before its title; not one in brackets."""
    mentions: list[tuple[int, SymbolMention]] = []
    for text in texts:
        for mention in find_symbols(text):
            before, after = text[: mention.start].strip(), text[mention.end :].strip()
            if before and not (_RESOLUTION_LINE.fullmatch(before) or is_masthead(before)):
                continue  # a symbol in running text is another document's
            if after and (ends_clause(after) or not after.lstrip(":.–— -*")[:1].isupper()) and not is_masthead(text):
                continue
            rank = 1 if before or after else 2
            if mention.symbol.is_resolution:
                rank = 4 if before and _RESOLUTION_LINE.fullmatch(before) else 3
            mentions.append((rank, mention))
    if mentions:
        return max(mentions, key=lambda item: item[0])[1].symbol
    # "Resolution 1593 (2005)" over "Adopted by the Security Council" or "The Security Council," is S/RES/1593 (2005).
    council = any(re.search(r"\bSecurity\s+Council\b", text) for text in (*texts, enacting))
    number = next((match for text in texts if (match := _COUNCIL_NUMBER.fullmatch(text))), None)
    if council and number is not None:
        return DocumentSymbol.parse(f"S/RES/{number['number']}")
    return None


def _symbol_of_name(name: str) -> DocumentSymbol | None:
    stem = re.sub(r"^.*[/\\]", "", name)
    found = re.search(r"(?:ICC[- ]?ASP|(?<![A-Za-z])RC)[-_ ].*", stem, re.IGNORECASE)
    if found is None:
        return None
    mentions = find_symbols(re.sub(r"[_ ]", "-", found[0]).replace("icc", "ICC").replace("asp", "ASP"))
    return mentions[0].symbol if mentions else None


def _adoption(head: Sequence[Line]) -> tuple[str, ...]:
    """The line of adoption, with the lines on which it runs on and the note in brackets under it."""
    for index, line in enumerate(head):
        if ADOPTION.match(line.text):
            lines = [line.text]
            for following in head[index + 1 : index + 5]:
                text = following.text
                broken = not following.gap and (
                    text[0].islower() or first_date(text) is not None or re.fullmatch(r"\d{4}", text) is not None
                )
                if not broken and not re.match(r"(?:on|at|by)\s|\[", text):
                    break
                lines.append(text)
            return tuple(lines)
    for line, following in pairwise((*head, *head[-1:])):
        if (number := _COUNCIL_NUMBER.fullmatch(line.text)) is not None:
            return tuple(day for day in (number["day"], following.text) if day and _OF_DAY.fullmatch(day.strip()))
    return ()


def _distributed(texts: Sequence[str]) -> datetime.date | None:
    start = next((index for index, text in enumerate(texts) if re.search(r"\bDistr", text)), None)
    candidates = texts if start is None else texts[start:]
    for text in candidates:
        # "New York, 4 – 14 December 2017" is when the session met.
        if not PLACE.fullmatch(text) and (date := first_date(text)) is not None:
            return date
    return None


def _session(symbol: DocumentSymbol | None, texts: Sequence[str]) -> int | str | None:
    if symbol is not None and symbol.session is not None:
        return symbol.session
    for text in texts:
        match = SESSION.fullmatch(text)
        if match is not None and (number := ordinal_number(match["ordinal"])) is not None:
            # "Thirty-fifth special session" is S-35 (A/HRC/RES/S-35/1), the emergency ones are ES-10, ES-11.
            kind = match["kind"].lower()
            return number if "special" not in kind else f"{'ES' if 'emergency' in kind else 'S'}-{number}"
    if symbol is not None and symbol.series in ("A", "A/HRC", "CBF"):
        number_match = re.match(r"(?:(?:RES|DEC|PRST)/|C\.\d/)?(?:(E?S-\d{1,2})|(\d{1,3}))/", symbol.body)
        return (number_match[1] or int(number_match[2])) if number_match else None
    return None


def _title(head: Sequence[Line], symbol: DocumentSymbol | None) -> str:
    """The title: after "73/7." or the symbol, else the first lines that are neither masthead nor adoption."""
    for index, line in enumerate(head):
        if match := _UN_NUMBER.fullmatch(line.text):
            return _joined([match["title"], *_same_block(head, index)])
    if draft := _title_of_draft(head):
        return draft
    adopted = next((index for index, line in enumerate(head) if ADOPTION.match(line.text)), -1)
    title: list[str] = []
    skipped = set(_adoption(head))
    for index, line in enumerate(head):
        text = line.text
        if symbol is not None and index > adopted:
            own = next(
                (mention for mention in find_symbols(text) if mention.symbol == symbol and mention.start == 0), None
            )
            if own is not None and not is_masthead(text):
                text = text[own.end :].lstrip(" :.–—-")
        runs_on = bool(title) and not line.gap and not is_enacting(text)
        if index <= adopted or line.text in skipped or (not runs_on and (is_masthead(text) or is_enacting(text))):
            if title:
                break
            continue
        if title and line.gap:
            break
        title.append(text)
    if title or adopted < 0:
        return _joined(title)
    # Some texts carry the title above the adoption line.
    above = [line.text for line in head[:adopted] if not is_masthead(line.text)]
    return _joined(above[:1]) or head[0].text


def _title_of_draft(head: Sequence[Line]) -> str:
    """The block under the line that says who submits a draft, as committees of the General Assembly set it."""
    submitted = _submissions(head)
    if not submitted:
        return ""
    start = next((index for index in range(submitted[-1] + 1, len(head)) if head[index].gap), len(head))
    return _joined([head[start].text, *_same_block(head, start)]) if start < len(head) else ""


def _under_draft_title(lines: Sequence[Line]) -> int | None:
    """Where the text of a draft starts that names no body and numbers nothing: "Delete operative paragraph 9."

    So the General Assembly sets amendments to drafts (A/80/L.20): who submits it, the draft's title, then the text.
    """
    submitted = _submissions(lines)
    gaps = [index for index in range(submitted[0] + 1, len(lines)) if lines[index].gap] if submitted else []
    return gaps[1] if len(gaps) > 1 else None


def _submissions(lines: Sequence[Line]) -> list[int]:
    """The lines that say who submits a draft, or the first lines of blocks that do: "Austria, ...: amendment to"."""
    found = [index for index, line in enumerate(lines) if _SUBMISSION.fullmatch(line.text)]
    blocks = [index for index, line in enumerate(lines) if line.gap] if not found else []
    return found or [i for i in blocks if _SUBMISSION.fullmatch(" ".join([lines[i].text, *_same_block(lines, i)]))]


def _same_block(head: Sequence[Line], index: int) -> list[str]:
    lines: list[str] = []
    for line in head[index + 1 :]:
        if line.gap or is_enacting(line.text):
            break
        lines.append(line.text)
    return lines


def _sentence_case(text: str) -> str:
    return text.lower() if text.isupper() else text


def _joined(texts: Sequence[str]) -> str:
    whole = join([StyledText.unstyled(text) for text in texts], Counter()).text
    return whole.rstrip("*").strip()
