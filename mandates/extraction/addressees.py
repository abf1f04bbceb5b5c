"""Who must act on a mandate: the bodies that the clause names, in their canonical form."""

from __future__ import annotations

import dataclasses
import re

from mandates.extraction.bodies import BodyReader, is_plural
from mandates.extraction.body_lists import MODAL, NAMED, BodyListReader, addressee_of, is_attribute
from mandates.extraction.complements import THAT, Complement, find_infinitive
from mandates.extraction.records import Addressee, Clause, TextSpan
from mandates.extraction.vocabulary import Vocabulary
from mandates.extraction.written_names import (
    AS_WRITTEN,
    ASIDE_PREPOSITION,
    action_nouns,
    proper_name,
    proper_names,
)

# Rules that find the body as the object of the verb, so that an infinitive after it is what is asked.
OBJECT_RULES = (NAMED, AS_WRITTEN)

_OPENING_ASIDE = re.compile(
    r"\s*,?\s*(?:in\s+th(?:is|at|e)\s+(?:regard|respect|connection|context)|inter\s+alia|therefore|accordingly|also|"
    r"once\s+again|further|again|in\s+particular|to\s+this\s+end|to\s+that\s+end|as\s+appropriate|as\s+a\s+matter\s+of\s+\w+)\b,?",
    re.IGNORECASE,
)
_DELEGATING = re.compile(
    r"\s*(?:also\s+)?to\s+(?:(?:further|also|[a-z]+ly)\s+)*(?:entrust|mandate|task|charge|authori[sz]e|request|invite|"
    r"instruct|ask|direct|empower|urge|encourage|call\s+(?:up)?on|delegate\s+to|assign\s+to)\b"
)
_EXTENDING = re.compile(
    r"\s*(?:also\s+)?to\s+(?:(?:further|also|[a-z]+ly)\s+)*(?:extend|renew|prolong|maintain|continue)\b"
)
_MANDATE_OF = re.compile(
    r"\b(?:mandates?|terms?\s+of\s+office|work|term)\s+(?:of|(?:given|entrusted|assigned|conferred|granted)\s+(?:to|on|upon))\s+"
)
_AGENT = re.compile(r"(?<![\w-])by\s+(?:means\s+of\s+)?")
# "based on the scale adopted by the United Nations": the doer of a thing named, not of what is decided.
_OF_A_THING = re.compile(
    r"\s(?!and\b|or\b|be\b|been\b|being\b|is\b|are\b)[a-z][\w-]*(?<!ly)(?<!,)\s+[a-z]+(?:ed|ade|iven|own|set\s+out)\s+$"
)
_ACTIVE = re.compile(
    r"(?=\s+(?:shall|should|will|must)\s+(?!be\b|not\b|have\b|apply|enter|remain|consist|amount)[a-z]+)"
)
# "be further reviewed by the Bureau"
_ADVERBS = r"(?:(?:[a-z]+ly|further|also|again|then|thus|therefore)\s+)*"
_PASSIVE = re.compile(
    rf"\b(?:be|been|being|is|are)\s+{_ADVERBS}[a-z]+(?:ed|en|t|ne|de|wn|ld|nd)\b|\bbe\s+[a-z]+\s+(?:up|out|down)\b"
)
_MANAGED = re.compile(
    rf"\s+(?:(?:shall|should|will|must)\s+)?(?:continue\s+to\s+)?be\s+{_ADVERBS}[a-z]+(?:ed|en|t|ne|de|wn|ld|nd)\s+(?:jointly\s+)?by\s+"
)
# "encourages further efforts to", "urges timely action to": what these verbs ask need not be named by its doer.
_OF_THINGS_TOO = ("encourages", "recommends", "decides", "resolves", "urges", "invites")
# What follows these is always somebody: "calls upon the Movement for technical support".
_OF_BODIES = ("calls upon", "calls on", "appeals to", "renews its call upon")
_WITH = re.compile(r"(?<!together)(?<!along)(?<!jointly)(?<!consultation)(?<!cooperation),?\s+with\b")
# "calls upon States to cooperate, and upon the Court to report": the preposition comes again.
_AGAIN = {
    "calls upon": re.compile(r",?\s+and\s+(?:also\s+|further\s+)?upon\s+(?=the\b|all\b|[A-Z])"),
    "calls on": re.compile(r",?\s+and\s+(?:also\s+|further\s+)?on\s+(?=the\b|all\b|[A-Z])"),
    "appeals to": re.compile(r",\s+and\s+(?:also\s+)?to\s+(?=all\b|[A-Z])"),
}
# "invites the Registrar to present, and the Committee to examine, options": two are asked, each its own.
_SHARED_OBJECT = re.compile(r"to\s+[a-z]+(?:\s+(?:on|to|for|with|upon))?,\s+and\s+(?=the\b|[A-Z])")
# After a name, a noun makes it an attribute ("Assembly procedures"), unless the name ends there.
_NAME_ENDS = re.compile(
    r"\s*(?:[,;.:)]|$|[’']|(?:and|or|as|to|in|on|for|that|which|who|with|by|at|from|under|through|of|towards?|regarding|concerning)\b)"
)
_SUBJUNCTIVE = re.compile(rf"\s*(?!{MODAL}|of\b|for\b|and\b|or\b)[a-z]+\b")
_ITS_SESSION = re.compile(r"\s*(?:its|the\s+(?:next|following|\w+(?:-\w+)?)\s+(?:\w+\s+)?session)\b")
_PRONOUN = re.compile(
    r"\s*,?\s*(?:that\s+(?=it\s+(?!be\b|is\b)[a-z]))?(?P<pronoun>it|them|him|her|both\s+of\s+them|the\s+latter"
    r"|that\s+(?:body|office)|those(?=\s+(?:that|which|who)\b))(?=\s+[a-z]|\s*,)"
)
# "Calls upon States not yet parties to become parties, and invites those that have already done so": these are parties.
_ARE_NOW = re.compile(r"\s+(?:that|which|who)\s+(?:have\s+(?:already\s+)?done\s+so\b|(?:already\s+)?are\b(?!\s+not))")
_NOT_PARTY, _PARTY = "States not party", "States Parties"
_OBJECT_BEHIND = re.compile(r"\s*(?:to\s+(?=the\b|all\b|States\b|[A-Z])|with\s+)")


