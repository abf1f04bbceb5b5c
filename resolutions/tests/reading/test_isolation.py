"""A reader in a process of its own: what it gives comes back, and what goes wrong in it stays there."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.isolation import Bounds, isolated, read_isolated
from resolutions.tests.reading import hostile_readers

BOUNDS = Bounds(seconds=60, memory=300 << 20, result=1 << 20)


def name(reader: str) -> str:
    return f"{hostile_readers.__name__}:{reader}"


def test_blocks_come_back_as_they_are() -> None:
    expected = hostile_readers.reads("Réquests".encode())
    given = read_isolated(name("reads"), "Réquests".encode(), BOUNDS)
    assert given[0].runs[0] == expected[0].runs[0]
    assert given[0].runs[1].superscript and given[0].runs[1].text == "?²"  # half a character is none
    assert (given[0].page, given[0].whole, given[0].band) == (3, True, "notes")
    assert given[1] == expected[1]


@pytest.mark.parametrize(
    ("reader", "code"),
    [
        ("refuses", "no_text_layer"),
        ("loops", "too_slow"),
        ("loops_in_the_library", "too_slow"),
        ("sleeps", "too_slow"),
        ("allocates", "too_much_memory"),
        ("aborts", "reader_crashed"),
        ("exits", "reader_crashed"),
        ("fails", "reader_crashed"),
        ("gives_without_end", "reader_crashed"),
        ("kills_its_server", "reader_crashed"),
    ],
)
def test_what_goes_wrong_is_told_by_its_code_and_the_next_document_is_read(reader: str, code: str) -> None:
    # Only what is too slow has to meet that bound: on a busy machine the others may take a while to go wrong.
    bounds = replace(BOUNDS, seconds=1) if code == "too_slow" else BOUNDS
    start = time.monotonic()
    with pytest.raises(UnreadableDocument) as refused:
        read_isolated(name(reader), b"words", bounds)
    assert refused.value.code == code
    assert refused.value.reason.endswith(".")
    assert time.monotonic() - start < 300  # the reader that sleeps does so for an hour
    assert isolated(name("reads"))(b"words")[0].text.startswith("words")


def test_several_threads_share_the_server() -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(read_isolated(name("reads"), b"%d" % n)[0].text[:1]))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list("01234567")


def test_a_process_forked_from_one_that_has_a_server_starts_its_own() -> None:
    read_isolated(name("reads"), b"before", BOUNDS)
    child = os.fork()
    if child == 0:
        text = read_isolated(name("reads"), b"forked", BOUNDS)[0].text
        os._exit(0 if text.startswith("forked") else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert read_isolated(name("reads"), b"after", BOUNDS)[0].text.startswith("after")


def test_the_server_ends_with_its_program_and_knows_nothing_of_django() -> None:
    program = f"""
import sys
from resolutions.reading.isolation import _server, read_isolated
read_isolated({name("reads")!r}, b"words")
print(_server()._process.pid)
assert not any(module.split(".")[0] in ("django", "celery") for module in sys.modules)
"""
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    for _ in range(600):
        if not Path(f"/proc/{done.stdout.strip()}").exists():
            return
        time.sleep(0.1)
    pytest.fail("the server is still there")
