"""What shows that a mandate was carried out: the symbol of a document, or an address on the web."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from resolutions.structure.symbols import canonical_symbol


def checked_evidence(symbol: str, url: str, date: datetime.date | None) -> str:
    """Check evidence as it was entered, apart from the mandate that it is for.

    Args:
        symbol: of a document, in any written form; a symbol or an address must be there.
        url: address on the web.
        date: day on which it was done.

    Returns:
        The symbol in its one form; empty where there is none.

    Raises:
        ValidationError: something is missing or wrong; its `code` names the entry.
    """
    if not symbol and not url:
        raise ValidationError(_("Name the document that shows it, or a link."), code="evidence")
    if symbol:
        canonical = canonical_symbol(symbol)
        if canonical is None:
            raise ValidationError(
                _("“%(symbol)s” is no document symbol; one looks like ICC-ASP/21/12."),
                code="evidence_symbol",
                params={"symbol": symbol},
            )
        symbol = canonical
    if url:
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError:
            raise ValidationError(_("A link starts with http:// or https://."), code="evidence_url") from None
    if date is not None and date > timezone.localdate():
        raise ValidationError(_("That day is still to come."), code="evidence_date")
    return symbol