def find_addressees(
    clause: Clause,
    complements: tuple[Complement, ...],
    bodies: BodyReader,
    lists: BodyListReader,
    vocabulary: Vocabulary,
    before: tuple[Addressee, ...] = (),
) -> tuple[Addressee, ...]:
    """Find who must act.

    Args:
        clause: a directive clause.
        complements: what follows its verb, then what continues it in sub-paragraphs.
        bodies: reads names in this document.
        lists: reads rows of names in it.
        vocabulary: nouns of things done, whose doer must act.
        before: whom the mandate before in the same paragraph addresses; "requests it to" is taken up from there.

    Returns:
        The addressees in the order of the text, each body once; none where the clause names nobody. The object of the
        verb ("requests the Bureau to", ICC-ASP/20/Res.2, para. 25); the subject of the that-clause or the doer of its
        passive (ICC-ASP/17/Res.5, annex I, paras. 19(a) and 3(j)); the body entrusted or whose mandate is extended
        (paras. 157 and 90); the doer inside a noun (para. 155); the speaker where it binds itself (para. 7).
    """
    first, *rest = complements
    finder = _Finder(clause, bodies, lists, vocabulary)
    points = any(re.compile(r"\s*to\s", re.IGNORECASE).match(item.text, item.start, item.end) for item in rest)
    found = _taken_up(first, before, bodies) or finder.of(first, points) or finder.named_before(first)
    # "Requests: (a) The Court to ...; (b) The Bureau to ...": each point names its own.
    if not found and first.is_blank():
        found = [item for complement in rest for item in finder.of(complement)]
    unique: dict[str, Addressee] = {}
    for addressee in found:
        unique.setdefault(addressee.body, addressee)
    return tuple(unique.values())


