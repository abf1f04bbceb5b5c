"""Mandates for tests, written as they are asked, and what readers linked."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from mandates.lineage.documents import asked_mandates
from mandates.lineage.records import AskedMandate, LinkFinding, LinkKind
from mandates.pipeline import parse_document

CORPUS = Path(__file__).resolve().parents[3] / "corpus"

End = tuple[str, str, str, str, int]


def asks(
    action: str,
    of: str = "Bureau",
    session: int = 20,
    number: int = 1,
    *,
    verb: str = "requests",
    topic: str = "",
    context: str = "",
    part: str = "body",
    document: str = "Res.5",
) -> AskedMandate:
    """Make a mandate: "requests the Bureau to report"; several bodies are joined by "|"."""
    symbol = f"ICC-ASP/{session}/{document}"
    bodies = frozenset(of.split("|")) if of else frozenset()
    asked_of = " and ".join(f"the {body}" for body in sorted(bodies))
    return AskedMandate(
        key=f"{symbol}:{part}:{number}:{verb}:0",
        symbol=symbol,
        session=str(session),
        order=(session, symbol),
        position=number + (1000 if part != "body" else 0),
        part=part,
        label=str(number),
        verb=verb,
        strength="request",
        addressees=bodies,
        text=f"{verb} {asked_of} {action}" if bodies else f"{verb} {action}",
        action=action,
        topic=topic,
        title="Strengthening the Court",
        proposed=False,
        context=context,
    )


@cache
def sample_mandates() -> tuple[AskedMandate, ...]:
    """Give the mandates of the five sample documents."""
    found: list[AskedMandate] = []
    for path in sorted(CORPUS.glob("ICC-ASP-*.txt")):
        parsed = parse_document(path.read_bytes(), path.name)
        found += asked_mandates(parsed.record, parsed.extraction)
    return tuple(found)


def read_links(*names: str) -> list[dict[str, Any]]:
    """Give the pairs that readers linked, from files in `corpus/gold/`."""
    return [pair for name in names for pair in json.loads((CORPUS / "gold" / name).read_text("utf-8"))["pairs"]]


def end_of(key: str, mandates: dict[str, AskedMandate]) -> End:
    """Give a mandate in the form in which readers name it."""
    mandate = mandates[key]
    return mandate.symbol, mandate.part, mandate.label, mandate.verb, int(key.rsplit(":", 1)[1])


def links_made(links: tuple[LinkFinding, ...]) -> list[tuple[str, str]]:
    """Give the pairs that are linked without a person."""
    return [(link.later, link.earlier) for link in links if link.certain and link.kind is not LinkKind.READDRESSED]
