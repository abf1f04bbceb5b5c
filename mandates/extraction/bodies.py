"""Names of bodies in the text, told apart where several bodies bear the same short name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mandates.extraction.vocabulary import AmbiguousName, Speaker, Vocabulary
from resolutions.structure.records import ParagraphRecord, ResolutionRecord

OTHER = "Other"
_ASSEMBLY_SERIES = ("ICC-ASP/", "RC/")

# Words before a name that are no part of it: "all relevant stakeholders", "other interested States".
DETERMINERS = (
    r"(?:(?:the|all|both|each|every|any|an|a|its|their|his|her|such|that|this|those|these|other|others|relevant|"
    r"interested|competent|various|respective|appropriate|concerned|said|same|individual|remaining|participating|"
    r"eligible|two|three|new|future|current|outgoing|incoming|newly[ -]elected|designated|different)\s+)*"
)
# Members, and whoever heads a body, stand for it: "all members of the Security Council" (ICC-ASP/17/Res.5, para. 38).
_HEADED = (
    r"(?:(?:members?|officials|representatives?|delegations?|staff|organs|chairs?|chairperson|chairman|co-chairs|heads?|"
    r"(?:executive\s+)?directors?|coordinators?|rapporteurs?|vice-chairs?)"
    r"\s+of\s+(?:(?:the|its|all)\s+)*)?"
)
_MEMBERS = r"(?:(?:[’']s?)?\s+(?:members?|officials|staff|organs|Members))?"


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A name of a body in a text: the words are `text[start:end]`, articles left out."""

    body: str
    category: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Names:
    """Every name of every body as one pattern, compiled once."""

    pattern: re.Pattern[str]
    bodies: dict[str, tuple[str, str]]
    categories: dict[str, str]
    ambiguous: dict[str, AmbiguousName]


