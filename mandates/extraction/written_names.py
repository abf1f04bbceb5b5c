"""Bodies that no table knows, by the words that name them."""

from __future__ import annotations

import functools
import re

from mandates.extraction.bodies import DETERMINERS, OTHER
from mandates.extraction.records import Addressee, TextSpan
from mandates.extraction.vocabulary import Vocabulary
from resolutions.structure.records import ParagraphRecord

# A name as written ends at a comma, a conjunction or a relative clause; "Office on Drugs and Crime", "Educational,
# Scientific and Cultural Organization" go on.
_NAME = re.compile(
    rf"(?i:{DETERMINERS})(?P<name>(?:[A-Z][\w’'-]*\s+)+?[A-Z]\w+,\s+[A-Z]\w+\s+and\s+[A-Z]\w+\s+[A-Z]\w+"
    r"|(?:[A-Z][\w’'-]*\s+)+(?:of|on|for|against)\s+(?:the\s+)?[A-Z][\w’'-]*(?:,?\s+[A-Z][\w’'-]*)*\s+and\s+[A-Z][\w’'-]*"
    r"(?:\s+[A-Z][\w’'-]*)*|[\w’'/&-][\w’'/&\s-]*?)(?=\s*,|\s+(?:and|or|as\s+well\s+as|together\s+with)\s"
    r"|\s+(?:that|which|who|whose|in\s+which|including|through)\b|\s*$)"
)
_NO_NAME = re.compile(
    r"(?:[a-z]+ed\s+(?:by|with|in|on|to)|to|of|and|have|has|had|are|is|were|was|\W)\b|(?:inter)?national$|regional$|local$|"
    r"bilateral$|multilateral$|directly\b|early$|further$"
)
ASIDE_PREPOSITION = re.compile(
    r"(?:in|on|at|for|from|under|within|without|pursuant|subject|according|based|taking|bearing|having|mindful|noting|"
    r"recalling|recognizing|acting|when|where|if|unless|as|by|upon|following|given|considering|notwithstanding|"
    r"consistent|while|to\s+the\s+extent|after|before|during|through|with|via|inter|throughout|until)\b",
    re.IGNORECASE,
)
_PROPER_NAME = r"\s*(?:the\s+)?(?P<name>[A-Z][\w’'-]*(?:\s+(?:(?:of|on|for|and|the)\s+)*[A-Z][\w’'-]*)*)"
PROPER_NAME = re.compile(_PROPER_NAME)
_ACTION = re.compile(
    r"(?:ings?|tions?|sions?|ments?|ances?|ences?|acy|ships?|ity|proposal|approval|renewal|removal|review|reviews|reports?)$"
)
_ACTOR = re.compile(
    r"(?:organi[sz]ation|delegation|commission|mission|administration|association|institution|federation|foundation|"
    r"coalition|union|corporation|government|parliament|department|conference|tribunal|division|section|community|"
    r"entity|university|authority|facility)s?|(?:communit|entit|universit|authorit|facilit)ies"
)

AS_WRITTEN = "addressee: as written"


def name_as_written(
    paragraph: ParagraphRecord, text: str, position: int, end: int, vocabulary: Vocabulary
) -> Addressee | None:
    """Read a body that no table knows.

    Args:
        paragraph: the paragraph.
        text: its text with quotations blanked out.
        position, end: where the name or its article begins, and what it may not pass.
        vocabulary: nouns that name something done, which is nobody.

    Returns:
        The body in the words of the text, category "Other" (States by any description are "States"); None where the
        words name an action ("additional efforts", ICC-ASP/17/Res.5, para. 125) or nothing.
    """
    match = _NAME.match(text, position, end)
    if match is None or len(match["name"]) > 120 or _names_an_action(match["name"], vocabulary):
        return None
    if _NO_NAME.match(match["name"]) or ASIDE_PREPOSITION.match(match["name"]):
        return None
    # "the Court and its organs": a part of the body named before.
    if re.search(r"\b(?:its|their)\s+$", text[position : match.start("name")]) and match["name"].islower():
        return None
    span = TextSpan(paragraph.key, match.start("name"), match.end("name"))
    if re.search(r"(?:^|\s)(?:States|countries|Governments|governments)$", match["name"].split(" of ")[0]):
        return Addressee("States", "State", span, AS_WRITTEN)
    return Addressee(" ".join(match["name"].split()), OTHER, span, AS_WRITTEN)


def _names_an_action(name: str, vocabulary: Vocabulary) -> bool:
    """Say whether a noun phrase names something done ("additional efforts"), not somebody."""
    name = re.sub(r"\s+there(?:of|to|on|with)$", "", name)
    head = re.split(r"\s(?:of|in|on|for|with|by|to|at|from|between|among|under|within)\s", name)[0].split()
    if not head or head[-1][0].isupper():
        return not head
    word = head[-1].lower()
    if action_nouns(vocabulary).fullmatch(f" {word} of "):
        return True
    return _ACTION.search(word) is not None and _ACTOR.fullmatch(word) is None


@functools.cache
def action_nouns(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Give the pattern of "the work of", "further efforts of": what is done, up to its doer."""
    nouns = "|".join(re.escape(word.words.removesuffix("s")) + "s?" for word in vocabulary.action_nouns)
    return re.compile(rf"\s*(?:[\w-]+\s+){{0,4}}?(?:{nouns})\s+(?:of|between|among)\s+", re.IGNORECASE)
