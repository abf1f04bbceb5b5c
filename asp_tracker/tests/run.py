"""What `make test` runs: the whole suite on SQLite, and again on PostgreSQL where it answers. In CI both have to."""

import os
import subprocess
import sys

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

    results = {"SQLite": _pytest("")}
    if postgres:
        # A name of its own, so that two runs on one server do not share a test database.
        results["PostgreSQL"] = _pytest(_with_name(postgres, f"asp_tracker_{os.getpid()}"))

    if len(results) > 1:
        for database, (_, closing) in results.items():
            print(f"\n{database}:\n{closing}", flush=True)
    return max(code for code, _ in results.values())


def _with_name(url: str, name: str) -> str:
    address, mark, options = url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{mark}{options}"


def _pytest(database_url: str) -> tuple[int, str]:
    """Its exit code and its last line, with the counts."""
    command = [sys.executable, "-m", "pytest", "--numprocesses=auto", "--maxprocesses=8", *sys.argv[1:]]
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
