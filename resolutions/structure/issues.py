"""Issues of one document: the original, its reissues (`*`), revisions (`/Rev.1`) and corrigenda (`/Corr.1`).

A suffix at the end of a symbol says which issue it is; what stands before it is the symbol of the document. An addendum
is a document of its own: ``ICC-ASP/4/33/Add.1/Corr.1`` corrects ``ICC-ASP/4/33/Add.1``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from resolutions.structure.symbols import canonical_symbol

_SUFFIX = re.compile(r"/(?P<kind>Rev|Corr)\.(?P<number>\d{1,3})|(?P<star>\*)")
_SYMBOL = re.compile(r"(?P<base>.+?)(?P<suffixes>(?:/(?:Rev|Corr)\.\d{1,3}|\*)*)")


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One issue of a document; issues sort in the order in which their texts follow one another.

    A revision replaces the text with all its corrections, so what corrects a text is told by its revision alone:
    ``ICC-ASP/4/33*/Corr.1`` and ``ICC-ASP/4/33/Corr.1`` are one corrigendum.

    Attributes:
        base: symbol of the document.
        revision: 1 for ``/Rev.1``; 0 for the original.
        corrigendum: 1 for ``/Corr.1``; 0 for a text.
        reissue: how often it was issued again, by its stars.
    """

    base: str
    revision: int = 0
    corrigendum: int = 0
    reissue: int = 0

    @property
    def name(self) -> str:
        """What its symbol adds to that of the document: ``Rev.1/Corr.2``, ``*``; empty for the original."""
        names = [f"Rev.{self.revision}"] if self.revision else []
        names += [f"Corr.{self.corrigendum}"] if self.corrigendum else []
        return "/".join(names) + "*" * self.reissue

    @property
    def symbol(self) -> str:
        """Its canonical symbol."""
        name = self.name
        return f"{self.base}/{name}" if name.strip("*") else self.base + name


def issue_of(symbol: str) -> Issue:
    """Tell which issue of which document a symbol names.

    Args:
        symbol: canonical, for example ``ICC-ASP/8/L.5/Rev.1``.

    Returns:
        The issue. A corrigendum that was itself revised counts as issued again.
    """
    match = _SYMBOL.fullmatch(symbol)
    if match is None:
        return Issue(symbol)
    revision = corrigendum = reissue = 0
    for suffix in _SUFFIX.finditer(match["suffixes"]):
        if suffix["star"]:
            reissue += 1
        elif suffix["kind"] == "Corr":
            corrigendum, reissue = int(suffix["number"]), 0
        elif corrigendum:
            reissue += int(suffix["number"])
        else:
            revision, reissue = int(suffix["number"]), 0
    return Issue(match["base"], revision, corrigendum, reissue)


def base_symbol(text: str) -> str | None:
    """Give the symbol of the document of which a symbol names an issue.

    Args:
        text: a symbol as written.

    Returns:
        ``ICC-ASP/20/Res.2`` for "ICC-ASP/20/ Res.2/Rev.1"; None where the text is no symbol.
    """
    canonical = canonical_symbol(text)
    return None if canonical is None else issue_of(canonical).base
