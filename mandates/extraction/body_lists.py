"""Bodies in a row, as the object of a verb or the subject of a that-clause names them."""

from __future__ import annotations

import dataclasses
import functools
import re

from mandates.extraction.bodies import DETERMINERS, OTHER, BodyMention, BodyReader
from mandates.extraction.complements import Complement, is_infinitive
from mandates.extraction.records import Addressee, TextSpan
from mandates.extraction.short_names import ShortNames
from mandates.extraction.vocabulary import Vocabulary
from mandates.extraction.written_names import ASIDE_PREPOSITION, name_as_written
from resolutions.structure.records import ParagraphRecord

# The words that a that-clause goes on with after its subject.
MODAL = r"(?:shall|should|will|would|must|may|can|could|ought|be|is|are|has|have)\b"
_PREDICATE = re.compile(rf"\s*,?\s*(?:{MODAL}|(?:not|continue|consider|submit|report|prepare|remain)\b)")
_JOINER = re.compile(
    r"[\s,:\u0000]*(?:(?:and/or|and\s+(?:up)?on|and\s+to(?=\s+(?:(?:the|all|other|States|international|regional|intergovernmental|non-governmental|relevant|competent|interested|those|any)\b|(?-i:[A-Z])))|and\s+of(?=\s+(?:the|all|other|States)\b)|those\s+of(?=\s+the\b)|and|or|both|either|(?!only|family|early|newly)[a-z]+ly(?=\s*,|\s+(?:and|or|to|the|all)\b)|inter\s+alia|in\s+particular|notably|especially|particularly|namely|"
    r"(?:where|when|wherever|whenever|if|as|as\s+and\s+when)\s+(?:appropriate|necessary|possible|applicable|required|needed|feasible)|in\s+addition\s+to|also)(?![\w-])[\s,]*)*",
    re.IGNORECASE,
)
_AND_COMMA = re.compile(r"\b(?:and|or)\s*,\s*$", re.IGNORECASE)
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
_RELATIVE = re.compile(r"\s*,?\s*(?:that|which|who|whose|whom|in\s+(?:which|whose)|on\s+which|to\s+which)\b")
_MORE = re.compile(r"(?:,\s*|\s+)(?:as\s+well\s+as|together\s+with|along\s+with|jointly\s+with)\s+")
_JOINED = re.compile(
    r"\s*(?:,|\b(?:and/or|and|or|as\s+well\s+as|together\s+with|along\s+with|jointly\s+with|including|in\s+particular|especially|notably|"
    r"particularly)\b)"
)
_PARTICULAR = re.compile(r"\b(?:in\s+particular|especially|notably|particularly)\b")
_ALSO_JOINED = re.compile(
    r",?\s+and\s+(?=(?:all\s+|the\s+)?other\b|the\s+(?:Court|Bureau|Registr|Secretariat|Assembly)|States\b)"
)
_SHORT_MODIFIER = re.compile(r"[^,;]{0,60}?(?=\s+and\s+(?:the|all|other|relevant)\b|,)")
_CONJUNCTION = re.compile(r"\b(?:and|or|as\s+well\s+as|with|including)\b")
_BLANKED = re.compile(r"\s*\u0000+")
_JOINS = re.compile(
    r"(?:[,\u0000]|\b(?:and/or|and|or|with|as|including|in\s+particular|especially|notably|particularly|and\s+(?:to|upon|on|of)|those\s+of|(?:and|or|and/or)\s+[a-z]+ly))\s*$"
)
# "States that are not yet parties", "which have not yet ratified the Rome Statute"; not those outside another treaty.
_NOT_PARTY = re.compile(
    r"\s*,?\s+(?:(?:that|which|who)\s+)?(?:(?:are|have)\s+)?not(?:\s+yet)?\s+(?:yet\s+)?(?:"
    r"(?:become\s+|becoming\s+)?(?:a\s+)?(?:States?\s+)?[Pp]art(?:y|ies)\b|"
    r"(?:(?:signed|ratified|acceded\s+to|accepted)(?:,\s+|\s+and\s+|\s+or\s+)?)+)"
    r"(?!\s+(?:to\s+)?(?:the\s+|this\s+|those\s+|these\s+|that\s+|its\s+)(?!(?:Rome\s+)?Statute\b))"
)
_POSSESSIVE = re.compile(r"[’']s?\s+")
NAMED = "addressee: named"


