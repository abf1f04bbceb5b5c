"""Readers that do what a hostile file can make a reader do."""

from __future__ import annotations

import ctypes
import os
import time

from resolutions.reading.blocks import TextBlock, TextRun
from resolutions.reading.errors import UnreadableDocument


def reads(data: bytes) -> tuple[TextBlock, ...]:
    runs = (TextRun(data.decode(), italic=True, size=1.5), TextRun("\ud800²", superscript=True))
    return TextBlock(runs, 0, 3, whole=True, band="notes"), TextBlock((), 1)


def refuses(data: bytes) -> tuple[TextBlock, ...]:
    raise UnreadableDocument("no_text_layer", "It holds no text.")


def loops(data: bytes) -> tuple[TextBlock, ...]:
    while True:
        pass


def loops_in_the_library(data: bytes) -> tuple[TextBlock, ...]:
    ctypes.CDLL(None).pause()
    raise AssertionError


def sleeps(data: bytes) -> tuple[TextBlock, ...]:
    time.sleep(3600)
    raise AssertionError


def allocates(data: bytes) -> tuple[TextBlock, ...]:
    kept = []
    while True:
        kept.append(bytearray(1 << 20))


def aborts(data: bytes) -> tuple[TextBlock, ...]:
    os.abort()


def exits(data: bytes) -> tuple[TextBlock, ...]:
    os._exit(0)


def fails(data: bytes) -> tuple[TextBlock, ...]:
    return (TextBlock((), 1 // 0),)


def gives_without_end(data: bytes) -> tuple[TextBlock, ...]:
    return (TextBlock((TextRun("words " * 10_000_000),), 0),)


def kills_its_server(data: bytes) -> tuple[TextBlock, ...]:
    os.kill(os.getppid(), 9)
    time.sleep(3600)
    raise AssertionError


def echoes(data: bytes, *arguments: int) -> list[object]:
    return [data.decode(), *arguments]
