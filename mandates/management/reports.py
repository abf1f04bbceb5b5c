"""What commands print of an import: one line a file."""

from __future__ import annotations

from mandates.services.importing import ImportResult


def result_line(result: ImportResult) -> str:
    """Say in one line what came of a file, whatever stands in its name."""
    name = " ".join(result.name.split())
    if result.status == "failed":
        return f"{name}: failed: {result.error}"
    counts = "; ".join(f"{counts['found']} {what} ({_done(counts)})" for what, counts in result.counts.items())
    warnings = f"; {len(result.warnings)} warnings" if result.warnings else ""
    return f"{name}: {result.status}: {result.symbol}{'; ' if counts else ''}{counts}{warnings}"


def _done(counts: dict[str, int]) -> str:
    done = [f"{count} {what}" for what, count in counts.items() if what != "found" and count]
    return ", ".join(done) or "none"
