"""Paragraphs cut into clauses, each opened by an operative verb that the body which speaks is the subject of."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mandates.extraction.quotations import without_foreign_words
from mandates.extraction.records import Clause, TextSpan
from mandates.extraction.vocabulary import Verb, Vocabulary
from resolutions.structure.records import ParagraphKind, ParagraphRecord, ResolutionRecord

# A paragraph may begin with words that lead up to its verb: "With regard to legal aid, requests ..." (ICC-ASP/17/Res.5,
# annex I, para. 2), "Acting under Chapter VII ..., decides", "Mindful of ..., requests" (annex I, para. 8(a)).
_LEADING = re.compile(
    r"[\s\[\"“(]*(?:(?:further|deeply|also|gravely|once again|in|with|as|for|on|at|to|pursuant|regarding|concerning|"
    r"subject|without|while|upon|by|under|following|after|given|considering|notwithstanding|mindful|conscious|aware|"
    r"convinced|determined|concerned|alarmed|desirous|cognizant|guided|inspired|encouraged|having|consistent|therefore|"
    r"accordingly|moreover|furthermore|additionally|consequently|reaffirming|\w+ing)\b)",
    re.IGNORECASE,
)
# What may follow a plural noun but no verb: "requests for cooperation", "mandates contained in the annex".
_AFTER_NOUN = re.compile(
    r"\s*(?:(?:of|for|from|by|made|contained|set|under|at|into|within|between|against|addressed|relating|related|"
    r"concerning|regarding|submitted|received|issued|pursuant|is|are|was|were|has|have|had|shall|should|will|would|may|"
    r"can|could|must|be|been|being|referred|transmitted|or|to(?!\s+(?:all|any|both|those|the\s+States|other|its|States)"
    r"\b))\b|[.;:)\]]|$)",
    re.IGNORECASE,
)
# After a comma a verb goes on with an aside ("requests, in this regard, the Court"); a noun with the next noun.
_ASIDE = re.compile(
    r"\s*,\s*(?:in|on|as|with|pursuant|at|to|for|through|subject|without|inter\s+alia|therefore|also|further|where|when|"
    r"if|upon|by|under|within|given|taking|bearing|noting|mindful|recalling|accordingly|consistent|following|based|"
    r"having|while|after|once|again|without|notwithstanding|via)\b",
    re.IGNORECASE,
)
# "which, inter alia, requests", "that the Court, in its report, recommends": the verb of another subject.
_OTHER_SUBJECT = re.compile(
    r"(?:(?<!to\s)(?<!in\s)(?<!of\s)(?<!at\s)(?<!for\s)\bthat|\bwhich|\bwho|\bwhereby|\b(?:as|where|when|if|unless)(?=\s+(?:the|it|its)\b))"
    r"(?:\s*,[^,;]{1,80},)?(?:\s+(?:the|its|it|a|an|any|all|each))?(?:\s+[\w’'-]+){0,6}\s*,"
    r"\s*(?:in|on|at|by|with|as|through|inter\s+alia|for|pursuant|under|after|before|during|upon|if|where|when)\b[^,;]*,\s*$",
)
_INFINITIVE_LEAD = re.compile(r"\bto\s*[,:]?\s*$")
# A chapeau that is the subject of its points: "He or she:", "The Project Director shall:".
_SUBJECT_OF_POINTS = re.compile(
    r"(?:^|[.;]\s+|,\s+)(?:(?:he|she|it|they|he\s+or\s+she|he/she|the\s+latter)|"
    r"(?:the|an?|each|every)\s+(?!Assembly\b|States\s+Parties\b|Review\s+Conference\b|following\b)[\w’' -]{3,100}?)"
    r"(?:\s+(?:shall|will|should|may|must))?(?:,\s+[^,:;]{3,60},)?\s*:\s*$",
    re.IGNORECASE,
)
# The verb of a that-clause, and what joins another verb to it.
_SUBORDINATE = re.compile(r"\b(?:that|which|who)\s[^,;]*\Z")
# "which made pledges", "whose requests": a noun, not the verb of the that-clause
_BEFORE_NOUN = re.compile(
    r"\b(?:ma[dk]es?|making|received|the|a|an|its|their|his|her|whose|any|all|such|these|those|of|for|on|by|with)\s+\Z"
)
_SAME_SUBJECT = re.compile(r"[^,;]*(?<![,;])\s+and\s+(?!therefore|thus|accordingly|consequently|hereby)[\w\s]{3,40}\Z")
# A noun without an article; a name, a pronoun and a clause keep "further" with the verb before them.
_NOUN_PHRASE = (
    r"(?!(?:the|that|this|these|those|all|any|each|its|their|his|her|a|an|it|them|to|upon|on|with|in|and|how|whether)\b)"
    r"(?-i:[a-z])"
)
_FAR_BACK = 120  # letters before a verb in which the adverbial and what joins it to the clause before stand
_TAIL = r"[\s,;:.]*(?:\b(?:and|or|but|while|as\s+well\s+as)\b)?[\s,]*"


_WORD = re.compile(r"[\w-]+")
_LAST_WORD = re.compile(r"\w+\Z")


@dataclass(frozen=True, slots=True)
class Opening:
    """The words that open a clause.

    Attributes:
        entry: the vocabulary's verb.
        start, end: the verb as printed, adverbs included.
        finite: False for the participle that a paragraph may begin with ("Recognizing ..., requests").
    """

    entry: Verb
    start: int
    end: int
    finite: bool = True


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The vocabulary's verbs as patterns, compiled once."""

    third_person: re.Pattern[str]
    base: re.Pattern[str]
    participle: re.Pattern[str]
    adverbial: re.Pattern[str]
    tail: re.Pattern[str]
    verbs: tuple[Verb, ...]
    openers: frozenset[str]
    joiners: frozenset[str]


