"""Files, folders and ZIPs: what is looked at, in which order, and what is said of what cannot be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from resolutions import files
from resolutions.files import find_files, read_file
from resolutions.reading.errors import UnreadableDocument


def found(path: Path) -> list[tuple[str, bytes | str]]:
    base = f"{path}/"
    return [
        (file.name.removeprefix(base), file.error.code if file.error else file.data or b"") for file in find_files(path)
    ]


def make_zip(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


class TestFile:
    def test_is_read_whatever_it_is_called(self, tmp_path: Path) -> None:
        (tmp_path / "README").write_bytes(b"text")
        assert found(tmp_path / "README") == [(str(tmp_path / "README"), b"text")]

    def test_that_is_missing(self, tmp_path: Path) -> None:
        assert found(tmp_path / "none.txt") == [(str(tmp_path / "none.txt"), "missing_file")]

    def test_that_is_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableDocument, match="folder"):
            read_file(tmp_path)

    def test_that_may_not_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: object, **kwargs: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(UnreadableDocument) as error:
            read_file(tmp_path / "a.txt")
        assert error.value.code == "not_permitted"

    def test_that_is_too_large_is_never_read_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "LARGEST_DOCUMENT", 10)
        (tmp_path / "a.txt").write_bytes(b"x" * 11)
        with pytest.raises(UnreadableDocument) as error:
            read_file(tmp_path / "a.txt")
        assert error.value.code == "too_large"


class TestFolder:
    def test_gives_documents_in_order_with_those_in_folders(self, tmp_path: Path) -> None:
        names = [
            "b.txt",
            "a.TXT",
            "c/d.txt",
            ".hidden.txt",
            ".git/x.txt",
            "README.md",
            "README.txt",
            "gold.json",
            "e.pdf",
        ]
        for name in names:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(name.encode())
        assert [name for name, _data in found(tmp_path)] == ["a.TXT", "b.txt", "e.pdf", "c/d.txt"]

    def test_without_documents_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "README.md").write_bytes(b"text")
        assert [what for _name, what in found(tmp_path)] == ["no_documents"]

    def test_with_a_zip_gives_what_is_in_it(self, tmp_path: Path) -> None:
        make_zip(tmp_path / "a.zip", {"b.txt": b"text"})
        assert found(tmp_path) == [("a.zip/b.txt", b"text")]


class TestZip:
    def test_gives_documents_in_order(self, tmp_path: Path) -> None:
        path = make_zip(
            tmp_path / "a.zip",
            {"b/c.txt": b"2", "a.txt": b"1", "README.txt": b"", "__MACOSX/._a.txt": b"", "x.json": b""},
        )
        assert found(path) == [("a.txt", b"1"), ("b/c.txt", b"2")]

    def test_is_told_by_its_bytes(self, tmp_path: Path) -> None:
        assert found(make_zip(tmp_path / "a.bin", {"b.txt": b"text"})) == [("b.txt", b"text")]

    def test_a_word_document_is_one_document(self, tmp_path: Path) -> None:
        path = make_zip(tmp_path / "a.docx", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
        assert [name for name, _data in found(path)] == [str(path)]

    def test_damaged(self, tmp_path: Path) -> None:
        path = make_zip(tmp_path / "a.zip", {"b.txt": b"text" * 100})
        path.write_bytes(path.read_bytes()[:60])
        assert [what for _name, what in found(path)] == ["broken_zip"]

    def test_with_a_damaged_entry_gives_the_others(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("a.txt", b"first text")
            archive.writestr("b.txt", b"other text")
        path.write_bytes(path.read_bytes().replace(b"first text", b"worst text"))
        assert found(path) == [("a.txt", "broken_zip"), ("b.txt", b"other text")]

    def test_in_a_zip(self, tmp_path: Path) -> None:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("a.txt", b"text")
        assert found(make_zip(tmp_path / "a.zip", {"b.zip": inner.getvalue()})) == [("b.zip", "nested_zip")]

    def test_empty(self, tmp_path: Path) -> None:
        assert [what for _name, what in found(make_zip(tmp_path / "a.zip", {}))] == ["no_documents"]

    def test_that_unpacks_to_a_thousandfold_is_refused(self, tmp_path: Path) -> None:
        path = make_zip(tmp_path / "a.zip", {"a.txt": b"\n" * 10_000_000})
        assert [what for _name, what in found(path)] == ["zip_too_large"]

    def test_with_too_many_entries_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "MOST_ENTRIES", 2)
        path = make_zip(tmp_path / "a.zip", {f"{number}.txt": b"text" for number in range(3)})
        assert [what for _name, what in found(path)] == ["zip_too_large"]

    def test_with_a_forged_size_is_read_no_further_than_allowed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "LARGEST_DOCUMENT", 100)
        path = make_zip(tmp_path / "a.zip", {"a.txt": bytes(range(256)), "b.txt": b"text"})
        assert found(path) == [("a.txt", "too_large"), ("b.txt", b"text")]
