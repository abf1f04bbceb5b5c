"""The process that reads and draws: it forks for each order, and the fork binds itself before it looks at a byte."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import socket
from collections.abc import Callable
from importlib import import_module
from typing import cast

from resolutions.reading.blocks import TextBlock
from resolutions.reading.errors import UnreadableDocument

TOO_MUCH_MEMORY = ("too_much_memory", "Reading the file took too much memory; it is damaged or built to do harm.")

_IDLE = 300.0  # seconds after which a server that nobody asks ends

Reader = Callable[[bytes], tuple[TextBlock, ...]]
# Gives what JSON can hold, for the document and numbers that say what of it.
Asked = Callable[..., object]


def serve(descriptor: int) -> None:
    """Read what is asked for until nobody asks any more.

    Args:
        descriptor: of a socket. An order is JSON of the function's name, its arguments, seconds, bytes of memory and
            bytes of result, with two open files, the document and the result. Without arguments (null) the function is
            a reader and gives blocks; with a list of them it gives something else. The answer is the status of the
            process that read, and the most memory that one took so far, in bytes.
    """
    asked = socket.socket(fileno=descriptor)
    asked.settimeout(_IDLE)
    while True:
        try:
            order, files, _, _ = socket.recv_fds(asked, 4096, 2)
        except (TimeoutError, ConnectionError):
            return
        if not order:
            return
        name, arguments, seconds, memory, result = json.loads(order)
        function = _load(name)
        reading = os.fork()
        if reading == 0:
            asked.close()
            _bind(seconds, memory, result)
            _read(function, arguments, files[0], files[1])
        for file in files:
            os.close(file)
        _, status, usage = os.wait4(reading, 0)
        asked.sendall(f"{os.waitstatus_to_exitcode(status)} {usage.ru_maxrss * 1024}".encode())


def _load(name: str) -> Reader | Asked:
    module, function = name.split(":")
    loaded: Reader | Asked = getattr(import_module(module), function)
    gc.freeze()  # the forks share what is loaded and do not touch it
    return loaded


def _bind(seconds: float, memory: int, result: int) -> None:
    """Have the system end this process when it takes more than it may, whatever code it is in then."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (result, result))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(function: Reader | Asked, arguments: list[int] | None, document: int, result: int) -> None:
    """Read, write what was found, and end the process without any of its closing work."""
    status = 1
    gc.disable()  # one document, then the end: there is nothing to collect
    try:
        answer = _answer(function, arguments, document)
        with os.fdopen(result, "wb") as file:
            file.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", errors="replace"))
        status = 0
    finally:
        os._exit(status)


def _answer(function: Reader | Asked, arguments: list[int] | None, document: int) -> dict[str, object]:
    try:
        os.lseek(document, 0, os.SEEK_SET)
        with os.fdopen(document, "rb") as file:
            data = file.read()
        if arguments is not None:
            return {"given": function(data, *arguments)}
        blocks = cast("tuple[TextBlock, ...]", function(data))
        return {"blocks": [_plain(block) for block in blocks]}
    except UnreadableDocument as error:
        return {"code": error.code, "reason": error.reason}
    except MemoryError:
        code, reason = TOO_MUCH_MEMORY
        return {"code": code, "reason": reason}
    except Exception as error:  # a reader that fails fails this document and no other
        return {"failed": f"{type(error).__name__}: {error}"}


def _plain(block: TextBlock) -> tuple[object, ...]:
    runs = [(run.text, run.italic, run.bold, run.superscript, run.size) for run in block.runs]
    return runs, block.page, block.whole, block.band
