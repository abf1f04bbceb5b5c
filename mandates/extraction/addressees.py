"""Who must act on a mandate: the bodies that the clause names, in their canonical form."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from mandates.extraction.bodies import DETERMINERS, OTHER, BodyMention, BodyReader
from mandates.extraction.quotations import without_foreign_words
from mandates.extraction.records import Addressee, Clause, TextSpan
from mandates.extraction.vocabulary import Vocabulary
from resolutions.structure.records import ParagraphRecord

_MODAL = r"(?:shall|should|will|would|must|may|can|could|ought|be|is|are|has|have)\b"
_PREDICATE = re.compile(rf"\s*,?\s*(?:{_MODAL}|(?:not|continue|consider|submit|report|prepare|remain)\b)")
# "to" before these is no infinitive: "States Parties to the Rome Statute", "access to justice".
_TO = re.compile(
    r"(?<![\w-])to\b(?P<aside>\s*,[^,;]{3,80},)?\s+(?:(?:not|also|further|[a-z]+ly|again|once)\s+)*(?P<next>[\w’'-]+)"
)
_NO_INFINITIVE = re.compile(
    r"(?:the|a|an|this|that|these|those|all|any|its|their|his|her|which|whom|other|such|both|each|every|justice|victims|"
    r"article|articles|paragraph|paragraphs|rule|resolution|international|national|date|it|them|peace|security|and|or|"
    r"non|affected|one|two|another|some|non-States|law|\w+ing)$|[A-Z0-9]"
)
# An infinitive that completes one of these words is not what is asked: "States in a position to do so".
_HOLDS_INFINITIVE = re.compile(
    r"(?:position|able|unable|obligations?|wishing|willing|willingness|ready|seeking|intending|yet|required|obliged|"
    r"mandated|invited|encouraged|entitled|need|ability|capacity|opportunity|failed|decided|agreed|wish|right|"
    r"established|created|designed|aimed|intended|tasked|referred|party|parties|due|likely)\s*$"
)
_JOINER = re.compile(
    r"[\s,:\u0000]*(?:(?:and/or|and|or|both|inter\s+alia|in\s+particular|notably|especially|particularly|namely|"
    r"(?:where|when|wherever|whenever|if|as|as\s+and\s+when)\s+(?:appropriate|necessary|possible|applicable|required|needed|feasible)|in\s+addition\s+to|also)(?![\w-])[\s,]*)*",
    re.IGNORECASE,
)
_OPENING_ASIDE = re.compile(
    r"\s*,?\s*(?:in\s+th(?:is|at|e)\s+(?:regard|respect|connection|context)|inter\s+alia|therefore|accordingly|also|"
    r"once\s+again|further|again|in\s+particular|to\s+this\s+end|to\s+that\s+end|as\s+appropriate|as\s+a\s+matter\s+of\s+\w+)\b,?",
    re.IGNORECASE,
)
_ASIDE_PREPOSITION = re.compile(
    r"(?:in|on|at|for|from|under|within|without|pursuant|subject|according|based|taking|bearing|having|mindful|noting|"
    r"recalling|recognizing|acting|when|where|if|unless|as|by|upon|following|given|considering|notwithstanding|"
    r"consistent|while|to\s+the\s+extent|after|before|during|through|with|via|inter|throughout|until)\b",
    re.IGNORECASE,
)
_KIND = (
    r"(?:international|regional|subregional|sub-regional|inter-?governmental|non-governmental|multilateral|bilateral|"
    r"civil\s+society|humanitarian|national|specialized)"
)
_AND_KIND = rf"(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+or\s+)(?:other\s+)?{_KIND})"
_ORGANIZATIONS = re.compile(
    rf"(?i:{DETERMINERS})(?P<kinds>{_KIND}{_AND_KIND}+)\s+organi[sz]ations"
    r"(?:\s+and\s+(?:institutions|agencies|bodies|entities))?",
    re.IGNORECASE,
)
# A name as written ends at a comma, a conjunction or a relative clause; "Office on Drugs and Crime", "Educational,
# Scientific and Cultural Organization" go on.
_NAME = re.compile(
    rf"(?i:{DETERMINERS})(?P<name>(?:[A-Z][\w’'-]*\s+)+?[A-Z]\w+,\s+[A-Z]\w+\s+and\s+[A-Z]\w+\s+[A-Z]\w+"
    r"|(?:[A-Z][\w’'-]*\s+)+(?:of|on|for|against)\s+(?:the\s+)?[A-Z][\w’'-]*(?:,?\s+[A-Z][\w’'-]*)*\s+and\s+[A-Z][\w’'-]*"
    r"(?:\s+[A-Z][\w’'-]*)*|[\w’'/&-][\w’'/& -]*?)(?=\s*,|\s+(?:and|or|as\s+well\s+as|together\s+with)\s"
    r"|\s+(?:that|which|who|whose|in\s+which|including|through)\b|\s*$)"
)
_NO_NAME = re.compile(
    r"(?:[a-z]+ed\s+(?:by|with|in|on|to)|to|of|and|have|has|had|are|is|were|was|\W)\b|(?:inter)?national$|regional$|local$|"
    r"bilateral$|multilateral$|directly\b|early$|further$"
)
_PROPER_NAME = r"\s*(?:the\s+)?(?P<name>[A-Z][\w’'-]*(?:\s+(?:(?:of|on|for|and|the)\s+)*[A-Z][\w’'-]*)*)"
_SUBJUNCTIVE_NAME = re.compile(_PROPER_NAME)
_SUBJUNCTIVE = re.compile(_PROPER_NAME + rf"(?=\s+(?!{_MODAL}|of\b|for\b)[a-z]+\b)")
_RELATIVE = re.compile(r"\s*,?\s*(?:that|which|who|whose|whom|in\s+which|on\s+which|to\s+which)\b")
# "that State" (ICC-ASP/17/Res.5, para. 3) is an object, no clause.
THAT = re.compile(r"\s*,?\s*that\b(?!\s+(?:States?|body|organ|country)\b)")
_MORE = re.compile(r"(?:,\s*|\s+)(?:as\s+well\s+as|together\s+with|along\s+with|jointly\s+with)\s+")
_DELEGATING = re.compile(
    r"\s*(?:also\s+)?to\s+(?:(?:further|also|[a-z]+ly)\s+)*(?:entrust|mandate|task|charge|authori[sz]e|request|invite|"
    r"instruct|ask|direct|empower|urge|encourage|call\s+(?:up)?on|delegate\s+to|assign\s+to)\b"
)
_EXTENDING = re.compile(
    r"\s*(?:also\s+)?to\s+(?:(?:further|also|[a-z]+ly)\s+)*(?:extend|renew|prolong|maintain|continue)\b"
)
_MANDATE_OF = re.compile(r"\b(?:mandates?|terms?\s+of\s+office|work|term)\s+of\s+")
_AGENT = re.compile(r"(?<![\w-])by\s+(?:means\s+of\s+)?")
_ACTIVE = re.compile(
    r"(?=\s+(?:shall|should|will|must)\s+(?!be\b|not\b|have\b|apply|enter|remain|consist|amount)[a-z]+)"
)
_PASSIVE = re.compile(r"\b(?:be|been|being|is|are)\s+(?:[a-z]+ly\s+)?[a-z]+(?:ed|en|t|ne|de|wn)\b")
# After a name, a noun makes it an attribute ("Assembly procedures"), unless the name ends there.
_NAME_ENDS = re.compile(
    r"\s*(?:[,;.:)]|$|[’']|(?:and|or|as|to|in|on|for|that|which|who|with|by|at|from|under|through|of)\b)"
)

_ACTION = re.compile(
    r"(?:ings?|tions?|sions?|ments?|ances?|ences?|acy|ships?|ity|proposal|approval|renewal|removal|review|reviews|reports?)$"
)
_ACTOR = re.compile(
    r"(?:organi[sz]ation|delegation|commission|mission|administration|association|institution|federation|foundation|"
    r"coalition|union|corporation|government|parliament|department|conference|tribunal|division|section|community|"
    r"entity|university|authority|facility)s?|(?:communit|entit|universit|authorit|facilit)ies"
)
# Rules that find the body as the object of the verb, so that an infinitive after it is what is asked.
OBJECT_RULES = ("addressee: named", "addressee: as written")


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows the operative verb, up to the end of the clause; quotations and parentheses are blanked out."""

    paragraph: ParagraphRecord
    text: str
    start: int
    end: int


