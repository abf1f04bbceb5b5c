"""Sessions in words: "20th session, 2021"."""

from __future__ import annotations

import datetime
from functools import lru_cache

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def nth(number: int) -> str:
    """Write a number as an ordinal: "20th". A page with a long chain asks for many, often."""
    return _nth(number, get_language())


@lru_cache(maxsize=512)
def _nth(number: int, language: str | None) -> str:
    return str(ordinal(number))


def nth_session(number: int, opening: datetime.date | None = None) -> str:
    """Name a session by its number, and its year where that is known."""
    words = {"nth": nth(number), "year": opening.year if opening else ""}
    return _("%(nth)s session, %(year)s") % words if opening else _("%(nth)s session") % words
