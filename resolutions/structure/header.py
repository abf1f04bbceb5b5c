"""The head of a document: symbol, kind, title, session, and how it was adopted or distributed."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from resolutions.structure.dates import first_date
from resolutions.structure.footnotes import anchors_of
from resolutions.structure.grammar import ends_clause
from resolutions.structure.headings import enacting_lines, is_enacting, opens_decision, section_ordinals, starts_text
from resolutions.structure.joining import join
from resolutions.structure.lines import Line
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


# "Adopted at the 8th plenary meeting, on 9 December 2021, by consensus" (ICC-ASP/20/Res.2); "Resolution adopted by the
# General Assembly on 26 October 2018"; "Adopted by the Security Council at its 5158th meeting, on 31 March 2005".
_ADOPTION = re.compile(
    r"\[?(?:Resolution\s+|Declaration\s+|Decision\s+)?(?:adopted|adopt[ée]e|adoptada|aprobada)\b", re.IGNORECASE
)
_MEETING = re.compile(
    r"\b(?P<meeting>(?:\d{1,4}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)\s+(?:\(?(?:resumed|closed)\)?\s+)?(?:plenary\s+)?meeting)\b",
    re.IGNORECASE,
)
_MODE = re.compile(
    r"\b(by\s+(?:general\s+)?consensus|by\s+acclamation|unanimously|without\s+(?:a\s+)?vote|"
    r"by\s+(?:a\s+)?(?:recorded\s+|roll-call\s+)?vote"
    r"(?:\s+of\s+\d+\s+(?:in\s+favour\s+)?to\s+\d+(?:,\s+with\s+\d+\s+abstentions?)?)?)",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?P<ordinal>[A-Z][a-z]+(?:[- ][a-z]+)?|\d{1,3}(?:st|nd|rd|th))\s+(?:resumed\s+|special\s+)?session\b.*",
    re.IGNORECASE,
)
_DISTRIBUTION = re.compile(r"(?:.*\s)?Distr\.?:?.*|Original:?.*|ORIGINAL:?.*|Distribution:.*", re.IGNORECASE)
_PLACE = re.compile(r"[A-Z][\w .’'-]+,\s*\d{1,2}.{0,40}\d{4}")
_BODY = re.compile(
    r"(?:United\s+Nations|(?:The\s+)?(?:General\s+Assembly|Security\s+Council|Human\s+Rights\s+Council|Assembly\s+of\s+States\s+Parties"
    r"(?:\s+to\s+the\s+Rome\s+Statute.*)?)|International\s+Criminal\s+Court|Cour\s+p[ée]nale\s+internationale|Review\s+Conference.*|"
    r"Committee\s+on\s+Budget\s+and\s+Finance|The\s+Bureau.*)(?:\s+[A-Z]/[\w/.() -]+)?",
    re.IGNORECASE,
)
_MASTHEAD_REST = re.compile(
    r"(?:Agenda\s+items?\b.*|English|Advance\s+version|Item\s+\d.*|Plenary.*|\*?\s*Reissued.*|\d{1,2}\s+[A-Z][a-z]+\s+\d{4}|"
    r"(?:Note|Submitted|Prepared|Presented|Transmitted)\s+by\b.*|Official\s+Records.*|General|"
    r"(?:\w+\s+){0,2}(?:regular\s+|resumed\s+|special\s+)?session)",
    re.IGNORECASE,
)
_UN_NUMBER = re.compile(
    r"\d{1,3}/(?:L\.)?\d{1,4}[A-Z]?\.\s+(?P<title>\S.*)"
)  # "73/7. Report of the International Criminal Court"
# "Australia and Zambia:* draft resolution", "Draft decision submitted by the Chair", "amendment to draft resolution"
_SUBMISSION = re.compile(
    r".*\b(?:draft\s+(?:resolution|decision|declaration)s?\*{0,3}|amendments?\s+to\s+(?:revised\s+)?draft\s+\w+.*)|"
    r"(?:Revised\s+)?Draft\s+(?:resolution|decision)s?\s+submitted\s+by\b.*",
    re.IGNORECASE,
)
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
    if end is None:
        end = next((index for index, line in enumerate(lines) if len(line.text) > 200), len(lines))
    end = _prose(lines, end)
    end -= _heading_lines(lines[:end], lines[end:])
    bare = [anchors_of(line.styled, notes) for line in lines[:end]]
    head = [replace(line, styled=styled) for line, (styled, _) in zip(lines, bare, strict=False)]
    texts = [line.text for line in head]
    symbol = _symbol(texts) or _symbol_of_name(source_name)
    adoption = _joined(_adoption(head))
    kind = DocumentKind.REPORT
    if adoption or (symbol is not None and symbol.is_resolution):
        kind = DocumentKind.RESOLUTION
    distributed = None if kind is DocumentKind.RESOLUTION else _distributed(texts)
    meeting, mode = _MEETING.search(adoption), _MODE.search(adoption)
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
        lines: closing lines: "39th meeting", "[Adopted by a recorded vote of 27 to 4, ...]", as the General Assembly
            and the Human Rights Council set them.

    Returns:
        The head with the meeting and mode that it did not name itself.
    """
    text = " ".join(lines)
    meeting, mode = _MEETING.search(text), _MODE.search(text)
    return replace(
        header,
        meeting=header.meeting or (meeting["meeting"] if meeting else None),
        mode=header.mode or (mode[1] if mode else None),
    )