def find_addressees(
    clause: Clause, complements: tuple[Complement, ...], bodies: BodyReader, vocabulary: Vocabulary
) -> tuple[Addressee, ...]:
    """Find who must act.

    Args:
        clause: a directive clause.
        complements: what follows its verb, then what continues it in sub-paragraphs.
        bodies: reads names in this document.
        vocabulary: which words lead to bodies that act with, and which to bodies that must act too.

    Returns:
        The addressees in the order of the text, each body once; none where the clause names nobody. The object of the
        verb ("requests the Bureau to", ICC-ASP/20/Res.2, para. 25); the subject of the that-clause or the doer of its
        passive (ICC-ASP/17/Res.5, annex I, paras. 19(a) and 3(j)); the body entrusted or whose mandate is extended
        (paras. 157 and 90); the doer inside a noun (para. 155); the speaker where it binds itself (para. 7).
    """
    first, *rest = complements
    finder = _Finder(clause, bodies, vocabulary)
    found = finder.of(first)
    # "Requests: (a) The Court to ...; (b) The Bureau to ...": each point names its own.
    if not found and not first.text[first.start : first.end].strip(" ,:;\u0000"):
        found = [item for complement in rest for item in finder.of(complement)]
    unique: dict[str, Addressee] = {}
    for addressee in found:
        unique.setdefault(addressee.body, addressee)
    return tuple(unique.values())


