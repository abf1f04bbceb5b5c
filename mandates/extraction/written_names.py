"""Bodies that no table knows, by the words that name them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mandates.extraction.bodies import DETERMINERS, OTHER
from mandates.extraction.records import Addressee, TextSpan
from mandates.extraction.vocabulary import Vocabulary
from resolutions.structure.records import ParagraphRecord

AS_WRITTEN = "addressee: as written"

ASIDE_PREPOSITION = re.compile(
    r"(?:in|on|at|for|from|under|within|without|pursuant|subject|according|based|taking|bearing|having|mindful|noting|"
    r"recalling|recognizing|acting|when|where|if|unless|as|by|upon|following|given|considering|notwithstanding|once|"
    r"consistent|while|to\s+the\s+extent|after|before|during|through|with|via|inter\s+alia|throughout|until|depending|"
    r"regardless|prior|subsequent|despite|wherever|whenever|whether|using|building|drawing|avoiding|including)\b(?!-)",
    re.IGNORECASE,
)

_CAPITAL = r"[A-Z][\w’'/&-]*"
_CAPITALS = rf"{_CAPITAL}(?:\s+{_CAPITAL})*"
# Nouns at the end of the name of a body: what stands behind "and" with one of them is a body of its own.
_BODY = (
    r"(?:Organi[sz]ation|Commission|Committee|Council|Programme|Agency|Office|Department|Conference|Mechanism|Court|"
    r"Group|Party|Parties|Powers?|Fund|Union|Bank|Secretariat|Secretary|Secretary-General|Assembly|Bureau|Registry|"
    r"Registrar|Prosecutor|President|Presidency|Chair|States?|Governments?|Rapporteurs?|Experts?|Representatives?|Commissioners?|"
    r"Director|Director-General|Board|Centre|Institute|Division|Unit|Service|Forum|Panel|Tribunal|Authority|Entity|"
    r"Coordinator|Envoy|Nations|Mission|Association|Movement|Academy|University|Envoys|Alliance)"
)
# "Economic and Social Council", "Administrative and Budgetary Questions", "Enforced or Involuntary Disappearances"
_ADJECTIVE = r"[A-Z][a-z-]+(?:al|ic|ive|ary|ced|ish|ian|pendent|partial)"
_ADJECTIVES = rf"{_ADJECTIVE}(?:,\s+{_ADJECTIVE})*,?\s+(?:and|or)\s+(?={_CAPITAL}\s+{_CAPITAL})"
_TITLED = rf"(?:(?:{_CAPITAL}\s+)*?{_ADJECTIVES}{_CAPITALS}|{_CAPITALS})"
# "on Drugs and Crime", "for Gender Equality and the Empowerment of Women": what the body is for holds "and" itself,
# unless another body follows.
_ANOTHER_BODY = rf"(?:(?:{_CAPITAL}\s+)*{_BODY}\b|UN-|[A-Z]{{2,}}\b)"
_NO_BODY = r"the\s+(?=\w+(?:ment|tion|ity)\b|Pacific\b|Caribbean\b)"
_SUBJECT = rf"{_TITLED}(?:,?\s+and\s+(?:{_NO_BODY})?(?!{_ANOTHER_BODY}){_CAPITALS})?"
# "on the promotion and protection of human rights": up to the next body, aside or verb.
_NEXT_BODY = rf"(?:{_CAPITAL}|(?:the|all|other|his|her|its|their|to|requests|invites|encourages|urges)\b)"
_ASIDE = (
    r"(?:as|so|if|until|together|along|through|within|including|where|when|which|who|that|by|pursuant|shall|will|should|"
    r"is|are|has|have|for|with|in\s+(?:consultation|cooperation|accordance|line|close|particular|this|that|order|his|her))\b"
    r"|to\s+(?!(?:the|food|education|development|privacy|water|health|housing|adequate|safe|life|justice|freedom|truth)\b)"
)
_THEME = (
    r"(?!(?:its|this|that|his|her|their|how|measures|specific)\b)(?:the\s+)?(?!the\b)[a-z][\w’'-]*"
    rf"(?:(?:,?\s+(?:and|or)\s+|,\s+(?!and\b|or\b))(?!{_NEXT_BODY}|{_ASIDE})[\w’'-]+|\s+(?!and\b|or\b|{_ASIDE})[\w’'-]+)*"
)
_OFFICER = r"(?:Rapporteurs?|Experts?|Group|Representatives?|Mechanism)"
_PROPER = re.compile(
    rf"(?:{_CAPITAL}\s+)*?{_OFFICER}(?:\s+of\s+(?:the\s+)?{_CAPITALS})?\s+on\s+{_THEME}"
    rf"|{_TITLED}(?:\s+(?:of|on|for|against|in)\s+(?:the\s+)?{_SUBJECT}|\s+to\s+the\s+{_TITLED})*"
)
# A noun phrase ends where something follows that tells more of it; "of the system" belongs to the name.
_STOP = (
    r"(?:and/or|and|or|as|that|which|who|whose|whom|where|when|if|in|at|with|within|without|through|by|from|under|during|"
    r"including|to|on|for|upon|after|before|until|about|between|among|towards?|not|via|against|over|together|along|"
    r"jointly|is|are|shall|should|concerned|involved|of|such|like|alike|themselves|worldwide|available|to|have|has|"
    r"mentioned|referred|engaged|working(?!\s+group)|participating|operating|responsible|interested|present|[a-z]+ly)\b"
)
_PHRASE = rf"(?!{_STOP})[\w’'/&-]+(?:\s+(?!{_STOP})[\w’'/&-]+)*"
_COMMON = re.compile(
    rf"{_PHRASE}(?:\s+of\s+(?:the\s+|its\s+|their\s+|all\s+)?(?:{_SUBJECT}(?:\s+(?!{_STOP})[a-z][\w’'-]*)*|{_PHRASE}))*"
    rf"(?:\s+to\s+(?:the|this|that|these|those|armed)\s+{_PHRASE}(?:\s+(?:on|of|for|in)\s+(?:the\s+)?{_SUBJECT})*)?"
)
_CAPITAL_WORD = re.compile(rf"(?<![\w-]){_CAPITAL}")
_A_BODY = re.compile(rf"\b{_BODY}$")
_BEFORE_NAME = re.compile(rf"(?i:{DETERMINERS})")
_HEAD = re.compile(r"\s(?:of|in|on|for|with|by|to|at|from|between|among|under|within|against)\s")
_JOINED = re.compile(r"\s*(?:,\s*(?:and\s+|or\s+)?|\s(?:and/or|and|or)\s+)(?:other\s+)?")
# The words of a body's "its organs" are not another body.
_OWN_PART = re.compile(r"\b(?:its|their)\s+$")
_NO_NAME = re.compile(
    r"(?:[a-z]+ed\s+(?:by|with|in|on|to)|to|of|and|have|has|had|are|is|were|was|not|it|them|this|that|all|others?|"
    r"early|further|\W)$|\d|(?:have|has|had)\s"
)
_ACTION = re.compile(
    r"(?:ings?|tions?|sions?|ments?|ances?|ences?|acy|ships?|ity|proposal|approval|renewal|removal|reviews?|reports?|ways?|"
    r"approach(?:es)?|practices?|frameworks?|technolog(?:y|ies)|access|use|end|steps?|research|strateg(?:y|ies)|polic(?:y|ies)|"
    r"plans?|systems|tools?|resources|funds\s+for|levels?|rights?|priority|data|information)$"
)
# "donors", "shareholders", "parliamentarians", "journalists", "participants", "employees"
_AGENT = re.compile(r"[a-z-]{3,}(?:ors|ers|ists|ians|ants|ees)$")
_NO_AGENT = re.compile(
    r"(?:matter|order|number|factor|error|barrier|offer|effort|center|paper|register|indicator|letter|measure|danger|power|"
    r"corridor|vector|border|transfer|disaster|vaccinator|driver|server|computer)s$"
)
_STATES = re.compile(r"(?:^|(?<!United)\s)(?:States|countries|Governments|governments)$")


@dataclass(frozen=True, slots=True)
class _Names:
    """What the vocabulary says of names, as patterns, compiled once."""

    long: re.Pattern[str]
    actors: re.Pattern[str]


def name_as_written(
    paragraph: ParagraphRecord, text: str, position: int, end: int, vocabulary: Vocabulary, anyone: bool = True
) -> Addressee | None:
    """Read a body that no table knows.

    Args:
        paragraph: the paragraph.
        text: its text with quotations blanked out.
        position, end: where the name or its article begins, and what it may not pass.
        vocabulary: names that hold a conjunction, nouns that name somebody or something done.
        anyone: whether any noun names somebody here, because the verb asks a person to act ("requests ... to").

    Returns:
        The body in the words of the text, category "Other" (States by any description are "States"); None where the
        words name an action ("additional efforts", ICC-ASP/17/Res.5, para. 125) or nothing.
    """
    before = _BEFORE_NAME.match(text, position, end)
    start = before.end() if before else position
    reach = _end_of_name(text, start, end, vocabulary)
    if reach is None or reach - start > 200:
        return None
    words = text[start:reach]
    if _NO_NAME.match(words) or ASIDE_PREPOSITION.match(words):
        return None
    if words.islower() and _OWN_PART.search(text, position, start):
        return None
    if not names_somebody(words, vocabulary, anyone):
        return None
    span = TextSpan(paragraph.key, start, reach)
    head = " ".join(_HEAD.split(words)[0].split())
    if re.search(r"(?:^|\s)(?:Member States|States Members)$", head):
        return Addressee("Member States", "State", span, AS_WRITTEN)
    each = re.search(r"\b(?:any|each|every)\b", text[position:start], re.IGNORECASE)
    if _STATES.search(head) or (head == "State" and each):
        return Addressee("States", "State", span, AS_WRITTEN)
    return Addressee(" ".join(words.split()), OTHER, span, AS_WRITTEN)


def proper_name(text: str, position: int, end: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Find the name that begins at a place with a capital, "the" before it passed over."""
    article = re.compile(r"\s*(?:the\s+)?").match(text, position, end)
    start = article.end() if article else position
    match = _names(vocabulary).long.match(text, start, end) or _PROPER.match(text, start, end)
    return None if match is None else match.span()


