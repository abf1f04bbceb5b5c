"""The admin of reference data: what staff edit here moves the mandates and citations that follow from it at once."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from mandates.models import Body, Mandate, OutcomeChange, Reference, Topic
from mandates.services import references_resolve, register_suggest, statuses_refresh, suggestions_rebuild
from resolutions.admin import AssemblySessionAdmin, KnownDocumentAdmin, ReadOnlyAdmin
from resolutions.models import AssemblySession, KnownDocument
from resolutions.reference_data import documents_link_sessions


@admin.register(AssemblySession)
class DueSessionAdmin(AssemblySessionAdmin):
    """Sessions. On the day that one opens mandates fall due, and the coming one moves those that recur."""

    def save_model(self, request: HttpRequest, obj: AssemblySession, form: Any, change: bool) -> None:
        """Save the session, and bring the mandates that its dates touch up to date in the same transaction."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if not change or set(form.changed_data) & {"opening_date", "number", "code", "name", "ordinal"}:
                documents_link_sessions()
                statuses_refresh()
                suggestions_rebuild()


@admin.register(KnownDocument)
class CitedDocumentAdmin(KnownDocumentAdmin):
    """The register of documents. Citations of a document follow from it, and suggestions from its title."""

    def save_model(self, request: HttpRequest, obj: KnownDocument, form: Any, change: bool) -> None:
        """Save the document, and bring citations of it and suggestions up to date in the same transaction."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            symbols = {obj.symbol, form.initial.get("symbol", obj.symbol)}
            references_resolve(references=Reference.objects.filter(symbol__in=symbols))
            register_suggest(symbols=symbols)


@admin.register(Body)
class BodyAdmin(admin.ModelAdmin):
    """Bodies. Whether a mandate is tracked follows from the category of those that it is addressed to."""

    list_display = ["name", "category", "parent"]
    list_filter = ["category"]
    search_fields = ["name", "aliases"]
    list_select_related = ["parent"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: Body, form: Any, change: bool) -> None:
        """Save the body, and bring its mandates up to date in the same transaction."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if "category" in form.changed_data:
                statuses_refresh(mandates=Mandate.objects.filter(addressees=obj))


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """Topics, with the headings that stand for them."""

    list_display = ["name"]
    search_fields = ["name", "aliases"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(OutcomeChange)
class OutcomeChangeAdmin(ReadOnlyAdmin):
    """Every decision that was ever taken."""

    list_display = ["made_at", "mandate", "kind", "made_by", "evidence_symbol", "note"]
    list_filter = ["kind", "made_by"]
    search_fields = ["mandate__key", "note", "evidence_symbol"]
    list_select_related = ["mandate", "made_by"]
    fields = [
        "mandate", "version", "kind", "before", "after", "occurrence", "effective_on", "evidence_symbol",
        "evidence_url", "evidence_date", "note", "made_by", "made_at",
    ]  # fmt: skip
    date_hierarchy = "made_at"