def find_clauses(record: ResolutionRecord, vocabulary: Vocabulary) -> tuple[Clause, ...]:
    """Cut the operative paragraphs of a document into clauses.

    Args:
        record: the structured document.
        vocabulary: the verbs and what may stand by them.

    Returns:
        The clauses in the order of the text. Preambular and narrative paragraphs have none. Text of a sub-paragraph
        before its own verb, or all of it where it has none, continues the last clause of its chapeau
        ("recommends that ... : (a) Exploring ways", ICC-ASP/8/Res.2, para. 16); the clause lists it. Points whose
        chapeau names another subject ("He or she: (b) Decides on changes") have no clauses of the body that speaks.
    """
    plural = _paragraphs_in_the_plural(record, vocabulary)
    clauses: list[Clause] = []
    last_of: dict[str, int] = {}
    of_another: set[str] = set()
    for paragraph in record.paragraphs:
        if paragraph.kind is not ParagraphKind.OPERATIVE:
            continue
        if paragraph.parent in of_another:
            of_another.add(paragraph.key)
            continue
        openings = list(find_openings(paragraph, vocabulary, plural=paragraph.key in plural))
        if not openings and _SUBJECT_OF_POINTS.search(paragraph.text):
            of_another.add(paragraph.key)
        continued = last_of.get(paragraph.parent or "")
        first_words = openings[0].start if openings else len(paragraph.text)
        if continued is not None:
            end = trimmed_end(paragraph.text, first_words, vocabulary)
            if end > 0:
                span = TextSpan(paragraph.key, 0, end)
                clauses[continued] = _continue(clauses[continued], span)
            last_of[paragraph.key] = continued
        for clause in _between(paragraph, openings, vocabulary):
            last_of[paragraph.key] = len(clauses)
            clauses.append(clause)
    return tuple(clauses)