def proper_names(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Find the proper names of bodies in a text: capitals that end in a word for a body; its first word is a verb."""
    first = _CAPITAL_WORD.match(text)
    position = first.end() if first else 0
    while (capital := _CAPITAL_WORD.search(text, position)) is not None:
        match = _names(vocabulary).long.match(text, capital.start()) or _PROPER.match(text, capital.start())
        if match is None:
            position = capital.end()
            continue
        position = match.end()
        if _A_BODY.search(_HEAD.split(match[0])[0]):
            yield match.span()


def names_somebody(words: str, vocabulary: Vocabulary, anyone: bool = True) -> bool:
    """Say whether a noun phrase names somebody, not something done ("additional efforts")."""
    head = re.sub(r"\s+there(?:of|to|on|with)$", "", _HEAD.split(words)[0]).split()
    if not head:
        return False
    word = head[-1]
    # "the Court's report" is a thing.
    if word.endswith(("’s", "'s", "s’", "s'")):
        return False
    if word[0].isupper() or _names(vocabulary).actors.fullmatch(word.lower()):
        return True
    if _AGENT.fullmatch(word) and not _NO_AGENT.fullmatch(word):
        return True
    done = action_nouns(vocabulary).fullmatch(f" {word} of ") or _ACTION.search(word)
    return anyone and not done


@functools.cache
def action_nouns(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Give the pattern of "the work of", "further efforts of": what is done, up to its doer."""
    nouns = "|".join(re.escape(word.words.removesuffix("s")) + "s?" for word in vocabulary.action_nouns)
    matter = r"(?:\s+of\s+[a-z]+(?=\s+(?:between|among)\b))?"
    return re.compile(
        rf"\s*(?:[\w-]+\s+){{0,4}}?(?:{nouns}){matter}\s+(?:of|between|among)\s+",
        re.IGNORECASE,
    )


def _end_of_name(text: str, start: int, end: int, vocabulary: Vocabulary) -> int | None:
    """Find where a name ends; modifiers that share their noun are one name ("humanitarian and peace actors")."""
    if proper := _names(vocabulary).long.match(text, start, end) or _PROPER.match(text, start, end):
        # "United Nations system", "Member States concerned", "Indigenous organizations"
        common = re.compile(
            rf"(?:\s+(?!{_STOP}|[a-z]+ed\b|pursuant\b)[a-z][\w’'-]*)*(?:\s+of\s+(?:the\s+)?{_SUBJECT})*"
        ).match(text, proper.end(), end)
        return common.end() if common else proper.end()
    reach = None
    position = start
    while (phrase := _COMMON.match(text, position, end)) is not None:
        reach = phrase.end()
        joined = _JOINED.match(text, reach, end)
        last = _HEAD.split(phrase[0])[0].split()[-1].lower()
        if joined is None or last.endswith("s") or _names(vocabulary).actors.fullmatch(last) or last[:1].isupper():
            break
        position = joined.end()
    return reach


@functools.cache
def _names(vocabulary: Vocabulary) -> _Names:
    long = sorted((word.words for word in vocabulary.long_names), key=len, reverse=True)
    actors = "|".join(_number(word.words) for word in vocabulary.actors)
    return _Names(
        long=re.compile("(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in long) + r")(?![\w-])"),
        actors=re.compile(rf"(?:[\w’'-]+-)?(?:{actors})", re.IGNORECASE),
    )


def _number(noun: str) -> str:
    """Let a noun stand in the plural too."""
    if noun == "woman":
        return "wom[ae]n"
    if noun.endswith("y"):
        return re.escape(noun[:-1]) + "(?:y|ies|ys)"
    return re.escape(noun.rsplit(" ", 1)[-1]) + "(?:s|es|x)?"
