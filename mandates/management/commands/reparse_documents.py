from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from mandates.management.reports import result_line
from mandates.services.rereading import documents_reread
from resolutions.models import Document
from resolutions.structure.issues import issue_of
from resolutions.structure.symbols import canonical_symbol


class Command(BaseCommand):
    help = "Rebuilds documents from the bytes that are kept, by the rules of today; what people decided stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("symbols", nargs="*", metavar="SYMBOL", help="only these documents; all of them without")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and keep nothing")

    def handle(self, *args: Any, symbols: list[str], dry_run: bool, **options: Any) -> None:
        wanted = [canonical_symbol(symbol) or symbol for symbol in symbols]
        kept = set(Document.objects.filter(source__isnull=False).values_list("symbol", flat=True))
        kept |= {issue_of(symbol).base for symbol in kept}
        unknown = [symbol for symbol in wanted if issue_of(symbol).base not in kept]
        if unknown:
            raise CommandError(f"No bytes are kept of {', '.join(unknown)}.")
        states: Counter[str] = Counter()
        counted: Counter[str] = Counter()
        try:
            for result in documents_reread(symbols=wanted or None, dry_run=dry_run):
                states["failed" if result.status == "failed" else "read"] += 1
                counted.update(result.counts.get("mandates", {}))
                self.stdout.write(result_line(result))
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used; is it there, and migrated? {error}") from error
        done = ", ".join(f"{count} {what}" for what, count in counted.items() if what != "found" and count) or "none"
        said = f"{states['read']} read again, {states['failed']} failed; {counted['found']} mandates ({done})"
        self.stdout.write(f"{said}{'; nothing was kept' if dry_run else ''}")
        if states["failed"]:
            raise CommandError(f"{states['failed']} of {states.total()} documents failed.")
