"""What a person should look at before a document is stored, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mandates.pipeline import ParsedDocument
from resolutions.models import AssemblySession, Document
from resolutions.structure.records import ParagraphKind


def preview_warnings(parsed: ParsedDocument) -> list[str]:
    """Give the warnings about a document that was read and is not stored.

    Args:
        parsed: the document, its head corrected.

    Returns:
        Sentences: what reading found odd, paragraphs of no known kind, a symbol or session that is not known.
    """
    record = parsed.record
    said = list(record.warnings)
    if record.symbol:
        # Said of the file; the symbol has been given by hand.
        said = [sentence for sentence in said if not sentence.startswith("No document symbol")]
    unclassified = sum(paragraph.kind is ParagraphKind.UNCLASSIFIED for paragraph in record.paragraphs)
    if unclassified:
        said.append(
            ngettext(
                "One paragraph could not be placed: it is kept as it stands, unclassified.",
                "%(count)s paragraphs could not be placed: they are kept as they stand, unclassified.",
                unclassified,
            )
            % {"count": unclassified}
        )
    said += _about_session(record.session)
    known = Document.objects.filter(symbol=record.symbol).first() if record.symbol else None
    if known is not None and known.source_id is not None and known.kind != record.kind:
        said.append(
            _("%(symbol)s was known as a %(old)s and is now read as a %(new)s.")
            % {
                "symbol": known.symbol,
                "old": known.get_kind_display().lower(),
                "new": Document.Kind(record.kind).label.lower(),
            }
        )
    return said


def _about_session(session: int | str | None) -> list[str]:
    if session is None:
        return [_("The document names no session.")]
    if AssemblySession.objects.filter(code=str(session)).exists():
        return []
    return [_("The session %(code)s is not in the table of sessions.") % {"code": session}]
