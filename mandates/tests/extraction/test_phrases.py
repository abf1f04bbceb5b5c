"""Every entry of the vocabulary, held to texts that it must find and texts that it must leave alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from mandates.extraction.extract import extract
from mandates.extraction.records import DeadlineKind, MandateRecord
from mandates.extraction.vocabulary import AddresseeRule, DeadlinePattern, Vocabulary, load_vocabulary
from mandates.tests.extraction.samples import CORPUS, document, in_short, paragraph, parsed, phrases

VOCABULARY = load_vocabulary()
ENTRIES = {
    "verbs": [verb.verb for verb in VOCABULARY.verbs],
    "adverbs": [word.words for word in VOCABULARY.adverbs],
    "adverbials": [word.words for word in VOCABULARY.adverbials],
    "companions": [word.words for word in VOCABULARY.companions],
    "action_nouns": [word.words for word in VOCABULARY.action_nouns],
    "actors": [word.words for word in VOCABULARY.actors],
    "long_names": [word.words for word in VOCABULARY.long_names],
    "deadlines": [pattern.name for pattern in VOCABULARY.deadlines],
    "events": [event.event for event in VOCABULARY.events],
    "speakers": [speaker.body for speaker in VOCABULARY.speakers],
    "ambiguous_names": [name.short for name in VOCABULARY.ambiguous],
}


def _name(row: dict[str, str]) -> str:
    return " / ".join(value for name, value in row.items() if name in ("entry", "heading", "text"))


@pytest.mark.parametrize("table", ENTRIES)
def test_every_entry_has_rows_on_both_sides(table: str) -> None:
    rows = phrases(table)
    for side in ("yes", "no"):
        missing = set(ENTRIES[table]) - {row["entry"] for row in rows if row["finds"] == side}
        assert not missing, f"{table}.csv: no {side!r} row for {sorted(missing)}"
    assert {row["entry"] for row in rows} <= set(ENTRIES[table])
    assert {row["finds"] for row in rows} == {"yes", "no"}


def test_every_entry_names_its_source() -> None:
    for table in _tables(VOCABULARY):
        for entry in table:
            source = getattr(entry, "source", "")
            # A place in a resolution, or one that was recalled and is marked as such.
            assert any(char.isdigit() for char in source) or "Decl" in source, entry
            assert source.count("(recalled)") or "family" not in source, entry


def _tables(vocabulary: Vocabulary) -> Iterable[Iterable[object]]:
    yield vocabulary.verbs
    yield vocabulary.adverbs
    yield vocabulary.adverbials
    yield vocabulary.companions
    yield vocabulary.action_nouns
    yield vocabulary.actors
    yield vocabulary.long_names
    yield vocabulary.addressee_rules
    yield vocabulary.deadlines
    yield vocabulary.events
    yield vocabulary.speakers
    yield vocabulary.ambiguous


@pytest.mark.parametrize("row", phrases("verbs"), ids=_name)
def test_verbs(row: dict[str, str]) -> None:
    clauses = extract(document(paragraph(row["text"]))).clauses
    strengths = {verb.verb: verb.strength for verb in VOCABULARY.verbs}
    found = [clause for clause in clauses if clause.rule == f"verb: {row['entry']}"]
    assert bool(found) == (row["finds"] == "yes")
    assert all(clause.strength is strengths[row["entry"]] for clause in found)


@pytest.mark.parametrize("row", phrases("adverbs"), ids=_name)
def test_adverbs(row: dict[str, str]) -> None:
    spans = [clause.verb_span for clause in extract(document(paragraph(row["text"]))).clauses]
    found = any(row["entry"] in row["text"][span.start : span.end].lower() for span in spans)
    assert found == (row["finds"] == "yes")


@pytest.mark.parametrize("row", phrases("adverbials"), ids=_name)
def test_adverbials(row: dict[str, str]) -> None:
    clauses = extract(document(paragraph(row["text"]))).clauses
    inside = any(row["entry"] in row["text"][clause.span.start : clause.span.end] for clause in clauses)
    assert inside == (row["finds"] == "no")
    assert [clause.verb for clause in clauses][-1] == "requests"


@pytest.mark.parametrize("table", ["companions", "action_nouns", "actors", "long_names"])
def test_addressees_by_words(table: str) -> None:
    wrong = [row for row in phrases(table) if _addressees(_only(row["text"])) != row["addressees"]]
    assert not wrong


@pytest.mark.parametrize("rule", VOCABULARY.addressee_rules, ids=lambda rule: rule.rule)
def test_examples_of_addressee_rules(rule: AddresseeRule) -> None:
    mandate = extract(document(paragraph(rule.example))).mandates[-1]
    assert rule.rule in [addressee.rule for addressee in mandate.addressees]


def test_every_addressee_rule_is_listed() -> None:
    rules = {
        addressee.rule for path in CORPUS for item in parsed(path).extraction.mandates for addressee in item.addressees
    }
    assert rules <= {rule.rule for rule in VOCABULARY.addressee_rules}


@pytest.mark.parametrize("pattern", VOCABULARY.deadlines, ids=lambda pattern: pattern.name)
def test_examples_of_deadlines(pattern: DeadlinePattern) -> None:
    for example in pattern.example.split("; "):
        assert pattern.pattern.search(example.split(" (")[0])


@pytest.mark.parametrize("row", phrases("ambiguous_names"), ids=_name)
def test_ambiguous_names(row: dict[str, str]) -> None:
    mandate = extract(document(paragraph(row["text"], heading=row["heading"]))).mandates[-1]
    assert _addressees(mandate) == row["addressees"]


@pytest.mark.parametrize("row", phrases("speakers"), ids=_name)
def test_speakers(row: dict[str, str]) -> None:
    mandate = extract(document(paragraph(row["text"]), symbol=row["document"])).mandates[-1]
    assert _addressees(mandate) == row["addressees"]


def test_no_text_that_holds_a_deadline_lacks_the_words_it_needs() -> None:
    """A text without them is not searched, so that a form of words with a word of its own would never be found."""
    texts = [row["text"] for table in ("deadlines", "events", "mandates") for row in phrases(table)]
    texts += [pattern.example for pattern in VOCABULARY.deadlines]
    found = [(pattern, text) for pattern in VOCABULARY.deadlines for text in texts if pattern.pattern.search(text)]
    assert {pattern for pattern, _ in found} == set(VOCABULARY.deadlines)
    missed = [
        (pattern.name, text)
        for pattern, text in found
        if not any(re.search(r"\d", text) if word == "#" else word in text for word in pattern.needs)
    ]
    assert missed == []


@pytest.mark.parametrize("row", phrases("deadlines"), ids=_name)
def test_deadlines(row: dict[str, str]) -> None:
    mandate = extract(document(paragraph(row["text"]), symbol=row["document"])).mandates[-1]
    assert "|".join(in_short(deadline) for deadline in mandate.deadlines) == row["deadlines"]
    if row["finds"] == "yes":
        assert f"deadline: {row['entry']}" in [deadline.rule for deadline in mandate.deadlines]


@pytest.mark.parametrize("row", phrases("events"), ids=_name)
def test_events(row: dict[str, str]) -> None:
    kinds = [deadline.kind for deadline in _only(row["text"]).deadlines]
    assert kinds == ([DeadlineKind.EVENT] if row["finds"] == "yes" else [])


@pytest.mark.parametrize("row", phrases("mandates"), ids=_name)
def test_mandates(row: dict[str, str]) -> None:
    """Whole paragraphs of many resolutions: verb, who, by when."""
    found = extract(document(paragraph(row["text"], heading=row["heading"] or None), symbol=row["document"])).mandates
    written = [
        f"{mandate.verb}: {_addressees(mandate)}" + "".join(f" @ {in_short(item)}" for item in mandate.deadlines)
        for mandate in found
    ]
    assert " ; ".join(written) == row["mandates"]


def _only(text: str) -> MandateRecord:
    (mandate,) = extract(document(paragraph(text))).mandates
    return mandate


def _addressees(mandate: MandateRecord) -> str:
    return "|".join(addressee.body for addressee in mandate.addressees)
