"""Readers of hostile forms run in a process of their own, bounded in time and memory, that nothing else depends on.

A small server is started once from a fresh interpreter; it loads a reader and forks for each document. The fork takes
a thousandth of a second, and has nothing of the program that asked: no settings, no database, no open file. What it
reads comes back as JSON.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resolutions.reading.blocks import TextBlock, TextRun
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.reader_server import TOO_MUCH_MEMORY

_ROOT = Path(__file__).resolve().parent.parent.parent
_GRACE = 2.0  # seconds that the server has to answer after the time of the reader is over


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reader may use.

    Attributes:
        seconds: of time on the clock, and of the processor.
        memory: bytes of address space.
        result: bytes of what it gives.
    """

    seconds: float = 20.0
    memory: int = 1 << 30
    result: int = 128 << 20


BOUNDS = Bounds()


def isolated(reader: str, bounds: Bounds = BOUNDS) -> Callable[[bytes], tuple[TextBlock, ...]]:
    """Give a reader that does its work in a process of its own.

    Args:
        reader: module and function, ``resolutions.reading.pdf:read_pdf``; it is not loaded here.
        bounds: what it may use.

    Returns:
        A reader that raises, besides what the reader itself raises, ``too_slow``, ``too_much_memory`` or
        ``reader_crashed``.
    """

    def read(data: bytes) -> tuple[TextBlock, ...]:
        return read_isolated(reader, data, bounds)

    return read


def read_isolated(reader: str, data: bytes, bounds: Bounds = BOUNDS) -> tuple[TextBlock, ...]:
    """Read a document in a process of its own.

    Args:
        reader: module and function, ``resolutions.reading.pdf:read_pdf``.
        data: the bytes of the document.
        bounds: what it may use.

    Returns:
        What the reader gives.

    Raises:
        UnreadableDocument: what the reader raises, or ``too_slow``, ``too_much_memory``, ``reader_crashed``.
    """
    answer = _answer(reader, data, None, bounds)
    try:
        return _blocks(answer["blocks"])
    except (ValueError, TypeError, KeyError) as error:
        raise crashed() from error


def asked_isolated(function: str, data: bytes, *arguments: int, bounds: Bounds = BOUNDS) -> object:
    """Ask something else of a document than its text, in a process of its own.

    Args:
        function: module and function; it takes the bytes and the arguments.
        data: the bytes of the document.
        arguments: say what of it.
        bounds: what it may use.

    Returns:
        What the function gives, as JSON holds it; to be checked, as the document may have had its way with it.

    Raises:
        UnreadableDocument: as `read_isolated` does.
    """
    answer = _answer(function, data, arguments, bounds)
    if "given" not in answer:
        raise crashed()
    return answer["given"]


def crashed() -> UnreadableDocument:
    """Give the error for a document whose reader ended, or gave what no reader gives."""
    return UnreadableDocument("reader_crashed", "The file could not be read: it is damaged or built to do harm.")


def _answer(function: str, data: bytes, arguments: tuple[int, ...] | None, bounds: Bounds) -> dict[str, Any]:
    order = json.dumps([function, arguments, bounds.seconds, bounds.memory, bounds.result]).encode()
    with tempfile.TemporaryFile() as document, tempfile.TemporaryFile() as result:
        document.write(data)
        document.flush()
        try:
            status, memory = _run(order, [document.fileno(), result.fileno()], bounds.seconds + _GRACE)
        except TimeoutError:
            status, memory = -signal.SIGALRM, 0
        result.seek(0)
        answer = result.read()
    if -status in (signal.SIGALRM, signal.SIGXCPU):
        raise UnreadableDocument("too_slow", "Reading the file took too long; it is damaged or built to do harm.")
    if status < 0 and memory > bounds.memory // 2:  # libraries end the process where memory is at its end
        raise UnreadableDocument(*TOO_MUCH_MEMORY)
    if status != 0:
        raise crashed()
    try:
        given: dict[str, Any] = json.loads(answer)
        if "failed" in given:
            raise ValueError(given["failed"])
        if "code" in given:
            raise UnreadableDocument(str(given["code"]), str(given["reason"]))
    except (ValueError, TypeError, KeyError) as error:
        raise crashed() from error
    return given


def _blocks(given: Iterable[Any]) -> tuple[TextBlock, ...]:
    return tuple(
        TextBlock(
            tuple(TextRun(str(text), bool(i), bool(b), bool(up), size) for text, i, b, up, size in runs),
            position,
            page,
            bool(whole),
            str(band),
        )
        for position, (runs, page, whole, band) in enumerate(given)
    )


class _Server:
    """The process that forks readers, one at a time. It ends when the program ends, or when it was long not asked."""

    def __init__(self) -> None:
        self._here, there = socket.socketpair()
        path = [str(_ROOT), *(folder for folder in sys.path if folder)]
        start = f"import sys; sys.path[:] = {path!r}; "
        start += f"from resolutions.reading.reader_server import serve; serve({there.fileno()})"
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", start],
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env={"LC_ALL": "C.UTF-8"},
            )
        self._lock = threading.Lock()

    @property
    def answers(self) -> bool:
        """True as long as it runs."""
        return self._process.poll() is None

    def run(self, order: bytes, files: list[int], seconds: float) -> tuple[int, int]:
        """Have a document read.

        Gives how the reader ended, 0 or minus the signal, and the bytes of memory that it took at most.

        Raises:
            TimeoutError: it did not answer and was killed.
            ConnectionError: it is gone.
        """
        with self._lock:
            if not self.answers:  # it ended while another thread had it
                raise ConnectionResetError
            self._here.settimeout(seconds)
            try:
                socket.send_fds(self._here, [order], files)
                answer = self._here.recv(64)
                if not answer:
                    raise ConnectionResetError
            except OSError:
                self.end()
                raise
            status, memory = answer.split()
            return int(status), int(memory)

    def end(self) -> None:
        """Kill the server with its reader."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._here.close()

    def let_go(self) -> None:
        """Leave it to the process that this one was forked from."""
        self._process.returncode = 0  # it is no child of this process, which cannot wait for it
        self._here.close()


_servers: list[_Server] = []
_starting = threading.Lock()


def _run(order: bytes, files: list[int], seconds: float) -> tuple[int, int]:
    """Ask the server, and once more a new one where it had just ended."""
    for _attempt in range(2):
        with suppress(ConnectionError):
            return _server().run(order, files, seconds)
    return -signal.SIGKILL, 0


def _server() -> _Server:
    with _starting:
        if not _servers or not _servers[0].answers:
            _end_servers()
            _servers.append(_Server())
        return _servers[0]


@atexit.register
def _end_servers() -> None:
    while _servers:
        _servers.pop().end()


def _forget() -> None:
    """Start anew in a forked process, as Celery and the web server make them."""
    global _starting
    _starting = threading.Lock()
    while _servers:
        _servers.pop().let_go()


os.register_at_fork(after_in_child=_forget)