def _prose(lines: Sequence[Line], end: int) -> int:
    """Find where the text starts if a summary in full sentences stands before its first number or heading."""
    for index in range(end):
        block = [line.text for line in lines[index:end]]
        length = next((n for n in range(1, len(block)) if lines[index + n].gap), len(block))
        words = " ".join(block[:length])
        if not lines[index].gap or len(words) < 100 or not re.search(r"[a-z)”]\.$", words):
            continue
        if not (_is_masthead(block[0]) or _ADOPTION.match(block[0]) or block[0].startswith(("[", "*"))):
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
    titles = [index for index, line in enumerate(head) if not _is_masthead(line.text)]
    if (
        not last.gap
        or len(titles) < 2
        or titles[-1] != len(head) - 1
        or ends_clause(last.text)
        or find_symbols(last.text)
    ):
        return 0
    return 0 if _ADOPTION.match(head[titles[-2]].text) else 1


def _symbol(texts: Sequence[str]) -> DocumentSymbol | None:
    """The document's own symbol: after "Resolution", alone on its line or before its title; not one in brackets."""
    mentions: list[tuple[int, SymbolMention]] = []
    for text in texts:
        for mention in find_symbols(text):
            before, after = text[: mention.start].strip(), text[mention.end :].strip()
            if before and not (_RESOLUTION_LINE.fullmatch(before) or _is_masthead(before)):
                continue  # a symbol in running text is another document's
            if after and (ends_clause(after) or not after.lstrip(":.–— -*")[:1].isupper()) and not _is_masthead(text):
                continue
            rank = 1 if before or after else 2
            if mention.symbol.is_resolution:
                rank = 4 if before and _RESOLUTION_LINE.fullmatch(before) else 3
            mentions.append((rank, mention))
    if mentions:
        return max(mentions, key=lambda item: item[0])[1].symbol
    # "Resolution 1593 (2005)" over "Adopted by the Security Council" is S/RES/1593 (2005).
    council = any(re.search(r"\bSecurity\s+Council\b", text) for text in texts)
    number = next(
        (match for text in texts if (match := re.fullmatch(r"Resolution\s+(\d{1,4}\s?\(\d{4}\))", text))), None
    )
    if council and number is not None:
        return DocumentSymbol.parse(f"S/RES/{number[1]}")
    return None


def _symbol_of_name(name: str) -> DocumentSymbol | None:
    stem = re.sub(r"^.*[/\\]", "", name)
    found = re.search(r"(?:ICC[- ]?ASP|RC)[-_ ].*", stem, re.IGNORECASE)
    if found is None:
        return None
    mentions = find_symbols(re.sub(r"[_ ]", "-", found[0]).replace("icc", "ICC").replace("asp", "ASP"))
    return mentions[0].symbol if mentions else None