def find_openings(paragraph: ParagraphRecord, vocabulary: Vocabulary, plural: bool = False) -> Iterator[Opening]:
    """Find the operative verbs of one paragraph.

    Args:
        paragraph: an operative paragraph or sub-paragraph.
        vocabulary: the verbs and what may stand by them.
        plural: True where the States speak themselves ("We, the States Parties, ... request the Court"), so that
            verbs stand in their base form.

    Yields:
        The openings in the order of the text. Italics confirm a verb whose place would leave a doubt; nothing depends
        on them otherwise, because some sources lost them (ICC-ASP/11/Res.5).
    """
    grammar = _grammar(vocabulary)
    text = without_foreign_words(paragraph.text)
    opened = False
    last_end = subordinate = 0
    participle = grammar.participle.match(text, len(text) - len(text.lstrip('\u0000 [*“"')))
    for match in _third_person(text, grammar):
        start, end = match.span()
        if start < last_end:
            continue
        entry = _entry(match, grammar)
        italic = _is_italic(paragraph, match)
        # "Notes that the Committee decides ... and requests": the second verb has the subject of the first.
        if subordinate > last_end and not italic and _SAME_SUBJECT.match(text, subordinate, end):
            continue
        if _has_its_place(text, match, entry, last_end, opened, italic, grammar):
            if participle is not None and not opened and participle.end() <= start:
                yield Opening(_entry(participle, grammar), *participle.span(), finite=False)
            yield Opening(entry, start, end)
            opened, last_end = True, end
        elif (
            _SUBORDINATE.search(text, last_end, start)
            and not _reads_as_noun(text, end, entry)
            and not _BEFORE_NOUN.search(text, last_end, start)
        ):
            subordinate = end
    if plural and not opened and participle is None:
        yield from _plural_openings(text, grammar)


def _third_person(text: str, grammar: _Grammar) -> Iterator[re.Match[str]]:
    """Find the verbs, one after the other; only words that can open one are held against the pattern."""
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end or word[0].lower() not in grammar.openers:
            continue
        if (match := grammar.third_person.match(text, word.start())) is not None:
            yield match
            end = match.end()


def _plural_openings(text: str, grammar: _Grammar) -> Iterator[Opening]:
    last_end = 0
    for match in grammar.base.finditer(text):
        before = text[: match.start()]
        first = not before.strip(' [“"\u0000')
        if match.start() < last_end or not (
            first or (last_end and re.search(r"[,;]\s*(?:and\s+)?$|\sand\s+$", before))
        ):
            continue
        if not first and (_AFTER_NOUN.match(text, match.end()) or re.search(r"\bto\b[^,;]*$", before)):
            continue
        yield Opening(_entry(match, grammar), *match.span())
        last_end = match.end()


def _has_its_place(
    text: str, match: re.Match[str], entry: Verb, last_end: int, opened: bool, italic: bool, grammar: _Grammar
) -> bool:
    """Say whether a form of a verb stands where the verb of an operative clause stands."""
    before = text[: match.start()]
    if entry.unless and re.match(rf"\s+(?:{entry.unless})\b", text[match.end() :]):
        return False
    if not before.strip(' \u00a0\n\t[“"\u0000-–—*'):
        return italic or not _reads_as_noun(text, match.end(), entry, first=True)
    if not opened and last_end == 0 and not _LEADING.match(text):
        return False
    if italic:
        return True
    boundary = re.search(
        r"(?:(?P<strong>[,;:.])\s*(?:(?:and|as\s+well\s+as|but|while|or)\s+)?|\s(?P<and>and)\s+)$",
        grammar.adverbial.sub(" ", before[-_FAR_BACK:]),
    )
    if boundary is None or (not opened and boundary["and"] and last_end == 0):
        return False
    if entry.noun == "mostly" and boundary["and"]:
        return False
    if _reads_as_noun(text, match.end(), entry):
        return False
    return boundary["and"] is not None or "and" in boundary[0] or not _OTHER_SUBJECT.search(before, last_end)


def _reads_as_noun(text: str, end: int, entry: Verb, first: bool = False) -> bool:
    if first and re.match(r"\s+(?:against|at|to)\b|\s*:", text[end:]):
        return False
    if not entry.noun or (" " in entry.verb and not entry.verb.endswith(" to")):
        return False
    if entry.verb.endswith(" to"):
        # "appeals to the Appeals Chamber" names no one who could act.
        return re.match(r"\s+the\s+Appeals\b", text[end:]) is not None
    if re.match(r"\s*,", text[end:]):
        return not _ASIDE.match(text, end)
    if re.match(r"\s+and\s+(?:\w+\s+){0,2}\w+s\b", text[end:]):
        # "requests and authorizes the Registrar", but "requests and mandates of the Court".
        return (
            re.match(r"\s+and\s+(?:(?:further|also|strongly)\s+)?\w+s\s+(?:the|all|its|that|States|to)\b", text[end:])
            is None
        )
    return _AFTER_NOUN.match(text, end) is not None


