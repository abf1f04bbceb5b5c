"""Times lineage over many mandates, and one document against all of them.

    python -m benchmarks.lineage [--mandates 20000] [--doublings 1] [--around 0]

The mandates are made of the sample documents: tasks that join halves of two real ones, each asked again in 25
sessions with another ordinal and now and then a word less, shuffled into documents of 150. Each 200 tasks have
telling words of their own: more mandates bring more topics. `--around 250000` times one document against that many,
with the candidates taken from an index, as a database does it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mandates.lineage.documents import asked_mandates
from mandates.lineage.finding import link_all, links_of
from mandates.lineage.records import AskedMandate
from mandates.lineage.sketches import SketchIndex
from mandates.lineage.word_roles import Role, role, stem
from mandates.pipeline import parse_document

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SESSIONS = 25
_A_DOCUMENT = 150
_A_POOL = 200
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]


def recombined(count: int, seed: int = 1) -> list[AskedMandate]:
    """Make mandates.

    Args:
        count: how many, roughly.
        seed: the same seed makes the same mandates.

    Returns:
        `count` mandates of 25 sessions.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    real = [
        mandate
        for path in sorted(CORPUS.glob("ICC-ASP-*.txt"))
        for parsed in [parse_document(path.read_bytes(), path.name)]
        for mandate in asked_mandates(parsed.record, parsed.extraction)
    ]
    fragments = [mandate.action.split() for mandate in real if len(mandate.action.split()) > 8]
    tasks = []
    for number in range(count // SESSIONS):
        like, other = chance.choice(real), chance.choice(fragments)
        start = chance.randrange(len(other) - 6)
        own = like.action.split()
        words = [*own[: max(4, len(own) // 2)], *other[start : start + chance.randrange(6, 14)]]
        if pool := number // _A_POOL:
            words = [_renamed(word, pool) for word in words]
        tasks.append((number, like, words))
    made = []
    for session in range(1, SESSIONS + 1):
        chance.shuffle(tasks)
        for position, (number, like, words) in enumerate(tasks):
            said = list(words)
            if chance.random() < 0.1:
                del said[chance.randrange(len(said))]
            action = f"{' '.join(said)}, and to report to its {_ORDINALS[session % 10]} session"
            symbol = f"ICC-ASP/{session}/Res.{position // _A_DOCUMENT}"
            made.append(
                replace(
                    like,
                    key=f"{symbol}:{number}",
                    symbol=symbol,
                    session=str(session),
                    order=(session, symbol),
                    position=position,
                    text=f"{like.verb} {' '.join(sorted(like.addressees))} {action}",
                    action=action,
                    context="",
                )
            )
    return made


def _renamed(word: str, pool: int) -> str:
    """Give a telling word a name of its own."""
    plain = word.strip(" ,;.()").casefold()
    return f"{plain}{pool}" if plain.isalpha() and role(stem(plain)) is Role.CONTENT else word


def seconds_for_all(mandates: Sequence[AskedMandate]) -> tuple[float, int]:
    """Link all from nothing; gives the seconds of the processor and the number of links."""
    began = time.process_time()
    links = link_all(mandates)
    return time.process_time() - began, len(links)


def seconds_for_one(mandates: Sequence[AskedMandate]) -> tuple[float, float, int]:
    """Link the last document against the others; gives the seconds to look candidates up, to link, and their number."""
    last = max(mandates, key=lambda mandate: mandate.order).symbol
    document = [mandate for mandate in mandates if mandate.symbol == last]
    by_text: dict[str, list[AskedMandate]] = {}
    for mandate in mandates:
        by_text.setdefault(mandate.text, []).append(mandate)
    index = SketchIndex(by_text)
    began = time.process_time()
    pairs = [
        (mandate.key, candidate.key)
        for mandate in document
        for text in index.candidates(mandate.text)
        for candidate in by_text[text]
    ]
    looked_up = time.process_time()
    keys = {key for _, key in pairs}
    links_of(document, [mandate for mandate in mandates if mandate.key in keys], pairs)
    return looked_up - began, time.process_time() - looked_up, len(keys)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mandates", type=int, default=20_000)
    parser.add_argument("--doublings", type=int, default=1)
    parser.add_argument("--around", type=int, default=0)
    options = parser.parse_args(arguments)
    for doubling in range(options.doublings + 1):
        mandates = recombined(options.mandates * 2**doubling)
        seconds, links = seconds_for_all(mandates)
        each = seconds / len(mandates) * 1000
        sys.stdout.write(f"{len(mandates)} mandates: {links} links in {seconds:.1f} s, {each:.2f} ms a mandate\n")
    looked_up, linked, candidates = seconds_for_one(recombined(options.around) if options.around else mandates)
    sys.stdout.write(f"one document: {candidates} candidates in {looked_up:.2f} s, linked in {linked:.2f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