def _adoption(head: Sequence[Line]) -> tuple[str, ...]:
    """The line of adoption, with the lines on which it runs on and the note in brackets under it."""
    for index, line in enumerate(head):
        if _ADOPTION.match(line.text):
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
    return ()


def _distributed(texts: Sequence[str]) -> datetime.date | None:
    start = next((index for index, text in enumerate(texts) if re.search(r"\bDistr", text)), None)
    candidates = texts if start is None else texts[start:]
    for text in candidates:
        # "New York, 4 – 14 December 2017" is when the session met.
        if not _PLACE.fullmatch(text) and (date := first_date(text)) is not None:
            return date
    return None


def _session(symbol: DocumentSymbol | None, texts: Sequence[str]) -> int | str | None:
    if symbol is not None and symbol.session is not None:
        return symbol.session
    for text in texts:
        match = _SESSION.fullmatch(text)
        if match is not None and (number := ordinal_number(match["ordinal"])) is not None:
            return number
    if symbol is not None and symbol.series in ("A", "A/HRC", "CBF"):
        number_match = re.match(r"(?:RES/|C\.\d/)?(\d{1,3})/", symbol.body)
        return int(number_match[1]) if number_match else None
    return None


def _is_masthead(text: str) -> bool:
    """Lines of the head that are no title."""
    patterns = (_SESSION, _DISTRIBUTION, _PLACE, _BODY, _MASTHEAD_REST, _MEETING)
    if any(pattern.fullmatch(text) for pattern in patterns) or _ADOPTION.match(text):
        return True
    if text.startswith("[") and text.endswith("]"):
        return True
    rest = text
    for mention in reversed(find_symbols(text)):
        rest = rest[: mention.start] + rest[mention.end :]
    if rest == text:
        return False
    rest = re.sub(r"R[eé]solution|Resolución|Decision|Distr\.:?(?:\s*General|\s*Limited)?|[^\w ]|\d", "", rest).strip()
    return not rest or any(pattern.fullmatch(rest) for pattern in patterns)


def _title(head: Sequence[Line], symbol: DocumentSymbol | None) -> str:
    """The title: after "73/7." or the symbol, else the first lines that are neither masthead nor adoption."""
    for index, line in enumerate(head):
        if match := _UN_NUMBER.fullmatch(line.text):
            return _joined([match["title"], *_same_block(head, index)])
    if draft := _title_of_draft(head):
        return draft
    adopted = next((index for index, line in enumerate(head) if _ADOPTION.match(line.text)), -1)
    title: list[str] = []
    skipped = set(_adoption(head))
    for index, line in enumerate(head):
        text = line.text
        if symbol is not None and index > adopted:
            own = next(
                (mention for mention in find_symbols(text) if mention.symbol == symbol and mention.start == 0), None
            )
            if own is not None and not _is_masthead(text):
                text = text[own.end :].lstrip(" :.–—-")
        runs_on = bool(title) and not line.gap and not is_enacting(text)
        if index <= adopted or line.text in skipped or (not runs_on and (_is_masthead(text) or is_enacting(text))):
            if title:
                break
            continue
        if title and line.gap:
            break
        title.append(text)
    if title or adopted < 0:
        return _joined(title)
    # Some texts carry the title above the adoption line.
    above = [line.text for line in head[:adopted] if not _is_masthead(line.text)]
    return _joined(above[:1]) or head[0].text


def _title_of_draft(head: Sequence[Line]) -> str:
    """The block under the line that says who submits a draft, as committees of the General Assembly set it."""
    submitted = [index for index, line in enumerate(head) if _SUBMISSION.fullmatch(line.text)]
    if not submitted:
        return ""
    start = next((index for index in range(submitted[-1] + 1, len(head)) if head[index].gap), len(head))
    return _joined([head[start].text, *_same_block(head, start)]) if start < len(head) else ""


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
