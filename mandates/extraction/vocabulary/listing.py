"""The vocabulary as a page: `python -m mandates.extraction.vocabulary.listing > docs/vocabulary.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from mandates.extraction.records import Strength
from mandates.extraction.vocabulary.tables import Verb, Vocabulary, Word, load_vocabulary

_INTRODUCTION = """# The vocabulary

What extraction knows of the language of resolutions. Each entry names the place in a resolution that shows it;
"recalled" marks what is known from the practice of the body and was not seen in `corpus/`, "family" a wording that
recurs in the resolutions of that series. The tables are `mandates/extraction/vocabulary/`; the texts that each entry
must find, and those it must leave alone, are `mandates/tests/extraction/phrases/`.

This page is written by `python -m mandates.extraction.vocabulary.listing` and held current by a test.
"""


def vocabulary_page(vocabulary: Vocabulary) -> str:
    """Write the vocabulary as Markdown.

    Args:
        vocabulary: the tables.

    Returns:
        The whole page, every entry with its source.
    """
    return "\n".join(line.rstrip() for line in [_INTRODUCTION, *_sections(vocabulary)]).rstrip() + "\n"


def _sections(vocabulary: Vocabulary) -> Iterator[str]:
    for strength in (*Strength, None):
        name = f"Verbs that direct: {strength.value}" if strength else "Verbs that direct nobody"
        verbs = [verb for verb in vocabulary.verbs if verb.strength is strength]
        yield from _table(name, ("verb", "noun too", "not before", "source", "note"), map(_verb_cells, verbs))
    yield from _table("Words by a verb", ("words", "stand", "source"), map(_word_cells, vocabulary.adverbs))
    yield from _table("Words between clauses", ("words", "", "source"), map(_word_cells, vocabulary.adverbials))
    yield from _table(
        "Where the body that must act is named",
        ("rule", "finds", "example", "source"),
        ((item.rule, item.finds, item.example, item.source) for item in vocabulary.addressee_rules),
    )
    yield from _table(
        "Words between bodies: is the body after them an addressee too?",
        ("words", "addressed", "source"),
        map(_word_cells, vocabulary.companions),
    )
    yield from _table(
        "Things done, whose doer is addressed", ("noun", "", "source"), map(_word_cells, vocabulary.action_nouns)
    )
    yield from _table("Nouns for somebody", ("noun", "", "source"), map(_word_cells, vocabulary.actors))
    yield from _table(
        'Names that hold a comma, "and" or an article', ("name", "", "source"), map(_word_cells, vocabulary.long_names)
    )
    yield from _table(
        "Forms of deadlines",
        ("name", "kind", "for example", "source"),
        ((item.name, item.kind.value, item.example, item.source) for item in vocabulary.deadlines),
    )
    yield from _table("Events", ("event", "source"), ((event.event, event.source) for event in vocabulary.events))
    yield from _table(
        "Bodies that speak",
        ("body", "symbols", "calls itself", "source"),
        ((item.body, item.symbols, ", ".join(item.names), item.source) for item in vocabulary.speakers),
    )
    yield from _table(
        "Short names of several bodies",
        ("name", "body", "source"),
        (
            (
                item.short,
                "; ".join(
                    [*(f"{choice.body} (under `{choice.when.pattern}`)" for choice in item.choices), item.default]
                ),
                item.source,
            )
            for item in vocabulary.ambiguous
        ),
    )


def _verb_cells(verb: Verb) -> tuple[str, ...]:
    return verb.verb, verb.noun, verb.unless, verb.source, verb.note


def _word_cells(word: Word) -> tuple[str, ...]:
    return word.words, word.role, word.source


def _table(name: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"\n## {name}\n"
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


if __name__ == "__main__":
    sys.stdout.write(vocabulary_page(load_vocabulary()))
