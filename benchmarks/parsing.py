"""Times parsing of the longest sample and import of all of them, beside bare reading and decoding of the same bytes.

    python -m benchmarks.parsing [--repeat 5]

Works in a database of its own, made beside that of DATABASE_URL (or in a folder of its own) and removed in the end.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from benchmarks.timing import best_of

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@dataclass(frozen=True, slots=True)
class Timing:
    """How long something takes beside bare reading of the same bytes.

    Attributes:
        what: in words.
        seconds: the best of some runs: what else the machine does only ever adds to it.
        bare: the best of reading and decoding the same files.
    """

    what: str
    seconds: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many times as long it takes."""
        return self.seconds / self.bare

    def __str__(self) -> str:
        return (
            f"{self.what}: {self.seconds * 1000:.1f} ms; bare reading {self.bare * 1000:.3f} ms; {self.ratio:.0f} times"
        )


def samples() -> list[Path]:
    """Give the sample documents, the longest first."""
    return sorted(CORPUS.glob("ICC-*.txt"), key=lambda path: path.stat().st_size, reverse=True)


def time_parsing(repeat: int = 5) -> Timing:
    """Time the whole line without a database, on the longest sample.

    Args:
        repeat: how often.

    Returns:
        The timing.
    """
    from mandates.pipeline import parse_document

    longest = samples()[0]
    return Timing(
        f"parsing {longest.name}",
        best_of(lambda: parse_document(longest.read_bytes(), longest.name), repeat),
        best_of(lambda: _read([longest]), repeat),
    )


def time_import(repeat: int = 5) -> Timing:
    """Time the import of all samples into an empty database, which is empty again afterwards.

    Args:
        repeat: how often.

    Returns:
        The timing.

    Raises:
        AssertionError: a sample was not imported.
    """
    from django.db import transaction

    from mandates.services.importing import document_import

    def import_all() -> None:
        with transaction.atomic():
            for path in samples():
                result = document_import(name=path.name, data=path.read_bytes())
                assert result.status == "new", result
            transaction.set_rollback(True)

    return Timing(
        f"importing {len(samples())} documents", best_of(import_all, repeat), best_of(lambda: _read(samples()), repeat)
    )


def _read(paths: list[Path]) -> int:
    return sum(len(path.read_bytes().decode("utf-8")) for path in paths)


def main() -> int:
    """Print both timings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5, help="the best of so many runs counts")
    repeat = parser.parse_args().repeat
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asp_tracker.tests.settings")
    import django
    from django.core.management import call_command
    from django.test.utils import setup_databases, teardown_databases

    django.setup()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        call_command("load_reference_data", stdout=StringIO())
        for timing in (time_parsing(repeat), time_import(repeat)):
            sys.stdout.write(f"{timing}\n")
    finally:
        teardown_databases(databases, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
