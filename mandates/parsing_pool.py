"""Reads files on all cores, a few ahead of the one that is stored; what kills a reader fails alone."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import PurePath

from mandates.pipeline import ParsedDocument, parse_document
from resolutions.files import FoundFile
from resolutions.reading.errors import UnreadableDocument

Parse = Callable[[bytes, str], ParsedDocument]
_Packed = ParsedDocument | tuple[str, str]


def cores() -> int:
    """Give the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_ahead(
    files: Iterable[FoundFile], jobs: int, is_known: Callable[[bytes], bool] = lambda data: False
) -> Iterator[tuple[FoundFile, Parse]]:
    """Give files in their order, each with a function that gives it parsed, which others were meanwhile.

    Args:
        files: taken a few at a time, so that a folder of any size fits into memory.
        jobs: processes that read; with 1 everything happens in this one.
        is_known: says of bytes that they need not be read.

    Yields:
        The file, and what `mandates.services.importing.document_import` takes as `parse`.
    """
    if jobs <= 1:
        yield from ((found, parse_document) for found in files)
        return
    with _Pool(jobs) as pool:
        ahead: deque[tuple[FoundFile, Parse]] = deque()
        for found in files:
            needed = found.data is not None and not is_known(found.data)
            ahead.append((found, pool.parse_later(found) if needed else parse_document))
            if len(ahead) > 2 * jobs:
                yield ahead.popleft()
        yield from ahead


class _Pool:
    """Processes that parse. Spawned, not forked: a copy of an open database connection would be used twice."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.executor = self._start(jobs)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.executor.shutdown(cancel_futures=True)

    def parse_later(self, found: FoundFile) -> Parse:
        future = self._submit(found)

        def parsed(data: bytes, name: str) -> ParsedDocument:
            try:
                return _unpacked(future.result())
            except BrokenProcessPool:
                return self._alone(data, name)

        return parsed

    def _submit(self, found: FoundFile) -> Future[_Packed]:
        assert found.data is not None
        name = PurePath(found.name).name
        try:
            return self.executor.submit(parse_in_process, found.data, name)
        except BrokenProcessPool:
            self.executor.shutdown()
            self.executor = self._start(self.jobs)
            return self.executor.submit(parse_in_process, found.data, name)

    def _alone(self, data: bytes, name: str) -> ParsedDocument:
        """One of several files killed its process, and all that were read at the time: each is read by itself."""
        with self._start(1) as executor:
            try:
                return _unpacked(executor.submit(parse_in_process, data, name).result())
            except BrokenProcessPool:
                reason = "Reading it ended the program that read it; it may be too large or damaged."
                raise UnreadableDocument("reader_died", reason) from None

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))


def parse_in_process(data: bytes, name: str) -> _Packed:
    """Parse one file, in whichever process this is called; why it cannot be read is a value, to get out of there."""
    try:
        return parse_document(data, name)
    except UnreadableDocument as error:
        return error.code, error.reason


def _unpacked(packed: _Packed) -> ParsedDocument:
    if isinstance(packed, ParsedDocument):
        return packed
    raise UnreadableDocument(*packed)
