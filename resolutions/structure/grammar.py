"""The grammar by which resolutions tell their paragraphs apart: openers, and how a sentence ends."""

from __future__ import annotations

import re

# Anchors of footnotes stand in the text as single private characters until the paragraphs are made.
ANCHORS = "\U000f0000-\U000ffffd"

_LAST_WORDS = 60  # letters of a text in which its end stands, with all marks and signs after it
_CLOSERS = rf"[\s{ANCHORS}⁰¹²³⁴⁵⁶⁷⁸⁹”’\"')\]»]*$"
_AND = rf"[;,][{ANCHORS}⁰¹²³⁴⁵⁶⁷⁸⁹]?\s*(?:and|or)"
_SENTENCE_END = re.compile(rf"(?:[.;:?!…]|{_AND}){_CLOSERS}")
_CLAUSE_END = re.compile(rf"(?:[.;:?!…,—]|{_AND}){_CLOSERS}")
_CHAPEAU_END = re.compile(rf"(?:[:,—–-]|\bto|\bthat|\bby){_CLOSERS}")

# Words after which a number at a line start belongs to the sentence: "in accordance with paragraph / 15. of".
_TAKES_NUMBER = re.compile(
    r"\b(?:articles?|paragraphs?|paras?\.|rules?|sub-rules?|regulations?|sections?|chapters?|parts?|annex(?:es)?|"
    r"resolutions?|recommendations?|numbers?|nos?\.|item|phase|step|version|page|pp?\.|of|and|or|to|at|by|than|from|"
    r"in|on|for|the|with|about|approximately|some|least|§+)\s*$",
    re.IGNORECASE,
)

_ADVERBS = (
    "also|further|furthermore|again|once again|once more|strongly|deeply|gravely|seriously|particularly|firmly|fully|"
    "especially|specifically|solemnly|warmly|urgently|additionally|likewise|still|profoundly|equally|therefore|thus|"
    "reiterates and|continues to|accordingly|moreover|finally|similarly|consequently|extremely|highly|greatly|"
    "unequivocally|categorically|vigorously|in this regard"
)
_OPERATIVE_VERBS = (
    "accepts|acknowledges|acts|adopts|advises|affirms|agrees|allocates|amends|appeals|applauds|appoints|appreciates|"
    "appropriates|approves|asks|assures|authori[sz]es|calls|cautions|commends|concludes|concurs|condemns|confirms|"
    "congratulates|considers|decides|declares|defers|delegates|demands|deplores|designates|determines|directs|draws|"
    "elects|emphasi[sz]es|empowers|encourages|endorses|entrusts|establishes|exhorts|expresses|extends|highlights|hopes|"
    "insists|instructs|intends|invites|invokes|looks|mandates|notes|observes|offers|opens|pays|pledges|proclaims|"
    "prolongs|proposes|provides|reaffirms|reali[sz]es|recalls|receives|recogni[sz]es|recommends|recommits|reconfirms|refers|"
    "regrets|reiterates|rejects|reminds|renews|repeats|requests|requires|reserves|resolves|salutes|shares|stresses|"
    r"strongly(?!\s+[a-z]+ing\b)|"  # "Strongly condemning" opens a recital
    "suggests|supports|takes|terminates|thanks|transmits|trusts|underlines|underscores|undertakes|urges|"
    "views|voices|warns|welcomes|wishes"
)
_OPERATIVE = re.compile(rf"(?:(?:{_ADVERBS}),?\s+)*(?:{_OPERATIVE_VERBS}|continues to \w+)\b(?! of\b)", re.IGNORECASE)

_STATES_OF_MIND = (
    "mindful|conscious|aware|cogni[sz]ant|convinced|determined|concerned|alarmed|disturbed|dismayed|distressed|"
    "desirous|willing|anxious|eager|grateful|confident|encouraged|guided|inspired|moved|persuaded|resolved|troubled|"
    "shocked|appalled|outraged|satisfied|saddened|horrified|motivated|committed|faithful|alert|pursuant to|in view of"
)
_NOUNS_IN_ING = (
    "working|meeting|during|training|pending|nothing|funding|building|voting|monitoring|briefing|hearing|king"
)
_PREAMBULAR = re.compile(
    rf"(?:(?:{_ADVERBS}),?\s+)*(?:(?:{_STATES_OF_MIND})\b|(?!(?:{_NOUNS_IN_ING})\b)[^\W\d_]+ing\b)", re.IGNORECASE
)

# "With regard to **legal aid**," (ICC-ASP/17/Res.5, annex I, para. 8).
_TOPIC = re.compile(
    r"(?:with (?:regard|respect) to|in (?:relation|regard) to|as regards|regarding|concerning|"
    r"on the (?:issue|topic|subject) of)\s+(?:the\s+)?",
    re.IGNORECASE,
)


def ends_sentence(text: str) -> bool:
    """Say whether a text ends as a paragraph or item does: full stop, semicolon, colon, or ", and"."""
    return _SENTENCE_END.search(text, max(0, len(text) - _LAST_WORDS)) is not None


def ends_clause(text: str) -> bool:
    """Say whether a text ends as a sentence or, with a comma, as a preambular paragraph does."""
    return _CLAUSE_END.search(text, max(0, len(text) - _LAST_WORDS)) is not None


def opens_list(text: str) -> bool:
    """Say whether a text ends as a chapeau does, before its first sub-paragraph."""
    return _CHAPEAU_END.search(text, max(0, len(text) - _LAST_WORDS)) is not None


def takes_number(text: str) -> bool:
    """Say whether a text ends with a word that a number belongs to ("paragraph", "article")."""
    return _TAKES_NUMBER.search(text, max(0, len(text) - _LAST_WORDS)) is not None


def opens_operative(text: str) -> bool:
    """Say whether a text opens with an operative verb: "Requests", "also welcomes", "DECIDES"."""
    return _OPERATIVE.match(text) is not None


def opens_preambular(text: str) -> bool:
    """Say whether a text opens as a preambular paragraph: "Recalling", "Deeply concerned", "Mindful of"."""
    return text[:1].isupper() and _PREAMBULAR.match(text) is not None


def topic_of(text: str) -> str | None:
    """Give the topic that a chapeau names.

    Args:
        text: a paragraph of a list of mandates.

    Returns:
        The topic without its article ("With regard to the **Secretariat**, *invites* ...": "Secretariat",
        ICC-ASP/17/Res.5, annex I, para. 7); None where what follows the topic is no mandate: "Regarding concrete
        instances of non-cooperation, the following ..." (the same, annex II, para. 7) names none.
    """
    opening = _TOPIC.match(text)
    if opening is None:
        return None
    for comma in re.finditer(r"[,;:]\s*|\.(?=\s|$)", text[opening.end() :]):
        # A topic can hold commas of its own: "victims and affected communities, reparations and Trust Fund".
        rest = text[opening.end() + comma.end() :]
        if comma[0][0] in ";.":
            return None
        if (
            (not rest and comma[0][0] == ",")
            or opens_operative(rest)
            or (rest[:1].islower() and opens_preambular(rest.capitalize()))
        ):
            return re.sub(rf"[{ANCHORS}]", "", text[opening.end() : opening.end() + comma.start()]).strip()
    return None
