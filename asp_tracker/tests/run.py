"""What `make test` runs: the whole suite on SQLite, and again on PostgreSQL where it answers. In CI both have to.

Tests that failed beside others on a busy machine are run once more, alone: what then passes is named as unsteady.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

from asp_tracker.tests.services import IN_CI, postgres_url, redis_url


def main() -> int:
    postgres = postgres_url()
    absent = [name for name, url in {"PostgreSQL": postgres, "Redis": redis_url()}.items() if url is None]
    if absent:
        print(f"Without an answer: {', '.join(absent)} (at DATABASE_URL, REDIS_URL or the usual local address).")
        if IN_CI:
            print("CI requires them.")
            return 1
        print("What needs them is left out.", flush=True)

    results = {"SQLite": run_suite("")}
    if postgres:
        # A name of its own, so that two runs on one server do not share a test database.
        results["PostgreSQL"] = run_suite(_with_name(postgres, f"asp_tracker_{os.getpid()}"))

    if len(results) > 1:
        for database, (_, closing) in results.items():
            print(f"\n{database}:\n{closing}", flush=True)
    return max(code for code, _ in results.values())


def _with_name(url: str, name: str) -> str:
    address, mark, options = url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{mark}{options}"


def run_suite(database_url: str, arguments: Sequence[str] = tuple(sys.argv[1:])) -> tuple[int, str]:
    """Run the suite on one database.

    Args:
        database_url: address of the database; SQLite where it is empty.
        arguments: for pytest.

    Returns:
        The exit code, and the closing lines with the counts.
    """
    code, closing = _pytest(database_url, [*_ON_EVERY_CORE, *arguments])
    if code == _SOME_FAILED:
        print("\nWhat failed once more, alone:", flush=True)
        code, again = _pytest(database_url, [*_FAILED_ONES, *arguments])
        closing += f"\nonce more, alone: {again}"
        if code == 0:
            closing += "\nUnsteady: what failed beside others passes alone. See above which, and mend it."
    return code, closing


_ON_EVERY_CORE = ("--numprocesses=auto", "--maxprocesses=8")
_FAILED_ONES = ("--last-failed", "--last-failed-no-failures=none", "--maxfail=1")
_SOME_FAILED = 1  # pytest's exit code for it; a broken run has others


def _pytest(database_url: str, arguments: Sequence[str]) -> tuple[int, str]:
    """Its exit code and its last line, with the counts."""
    command = [sys.executable, "-m", "pytest", *arguments]
    environment = {**os.environ, "DATABASE_URL": database_url}
    closing = ""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            closing = line.strip() or closing
    return process.returncode, closing


if __name__ == "__main__":
    sys.exit(main())
