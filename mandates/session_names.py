"""Sessions in words: "20th session, 2021"."""

from __future__ import annotations

import datetime

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.translation import gettext as _


def nth_session(number: int, opening: datetime.date | None = None) -> str:
    """Name a session by its number, and its year where that is known."""
    words = {"nth": ordinal(number), "year": opening.year if opening else ""}
    return _("%(nth)s session, %(year)s") % words if opening else _("%(nth)s session") % words