def _is_italic(paragraph: ParagraphRecord, match: re.Match[str]) -> bool:
    return any(
        emphasis.style == "italic"
        and emphasis.start < match.end()
        and emphasis.end > match.start()
        and emphasis.end - emphasis.start <= len(match[0]) + 40
        for emphasis in paragraph.emphases
    )


def _between(paragraph: ParagraphRecord, openings: list[Opening], vocabulary: Vocabulary) -> Iterator[Clause]:
    """Make the clauses of a paragraph: each reaches to where the next one opens."""
    reaches = [opening.start for opening in openings[1:]] + [len(paragraph.text)]
    for opening, reach in zip(openings, reaches, strict=False):
        end = max(opening.end, trimmed_end(paragraph.text, reach, vocabulary))
        yield Clause(
            span=TextSpan(paragraph.key, opening.start, end),
            verb_span=TextSpan(paragraph.key, opening.start, opening.end),
            verb=opening.entry.verb if opening.finite else opening.entry.participle,
            strength=opening.entry.strength if opening.finite else None,
            rule=f"verb: {opening.entry.verb}",
        )


def trimmed_end(text: str, end: int, vocabulary: Vocabulary) -> int:
    """Leave out what joins one clause to the next: ", and, to this end,".

    Args:
        text: the paragraph.
        end: where the next clause begins.
        vocabulary: the adverbials that may stand before its verb.

    Returns:
        Where the clause before it ends.
    """
    grammar = _grammar(vocabulary)
    bare = len(text[:end].rstrip(" ,;:."))
    last = _LAST_WORD.search(text, max(0, bare - _FAR_BACK), bare)
    # Most clauses end in a word that joins nothing, and then only the marks behind it are left out.
    joins = text[bare - 1 : bare].isspace() or (last is not None and last[0].lower() in grammar.joiners)
    match = grammar.tail.search(text, max(0, bare - _FAR_BACK) if joins else bare, end)
    return end if match is None else match.start()


def _continue(clause: Clause, span: TextSpan) -> Clause:
    return Clause(
        clause.span, clause.verb_span, clause.verb, clause.strength, clause.rule, (*clause.continuations, span)
    )


def _paragraphs_in_the_plural(record: ResolutionRecord, vocabulary: Vocabulary) -> frozenset[str]:
    """Find the paragraphs in which the States speak themselves, by how most numbered paragraphs of the part open.

    The points of "Invite the States Parties ... to, 1. Consider ... 4. Encourage ..." (Declaration of Paris,
    ICC-ASP/16/17, annex I, appendix) complete an infinitive and open no clauses of their own.
    """
    base = _grammar(vocabulary).base
    leads = {heading.before: heading.text for heading in record.headings}
    own: dict[str, list[str]] = {}
    counts: dict[str, list[int]] = {}
    infinitive = False
    for paragraph in record.paragraphs:
        if paragraph.key in leads:
            infinitive = _INFINITIVE_LEAD.search(leads[paragraph.key]) is not None
        if not paragraph.label:
            infinitive = _INFINITIVE_LEAD.search(paragraph.text) is not None
        elif paragraph.kind is ParagraphKind.OPERATIVE and paragraph.parent is None:
            hits = counts.setdefault(paragraph.part, [0, 0])
            hits[0] += not infinitive and base.match(paragraph.text.lstrip(' [*“"')) is not None
            hits[1] += 1
            if not infinitive:
                own.setdefault(paragraph.part, []).append(paragraph.key)
    plural = {part for part, (hits, total) in counts.items() if hits * 2 > total}
    return frozenset(key for part in plural for key in own.get(part, ()))


