"""Block quotations: numbered text of another document inside a paragraph, which numbers no paragraph here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resolutions.structure.labels import read_marker
from resolutions.structure.lines import Line

_DASH = re.compile(r"[-–—•·*]\s+")
_LONGEST_QUOTATION = 40  # lines


def stands_in_quotation(open_text: str, lines: Sequence[Line], index: int) -> bool:
    """Say whether a line is part of a quotation in the open paragraph.

    Args:
        open_text: the paragraph so far.
        lines: the running text.
        index: the line.

    Returns:
        True for a line that opens with a quotation mark and a label, and for the lines up to the closing mark:
        "Article 87 ... provide that:" / "“5. (a) The Court may" / "(b) Where a State" (ICC-ASP/17/Res.5, annex II,
        para. 2). A mark that is never closed opens nothing.
    """
    text = _DASH.sub("", lines[index].text, count=1)
    if text[:1] in '“"«' and (read_marker(text[1:]) is not None or open_text.endswith(":")):
        return True
    return _is_open(open_text) and _closes(lines, index)


def _is_open(text: str) -> bool:
    """A curly mark is open while none closes it; straight marks are told apart by where a block quotation starts."""
    last = max(text.rfind("“"), text.rfind("«"))
    if last >= 0:
        return not re.search("[”»]", text[last:]) and '"' not in text[last:]
    if '"' not in text:
        return False
    straight = re.search(r'(?<=:)\s+"(?=\(?\w{1,3}[.)])', text)
    return straight is not None and text[straight.start() :].count('"') % 2 == 1


def _closes(lines: Sequence[Line], index: int) -> bool:
    for line in lines[index : index + _LONGEST_QUOTATION]:
        mark = re.search('[“”»«"]', line.text)
        if mark is not None:
            return mark[0] in '”»"'
    return False
