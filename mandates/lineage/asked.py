"""What a mandate asks, taken apart for comparison: the thing, the words around it, whom it is asked of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mandates.lineage.masking import Word, masked_words
from mandates.lineage.records import AskedMandate
from mandates.lineage.word_roles import ENDING_ACTS, Role, role, stem

# "to this end", "in these areas", "such a mechanism", "these efforts", "to do so": the thing stands before the
# clause.
_POINTS_BACK = re.compile(
    r"\b(?:this|that|these|those|such|said)\s+(?:an?\s+)?"
    r"(?:end|regard|respect|purpose|areas?|efforts?|work|issues?|matters?|mechanism|process|initiatives?|effect|task|"
    r"measures?|discussions?|networks?|programmes?|strateg(?:y|ies)|amendments|pledges|requests?|procedures|agreements?|"
    r"State|investigation|undertakings?)\b|\bdo\s+so\b|\bsame\b|\bthereof\b|"
    r"\b(?:to|of)\s+it\s*$",
    re.IGNORECASE,
)
_ADVERBS = re.compile(
    r"^(?:(?:also|further|furthermore|additionally|therefore|thus|again|once|likewise|moreover|in|addition)\s+)+",
    re.IGNORECASE,
)
# How it is to be done, not what: "taking into account the views of the Committee", up to the next comma.
_QUALIFIER = re.compile(
    r"\b(?:taking\s+into\s+(?:account|consideration)|in\s+(?:the\s+)?(?:light|view)\s+of|in\s+accordance\s+with|pursuant\s+to|"
    r"in\s+(?:close\s+)?(?:consultation|cooperation|coordination|collaboration)\s+with|without\s+prejudice\s+to|"
    r"on\s+the\s+basis\s+of|bearing\s+in\s+mind)\b.*?(?=[,;]|\s+and\s+to\s|\s+as\s+well\s+as\s|$)",
    re.IGNORECASE,
)
# What is added behind the thing: examples, purposes, a second act ("and to report on the savings").
_TAIL = re.compile(
    r"\b(?:in\s+particular|particularly|especially|notably|including|inter\s+alia|such\s+as|so\s+(?:as\s+to|that)|in\s+order\s+(?:to|that)|"
    r"with\s+(?:a\s+view|the\s+(?:aim|purpose|objective))|aimed\s+at|as\s+necessary|through|and\s+(?:also\s+)?to)\s",
    re.IGNORECASE,
)
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "any"})
# The Court is composed of its organs (Rome Statute, article 34).
_WHOLE = {"organ of the court": "court", "organs of the court": "court"}
_NUMBERED = re.compile(r"^(?:articles?|rules?|regulations?|section|chapter)$")


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A mandate taken apart.

    Attributes:
        words: all its words, compared ones only, without adverbs before the verb and marks of notes.
        printed: the same with masks as they are printed.
        thing: stems of what is asked, in order, without joining words and masks.
        said: the same as printed.
        content: those that say what it is about.
        frame: the others.
        aside: what is said of those who are asked ("States Parties in arrears") and of how it is to be done ("taking
        into
            account the views of the Committee"); it explains a difference and is none.
        tail: content words that stand only behind the thing, in an example, a purpose or a second act.
        line: stems and joining words of what is asked, in order, without articles and masks.
        acts: stems that stand where a verb does, after "to".
        ends: True where the act asked for undoes something.
        points_back: True where "this end", "these areas" stand for the thing.
        context: stems before the clause that say what it is about.
        topic: stems of the topic.
        general: True where the topic only says what the title does.
        addressees: who is asked.
    """

    words: tuple[str, ...]
    printed: tuple[str, ...]
    thing: tuple[str, ...]
    said: tuple[str, ...]
    content: frozenset[str]
    frame: frozenset[str]
    aside: frozenset[str]
    tail: frozenset[str]
    line: tuple[str, ...]
    acts: frozenset[str]
    ends: bool
    points_back: bool
    context: frozenset[str]
    topic: frozenset[str]
    general: bool
    addressees: frozenset[str]


def asked(mandate: AskedMandate) -> Asked:
    """Take a mandate apart; the same object for mandates that say the same."""
    return _asked(mandate.text, mandate.action, mandate.context, mandate.topic, mandate.title, mandate.addressees)


@lru_cache(maxsize=32768)
def _asked(text: str, action: str, context: str, topic: str, title: str, addressees: frozenset[str]) -> Asked:
    start = max(0, text.find(action)) if action else 0
    opening = _ADVERBS.match(text)
    words = [word for word in masked_words(text) if word.mask != "note"]
    compared = [word for word in words if opening is None or word.start >= opening.end()]
    things = [word for word in words if word.start >= start]
    items = [item for item in _items(things) if item[0].norm not in _ARTICLES]
    thing = [(word, item) for word, item, _ in items if role(item) is not Role.JOINING]
    every = frozenset(item for _, item in thing if role(item) is Role.CONTENT)
    qualifiers = [match.span() for match in _QUALIFIER.finditer(text, start)]
    told = {item for word, item in thing if not any(one <= word.start < two for one, two in qualifiers)}
    content = (every & told) or every
    tail = _TAIL.search(text, start)
    ahead = {item for word, item in thing if tail is None or word.start < tail.start()}
    topics = _content_of_name(topic)
    names = frozenset(item for name in addressees for item in _content_of_name(name))
    return Asked(
        words=tuple(word.norm for word in compared),
        printed=tuple(" ".join(word.text.split()) if word.mask else word.norm for word in compared),
        thing=tuple(item for _, item in thing),
        said=tuple(word.text for word, _ in thing),
        content=content,
        frame=frozenset(item for _, item in thing if role(item) is Role.FRAME),
        aside=(content_of(word for word in words if word.end <= start) - names) | (every - content),
        tail=content - ahead,
        line=tuple(item for _, item, _ in items),
        acts=frozenset(item for _, item, act in items if act),
        ends=any(item in ENDING_ACTS for _, item in thing[:3]),
        points_back=_POINTS_BACK.search(text, start) is not None,
        context=content_of(masked_words(context)),
        topic=topics,
        general=not topics or topics <= _content_of_name(title),
        addressees=frozenset(_WHOLE.get(body.casefold(), body.casefold()) for body in addressees),
    )


def content_of(words: Iterable[Word]) -> frozenset[str]:
    """Give the stems that say what words are about."""
    stems = (stem(word.norm) for word in words if word.mask is None)
    return frozenset(item for item in stems if role(item) is Role.CONTENT)


@lru_cache(maxsize=4096)
def _content_of_name(name: str) -> frozenset[str]:
    """Give the same of a topic, a title or the name of a body: few, and in every mandate."""
    return content_of(masked_words(name))


def _items(words: Iterable[Word]) -> Iterator[tuple[Word, str, bool]]:
    """Give the words that are not masked, with what stands for each in comparison and whether it is where a verb is."""
    before = ""
    for number, word in enumerate(words):
        if word.mask is None:
            if word.norm[0].isdigit() and _NUMBERED.match(before):
                # "articles 6, 7 and 8": the number of an article is what it is about.
                yield word, f"article {word.norm}", False
                continue
            yield word, stem(word.norm), number == 0 or before == "to"
        before = word.norm
