"""Shares in words: a percentage only where there are enough for one, and never without what it is of."""

from __future__ import annotations

from django.utils.translation import gettext as _

# Of fewer, one more or less moves the share by more than ten percent.
FEWEST = 10


def percent(part: int, whole: int) -> int | None:
    """Give a share in hundredths; None where there are too few for one.

    Only none is 0 and only all is 100, however the rest is rounded.
    """
    if whole < FEWEST:
        return None
    if part in (0, whole):
        return 100 * part // whole
    return min(max(round(100 * part / whole), 1), 99)


def share_in_words(part: int, whole: int) -> str:
    """Write a share: "31 of 40 (78%)", of fewer than ten "3 of 4"."""
    words = {"part": part, "whole": whole, "percent": percent(part, whole)}
    if words["percent"] is None:
        return _("%(part)d of %(whole)d") % words
    return _("%(part)d of %(whole)d (%(percent)d%%)") % words