class BodyListReader:
    """Reads rows of bodies in one document."""

    def __init__(self, bodies: BodyReader, short: ShortNames, vocabulary: Vocabulary) -> None:
        """Prepare for a document.

        Args:
            bodies: reads names in it.
            short: which longer names short forms stand for in it.
            vocabulary: which words lead to bodies that act with, and which to bodies that must act too.
        """
        self._bodies = bodies
        self._short = short
        self._vocabulary = vocabulary
        self._companions = _companions(vocabulary)

    def read(
        self, complement: Complement, start: int, end: int, as_written: bool = False, anyone: bool = True
    ) -> list[Addressee]:
        """Read "States, international and regional organizations, as well as civil society" (ICC-ASP/8/Res.2, 13).

        Args:
            complement: what follows the verb.
            start, end: where the row begins, and what it may not pass.
            as_written: whether a name that no table knows is a body here, because what it must do follows.
            anyone: whether the first noun names somebody whatever it is, because the verb asks a person
                ("requests the X to"; but "encourages measures to").

        Returns:
            The bodies in the order of the text. Those that it acts through or with are left out
            ("through its Working Groups", ICC-ASP/20/Res.2, para. 25); "X, together with Y" is both.
        """
        text, found, position = complement.text, list[Addressee](), start
        while position < end:
            joiner = _JOINER.match(text, position, end)
            position = joiner.end() if joiner else position
            if found and not self._follows_on(text[start:position], text, position):
                break
            # "Israel, the occupying Power, to": two names without a conjunction are one body.
            if found and joiner and joiner[0].strip() == "," and not _CONJUNCTION.search(text, position, end):
                break
            companion = self._companions.match(text, position, end)
            aside = bool(found) and companion is None and ASIDE_PREPOSITION.match(text, position, end) is not None
            if aside or (companion is not None and companion["no"] is not None):
                # "the Court and, where amendments are called for, the Working Group": the row goes on after the comma.
                inserted = bool(found) and joiner is not None and _AND_COMMA.search(joiner[0]) is not None
                comma = text.find(",", position, end) if inserted else -1
                after = comma + 1 if comma >= 0 else None
                after = after or self.after_companion(text, position, end, after_body=bool(found))
                if after is None:
                    break
                position = after
            elif companion is not None:
                position = companion.end()
            else:
                written = self.written(complement, position, end, anyone and not found) if as_written else None
                named = self._named(complement.paragraph, text, position, end) or ([written] if written else [])
                if not named or named[-1].span is None:
                    break
                reached = named[-1].span.end
                # "States Parties, especially States that are situation countries": some of those named before
                if joiner and _PARTICULAR.search(joiner[0]) and any(item.category == "State" for item in found):
                    named = [item for item in named if item.body != "States"]
                found += named
                position = self._after_modifiers(text, reached, end)
        return found

    def after_companion(self, text: str, position: int, end: int, after_body: bool) -> int | None:
        """Pass over "through ...", "in consultation with ...".

        Args:
            text: the text with quotations blanked out.
            position, end: where it begins, and the end of the row.
            after_body: whether a body was named before it; then what follows in the row acts with it too.

        Returns:
            Where the row goes on; None where it does not.
        """
        comma = text.find(",", position, end)
        if comma < 0:
            return None
        following = text[comma + 1 : end]
        one_body = " and " not in text[position:comma]
        if after_body:
            more = _MORE.search(text, comma, end)
            if one_body and re.match(r"\s*and\s+(?:the\s+|all\s+)?[A-Z]", following):
                return comma + 1
            return more.start() if more else None
        closing = re.match(r"[^,]*\sand\s[^,]*,", following)
        if one_body and closing and following[closing.end() :].strip():
            return comma + 1 + closing.end()
        return comma + 1

    def written(self, complement: Complement, position: int, end: int, anyone: bool = True) -> Addressee | None:
        """Read one body that no table knows; a short form is the longer name that the document used before."""
        found = name_as_written(complement.paragraph, complement.text, position, end, self._vocabulary, anyone)
        if found is None or found.span is None or found.category != OTHER:
            return found
        full = self._short.full(found.body, complement.paragraph, found.span.start)
        return dataclasses.replace(found, body=full)

    def _named(self, paragraph: ParagraphRecord, text: str, position: int, end: int) -> list[Addressee]:
        """Read one entry of the row; "intergovernmental and non-governmental organizations" is two."""
        if ellipsis := _ORGANIZATIONS.match(text, position, end):
            return self._organizations(paragraph, ellipsis)
        mention = self._bodies.at(text, position, paragraph)
        # "the Assembly's Secretariat", "the Court's Registry"
        if mention is not None and (possessive := _POSSESSIVE.match(text, mention.end, end)):
            mention = self._bodies.at(text, possessive.end(), paragraph) or mention
        if mention is not None and mention.end <= end and not is_attribute(text, mention, end):
            addressee = addressee_of(mention, paragraph, NAMED)
            not_party = mention.body == "States" and _NOT_PARTY.match(text, mention.end, end)
            return [dataclasses.replace(addressee, body="States not party")] if not_party else [addressee]
        return []

    def _organizations(self, paragraph: ParagraphRecord, match: re.Match[str]) -> list[Addressee]:
        span = TextSpan(paragraph.key, match.start("kinds"), match.end())
        civil = r"(?:non-governmental|civil\s+society)"
        others = re.sub(rf"{civil}|\W|\b(?:and|or|other)\b", "", match["kinds"], flags=re.IGNORECASE)
        bodies = ["International and regional organizations"] if others else []
        if re.search(civil, match["kinds"], re.IGNORECASE):
            bodies.append("Civil society")
        return [Addressee(body, self._bodies.category(body), span, NAMED) for body in bodies]

    def _follows_on(self, before: str, text: str, position: int) -> bool:
        """After the first body, the next one stands behind a comma or a conjunction."""
        return _JOINS.search(before) is not None or self._companions.match(text, position) is not None

    def _after_modifiers(self, text: str, position: int, end: int) -> int:
        """Pass over what tells a body more closely: "States Parties that have not yet done so", an acronym."""
        if acronym := _BLANKED.match(text, position, end):
            position = acronym.end()
        if is_infinitive(text, position + 1, end):
            return end
        if _JOINED.match(text, position, end):
            return position
        relative = _RELATIVE.match(text, position, end)
        if _PREDICATE.match(text, position, end) and not relative:
            return end
        more = _MORE.search(text, position, end)
        if not relative and not more:
            short = _SHORT_MODIFIER.match(text, position, end)
            return short.end() if short else end
        also = _ALSO_JOINED.search(text, position, end)
        return min((match.start() for match in (more, also) if match), default=end)


def is_attribute(text: str, mention: BodyMention, end: int) -> bool:
    """Say whether what is asked is a thing of the body: "the Court's efforts"."""
    return _POSSESSIVE.match(text, mention.end, end) is not None


def addressee_of(mention: BodyMention, paragraph: ParagraphRecord, rule: str) -> Addressee:
    """Make an addressee of a mention."""
    return Addressee(mention.body, mention.category, TextSpan(paragraph.key, mention.start, mention.end), rule)


@functools.cache
def _companions(vocabulary: Vocabulary) -> re.Pattern[str]:
    sides = {"yes": list[str](), "no": list[str]()}
    for word in sorted(vocabulary.companions, key=lambda word: -len(word.words)):
        sides[word.role].append(re.escape(word.words).replace(r"\ ", r"\s+"))
    return re.compile(
        rf"(?:(?P<no>(?:including\s+)?(?:{'|'.join(sides['no'])})(?![\w-]))|(?P<yes>(?:{'|'.join(sides['yes'])})(?![\w-])\s*))",
        re.IGNORECASE,
    )
