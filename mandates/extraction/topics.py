"""What a mandate is about: the topic that it stands under."""

from __future__ import annotations

import functools
import re

from mandates.extraction.vocabulary import Vocabulary
from resolutions.structure.records import ParagraphRecord, ResolutionRecord

_NUMBER = re.compile(r"^(?:[A-Z]|[IVX]+|\d{1,2})[.)]\s+")


def topic_of(paragraph: ParagraphRecord, record: ResolutionRecord, vocabulary: Vocabulary) -> str | None:
    """Find the topic of a paragraph.

    Args:
        paragraph: its heading is a section heading ("D. Cooperation") or the topic of its chapeau ("With regard to
            cooperation,", ICC-ASP/17/Res.5, annex I, para. 3).
        record: its title serves where there is no heading.
        vocabulary: the topics of the reference data with their other names.

    Returns:
        The name of the topic in the reference data, or the heading without its number; None where there is neither.
    """
    words = _NUMBER.sub("", (paragraph.heading or record.title or "").strip()).strip(" :.,")
    if not words:
        return None
    return _names(vocabulary).get(_key(words)) or words[0].upper() + words[1:]


def _key(words: str) -> str:
    return " ".join(re.sub(r"^the\s+", "", words.lower()).split())


@functools.cache
def _names(vocabulary: Vocabulary) -> dict[str, str]:
    return {_key(name): topic for topic, aliases in vocabulary.topics for name in (topic, *aliases)}
