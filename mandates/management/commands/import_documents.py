from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from mandates.services.importing import ImportResult, document_import
from resolutions.files import FoundFile, find_files
from resolutions.services.runs import import_run_fail, import_run_start


class Command(BaseCommand):
    help = "Imports documents: files, folders with all that is in them, or ZIPs. The same bytes twice change nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, a folder or a ZIP")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and keep nothing")
        parser.add_argument("--reread", action="store_true", help="read also what did not change, by the rules of now")

    def handle(self, *args: Any, paths: list[Path], dry_run: bool, reread: bool, **options: Any) -> None:
        counted: Counter[str] = Counter()
        for path in paths:
            for found in find_files(Path(path)):
                try:
                    result = _import(found, dry_run, reread)
                except DatabaseError as error:
                    # One sentence: it would be the same for every file.
                    raise CommandError(f"The database cannot be used; is it there, and migrated? {error}") from error
                counted[result.status] += 1
                self.stdout.write(_line(result))
                if options["verbosity"] > 1:
                    for warning in result.warnings:
                        self.stdout.write(f"    {warning}")
        summary = ", ".join(f"{count} {status}" for status, count in sorted(counted.items()))
        self.stdout.write(f"{summary}{'; nothing was kept' if dry_run else ''}")
        if counted["failed"]:
            raise CommandError(f"{counted['failed']} of {counted.total()} files failed.")


def _import(found: FoundFile, dry_run: bool, reread: bool) -> ImportResult:
    if found.data is not None:
        return document_import(name=found.name, data=found.data, dry_run=dry_run, reread=reread)
    assert found.error is not None
    run = None
    if not dry_run:
        run = import_run_start(name=found.name)
        import_run_fail(run=run, code=found.error.code, reason=found.error.reason, timings={})
    return ImportResult(found.name, "failed", error_code=found.error.code, error=found.error.reason, run=run)


def _line(result: ImportResult) -> str:
    """One line, whatever stands in the name of the file."""
    name = " ".join(result.name.split())
    if result.status == "failed":
        return f"{name}: failed: {result.error}"
    counts = "; ".join(f"{counts['found']} {what} ({_done(counts)})" for what, counts in result.counts.items())
    warnings = f"; {len(result.warnings)} warnings" if result.warnings else ""
    return f"{name}: {result.status}: {result.symbol}{'; ' if counts else ''}{counts}{warnings}"


def _done(counts: dict[str, int]) -> str:
    done = [f"{count} {what}" for what, count in counts.items() if what != "found" and count]
    return ", ".join(done) or "none"