@functools.cache
def _grammar(vocabulary: Vocabulary) -> _Grammar:
    before = _alternatives(word.words for word in vocabulary.adverbs if word.role in ("before", "both"))
    before = before.replace("continues\\s+to|", "").replace("|continues\\s+to", "")
    after = _alternatives(word.words for word in vocabulary.adverbs if word.role in ("after", "both"))
    # "encourages further strengthening", "further progress": the word is of what is asked (ICC-ASP/17/Res.5, para. 40).
    adverbs, trail = rf"(?:(?:{before})\s+)*", rf"(?:\s+(?!further\s+{_NOUN_PHRASE})(?:{after})(?![\w-]))?"
    verbs = tuple(sorted(vocabulary.verbs, key=lambda verb: len(verb.verb), reverse=True))
    third = _by_first_letter(f"(?P<v{number}>{_inner(verb.verb)})" for number, verb in enumerate(verbs))
    base = _by_first_letter(f"(?P<v{number}>{_inner(verb.base)})" for number, verb in enumerate(verbs))
    continued = base.replace("(?P<v", "(?P<c")
    participle = _by_first_letter(f"(?P<v{number}>{_inner(verb.participle)})" for number, verb in enumerate(verbs))
    adverbial = _alternatives(word.words for word in vocabulary.adverbials)
    return _Grammar(
        third_person=re.compile(
            rf"(?<![\w-]){adverbs}(?:continues\s+to\s+(?:{adverbs})(?:{continued})|(?:{third}))(?![\w-]){trail}",
            re.IGNORECASE,
        ),
        base=re.compile(rf"(?<![\w-]){adverbs}(?:{base})(?![\w-]){trail}", re.IGNORECASE),
        participle=re.compile(rf"{adverbs}(?:{participle})(?![\w-]){trail}", re.IGNORECASE),
        adverbial=re.compile(rf",?\s*(?<![\w-])(?:{adverbial}),?\s*$", re.IGNORECASE),
        tail=re.compile(rf"{_TAIL}(?:(?<![\w-])(?:{adverbial})[\s,]*)?\Z", re.IGNORECASE),
        verbs=verbs,
        joiners=frozenset(
            {"and", "or", "but", "while", "as"} | {word.words.split()[-1] for word in vocabulary.adverbials}
        ),
        openers=frozenset(
            spelled
            for words in [*(word.words for word in vocabulary.adverbs), *(verb.verb for verb in verbs), "continues"]
            for first in _WORD.findall(words.lower())[:1]
            for spelled in (first, first.replace("iz", "is"), first.replace("is", "iz"))
        ),
    )


def _alternatives(words: Iterator[str] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def _by_first_letter(groups: Iterable[str]) -> str:
    """Join the alternatives of a pattern so that a word of the text is held against those of its first letter only."""
    letters: dict[str, list[str]] = {}
    for group in groups:
        letters.setdefault(group[group.index(">") + 1], []).append(group)
    return "|".join(f"(?={letter})(?:{'|'.join(same)})" for letter, same in sorted(letters.items()))


def _inner(words: str) -> str:
    """Let "takes due note", "draws the attention" be "takes note", "draws attention", and "-ise" be "-ize"."""
    first, *rest = words.split(" ")
    spelled = (
        re.sub(r"i[sz](e|es|ing)$", r"i[sz]\1", first)
        if re.search(r"(?:as|er|in|gn|al|or)iz(?:e|es|ing)$", first)
        else first
    )
    if not rest:
        return spelled
    if rest[0] in ("upon", "on", "for") and len(rest) == 1:
        return rf"{spelled}(?:\s+(?:once\s+)?(?:again|also|further))?\s+{rest[0]}"
    if first.startswith("renew") and rest[-1] == "upon":
        return rf"{spelled}\s+its\s+(?:\w+\s+)?call\s+(?:upon|on|to|for)"
    if rest == ["to"]:
        return rf"{spelled}\s+to"
    if rest[0] == "into" or rest[0] == "in" or rest[0] == "the":
        return r"\s+".join([spelled, *rest])
    return rf"{spelled}\s+(?:[\w-]+\s+){{0,2}}?" + r"\s+".join(rest)


def _entry(match: re.Match[str], grammar: _Grammar) -> Verb:
    return grammar.verbs[int((match.lastgroup or "")[1:])]
