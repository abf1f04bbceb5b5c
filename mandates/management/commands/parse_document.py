import io
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from mandates.extraction.extraction_json import extraction_as_json
from mandates.pipeline import ParsedDocument, parse_document
from resolutions.files import read_file
from resolutions.reading.errors import UnreadableDocument

UNREADABLE = 2


class Command(BaseCommand):
    help = "Prints what is found in a document: header, paragraphs, mandates, references. Uses no database."

    # No check looks at a database either.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="json is for programs")

    def handle(self, *args: Any, file: Path, format: str, **options: Any) -> None:  # noqa: A002 - name of the option
        try:
            parsed = parse_document(read_file(file), file.name)
        except UnreadableDocument as error:
            self._refuse(file, error.reason)
        if isinstance(sys.stdout, io.TextIOWrapper):
            # The same bytes in every locale, as programs read them.
            sys.stdout.reconfigure(encoding="utf-8")
        if format == "json":
            self.stdout.write(
                json.dumps(extraction_as_json(parsed.record, parsed.extraction), indent=1, ensure_ascii=False)
            )
        else:
            self.stdout.write(_as_text(parsed))

    def _refuse(self, file: Path, reason: str) -> NoReturn:
        """One line, whatever stands in the name of the file; no traceback and no name of an exception before it."""
        self.stderr.write(" ".join(f"{file}: {reason}".split()))
        sys.exit(UNREADABLE)


def _as_text(parsed: ParsedDocument) -> str:
    record, mandates = parsed.record, parsed.extraction.mandates
    day = record.adopted or record.distributed
    counts = f"{len(record.paragraphs)} paragraphs, {len(mandates)} mandates"
    lines = [f"{record.symbol}  {record.title}", f"{record.kind}, session {record.session}, {day}; {counts}"]
    for mandate in mandates:
        place = mandate.label if mandate.part == "body" else f"{mandate.part} {mandate.label}"
        addressees = ", ".join(addressee.body for addressee in mandate.addressees) or "nobody"
        due = "; ".join(deadline.text for deadline in mandate.deadlines)
        lines.append("")
        lines.append(f"{place}  {mandate.verb}: {addressees}{f' ({due})' if due else ''}")
        lines.append(f"    {mandate.action}")
    lines += ["", *(f"warning: {warning.sentence}" for warning in record.warnings)]
    return "\n".join(lines).rstrip()