class BodyReader:
    """Reads the names of bodies in one document, whose speaker and definitions it knows."""

    def __init__(self, record: ResolutionRecord, vocabulary: Vocabulary) -> None:
        """Prepare for a document.

        Args:
            record: the document; what it defines ("... (“the working group”)", ICC-ASP/16/17, para. 3) holds in it.
            vocabulary: the bodies and the short names that several of them bear.
        """
        self._names = _names(vocabulary)
        self._title = record.title
        self._of_the_assembly = record.symbol.startswith(_ASSEMBLY_SERIES) or not record.symbol
        self.speaker = speaker_of(record, vocabulary)
        self._definitions: dict[str, str] = {}
        for paragraph in record.paragraphs:
            self._learn_definitions(paragraph)

    def category(self, body: str) -> str:
        """Give the category of a body; "Other" for one that the table does not know."""
        return self._names.categories.get(body, OTHER)

    def at(self, text: str, position: int, paragraph: ParagraphRecord) -> BodyMention | None:
        """Read the name that begins at a place, articles and the like before it passed over.

        Args:
            text: the text of the paragraph, or that text with quotations blanked out.
            position: where the name or its article begins.
            paragraph: the paragraph, for what tells short names apart.

        Returns:
            The mention, or None where no name begins there.
        """
        if anaphor := self._anaphor(text, position, paragraph):
            return anaphor
        match = self._names.pattern.match(text, position)
        return None if match is None or self._is_part_of_a_name(text, match) else self._mention(match, paragraph)

    def within(self, text: str, start: int, end: int, paragraph: ParagraphRecord) -> Iterator[BodyMention]:
        """Read every name between two places, in the order of the text."""
        for match in self._names.pattern.finditer(text, start, end):
            if not self._is_part_of_a_name(text, match):
                yield self._mention(match, paragraph)

    def _is_part_of_a_name(self, text: str, match: re.Match[str]) -> bool:
        """Say whether a longer name goes on: "United Nations Development Programme", "President of the General ..."."""
        if _LONGER_NAME.match(text, match.end()):
            return True
        key = _key(match["name"])
        if key.endswith("fund") and _FUND_FOR.match(text, match.end()):
            return True
        if key in self._names.ambiguous and match["name"][0].isupper() and _ON_SOMETHING.match(text, match.end()):
            return True
        if key in self._names.ambiguous and not self._of_the_assembly and not self._is_speaker(key):
            return True
        _, category = self._names.bodies.get(key, ("", OTHER))
        single = " " not in match["name"] and match["name"][0].isupper() and match["name"] == match["whole"]
        if not single or category == "State":
            return False
        return _OF_ANOTHER.match(text, match.end()) is not None or (
            match.start("whole") == match.start()
            and re.search(r"[a-z]\s+[A-Z][\w-]+\s$", text[: match.start()]) is not None
        )

    def _is_speaker(self, key: str) -> bool:
        return self.speaker is not None and key in map(_key, self.speaker.names)

    def _mention(self, match: re.Match[str], paragraph: ParagraphRecord) -> BodyMention:
        words = match["name"]
        key = _key(words)
        start, end = match.start("whole"), match.end("whole")
        if self.speaker is not None and self._is_speaker(key):
            return BodyMention(self.speaker.body, self.category(self.speaker.body), start, end, "body: speaker")
        # "the President of the Court and the two Vice-Presidents": these are members of the Court's Presidency.
        if key.startswith("vice-president") and _AND_THE_COURTS.search(paragraph.text, 0, start):
            return BodyMention("Presidency", self.category("Presidency"), start, end, "body: alias")
        ambiguous = self._names.ambiguous.get(key)
        if ambiguous is None and key not in self._names.bodies:
            ambiguous = self._names.ambiguous.get(key.removesuffix("s"))
        if ambiguous is None:
            body, category = self._names.bodies[key]
            return BodyMention(body, category, start, end, "body: alias")
        body = self._told_apart(ambiguous, words, paragraph, match.start())
        return BodyMention(body, self.category(body), start, end, f"body: {ambiguous.short}")

    def _told_apart(self, ambiguous: AmbiguousName, words: str, paragraph: ParagraphRecord, position: int) -> str:
        if ambiguous.short.lower() in self._definitions:
            return self._definitions[ambiguous.short.lower()]
        full = [
            self._names.bodies[_key(match["name"])][0]
            for match in self._names.pattern.finditer(paragraph.text, 0, min(position, len(paragraph.text)))
            if len(match["name"]) > len(words) + 3
            and re.search(rf"\b{ambiguous.short}\b", match["name"], re.IGNORECASE)
            and _key(match["name"]) in self._names.bodies
        ]
        if full:
            return full[-1]
        for context in (paragraph.heading or "", self._title):
            for choice in ambiguous.choices:
                if choice.when.search(context) and not (
                    choice.unless and choice.unless.search(paragraph.text, position)
                ):
                    return choice.body
        return ambiguous.default

    def _anaphor(self, text: str, position: int, paragraph: ParagraphRecord) -> BodyMention | None:
        """Read "that State", "these States", "it", "them" as the body named last before."""
        match = _ANAPHOR.match(text, position)
        if match is None:
            return None
        earlier = list(self.within(text, 0, position, paragraph))
        start, end = match.end() - len(match[0].strip()), match.end()
        if match["members"] or match["one"]:
            return self._one_before(text, earlier, start, end)
        if match["those"]:
            return next(
                (
                    BodyMention(mention.body, mention.category, start, end, "body: named before")
                    for mention in reversed(earlier)
                    if mention.category == "State"
                ),
                None,
            )
        if match["states"] and _ROW_OF_STATES.search(text, 0, position):
            # "States Parties and those States under an obligation to cooperate"
            return BodyMention("States", "State", start, end, "body: alias")
        if match["states"]:
            # "thirty-five States Parties, one observer State ..., calls upon these States" (ICC-ASP/17/Res.5, 150)
            earlier = [mention for mention in earlier if mention.category == "State"]
            several = match["states"].endswith("s") and len({mention.body for mention in earlier}) > 1
            if not earlier or several:
                return BodyMention("States", "State", start, end, "body: alias")
        if earlier and re.search(r"\b(?:and|or)\s*$", text[:position]):
            # "between the Court and the host State, and encourages both the Court and the latter"
            earlier = [mention for mention in earlier if mention.body != earlier[-1].body]
        if not earlier:
            return None
        return BodyMention(earlier[-1].body, earlier[-1].category, start, end, "body: named before")

    def _one_before(self, text: str, earlier: list[BodyMention], start: int, end: int) -> BodyMention | None:
        """Read "it", "its members" as the one body named last before; who was asked before goes before all others."""
        single = [mention for mention in earlier if mention.category != "State" and not mention.body.endswith("s")]
        asked = [mention for mention in single if _WAS_ASKED.search(text, 0, mention.start)]
        others = [mention for mention in single if self.speaker is None or mention.body != self.speaker.body]
        *_, last = [None, *(asked or others or single or earlier)]
        return last and BodyMention(last.body, last.category, start, end, "body: named before")

    def _learn_definitions(self, paragraph: ParagraphRecord) -> None:
        for match in _DEFINITION.finditer(paragraph.text) if "(" in paragraph.text else ():
            *_, last = [None, *self._names.pattern.finditer(paragraph.text, 0, match.start())]
            if last is not None and last.end() >= match.start() - 1 and _key(last["name"]) in self._names.bodies:
                self._definitions.setdefault(match[1].lower(), self._names.bodies[_key(last["name"])][0])


