import hashlib
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from mandates.management.progress import ProgressBar
from mandates.management.reports import result_line
from mandates.parsing_pool import Parse, cores, read_ahead
from mandates.services.importing import ImportResult, document_import
from resolutions.files import FoundFile, find_files
from resolutions.models import DocumentIssue
from resolutions.services.runs import import_run_fail, import_run_start

FEW = 8


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is no number of processes")
    return int(text)


class Command(BaseCommand):
    help = "Imports documents: files, folders with all that is in them, or ZIPs. The same bytes twice change nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, a folder or a ZIP")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and keep nothing")
        parser.add_argument("--reread", action="store_true", help="read also what did not change, by the rules of now")
        parser.add_argument(
            "--jobs", type=_jobs, help="processes that read at once; without it, one a core for folders"
        )

    def handle(
        self, *args: Any, paths: list[Path], dry_run: bool, reread: bool, jobs: int | None = None, **options: Any
    ) -> None:
        paths = [Path(path) for path in paths]
        counted: Counter[str] = Counter()
        bar = ProgressBar(sys.stderr)
        try:
            for found, parse in read_ahead(_counted(paths, bar), jobs or _enough(paths), lambda d: _known(d, reread)):
                result = _import(found, parse, dry_run, reread)
                counted[result.status] += 1
                bar.clear()
                self.stdout.write(result_line(result))
                if options["verbosity"] > 1:
                    for warning in result.warnings:
                        self.stdout.write(f"    {warning}")
                bar.step()
        except DatabaseError as error:
            # One sentence: it would be the same for every file.
            raise CommandError(f"The database cannot be used; is it there, and migrated? {error}") from error
        finally:
            bar.clear()
        summary = ", ".join(f"{count} {status}" for status, count in sorted(counted.items()))
        self.stdout.write(f"{summary}{'; nothing was kept' if dry_run else ''}")
        if counted["failed"]:
            raise CommandError(f"{counted['failed']} of {counted.total()} files failed.")


def _counted(paths: list[Path], bar: ProgressBar) -> Iterator[FoundFile]:
    for found in chain.from_iterable(find_files(path) for path in paths):
        bar.found()
        yield found
    bar.found_all()


def _enough(paths: list[Path]) -> int:
    """Further processes take a second to start: for a few files that is longer than reading them."""
    many = len(paths) > FEW or any(path.is_dir() or path.suffix.lower() == ".zip" for path in paths)
    return cores() if many else 1


def _known(data: bytes, reread: bool) -> bool:
    return not reread and DocumentIssue.objects.filter(source__sha256=hashlib.sha256(data).hexdigest()).exists()


def _import(found: FoundFile, parse: Parse, dry_run: bool, reread: bool) -> ImportResult:
    if found.data is not None:
        return document_import(name=found.name, data=found.data, dry_run=dry_run, reread=reread, parse=parse)
    assert found.error is not None
    run = None
    if not dry_run:
        run = import_run_start(name=found.name)
        import_run_fail(run=run, code=found.error.code, reason=found.error.reason, timings={})
    return ImportResult(found.name, "failed", error_code=found.error.code, error=found.error.reason, run=run)
