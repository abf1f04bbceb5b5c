"""The admin of documents and sessions. What the machine found and what was recorded is shown, not edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from resolutions.models import Document, ImportRun, ResumedSession, SourceFile


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows rows that come from imports or are a record of what happened."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds rows here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits rows here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes rows here."""
        return False


class ResumedSessionInline(admin.TabularInline):
    """The resumptions of a session."""

    model = ResumedSession
    extra = 0


class AssemblySessionAdmin(admin.ModelAdmin):
    """Sessions with their dates; `mandates.admin` registers it, as what is due when follows from them."""

    list_display = ["code", "__str__", "opening_date", "closing_date", "city"]
    search_fields = ["code", "ordinal", "name", "city"]
    inlines = [ResumedSessionInline]


class KnownDocumentAdmin(admin.ModelAdmin):
    """Documents that are known by their symbols; `mandates.admin` registers it, as citations follow from it."""

    list_display = ["symbol", "kind", "title", "session_code", "date"]
    list_filter = ["kind", "session_code"]
    search_fields = ["symbol", "title"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes rows here: the file of the register would bring them back."""
        return False


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Documents, as they were imported."""

    list_display = ["symbol", "kind", "title", "session", "adopted", "distributed", "imported_at"]
    list_filter = ["kind", "session"]
    search_fields = ["symbol", "title"]
    list_select_related = ["session"]


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """Every attempt to import a file."""

    list_display = ["started_at", "name", "status", "document", "error"]
    list_filter = ["status", "error_code"]
    search_fields = ["name", "document__symbol"]
    list_select_related = ["document"]
    date_hierarchy = "started_at"


@admin.register(SourceFile)
class SourceFileAdmin(ReadOnlyAdmin):
    """The files that documents were read from, without their bytes."""

    list_display = ["name", "media_type", "size", "sha256", "created_at"]
    search_fields = ["name", "sha256"]
    fields = ["name", "media_type", "size", "sha256", "created_at"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[SourceFile]:
        """Leave the bytes out."""
        return super().get_queryset(request).defer("content")
