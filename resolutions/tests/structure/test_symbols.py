"""Symbols in every written form that was seen, and texts that only look like one."""

from __future__ import annotations

import pytest

from resolutions.structure.symbols import DocumentSymbol, canonical_symbol, find_symbols

SAME = [
    "ICC-ASP/20/Res.2",
    "ICC-ASP/16/17",
    "ICC-ASP/1/3/Add.1",
    "ICC-ASP/1/3/Part.II-A",
    "ICC-ASP/4/33/Add.1/Corr.1",
    "ICC-ASP/4/33*",
    "ICC-ASP/4/33*/Corr.1",
    "ICC-ASP/8/L.5/Rev.1",
    "ICC-ASP/17/INF.5",
    "ICC-ASP/8/WGRC/CRP.1/Rev.1",
    "ICC-ASP/4/SWGCA/1",
    "ICC-ASP/5/SWGCA/INF.1",
    "ICC-ASP/9/WGPB/WP.2",
    "ICC-ASP/21/S/14",
    "ICC-ASP/21/SP/03",
    "ICC-ASP/21/OS/04",
    "ICC-ASP/21/IS/05",
    "ICC-ASP/21/S/LDC/07",
    "ICC-ASP/8/S/PA/19",
    "ICC-ASP/19/5/AV",
    "ICC-ASP/12/5/R",
    "ICC-ASP/S-1/Res.1",
    "CBF/16/5",
    "RC/Res.6",
    "RC/Decl.1",
    "RC/11",
    "RC/ST/CM/INF.2",
    "A/RES/73/7",
    "A/RES/70/1",
    "A/73/334",
    "A/HRC/RES/39/14",
    "S/RES/1593 (2005)",
    "S/2013/210",
    "A/HRC/59/L.17",
    "A/HRC/RES/S-35/1",
    "A/HRC/DEC/50/101",
    "A/C.1/80/L.39",
    "A/AC.109/2025/L.9",
    "E/CN.5/2025/L.6",
    "E/2025/15/Add.1/Rev.1",
    "E/RES/2024/3",
]

MALFORMED = [
    ("ICC-ASP-18/Res.3", "ICC-ASP/18/Res.3"),
    ("ICC-ASP/19/ Res.7", "ICC-ASP/19/Res.7"),
    ("ICC-ASP/15/Res5", "ICC-ASP/15/Res.5"),
    ("ICC-ASP/12/Res. 3", "ICC-ASP/12/Res.3"),
    ("ICC-ASP/15/31, Add.1", "ICC-ASP/15/31/Add.1"),
    ("ICC-ASP/15/31/Add1", "ICC-ASP/15/31/Add.1"),
    ("ICC-ASP/1/3 and Corr.1", "ICC-ASP/1/3"),
    ("RC/Dec.2", "RC/Decl.2"),
    ("ICC-ASP/10/Rés.5", "ICC-ASP/10/Res.5"),
    ("ICCASP/10/Res.5", "ICC-ASP/10/Res.5"),
    ("ICC-ASP /12/13", "ICC-ASP/12/13"),
    ("ICC-ASP-6-8", "ICC-ASP/6/8"),
    ("RC-Res.1", "RC/Res.1"),
    ("ICC-ASP-9-26", "ICC-ASP/9/26"),
    ("ICC-ASP/8/Res.1Establecimiento", "ICC-ASP/8/Res.1"),
    ("ICC‑ASP/14/Res.4", "ICC-ASP/14/Res.4"),
    ("S/RES/1970(2011)", "S/RES/1970 (2011)"),
    ("ICC-ASP/CBF.2/3", "CBF/2/3"),
]

NO_SYMBOL = [
    "ICC-ASP/16/Res....",
    "ICC-ASP-20091126-PR481",
    "ICC-ASP-2017-Bureau-06",
    "20E170419",
    "20-E-011212",
    "SRC/12",
    "HRC/59",
    "and/or",
    "A/B",
    "C.N.138.2018.TREATIES-XVIII.10",
    "ICC-02/05-01/09-235-Corr",
]


@pytest.mark.parametrize("text", SAME)
def test_canonical_symbol_is_kept(text: str) -> None:
    assert canonical_symbol(text) == text


@pytest.mark.parametrize(("text", "symbol"), MALFORMED)
def test_malformed_symbol_is_read_as_the_true_one(text: str, symbol: str) -> None:
    assert canonical_symbol(text) == symbol


@pytest.mark.parametrize("text", NO_SYMBOL)
def test_what_only_looks_like_a_symbol_is_none(text: str) -> None:
    assert canonical_symbol(text) is None
    assert find_symbols(f"see {text}, above") == ()


PINPOINTS = [
    ("submitted pursuant to paragraph 37 of resolution ICC-ASP/19/Res.2,", "ICC-ASP/19/Res.2", None, ("37",)),
    ("ICC-ASP/13/Res.3, operative paragraph 16.", "ICC-ASP/13/Res.3", None, ("16",)),
    ("Operative paragraph 30 of resolution ICC-ASP/15/Res.3 entitled", "ICC-ASP/15/Res.3", None, ("30",)),
    ("ICC-ASP/15/Res.5, annex I, para 3 (a).", "ICC-ASP/15/Res.5", "annex I", ("3(a)",)),
    ("ICC-ASP/14/26/Add.1, annex IV, appendix.", "ICC-ASP/14/26/Add.1", "annex IV, appendix", ()),
    ("(ICC-ASP/15/Res.3, §10, of 24 November 2016)", "ICC-ASP/15/Res.3", None, ("10",)),
    ("Resolution ICC-ASP/12/Res.3 of 27 November 2013, §18.", "ICC-ASP/12/Res.3", None, ("18",)),
    ("ICC-ASP/4/6, paragraphs 2, 3 and 4;", "ICC-ASP/4/6", None, ("2", "3", "4")),
    ("ICC-ASP/13/Res.5, para.11.", "ICC-ASP/13/Res.5", None, ("11",)),
    ("as decided in ICC-ASP/13/Res.5, and", "ICC-ASP/13/Res.5", None, ()),
]


@pytest.mark.parametrize(("text", "symbol", "part", "paragraphs"), PINPOINTS)
def test_pinpoints(text: str, symbol: str, part: str | None, paragraphs: tuple[str, ...]) -> None:
    (mention,) = find_symbols(text)
    assert (str(mention.symbol), mention.part, mention.paragraphs) == (symbol, part, paragraphs)
    assert DocumentSymbol.parse(text[mention.start : mention.end]) == mention.symbol


def test_a_corrigendum_named_together_with_its_document_is_a_second_one() -> None:
    mentions = find_symbols("(ICC-ASP/1/3 and Corr.1), part II.A.")
    assert [str(mention.symbol) for mention in mentions] == ["ICC-ASP/1/3", "ICC-ASP/1/3/Corr.1"]


def test_drafts_and_resolutions_are_told_apart() -> None:
    draft, resolution = DocumentSymbol.parse("ICC-ASP/18/L.4"), DocumentSymbol.parse("A/RES/73/7")
    assert draft is not None and draft.is_draft and not draft.is_resolution
    assert resolution is not None and resolution.is_resolution and not resolution.is_draft
