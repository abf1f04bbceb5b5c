"""The language of corrigenda: "For “x” read “y”", "Replace the paragraph with the following", "Delete paragraph 7"."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from resolutions.structure.corrigenda import Change, Instruction, Place
from resolutions.structure.corrigendum_places import LABEL, label_of, places_at
from resolutions.structure.corrigendum_quotes import QUOTED, Sentence, sentence_of
from resolutions.structure.styled import StyledText


class MISSING(StrEnum):
    """What an instruction waits for: it stands in the paragraphs below."""

    OLD = "old"
    READ = "read"
    NEW = "new"


_Read = tuple[Instruction, str]

_THE = (
    r"(?:(?:the\s+)?(?:existing\s+|following\s+)?(?:words?|phrase|figures?|date|term|number|expression|"
    r"references?(?:\s+to)?)\s*:?\s+)?"
)
_OLD, _NEW = rf"{_THE}(?P<old>{QUOTED})", rf"{_THE}(?P<new>{QUOTED})[\s.,;]*"
_TAIL = rf"(?P<tail>\s+(?:in|from|on|of|wherever|throughout)\b[^.;{QUOTED[1:-1]}]*)?"
_UNQUOTED = f"[^{QUOTED[1:-1]}]"
_FOLLOWS = (
    r"(?:\s*,?\s*(?:reading|to\s+read|which\s+reads|as\s+follows|with\s+the\s+following\s+(?:text|wording)))*"
    r"\s*[:,.]?\s*"
)
_PARAGRAPH = (
    r"(?:insert|add)\s+(?:(?:a|an|the|following|additional|new|operative|preambular)\s+)*(?:sub-?\s?)?paragraph"
    rf"(?:\s+(?P<label>{LABEL}|\([a-z]{{1,2}}\)))?"
)
_DELETE = r"(?:delete|omit|strike\s+out|remove)"
_SHOULD = r"(?:should|shall|must|is\s+to|are\s+to|has\s+to)"
_REPLACED = r"replaced\s+(?:by|with)(?:\s+the\s+following(?:\s+(?:text|wording|paragraph))?)?"
_READ = (
    rf"(?:{_SHOULD}\s+(?:now\s+)?(?:read|be\s+{_REPLACED}|be\s+amended\s+to\s+read)|(?:now\s+)?reads|"
    rf"is\s+{_REPLACED}|to\s+read|read)"
)
_WHOLE = (
    r"(?:(?:existing|present|current|whole|entire)\s+)*"
    r"(?:text|paragraph|sub-?paragraph|title|heading|sentence|footnote)"
)
_INSERTED = (
    rf"{_PARAGRAPH}(?:\s*,?\s*(?P<where>after|before|following)\s+(?P<object>[^:,{QUOTED[1:-1]}]*?))?"
    rf"(?:\s*[,:.]|\s+(?=reading|to\s+read|as\s+follows)|$){_FOLLOWS}(?P<text>.*)"
)
_RENUMBERED = (
    r"re-?number\s+(?:the\s+)?(?:(?:subsequent|following|remaining|succeeding)\s+)?(?:operative\s+)?paragraphs?"
    r"(?:\s+accordingly)?[\s.;]*|"
    r"(?:the\s+)?(?:subsequent|following|remaining)\s+paragraphs\s+(?:should\s+be|shall\s+be|are(?:\s+to\s+be)?)\s+"
    r"re-?numbered(?:\s+accordingly)?[\s.;]*"
)

# Each form with what it does. The first that fits is taken, so the exact ones stand first.
_FORMS: tuple[tuple[str, Change, MISSING | None], ...] = (
    (rf"for\s*[:,]?\s*{_OLD}\s*[,;:]?\s*(?:read|substitute)\s*[:,]?\s*{_NEW}", Change.WORDS, None),
    (
        rf"for\s+the\s+{_WHOLE}\s*,?\s*(?:read|substitute)(?:\s+the\s+following)?\s*[:,]?\s*(?P<text>.*)",
        Change.TEXT,
        MISSING.NEW,
    ),
    (r"for\s*[:,]?\s+(?P<old>.+?)\s*[,;:]?\s*\bread\b\s*[:,]?\s*(?P<new>.+)", Change.WORDS, None),
    (r"for\s*:?\s*$", Change.WORDS, MISSING.OLD),
    (rf"for\s*(?::\s*(?P<old>.+)|\s{_THE}(?P<quoted>{QUOTED})[\s,;]*)$", Change.WORDS, MISSING.READ),
    (rf"replace\s+{_OLD}{_TAIL}\s*(?:with|by)\s+{_NEW}", Change.WORDS, None),
    (rf"substitute\s+{_THE}(?P<new>{QUOTED})\s+for\s+{_OLD}{_TAIL}[\s.,;]*", Change.WORDS, None),
    (
        rf"replace\s+(?P<object>{_UNQUOTED}*?)\s*\b(?:with|by)\b(?:\s+the\s+following(?:\s+\w+)?)?\s*[:,.]?\s*(?P<text>.*)",
        Change.TEXT,
        MISSING.NEW,
    ),
    (rf"{_OLD}\s+(?:{_SHOULD}\s+)?(?:be\s+|is\s+|are\s+)?deleted[\s.;]*", Change.WORDS, None),
    (rf"{_OLD}\s+{_READ}\s*[:,]?\s*{_NEW}", Change.WORDS, None),
    (rf"{_DELETE}\s+{_OLD}{_TAIL}[\s.,;]*", Change.WORDS, None),
    (rf"(?:{_SHOULD}\s+be|is|are|has\s+been)\s+deleted[\s.;]*", Change.DELETION, None),
    (rf"{_DELETE}(?P<object>{_UNQUOTED}*?)(?:[.;]\s*|\s+(?=and\s+re-?number)|$)", Change.DELETION, None),
    (
        rf"(?P<where>after|before|following)\s+(?P<object>{_UNQUOTED}*?)\s*,?\s*{_PARAGRAPH}{_FOLLOWS}(?P<text>.*)",
        Change.INSERTION,
        MISSING.NEW,
    ),
    (_INSERTED, Change.INSERTION, MISSING.NEW),
    (rf"(?P<where>after|before)\s+{_OLD}\s*,?\s*(?:insert|add)\s+{_NEW}", Change.WORDS, None),
    (
        rf"(?:insert|add)\s+{_THE}(?P<new>{QUOTED})\s+(?P<where>after|before)\s+{_OLD}{_TAIL}[\s.,;]*",
        Change.WORDS,
        None,
    ),
    (
        rf"at\s+the\s+end(?:\s+of\s+(?P<object>[^,:{QUOTED[1:-1]}]*?))?\s*,?\s*(?:insert|add)\s*:?\s*{_NEW}",
        Change.APPENDIX,
        None,
    ),
    (
        rf"(?:insert|add)\s+{_THE}(?P<new>{QUOTED})\s+at\s+the\s+end(?:\s+of\s+(?P<object>[^.,:{QUOTED[1:-1]}]*))?[\s.,;]*",
        Change.APPENDIX,
        None,
    ),
    (_RENUMBERED, Change.RENUMBERING, None),
    (rf"(?:(?:the\s+)?(?P<object>{_WHOLE})\s+)?{_READ}{_FOLLOWS}(?P<text>.*)", Change.TEXT, MISSING.NEW),
)
_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), change, missing) for pattern, change, missing in _FORMS
)
_EVERYWHERE = re.compile(
    r"(?:throughout(?:\s+the\s+(?:text|document|resolution|report))?|wherever\s+(?:it|they)\s+(?:occurs?|appears?))"
    r"\s*[,:.]?\s*",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"\s*[:.,;—–-]?\s*")
_LINK = re.compile(r"(?:and|then)\s+", re.IGNORECASE)
_GENERIC = re.compile(rf"\s*(?:(?:the|this|that)\s+)?(?:{_WHOLE}|it)?\s*", re.IGNORECASE)


def instruction_of(styled: StyledText, places: tuple[Place, ...]) -> list[_Read]:
    """Read the instructions of a paragraph.

    Args:
        styled: the paragraph.
        places: those that the headings above it name.

    Returns:
        Each with what it waits for, empty where it is complete. What follows an instruction and is not understood is
        one without a change. Empty where the paragraph begins with none.
    """
    sentence, at = sentence_of(styled), 0
    found: list[_Read] = []
    while sentence.text[at:].strip():
        start = at
        at += len(sentence.text[at:]) - len(sentence.text[at:].lstrip())
        if found and (link := _LINK.match(sentence.text, at)):
            at = link.end()
        everywhere = _EVERYWHERE.match(sentence.text, at)
        at = everywhere.end() if everywhere else at
        own, end = places_at(sentence.text, at)
        if own:
            places = _joined(own, places)
            delimiter = _DELIMITER.match(sentence.text, end)
            assert delimiter is not None
            at = delimiter.end()
            everywhere = everywhere or _EVERYWHERE.match(sentence.text, at)
            at = max(at, everywhere.end() if everywhere else at)
        read = _read(sentence, at, places)
        if read is None:
            rest = sentence.cut(start).whole().text
            return [*found, (Instruction(rest, None, places), "")] if found else []
        instruction, missing, at = read
        more = _EVERYWHERE.match(sentence.text, at)
        at = more.end() if more else at
        words = sentence.cut(start, at).whole().text
        is_everywhere = instruction.everywhere or everywhere is not None or more is not None
        found.append((replace(instruction, words=words, everywhere=is_everywhere), missing))
    return found


def _read(sentence: Sentence, at: int, places: tuple[Place, ...]) -> tuple[Instruction, str, int] | None:
    for pattern, change, missing in _COMPILED:
        match = pattern.match(sentence.text, at)
        if match is None:
            continue
        built = _built(sentence, match, change, missing, places)
        if built is not None:
            return built
    return None


def _built(
    sentence: Sentence, match: re.Match[str], change: Change, missing: MISSING | None, places: tuple[Place, ...]
) -> tuple[Instruction, str, int] | None:
    given = match.groupdict()

    def part(name: str) -> Sentence | None:
        return sentence.cut(*match.span(name)) if given.get(name) else None

    named = _object(given.get("object"), places)
    if named is None:
        return None
    tail = given.get("tail") or ""
    own, _end = places_at(tail.strip())
    places = _joined(own, named)
    everywhere = _EVERYWHERE.search(tail) is not None
    whole = bool(re.search(r"paragraph|text", given.get("object") or "", re.IGNORECASE))
    end = match.end()
    old = _words(part("old") or part("quoted"))
    text = part("text")
    new: tuple[StyledText, ...] = ()
    if given.get("new"):
        words = part("new")
        assert words is not None
        new = (_without_stop(words, old),)
    elif text is not None:
        quoted = re.match(rf"({QUOTED})[\s.,;]*", text.text)
        if quoted is not None:
            new, end = (text.cut(0, quoted.end()).words(),), match.start("text") + quoted.end()
        else:
            new = (text.whole(),)
    if change is Change.WORDS and given.get("where") and old:
        inserted = new[0].text
        pair = (old, inserted) if given["where"].lower() == "after" else (inserted, old)
        new = (StyledText.unstyled(" ".join(pair)),)
    if change in (Change.TEXT, Change.DELETION) and not places:
        return None
    waits = missing or ""
    if missing == MISSING.NEW and new:
        waits = ""
    label = label_of(given["label"]) if given.get("label") else ""
    before = (given.get("where") or "").lower() == "before"
    return Instruction("", change, places, old, new, label, before, everywhere, whole), waits, end


def _object(words: str | None, places: tuple[Place, ...]) -> tuple[Place, ...] | None:
    """Give the places that the object of a verb names; "the paragraph" is that of the heading."""
    if words is None or _GENERIC.fullmatch(words):
        return places
    own, end = places_at(words.strip())
    return _joined(own, places) if own and not words.strip()[end:].strip(" ,.:") else None


def _joined(own: tuple[Place, ...], above: tuple[Place, ...]) -> tuple[Place, ...]:
    """Give the places that an instruction names; "the last sentence" is that of the paragraph named above it."""
    if not own:
        return above
    if own[0].is_named or not above:
        return own
    line, sentence = own[0].in_line, own[0].sentence
    return tuple(replace(place, in_line=line or place.in_line, sentence=sentence or place.sentence) for place in above)


def _words(sentence: Sentence | None) -> str:
    return "" if sentence is None else sentence.words().text


def _without_stop(new: Sentence, old: str) -> StyledText:
    """Take off the stop that ends the sentence of the corrigendum, not the words that it gives."""
    words = new.words()
    quoted = re.fullmatch(rf"\s*{QUOTED}[\s.,;]*", new.text) is not None
    if not quoted and words.text.endswith(".") and not old.endswith("."):
        return words.cut(0, -1).strip()
    return words