def _taken_up(complement: Complement, before: tuple[Addressee, ...], bodies: BodyReader) -> list[Addressee]:
    """Read "it" as the one body, "them" as the bodies, whom the mandate before asks; "those that" as its class."""
    match = complement.match(_PRONOUN, complement.start)
    if match is None or not before:
        return []
    words = " ".join(match["pronoun"].split())
    several = len(before) > 1 or is_plural(before[0].body)
    if words == "the latter":
        before = (
            () if next(bodies.within(complement.text, 0, complement.start, complement.paragraph), None) else before[-1:]
        )
    elif (words in ("them", "both of them", "those")) != several:
        return []
    elif words == "those" and complement.match(_ARE_NOW, match.end()) and before[-1].body == _NOT_PARTY:
        before = (dataclasses.replace(before[-1], body=_PARTY),)
    span = TextSpan(complement.paragraph.key, *match.span("pronoun"))
    return [Addressee(item.body, item.category, span, NAMED) for item in before]


class _Finder:
    """Reads the complements of one clause."""

    def __init__(self, clause: Clause, bodies: BodyReader, lists: BodyListReader, vocabulary: Vocabulary) -> None:
        self._clause = clause
        self._bodies = bodies
        self._vocabulary = vocabulary
        self._lists = lists
        self._decides = clause.verb in ("decides", "resolves")

    def of(self, complement: Complement, points: bool = False) -> list[Addressee]:
        """Read one complement; `points` says whether what is asked stands in lettered points after it."""
        start = self._after_asides(complement, complement.start)
        if match := complement.match(THAT, start):
            return self._of_that_clause(complement, match.end())
        if self._decides:
            return self._of_decision(complement, start)
        if self._clause.verb == "extends":
            return self._of_mandate(complement, complement.start)
        if match := complement.match(_OBJECT_BEHIND, start):
            start = match.end()
        return self._of_object(complement, start, points)

    def named_before(self, complement: Complement) -> list[Addressee]:
        """Read "requests it to" as the body whose proper name stands before it in the paragraph."""
        match = complement.match(_PRONOUN, complement.start)
        places = list(proper_names(complement.text[: complement.start], self._vocabulary)) if match else []
        named = self._lists.written(complement, *places[-1]) if places else None
        return [self._ruled(named, "addressee: named before")] if named else []

    def _of_object(self, complement: Complement, start: int, points: bool = False) -> list[Addressee]:
        end = find_infinitive(complement.text, start, complement.end)
        # "entrusts X with the preparation": what is asked is no infinitive.
        if self._clause.verb == "entrusts" and (match := _WITH.search(complement.text, start, end or complement.end)):
            end = match.start()
        asked = points or end is not None or self._clause.verb in _OF_BODIES
        end = complement.end if end is None else end
        found = self._lists.read(complement, start, end, asked, anyone=self._clause.verb not in _OF_THINGS_TOO)
        if found and (match := _SHARED_OBJECT.match(complement.text, end, complement.end)):
            second = find_infinitive(complement.text, match.end(), complement.end)
            if second is not None and "," not in complement.text[match.end() : second]:
                found += self._lists.read(complement, match.end(), second)
        again = _AGAIN.get(self._clause.verb)
        if found and again and (match := again.search(complement.text, end, complement.end)):
            found += self._of_object(complement, match.end())
        return found or self._doers(complement, start)

    def _of_that_clause(self, complement: Complement, start: int) -> list[Addressee]:
        text, end = complement.text, complement.end
        start = self._after_asides(complement, start)
        found = self._lists.read(complement, start, end)
        if found:
            return self._managed_by(complement, found) or found
        if active := _ACTIVE.search(text, start, end):
            subject = re.compile(r"\s*(?:the\s+)?(?=[A-Z])").match(text, start, active.start())
            if subject and (found := self._lists.read(complement, subject.end(), active.start(), True)):
                return found
        # "recommends that the Disarmament Commission consider the following items"
        elif (named := self._proper(complement, start)) and complement.match(
            _SUBJUNCTIVE, self._after_asides(complement, _end(named))
        ):
            return [named]
        if passive := _PASSIVE.search(text, start, end):
            for match in _AGENT.finditer(text, passive.end(), end):
                if _OF_A_THING.search(text, passive.end(), match.start()):
                    continue
                found = self._lists.read(complement, match.end(), end)
                if found:
                    return [self._ruled(item, "addressee: doer of the passive") for item in found]
        if found := self._of_mandate(complement, start):
            return found
        its = complement.match(_ITS_SESSION, start)
        return self._speaker("addressee: decides that its") if self._decides and its else []

    def _managed_by(self, complement: Complement, subject: list[Addressee]) -> list[Addressee]:
        """Read "decides that the fund shall be managed by the Registrar": who acts stands behind "by"."""
        managed = complement.match(_MANAGED, _end(subject[-1]))
        found = self._lists.read(complement, managed.end(), complement.end) if managed else []
        return [self._ruled(item, "addressee: doer of the passive") for item in found]

    def _of_decision(self, complement: Complement, start: int) -> list[Addressee]:
        text, end = complement.text, complement.end
        if match := _DELEGATING.match(text, start, end):
            after = re.compile(r"\s*(?:with|to)\b").match(text, match.end(), end)
            found = self._of_object(complement, after.end() if after else match.end())
            return found or self._speaker("addressee: decides to")
        if (match := _EXTENDING.match(text, start, end)) and (found := self._of_mandate(complement, match.end())):
            return found
        return self._speaker("addressee: decides to")

    def _of_mandate(self, complement: Complement, start: int) -> list[Addressee]:
        """Find the body whose mandate it is: "extends ... the mandate of the Study Group"."""
        text, end = complement.text, complement.end
        for match in _MANDATE_OF.finditer(text, start, end):
            if found := self._lists.read(complement, match.end(), end):
                return [self._ruled(item, "addressee: whose mandate") for item in found]
            if body := self._proper(complement, match.end()):
                return [self._ruled(body, "addressee: whose mandate")]
        for mention in self._bodies.within(text, start, end, complement.paragraph):
            if re.compile(r"[’']s?\s+(?:\w+\s+)?mandate").match(text, mention.end, end):
                return [addressee_of(mention, complement.paragraph, "addressee: whose mandate")]
        return []

    def _after_asides(self, complement: Complement, position: int) -> int:
        """Pass over ", in accordance with ...," before the object or the subject."""
        text, end = complement.text, complement.end
        while True:
            if match := _OPENING_ASIDE.match(text, position, end):
                position = match.end()
                continue
            aside = re.compile(r"\s*,?\s*(?:(?:as\s+well\s+as|and)\s+)?(?=\w)").match(text, position, end)
            if aside is None or not ASIDE_PREPOSITION.match(text, aside.end(), end):
                return position
            if re.match(r"(?:to|that|through)\s", text[aside.end() :]) and "," not in text[position : aside.end()]:
                return position
            after = self._lists.after_companion(text, aside.end(), end, after_body=False)
            if after is None:
                return position
            position = after

    def _doers(self, complement: Complement, start: int) -> list[Addressee]:
        """Find the doer inside a noun: "the continuation of efforts undertaken by the President"."""
        text, end = complement.text, complement.end
        blank = len(text[start:end]) - len(text[start:end].lstrip())
        mention = self._bodies.at(text, start + blank, complement.paragraph)
        if mention is not None and is_attribute(text, mention, end):
            return [addressee_of(mention, complement.paragraph, "addressee: doer in a noun")]
        for match in _AGENT.finditer(text, start, end):
            if found := self._lists.read(complement, match.end(), end):
                return [self._ruled(item, "addressee: doer in a noun") for item in found]
        noun = action_nouns(self._vocabulary).match(text, start, end)
        if noun is not None:
            owner = self._bodies.at(text, noun.end(), complement.paragraph)
            if owner is not None and re.compile(r"[’']s?\s").match(text, owner.end, end):
                return [addressee_of(owner, complement.paragraph, "addressee: doer in a noun")]
            if owner is not None and _NAME_ENDS.match(text, owner.end, end):
                found = self._lists.read(complement, noun.end(), end)
                return [self._ruled(item, "addressee: doer in a noun") for item in found]
        return []

    def _proper(self, complement: Complement, start: int) -> Addressee | None:
        """Read a proper name that no table knows."""
        place = proper_name(complement.text, start, complement.end, self._vocabulary)
        return self._lists.written(complement, *place) if place else None

    def _speaker(self, rule: str) -> list[Addressee]:
        speaker = self._bodies.speaker
        return [] if speaker is None else [Addressee(speaker.body, self._bodies.category(speaker.body), None, rule)]

    @staticmethod
    def _ruled(addressee: Addressee, rule: str) -> Addressee:
        return dataclasses.replace(addressee, rule=rule)


def _end(addressee: Addressee) -> int:
    return addressee.span.end if addressee.span else 0
