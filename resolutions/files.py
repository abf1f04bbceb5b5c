"""Finds the documents in files, folders and ZIPs, and reads their bytes, never more than a document may have."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.sniff import LARGEST_DOCUMENT

# What is looked at in a folder or ZIP: anything else there (a README, a golden file) is no document of the Assembly.
SUFFIXES = frozenset({".txt", ".pdf", ".docx", ".doc", ".htm", ".html"})
MOST_ENTRIES = 2_000
MOST_UNPACKED = 500 * 1024 * 1024
# Text packs to a tenth, and hardly ever to a hundredth; a file made to fill a disk packs to a thousandth.
LARGEST_RATIO = 200


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be a document.

    Attributes:
        name: for people: the path as it was given, for an entry of a ZIP that of the ZIP and its own.
        data: its bytes; None where it cannot be read.
        error: why it cannot be read; None where it can.
    """

    name: str
    data: bytes | None = None
    error: UnreadableDocument | None = None


def read_file(path: Path) -> bytes:
    """Read one file.

    Args:
        path: of the file.

    Returns:
        Its bytes.

    Raises:
        UnreadableDocument: ``missing_file``, ``is_folder``, ``not_permitted``, ``too_large``, or ``not_readable`` for
            whatever else the operating system reports.
    """
    try:
        with path.open("rb") as file:
            return _bounded(file)
    except FileNotFoundError:
        raise UnreadableDocument("missing_file", "There is no such file.") from None
    except IsADirectoryError:
        raise UnreadableDocument("is_folder", "This is a folder; name a file in it.") from None
    except PermissionError:
        raise UnreadableDocument("not_permitted", "The file may not be read; ask for the right to.") from None
    except OSError as error:
        raise UnreadableDocument("not_readable", f"The file cannot be read: {error.strerror or error}.") from None


def find_files(path: Path) -> Iterator[FoundFile]:
    """Give what stands under a path, one file after the other, each read only when its turn comes.

    A file that is named is read whatever it is called. Of a folder, with all folders in it, and of a ZIP, what may be a
    document is read, in the order of the names; hidden files and README files are not.

    Args:
        path: of a file, a folder or a ZIP.

    Yields:
        The files; at least one, as a folder or ZIP without any is reported as unreadable.
    """
    if path.is_dir():
        yield from _or_nothing_found(str(path), "folder", _in_folder(path))
        return
    yield from _file_or_zip(path)


def find_in_upload(name: str, file: IO[bytes]) -> Iterator[FoundFile]:
    """Give what stands in a file that somebody sent: the file itself, or of a ZIP what may be a document.

    Args:
        name: of the file, as it was sent.
        file: its bytes, open from their beginning.

    Yields:
        The files; at least one, as a ZIP without any is reported as unreadable.
    """
    if _is_plain_zip(file, name):
        yield from _or_nothing_found(name, "ZIP", _in_zip(file, name))
        return
    file.seek(0)
    try:
        yield FoundFile(name, _bounded(file))
    except UnreadableDocument as error:
        yield FoundFile(name, error=error)


def _file_or_zip(path: Path) -> Iterator[FoundFile]:
    with suppress(OSError), path.open("rb") as file:  # reading it below says what is wrong
        if _is_plain_zip(file, path.name):
            yield from _or_nothing_found(str(path), "ZIP", _in_zip(file, str(path)))
            return
    try:
        yield FoundFile(str(path), read_file(path))
    except UnreadableDocument as error:
        yield FoundFile(str(path), error=error)


def _in_folder(folder: Path) -> Iterator[FoundFile]:
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if _may_be_document(name) or (name.lower().endswith(".zip") and not name.startswith(".")):
                yield from _file_or_zip(Path(parent, name))
    for error in closed:
        reason = f"The folder cannot be opened: {error.strerror}."
        yield FoundFile(str(error.filename), error=UnreadableDocument("not_permitted", reason))


def _in_zip(file: IO[bytes], path: str) -> Iterator[FoundFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = sorted((entry for entry in archive.infolist() if not entry.is_dir()), key=lambda e: e.filename)
            _refuse_bomb(entries)
            left = MOST_UNPACKED
            for entry in entries:
                name = f"{path}/{entry.filename}"
                if entry.filename.lower().endswith(".zip"):
                    error = UnreadableDocument("nested_zip", "This is a ZIP in a ZIP; unpack the outer one first.")
                    yield FoundFile(name, error=error)
                elif _may_be_document(entry.filename):
                    found = _entry(archive, entry, name)
                    left -= len(found.data or b"")
                    if left < 0:
                        raise UnreadableDocument("zip_too_large", "The ZIP holds too much; bring it in several.")
                    yield found
    except UnreadableDocument as error:
        yield FoundFile(path, error=error)
    except (zipfile.BadZipFile, OSError):
        yield FoundFile(path, error=UnreadableDocument("broken_zip", "The ZIP is damaged; pack it again."))


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> FoundFile:
    if entry.flag_bits & 0x1:
        return FoundFile(name, error=UnreadableDocument("encrypted", "The entry has a password; pack it without one."))
    try:
        with archive.open(entry) as file:
            return FoundFile(name, _bounded(file))
    except UnreadableDocument as error:
        return FoundFile(name, error=error)
    except Exception:  # a damaged entry raises whatever its packing method raises
        return FoundFile(name, error=UnreadableDocument("broken_zip", "The entry is damaged; pack the ZIP again."))


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > LARGEST_RATIO * max(packed, 5_000):
        raise UnreadableDocument("zip_too_large", "The ZIP unpacks to more than is plausible; bring it in several.")


def _or_nothing_found(name: str, kind: str, files: Iterator[FoundFile]) -> Iterator[FoundFile]:
    found = False
    for file in files:
        found = True
        yield file
    if not found:
        suffixes = ", ".join(sorted(SUFFIXES))
        reason = f"The {kind} holds no documents; looked for {suffixes}."
        yield FoundFile(name, error=UnreadableDocument("no_documents", reason))


def _is_plain_zip(file: IO[bytes], name: str) -> bool:
    """A Word document is a ZIP, too, and one document."""
    if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            return "[Content_Types].xml" not in archive.NameToInfo
    except zipfile.BadZipFile:
        return name.lower().endswith(".zip")


def _may_be_document(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix.lower() in SUFFIXES and not hidden and not path.name.upper().startswith("README")


def _bounded(file: IO[bytes]) -> bytes:
    data = file.read(LARGEST_DOCUMENT + 1)
    if len(data) > LARGEST_DOCUMENT:
        megabytes = LARGEST_DOCUMENT // (1024 * 1024)
        raise UnreadableDocument("too_large", f"The file is larger than {megabytes} MB; bring the document alone.")
    return data
