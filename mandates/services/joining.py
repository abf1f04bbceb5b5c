"""Joins a document that was stored under the symbol of an issue, before issues were known, to the one that it is of.

The history of decisions is only added to, so that the rows of decided mandates are what moves.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mandates.models import Mandate, MandateLink
from mandates.services.chains import chains_refresh, lineage_lock
from mandates.services.flags import vanished_describe
from mandates.services.matching import free_key, match
from mandates.services.references import references_of, references_resolve
from mandates.services.storing import mandates_decided
from resolutions.models import Document, Paragraph
from resolutions.services import document_lock, source_file_release
from resolutions.structure.issues import issue_of


def documents_apart(*, symbol: str | None = None) -> list[Document]:
    """Give the documents that were stored under the symbol of an issue.

    Args:
        symbol: of the document that they are issues of; None for all.
    """
    suffixed = Q(symbol__contains="/Rev.") | Q(symbol__contains="/Corr.") | Q(symbol__endswith="*")
    rows = Document.objects.filter(suffixed, symbol__startswith=symbol or "").order_by("symbol")
    bases = ((row, issue_of(row.symbol).base) for row in rows)
    return [row for row, base in bases if base not in (row.symbol, "") and symbol in (None, base)]


@transaction.atomic
def document_join(*, document: Document) -> Document:
    """Give the files, decisions and links of a document to the one that it is an issue of, and delete it.

    The text is not made anew here: that follows from the issues, by reading one of them again.

    Args:
        document: one of `documents_apart`.

    Returns:
        The document that it is an issue of, made where it is not here.
    """
    lineage_lock()
    issue = issue_of(document.symbol)
    base, made = document_lock(symbol=issue.base, kind=document.kind)
    if made and not issue.corrigendum:
        base.corrections = {name: value for name, value in document.corrections.items() if name != "symbol"}
        base.save(update_fields=["corrections"])
    _move_issues(document, base)
    touched = _move_mandates(document, base)
    document.runs.update(document=base)
    document.paragraphs.all().delete()
    source_id = document.source_id
    document.delete()
    source_file_release(source_id=source_id)
    chains_refresh(mandates=touched & set(Mandate.objects.filter(pk__in=touched).values_list("pk", flat=True)))
    references_resolve(references=references_of(document=base))
    return base


def _move_issues(document: Document, base: Document) -> None:
    for row in document.issues.all():
        issue = issue_of(row.symbol)
        names = {"revision": issue.revision, "corrigendum": issue.corrigendum, "reissue": issue.reissue}
        if base.issues.filter(**names).exists():
            row.delete()  # brought again since, in a newer file
            continue
        type(row).objects.filter(pk=row.pk).update(document=base, **names)


def _move_mandates(document: Document, base: Document) -> set[int]:
    """Move what somebody decided about; the rest is found anew. Gives ids of all that was linked with what goes."""
    own = list(Mandate.objects.filter(document=document).order_by("pk").select_for_update(of=("self",)))
    there = list(Mandate.objects.filter(document=base).order_by("pk").select_for_update(of=("self",)))
    touched = _linked((*own, *there)) | {row.pk for row in (*own, *there)}
    decided, decided_there = mandates_decided(document), mandates_decided(base)
    for row in own:
        row.key = base.symbol + row.key.removeprefix(document.symbol)
    pairs, _gone = match(there, own, lambda row: row.in_text)
    taken = {row.key for row in there}
    moving = []
    for row, same in pairs:
        if row.pk not in decided:
            continue
        if same is not None and same.pk not in decided_there:
            row.key, row.nth, row.paragraph, row.in_text = same.key, same.nth, same.paragraph, same.in_text
            same.delete()
        else:
            row.key, row.nth = free_key(row.key, row.nth, taken)
            row.paragraph, row.in_text = _paragraph(row.paragraph, base), False
            row.flag = _flag(row, document, same)
        taken.add(row.key)
        row.document, row.tracked = base, row.tracked and row.in_text
        moving.append(row)
    Mandate.objects.bulk_update(moving, ["key", "nth", "document", "paragraph", "in_text", "tracked", "flag"])
    Mandate.objects.filter(document=document).delete()
    return touched


def _flag(row: Mandate, document: Document, same: Mandate | None) -> str:
    """What is found again loses the flag; what was decided about twice is for a person to put together."""
    said = vanished_describe()
    if same is not None:
        said = _("Decided about in %(symbol)s, which was a document of its own, and again as %(key)s.") % {
            "symbol": document.symbol,
            "key": same.key,
        }
    return "\n".join([*row.flag.splitlines(), f"{formats.date_format(timezone.localdate())}: {said}"])


def _paragraph(paragraph: Paragraph, base: Document) -> Paragraph:
    there = base.paragraphs.filter(key=paragraph.key).first()
    if there is not None:
        return there
    Paragraph.objects.filter(pk=paragraph.pk).update(document=base, in_text=False, parent=None)
    return paragraph


def _linked(rows: Iterable[Mandate]) -> set[int]:
    ids = [row.pk for row in rows]
    links = MandateLink.objects.filter(Q(later__in=ids) | Q(earlier__in=ids)).values_list("later_id", "earlier_id")
    return {pk for pair in links for pk in pair}
