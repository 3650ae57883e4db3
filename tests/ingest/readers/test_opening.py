"""Opening files: every fault typed, memory bounded."""

import gzip
import lzma
from pathlib import Path

import pytest

from ingest.readers import opening
from ingest.readers.opening import faults_of, lines, open_source
from ontology.errors import SourceFileError


def content(path: Path) -> bytes:
    with faults_of(path), open_source(path) as file:
        return file.read()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress], ids=["plain", "gzip", "xz"])
def test_plain_and_packed_bytes_come_out_the_same(tmp_path: Path, pack) -> None:
    path = tmp_path / "a"
    path.write_bytes(pack(b"some text\n" * 1000))
    assert content(path) == b"some text\n" * 1000


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress], ids=["gzip", "xz"])
@pytest.mark.parametrize("cut", [7, 30])
def test_a_truncated_file_is_a_broken_file(tmp_path: Path, pack, cut: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(pack(bytes(range(256)) * 40)[:-cut])
    with pytest.raises(SourceFileError, match="broken or truncated") as caught:
        content(path)
    assert caught.value.fix == "fetch the file again"


def test_a_corrupt_byte_is_noticed(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(bytes(range(256)) * 40))
    packed[len(packed) // 2] ^= 0xFF
    (tmp_path / "a").write_bytes(packed)
    with pytest.raises(SourceFileError, match="broken"):
        content(tmp_path / "a")


def test_a_file_that_inflates_without_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_FREE", 1000)
    monkeypatch.setattr(opening, "RATIO_LIMIT", 10)
    (tmp_path / "a").write_bytes(gzip.compress(b"0" * 1_000_000))
    with pytest.raises(SourceFileError, match="inflates to more than"):
        content(tmp_path / "a")


@pytest.mark.parametrize(
    ("limits", "allowed"),
    [
        ({"_FREE": 1000, "RATIO_LIMIT": 0}, 1000),
        ({"_FREE": 0, "RATIO_LIMIT": 10}, 240),
        ({"_FREE": 5000, "RATIO_LIMIT": 0, "SIZE_LIMIT": 700}, 700),
    ],
)
def test_a_file_may_inflate_to_its_limit_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: dict[str, int], allowed: int
) -> None:
    for name, value in limits.items():
        monkeypatch.setattr(opening, name, value)
    (tmp_path / "a").write_bytes(gzip.compress(b"0" * allowed, mtime=0))
    assert len(content(tmp_path / "a")) == allowed
    (tmp_path / "a").write_bytes(gzip.compress(b"0" * (allowed + 1), mtime=0))
    with pytest.raises(SourceFileError, match=f"inflates to more than {allowed:,} bytes"):
        content(tmp_path / "a")


def test_lines_keep_their_ends_and_the_last_needs_none(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1\r\n2\n\n3")
    with path.open("rb") as file:
        assert list(lines(file, path)) == [b"1\r\n", b"2\n", b"\n", b"3"]


def test_a_line_may_be_as_long_as_the_limit_and_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345\n123456\n")
    with path.open("rb") as file:
        found = lines(file, path, limit=6)
        assert next(found) == b"12345\n"
        with pytest.raises(SourceFileError, match=r"line 2 of .* is longer than 6 bytes"):
            next(found)


def test_no_right_to_read_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceFileError, match="Permission denied"):
        content(tmp_path / "a")
