"""Documents cited, with the paragraph where one is named: in the text, the preamble and the footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mandates.extraction.bodies import speaker_of
from mandates.extraction.records import Reference, TextSpan
from mandates.extraction.vocabulary import Vocabulary
from resolutions.structure.records import ParagraphKind, ParagraphRecord, ResolutionRecord
from resolutions.structure.symbols import SymbolMention, find_symbols

_LABEL = r"\d{1,3}(?:\s?\((?:[a-z]|[ivx]{1,5})\))*"
_LABELS = rf"{_LABEL}(?:(?:\s?,\s?(?:and\s)?|\sand\s|\s?[-–]\s?|\sto\s){_LABEL})*"
_PARAGRAPHS = rf"(?:operative\s+)?(?:para(?:graph)?s?\b\.?|§§?)\s?(?P<labels>{_LABELS})"
_PART = r"(?:annex(?:es)?\s+[IVX]+|annex|appendix(?:\s+[IVX]+)?)"
# "paragraph 18 of its resolution on cooperation, adopted at its twelfth session (ICC-ASP/12/Res. 3"
# (ICC-ASP/16/17, annex III, para. 6); "paras. 21(a) and 23(b) of the report on ... (ICC-ASP/12/59)".
_BEFORE = re.compile(rf"{_PARAGRAPHS},?\s+(?:of|in|to)\s+(?P<through>[^;]{{0,250}})$", re.IGNORECASE)
_PART_BEFORE = re.compile(rf"(?P<part>{_PART}),?\s+(?:of|to|in)\s+(?P<through>[^;]{{0,200}})$", re.IGNORECASE)
# "annex I, paragraph 6 (b), of resolution ICC-ASP/17/Res.5"
_PART_AHEAD = re.compile(rf"(?P<part>{_PART}),?\s+$", re.IGNORECASE)
# "ICC-ASP/13/Res.3, §16", "resolution ICC-ASP/10/Res.5, paragraph 19", "ICC-ASP/16/20), vol.II, part B.2, paras. 11".
_AFTER = re.compile(
    rf"\)?(?:\s+(?:of|dated)\s+\d{{1,2}}\s+\w+\s+\d{{4}})?"
    rf"(?P<volume>(?:,?\s*(?:vol(?:ume)?\.?\s*[IVX]+|part\s+[IVX]+(?:\.\s?[A-Z](?:\.\d+)?)?|part\s+[A-Z](?:\.\d+)?)\b)*)"
    rf"(?:,?\s*(?:including\s+|and\s+)?(?P<part>{_PART}(?:,\s*{_PART})*))?"
    rf"(?:\s?(?:,|-|–|\()?\s*(?:\(?entitled\s[“\"][^”\"]*[”\"],?\s*)?{_PARAGRAPHS})?",
    re.IGNORECASE,
)
_IBID = re.compile(r"(?<!\w)(?:\*?Ibid(?:em)?\b\.?\*?|Id\.)", re.IGNORECASE)
# "resolutions 1593 (2005) and 1970 (2011)", "its resolution 72/3", "Human Rights Council resolution 16/21".
_SECURITY_COUNCIL = re.compile(r"\bresolutions?\s+(?P<list>\d{3,4}\s\(\d{4}\)(?:(?:,\s|,?\sand\s)\d{3,4}\s\(\d{4}\))*)")
_NUMBERED = re.compile(
    r"\bresolutions?\s+(?P<list>(?:S-)?\d{1,3}/\d{1,4}(?:\s?[A-Z]\b)?(?:(?:,\s|,?\sand\s)\d{1,3}/\d{1,4}(?:\s?[A-Z]\b)?)*)"
)
_SERIES = {"A/": "A/RES/", "A/HRC/": "A/HRC/RES/"}


@dataclass(frozen=True, slots=True)
class _Citation:
    """A document cited in one text: the symbol is `text[start:end]`."""

    symbol: str
    start: int
    end: int
    paragraphs: tuple[str | None, ...]
    part: str | None = None


def find_references(record: ResolutionRecord, vocabulary: Vocabulary) -> tuple[Reference, ...]:
    """Find the documents that a document cites.

    Args:
        record: the structured document; its paragraphs of every kind and their footnotes are read.
        vocabulary: the bodies that adopt resolutions, for symbols cited in short ("resolution 1593 (2005)").

    Returns:
        The references in the order of the text, one a paragraph of the cited document ("ICC-ASP/4/6, paragraphs 2, 3
        and 4", ICC-ASP/17/Res.5, para. 44, is three). "Ibid." is the document of the note before
        (ICC-ASP/16/17, footnotes 2 and 3). A note that names a document alone takes the paragraph or annex from the
        words that it stands by ("the study in annex II of the report of the Bureau³", annex I, para. 10).
    """
    speaker = speaker_of(record, vocabulary)
    own_series = _SERIES.get(speaker.symbols if speaker else "", "A/RES/")
    references: list[Reference] = []
    last: dict[str, _Citation] = {}
    for paragraph in record.paragraphs:
        for citation in _in_text(paragraph.text, own_series):
            references += _references(citation, paragraph, paragraph.text, None)
        for index, footnote in enumerate(paragraph.footnotes):
            citations = list(_in_footnote(footnote.text, own_series, last.get(paragraph.part)))
            if len(citations) == 1 and footnote.offset is not None:
                citations = [_with_words_of_the_text(citations[0], paragraph.text[: footnote.offset])]
            for citation in citations:
                references += _references(citation, paragraph, footnote.text, index)
            if citations:
                last[paragraph.part] = citations[-1]
    return tuple(references)


def _in_text(text: str, own_series: str) -> Iterator[_Citation]:
    mentions = find_symbols(text)
    taken = 0
    for number, mention in enumerate(mentions):
        previous = mentions[number - 1].end if number else 0
        following = mentions[number + 1].start if number + 1 < len(mentions) else len(text)
        yield _citation(text, mention, max(previous, taken), following)
        taken = mention.end
    for pattern in (_SECURITY_COUNCIL, _NUMBERED) if "resolution" in text else ():
        for match in pattern.finditer(text):
            yield from _cited_in_short(text, match, own_series)


def _citation(text: str, mention: SymbolMention, previous: int, following: int) -> _Citation:
    after = _AFTER.match(text, mention.end, following)
    part, labels = (after["part"], after["labels"]) if after else (None, None)
    if after and after["volume"] and labels:
        # A paragraph of a part of the official records is none of the document's own (ICC-ASP/17/Res.5, footnote 26).
        part = ", ".join(filter(None, (after["volume"].strip(" ,"), part)))
    if labels is None and part is None:
        before = _BEFORE.search(text, previous, mention.start)
        if before is not None and _names_one_document(before["through"]):
            labels = before["labels"]
            inner = _PART_BEFORE.search(text, before.end("labels"), mention.start)
            inner = inner or _PART_AHEAD.search(text[previous : before.start()])
            part = inner["part"] if inner else None
        elif (inner := _PART_BEFORE.search(text, previous, mention.start)) and _names_one_document(inner["through"]):
            part = inner["part"]
        elif mention.paragraphs or mention.part:
            return _Citation(
                str(mention.symbol), mention.start, mention.end, mention.paragraphs or (None,), mention.part
            )
    return _Citation(str(mention.symbol), mention.start, mention.end, _labels(labels), _tidy(part))


def _names_one_document(words: str) -> bool:
    """Say whether the words between a paragraph number and a symbol name the symbol's document."""
    return re.search(
        r"\barticles?\b|\brules?\b|\bStatute\b.*\band\b|[.;]\s+[A-Z]|\bpara(?:graph)?s?\b", words
    ) is None and (
        re.search(
            r"\b(?:resolution|report|document|decision|declaration|plan|records|procedures)\b", words, re.IGNORECASE
        )
        is not None
        # "paragraph 3 of annex I of ICC-ASP/19/Res.6"
        or not re.sub(rf"^{_PART},?\s+(?:of|to|in)\b", "", words, flags=re.IGNORECASE).strip(" (the")
    )


def _in_footnote(text: str, own_series: str, last: _Citation | None) -> Iterator[_Citation]:
    citations = list(_in_text(text, own_series))
    ibid = _IBID.search(text)
    if ibid is None or last is None:
        yield from citations
        return
    if citations:
        # "Ibid., RC/Res.5." (ICC-ASP/17/Res.5, footnote 39): the same volume, another document in it.
        yield from citations
        return
    after = re.compile(rf",?\s*(?P<part>{_PART}(?:,\s*{_PART})*)?,?\s*(?:{_PARAGRAPHS})?", re.IGNORECASE).match(
        text, ibid.end()
    )
    part, labels = (after["part"], after["labels"]) if after else (None, None)
    if part and last.part and part.lower().startswith("appendix") and "appendix" not in last.part.lower():
        part = f"{last.part}, {part}"
    paragraphs = _labels(labels) if labels or part else last.paragraphs
    yield _Citation(last.symbol, ibid.start(), ibid.end(), paragraphs, _tidy(part) if labels or part else last.part)


def _with_words_of_the_text(citation: _Citation, before: str) -> _Citation:
    """Take the paragraph or annex from the words by the footnote mark, where the note names none."""
    if citation.part or citation.paragraphs != (None,):
        return citation
    words = re.split(r"(?<=[;.])\s", before)[-1]
    words = re.split(r",\s(?=and\s|as\s+well\s+as\s)|\bas\s+well\s+as\b", words)[-1]
    if find_symbols(words):
        # "the report submitted pursuant to paragraph 37 of resolution ICC-ASP/19/Res.2³": the words name another.
        return citation
    if (match := _BEFORE.search(words)) and _names_one_document(match["through"]):
        return _Citation(citation.symbol, citation.start, citation.end, _labels(match["labels"]), citation.part)
    if (match := _PART_BEFORE.search(words)) and _names_one_document(match["through"]):
        return _Citation(citation.symbol, citation.start, citation.end, (None,), _tidy(match["part"]))
    return citation


def _cited_in_short(text: str, match: re.Match[str], own_series: str) -> Iterator[_Citation]:
    before = text[max(0, match.start() - 60) : match.start()]
    if match.re is _SECURITY_COUNCIL:
        series = "S/RES/"
    elif re.search(r"Human\s+Rights\s+Council\s*$", before):
        series = "A/HRC/RES/"
    elif re.search(r"General\s+Assembly\s*$", before):
        series = "A/RES/"
    else:
        series = own_series
    for item in re.finditer(
        r"\d{3,4}\s\(\d{4}\)" if series == "S/RES/" else r"(?:S-)?\d{1,3}/\d{1,4}(?:\s?[A-Z]\b)?", match["list"]
    ):
        start = match.start("list") + item.start()
        yield _citation_in_short(text, series + " ".join(item[0].split()), start, start + len(item[0]))


def _citation_in_short(text: str, symbol: str, start: int, end: int) -> _Citation:
    after = _AFTER.match(text, end)
    labels = after["labels"] if after else None
    before = _BEFORE.search(text, max(0, start - 60), start)
    if labels is None and before is not None and _names_one_document(before["through"] + " resolution"):
        labels = before["labels"]
    return _Citation(symbol, start, end, _labels(labels), None)


def _references(
    citation: _Citation, paragraph: ParagraphRecord, text: str, footnote: int | None
) -> Iterator[Reference]:
    label = paragraph.label or ("preamble" if paragraph.kind is ParagraphKind.PREAMBULAR else "")
    for number in citation.paragraphs:
        pinpoint = ", ".join(filter(None, (citation.part, number))) or None
        yield Reference(
            span=TextSpan(paragraph.key, citation.start, citation.end),
            part=paragraph.part,
            label=label,
            symbol=citation.symbol,
            paragraph=pinpoint,
            written=text[citation.start : citation.end],
            footnote=footnote,
        )


def _labels(words: str | None) -> tuple[str | None, ...]:
    """Give each label of a list; a range stays one, because what lies between is cited too."""
    found = tuple(
        re.sub(r"\s(?!to\b|\d)|(?<=\d)\s(?=\()", "", re.sub(r"\s?(?:[-–]|\bto\b)\s?", "-", match[0]))
        for match in re.finditer(rf"{_LABEL}(?:(?:\s?[-–]\s?|\sto\s){_LABEL})?", words or "")
    )
    return found or (None,)


def _tidy(part: str | None) -> str | None:
    """Write "Annex  II" as "annex II"."""
    if not part:
        return None
    return re.sub(r"\b(annex|appendix)", lambda match: match[0].lower(), " ".join(part.split()), flags=re.IGNORECASE)