def complement_of(clause: Clause, paragraph: ParagraphRecord) -> Complement:
    """Give what follows the verb of a clause in its paragraph."""
    return Complement(paragraph, without_foreign_words(paragraph.text), clause.verb_span.end, clause.span.end)


def find_infinitive(text: str, start: int, end: int) -> int | None:
    """Find where what is asked begins: the "to" of the infinitive.

    Args:
        text: the paragraph with quotations blanked out.
        start, end: the complement of the verb.

    Returns:
        The place of "to"; None where no infinitive follows. An infinitive that completes a noun or adjective is
        passed over where a later one is left ("States in a position to do so to contribute").
    """
    places = [
        match.start()
        for match in _TO.finditer(text, start, end)
        if not _NO_INFINITIVE.match(match["next"])
        and not re.search(r"\b(?:as|owing|due|prior|according)\s+$", text[start : match.start()])
    ]
    for number, place in enumerate(places):
        if number + 1 < len(places) and _HOLDS_INFINITIVE.search(text, start, place):
            continue
        return place
    return None


class _Finder:
    """Reads the complements of one clause."""

    def __init__(self, clause: Clause, bodies: BodyReader, vocabulary: Vocabulary) -> None:
        self._clause = clause
        self._bodies = bodies
        self._companions = _companions(vocabulary)
        self._action_nouns = _action_nouns(vocabulary)
        self._decides = clause.verb in ("decides", "resolves")

    def of(self, complement: Complement) -> list[Addressee]:
        text, end = complement.text, complement.end
        start = self._after_asides(complement, complement.start)
        if match := THAT.match(text, start, end):
            return self._of_that_clause(complement, match.end())
        if self._decides:
            return self._of_decision(complement, start)
        if self._clause.verb in ("extends", "prolongs", "renews the mandate"):
            return self._of_mandate(complement, complement.start)
        if match := re.compile(r"\s*(?:to\s+(?=the\b|all\b|States\b|[A-Z])|with\s+)").match(text, start, end):
            start = match.end()
        return self._of_object(complement, start)

    def _of_object(self, complement: Complement, start: int) -> list[Addressee]:
        infinitive = find_infinitive(complement.text, start, complement.end)
        end = complement.end if infinitive is None else infinitive
        asked = infinitive is not None and self._clause.verb != "calls for"
        return self._list(complement, start, end, asked) or self._doers(complement, start)

    def _of_that_clause(self, complement: Complement, start: int) -> list[Addressee]:
        text, end = complement.text, complement.end
        start = self._after_asides(complement, start)
        found = self._list(complement, start, end, False)
        if found:
            return found
        if active := _ACTIVE.search(text, start, end):
            subject = re.compile(r"\s*(?:the\s+)?(?=[A-Z])").match(text, start, active.start())
            if subject and (found := self._list(complement, subject.end(), active.start(), True)):
                return found
        elif subject := _SUBJUNCTIVE.match(text, start, end):
            # "recommends that the Disarmament Commission consider the following items"
            if named := self._as_written(complement, subject.start("name"), subject.end("name")):
                return [named]
        if passive := _PASSIVE.search(text, start, end):
            for match in _AGENT.finditer(text, passive.end(), end):
                if found := self._list(complement, match.end(), end, False):
                    return [self._ruled(item, "addressee: doer of the passive") for item in found]
        if found := self._of_mandate(complement, start):
            return found
        subject = re.compile(r"\s*(?:its|the\s+(?:next|following|\w+(?:-\w+)?)\s+(?:\w+\s+)?session)\b").match(
            text, start, end
        )
        return self._speaker("addressee: decides that its") if self._decides and subject else []

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
            if found := self._list(complement, match.end(), end, False):
                return [self._ruled(item, "addressee: whose mandate") for item in found]
            named = _SUBJUNCTIVE_NAME.match(text, match.end(), end)
            if named and (body := self._as_written(complement, named.start("name"), named.end("name"))):
                return [self._ruled(body, "addressee: whose mandate")]
        for mention in self._bodies.within(text, start, end, complement.paragraph):
            if re.compile(r"[’']s?\s+(?:\w+\s+)?mandate").match(text, mention.end, end):
                return [self._addressee(complement, mention, "addressee: whose mandate")]
        return []

    def _list(self, complement: Complement, start: int, end: int, predicate_follows: bool) -> list[Addressee]:
        """Read bodies in a row: "States, international and regional organizations, as well as civil society"."""
        text, found, position = complement.text, list[Addressee](), start
        while position < end:
            joiner = _JOINER.match(text, position, end)
            position = joiner.end() if joiner else position
            if not self._is_entry(text, position, start, found):
                break
            companion = self._companions.match(text, position, end)
            aside = bool(found) and _ASIDE_PREPOSITION.match(text, position, end) is not None
            if (companion is not None and companion["no"] is not None) or (companion is None and aside):
                after = self._after_companion(complement, position, end, bool(found))
                if after is None:
                    break
                position = after
                continue
            if companion is not None:
                position = companion.end()
                continue
            if ellipsis := _ORGANIZATIONS.match(text, position, end):
                found += self._organizations(complement, ellipsis)
                position = self._after_modifiers(text, ellipsis.end(), end)
                continue
            mention = self._bodies.at(text, position, complement.paragraph)
            # "the Assembly's Secretariat", "the Court's Registry"
            if mention is not None and (possessive := re.compile(r"[’']s?\s+").match(text, mention.end, end)):
                mention = self._bodies.at(text, possessive.end(), complement.paragraph) or mention
            if mention is not None and mention.end <= end and not self._is_attribute(text, mention, end):
                found.append(self._addressee(complement, mention, "addressee: named"))
                position = self._after_modifiers(text, mention.end, end)
                continue
            named = self._as_written(complement, position, end) if predicate_follows else None
            if named is None:
                break
            found.append(named)
            assert named.span is not None
            position = self._after_modifiers(text, named.span.end, end)
        return found

    def _organizations(self, complement: Complement, match: re.Match[str]) -> list[Addressee]:
        """Read "intergovernmental and non-governmental organizations", whose noun is said once."""
        span = TextSpan(complement.paragraph.key, match.start("kinds"), match.end())
        civil = re.search(r"non-governmental|civil", match["kinds"], re.IGNORECASE)
        others = re.sub(
            r"(?:non-governmental|civil\s+society)|\W|\b(?:and|or|other)\b", "", match["kinds"], flags=re.IGNORECASE
        )
        bodies = [
            *(["International and regional organizations"] if others else []),
            *(["Civil society"] if civil else []),
        ]
        return [Addressee(body, self._bodies.category(body), span, "addressee: named") for body in bodies]

    def _is_entry(self, text: str, position: int, start: int, found: list[Addressee]) -> bool:
        """After the first body, the next one stands behind a comma or a conjunction."""
        if not found:
            return True
        before = text[start:position]
        return re.search(
            r"(?:[,\u0000]|\b(?:and/or|and|or|with|as)|including)\s*$", before.rstrip(" ") + " "
        ) is not None or bool(self._companions.match(text, position))

    def _is_attribute(self, text: str, mention: BodyMention, end: int) -> bool:
        """Say whether what is asked is a thing of the body: "the Court's efforts"."""
        return re.compile(r"[’']s?\s").match(text, mention.end, end) is not None

    def _after_modifiers(self, text: str, position: int, end: int) -> int:
        """Pass over what tells a body more closely: "States Parties that have not yet done so"."""
        infinitive = _TO.match(text, position + 1, end)
        if infinitive is not None and not _NO_INFINITIVE.match(infinitive["next"]):
            return end
        next_joiner = re.compile(
            r"\s*(?:,|\b(?:and/or|and|or|as\s+well\s+as|together\s+with|along\s+with|jointly\s+with|including)\b)"
        )
        if next_joiner.match(text, position, end):
            return position
        if _PREDICATE.match(text, position, end) and not _RELATIVE.match(text, position, end):
            return end
        more = _MORE.search(text, position, end)
        also = re.compile(
            r",?\s+and\s+(?=(?:all\s+|the\s+)?other\b|the\s+(?:Court|Bureau|Registr|Secretariat|Assembly)|States\b)"
        ).search(text, position, end)
        if not _RELATIVE.match(text, position, end) and not more:
            short = re.compile(r"[^,;]{0,60}?(?=\s+and\s+(?:the|all|other|relevant)\b|,)").match(text, position, end)
            return short.end() if short else end
        places = [match.start() for match in (more, also) if match]
        return min(places) if places else end

    def _after_companion(self, complement: Complement, position: int, end: int, after_body: bool) -> int | None:
        """Pass over "through ...", "in consultation with ...": who acts with is no addressee."""
        text = complement.text
        comma = text.find(",", position, end)
        if comma < 0:
            return None
        following = text[comma + 1 : end]
        if after_body:
            more = _MORE.search(text, comma, end)
            joined = re.match(r"\s*and\s+(?:the\s+|all\s+)?[A-Z]", following)
            if joined and " and " not in text[position:comma]:
                return comma + 1
            return more.start() if more else None
        closing = re.match(r"[^,]*\sand\s[^,]*,", following)
        if " and " not in text[position:comma] and closing and comma + 1 + closing.end() < end:
            rest = text[comma + 1 + closing.end() : end]
            if rest.strip():
                return comma + 1 + closing.end()
        return comma + 1

    def _after_asides(self, complement: Complement, position: int) -> int:
        """Pass over ", in accordance with ...," before the object or the subject."""
        text, end = complement.text, complement.end
        while True:
            if match := _OPENING_ASIDE.match(text, position, end):
                position = match.end()
                continue
            aside = re.compile(r"\s*,?\s*(?:as\s+well\s+as\s+)?(?=\w)").match(text, position, end)
            if aside is None or not _ASIDE_PREPOSITION.match(text, aside.end(), end):
                return position
            if re.match(r"(?:to|that|through)\s", text[aside.end() :]) and "," not in text[position : aside.end()]:
                return position
            after = self._after_companion(complement, aside.end(), end, False)
            if after is None:
                return position
            position = after

    def _doers(self, complement: Complement, start: int) -> list[Addressee]:
        """Find the doer inside a noun: "the continuation of efforts undertaken by the President"."""
        text, end = complement.text, complement.end
        first = re.compile(r"\s*" + DETERMINERS).match(text, start, end)
        place = first.end() if first else start
        mention = self._bodies.at(
            text, start + len(text[start:place]) - len(text[start:place].lstrip()), complement.paragraph
        )
        mention = mention or self._bodies.at(text, re.compile(r"\s*").match(text, start).end(), complement.paragraph)  # type: ignore[union-attr]
        if mention is not None and self._is_attribute(text, mention, end):
            return [self._addressee(complement, mention, "addressee: doer in a noun")]
        for match in _AGENT.finditer(text, start, end):
            if found := self._list(complement, match.end(), end, False):
                return [self._ruled(item, "addressee: doer in a noun") for item in found]
        noun = self._action_nouns.match(text, start, end)
        if noun is not None:
            owner = self._bodies.at(text, noun.end(), complement.paragraph)
            if owner is not None and re.compile(r"[’']s?\s").match(text, owner.end, end):
                return [self._addressee(complement, owner, "addressee: doer in a noun")]
            if owner is not None and _NAME_ENDS.match(text, owner.end, end):
                found = self._list(complement, noun.end(), end, False)
                return [self._ruled(item, "addressee: doer in a noun") for item in found]
        return []

    def _as_written(self, complement: Complement, position: int, end: int) -> Addressee | None:
        """Take a body that no table knows, by the words that name it."""
        text = complement.text
        match = _NAME.match(text, position, end)
        if match is None or len(match["name"]) > 120 or self._names_an_action(match["name"]):
            return None
        if _NO_NAME.match(match["name"]) or _ASIDE_PREPOSITION.match(match["name"]):
            return None
        # "the Court and its organs": a part of the body named before.
        if re.search(r"\b(?:its|their)\s+$", text[position : match.start("name")]) and match["name"].islower():
            return None
        span = TextSpan(complement.paragraph.key, match.start("name"), match.end("name"))
        if re.search(r"(?:^|\s)(?:States|countries|Governments|governments)$", match["name"].split(" of ")[0]):
            return Addressee("States", "State", span, "addressee: as written")
        return Addressee(" ".join(match["name"].split()), OTHER, span, "addressee: as written")

    def _names_an_action(self, name: str) -> bool:
        """Say whether a noun phrase names something done ("additional efforts"), not somebody."""
        name = re.sub(r"\s+there(?:of|to|on|with)$", "", name)
        head = re.split(r"\s(?:of|in|on|for|with|by|to|at|from|between|among|under|within)\s", name)[0].split()
        if not head:
            return True
        if head[-1][0].isupper():
            return False
        word = head[-1].lower()
        if self._action_nouns.fullmatch(f" {word} of "):
            return True
        return _ACTION.search(word) is not None and _ACTOR.fullmatch(word) is None

    def _addressee(self, complement: Complement, mention: BodyMention, rule: str) -> Addressee:
        span = TextSpan(complement.paragraph.key, mention.start, mention.end)
        return Addressee(mention.body, mention.category, span, rule)

    def _speaker(self, rule: str) -> list[Addressee]:
        speaker = self._bodies.speaker
        return [] if speaker is None else [Addressee(speaker.body, self._bodies.category(speaker.body), None, rule)]

    @staticmethod
    def _ruled(addressee: Addressee, rule: str) -> Addressee:
        return Addressee(addressee.body, addressee.category, addressee.span, rule)


@functools.cache
def _companions(vocabulary: Vocabulary) -> re.Pattern[str]:
    sides = {"yes": list[str](), "no": list[str]()}
    for word in sorted(vocabulary.companions, key=lambda word: -len(word.words)):
        sides[word.role].append(re.escape(word.words).replace(r"\ ", r"\s+"))
    return re.compile(
        rf"(?:(?P<no>(?:including\s+)?(?:{'|'.join(sides['no'])})(?![\w-]))|(?P<yes>(?:{'|'.join(sides['yes'])})(?![\w-])\s*))",
        re.IGNORECASE,
    )


@functools.cache
def _action_nouns(vocabulary: Vocabulary) -> re.Pattern[str]:
    nouns = "|".join(re.escape(word.words.removesuffix("s")) + "s?" for word in vocabulary.action_nouns)
    return re.compile(rf"\s*(?:[\w-]+\s+){{0,4}}?(?:{nouns})\s+(?:of|between|among)\s+", re.IGNORECASE)
