"""What `make test` makes of a test that fails."""

import os
from pathlib import Path

import pytest

from asp_tracker.tests.run import run_suite


def suite(folder: Path, body: str) -> tuple[int, str]:
    """Run a suite of two tests of its own, one of which is given; each run of that leaves a line in a file."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_given.py").write_text(
        "from pathlib import Path\n"
        "RUNS = Path(__file__).with_name('runs')\n"
        "def test_other(): pass\n"
        "def test_given():\n"
        "    with RUNS.open('a') as file: file.write('run\\n')\n"
        f"    {body}\n"
    )
    return run_suite("", ["-p", "no:django", f"--rootdir={folder}", "-c", str(folder / "pytest.ini"), str(folder)])


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite inside is not a part of this one."""
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        monkeypatch.delenv(name)


def test_what_passes_alone_is_named_as_unsteady(tmp_path: Path) -> None:
    code, closing = suite(tmp_path, "assert RUNS.read_text().count('run') == 2")
    assert code == 0
    assert "1 failed, 1 passed" in closing
    assert "once more, alone" in closing
    assert "Unsteady" in closing


def test_what_fails_alone_fails(tmp_path: Path) -> None:
    code, closing = suite(tmp_path, "assert False")
    assert code == 1
    assert "Unsteady" not in closing
    assert (tmp_path / "runs").read_text().count("run") == 2


def test_what_passes_runs_once(tmp_path: Path) -> None:
    code, closing = suite(tmp_path, "assert True")
    assert (code, "2 passed" in closing, "alone" in closing) == (0, True, False)
    assert (tmp_path / "runs").read_text().count("run") == 1