_LONGER_NAME = re.compile(r"\s+(?!Members?\b|I\b)[A-Z][a-z]+")
# "Working Group on Arbitrary Detention" is another than the working group; "the Secretariat on that day" is it.
_ON_SOMETHING = re.compile(r"\s+on\s+(?:[A-Z]|the\s+(?:use|issue|question|rights?|[A-Z]))")
# "the Trust Fund for the participation of the least developed countries" is another than that for victims.
_FUND_FOR = re.compile(
    r"\s+for\s+(?:the\s+)?(?!(?:the\s+)?(?:benefit\s+of\s+)?[Vv]ictims|its\b|their\b|this\b|that\b)[A-Za-z]"
)
_OF_ANOTHER = re.compile(
    r"\s+(?:of|for|on)\s+(?!(?:the\s+)?(?:Assembly|Court|International\s+Criminal|States\s+Parties)\b)(?:the\s+)?[A-Z]"
)
_DEFINITION = re.compile(
    r"\s?\((?:hereinafter|hereafter|henceforth)?[:,]?\s?(?:referred to as\s)?"
    r"[“\"](?:the\s)?([A-Za-z][\w’ -]{2,40})[”\"]\)"
)
_AND_THE_COURTS = re.compile(
    r"\bPresident\s+of\s+the\s+(?:International\s+Criminal\s+)?Court,?\s+and\s+(?:(?:the|both|its|his|her|two)\s+)*\Z"
)
_GOES_ON = r"\b(?=\s+(?:to|also|in|and)\b|\s*,)"
_ANAPHOR = re.compile(
    r"\s*(?:(?P<states>(?:that|those|these|the\s+said)\s+States?\b(?!\s+Part))"
    r"|(?P<those>those)(?=\s+(?:which|who|that|in\s+arrears|not|with|among|of\s+them)\b)"
    r"|(?P<members>its\s+(?:members|Members|Director|Executive\s+Director|Chair|Chairperson|Head|staff|officers))(?=\s+(?:to|and|shall|should|will)\b|\s*,)"
    rf"|(?P<one>it){_GOES_ON}|(?:them|him|her){_GOES_ON}|the\s+latter\b|that\s+(?:body|office)\b)"
)
_WAS_ASKED = re.compile(
    r"\b(?:requested|asked|invited|mandated|urged|encouraged|tasked|instructed|entrusted|authorized)\s+(?:the\s+|all\s+)?$"
)
_ROW_OF_STATES = re.compile(r"\bStates\s+Parties,?\s+(?:and|or|as\s+well\s+as)\s+$")


def is_plural(body: str) -> bool:
    """Say whether a name is of several: "Facilitators", not "Trust Fund for Victims"."""
    return re.split(r"\s(?:of|for|on|to|not)\s", body, maxsplit=1)[0].endswith("s") and body != "United Nations"


def speaker_of(record: ResolutionRecord, vocabulary: Vocabulary) -> Speaker | None:
    """Find the body that speaks in a document.

    Args:
        record: the document.
        vocabulary: the speakers by the symbols of their documents.

    Returns:
        The speaker; None where the symbol tells none. A report of the Bureau speaks for the Assembly in its drafts.
    """
    return next((speaker for speaker in vocabulary.speakers if record.symbol.startswith(speaker.symbols)), None)


def _key(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip().lower().replace("’", "'")


@functools.cache
def _names(vocabulary: Vocabulary) -> _Names:
    bodies: dict[str, tuple[str, str]] = {}
    spellings: set[str] = set()
    common: set[str] = set()
    ambiguous = {_key(entry.short): entry for entry in vocabulary.ambiguous}
    for entry in vocabulary.bodies:
        for alias in (entry.name, *entry.aliases):
            # "the working group [in a paragraph on the budget]": the note is for people.
            name = re.sub(r"\s*\[.*?\]", "", alias)
            name = re.sub(rf"^{DETERMINERS}", "", name, flags=re.IGNORECASE).strip() or name
            bodies.setdefault(_key(name), (entry.name, entry.category))
            spellings.add(name)
            if entry.category == "State":
                common.add(name)
    spellings |= {entry.short for entry in vocabulary.ambiguous}
    spellings |= {name for speaker in vocabulary.speakers for name in speaker.names}
    for speaker in vocabulary.speakers:
        for name in speaker.names:
            bodies.setdefault(_key(name), (speaker.body, OTHER))
    ordered = sorted(spellings, key=lambda name: (-len(name), name))
    alternatives = "|".join(_spelled(name, name in common) for name in ordered)
    # The article may be missing ("requests Bureau members"), the possessive may follow.
    pattern = re.compile(
        rf"(?<![\w-])(?i:{DETERMINERS})(?P<whole>(?i:{_HEADED})(?P<name>{alternatives}){_MEMBERS})(?![\w-])", re.UNICODE
    )
    categories = {entry.name: entry.category for entry in vocabulary.bodies}
    return _Names(pattern, bodies, categories, ambiguous)


def _spelled(name: str, common: bool) -> str:
    """Make a pattern of a name: a proper name keeps the capital at its head, "Civil society", "Observer States" not."""
    first, *rest = name.split(" ")
    proper = first[0].isupper() and not (rest and (common or "".join(rest).islower()))
    head = re.escape(first) if proper else rf"(?i:{re.escape(first)})"
    return r"\s+".join([head, *(rf"(?i:{re.escape(word)})" for word in rest)]).replace("’", "[’']")
