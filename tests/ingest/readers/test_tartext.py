"""Archives of texts: whole, harmless and in the declared encoding, or refused."""

import hashlib
import lzma
import tarfile

import pytest

from ingest.readers.tartext import read
from ontology.errors import MappingError, SourceFileError
from tests.ingest.readers.archives import archive
from tests.public_data import PUBLIC_DATA, needs_public_data

TEXTS = {"contracts/A & B.txt": b"This Agreement \xe2\x80\x9cends\xe2\x80\x9d.", "contracts/C.v2.txt": b"1. Scope\r\n"}


def special(name: str, sort: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = sort
    info.linkname = target
    return info


@pytest.mark.parametrize("pack", [bytes, lzma.compress])
def test_each_text_is_a_row(tmp_path, pack):
    path = tmp_path / "texts.tar.xz"
    path.write_bytes(pack(archive([special("contracts", tarfile.DIRTYPE), *TEXTS.items()])))
    rows = list(read(path, {}))
    assert [row.number for row in rows] == [1, 2]
    assert rows[0].cells["name"] == "A & B.txt"
    assert rows[0].cells["text"] == "This Agreement “ends”."
    assert rows[1].cells["stem"] == "C.v2"
    assert rows[1].cells["sha256"] == hashlib.sha256(b"1. Scope\r\n").hexdigest()
    assert rows[1].raw == b"1. Scope\r\n"
    assert rows[1].locator == {"member": "contracts/C.v2.txt"}


@pytest.mark.parametrize(
    ("member", "words"),
    [
        (("../evil.txt", b"x"), "leads out of it"),
        (("contracts/../../evil.txt", b"x"), "leads out of it"),
        (("/etc/passwd", b"x"), "leads out of it"),
        (("contracts\\..\\evil.txt", b"x"), "leads out of it"),
        (special("a.txt", tarfile.SYMTYPE, "/etc/passwd"), "a link or a device"),
        (special("a.txt", tarfile.LNKTYPE, "contracts/A & B.txt"), "a link or a device"),
        (special("a.txt", tarfile.FIFOTYPE), "a link or a device"),
        (special("a.txt", tarfile.CHRTYPE), "a link or a device"),
    ],
)
def test_a_harmful_member_is_refused_by_name(tmp_path, member, words):
    path = tmp_path / "texts.tar"
    path.write_bytes(archive([*TEXTS.items(), member]))
    with pytest.raises(SourceFileError, match=words) as caught:
        list(read(path, {}))
    assert caught.value.details["member"]
    assert "do not use this file" in caught.value.fix


def test_a_text_in_another_encoding_is_named(tmp_path):
    path = tmp_path / "texts.tar"
    path.write_bytes(archive([("a.txt", "Côte".encode("cp1252"))]))
    with pytest.raises(SourceFileError, match=r"'a\.txt' is not utf-8"):
        list(read(path, {}))
    (row,) = read(path, {"encoding": "cp1252"})
    assert row.cells["text"] == "Côte"


def test_a_text_beyond_the_limit_is_refused(tmp_path):
    path = tmp_path / "texts.tar"
    path.write_bytes(archive([("a.txt", b"x" * 2000)]))
    with pytest.raises(SourceFileError, match="larger than 1,000 bytes"):
        list(read(path, {"text_limit": 1000}))
    assert len(list(read(path, {"text_limit": 2000}))) == 1
    with pytest.raises(SourceFileError, match="larger than 1,999 bytes"):
        list(read(path, {"text_limit": 1999}))


@pytest.mark.parametrize("lost", [1, 20, 400, 1500])
def test_a_truncated_archive_is_refused(tmp_path, lost):
    noise = b"".join(hashlib.sha256(str(n).encode()).digest() for n in range(200))
    packed = lzma.compress(archive([("a.bin", noise.hex().encode())]))
    path = tmp_path / "texts.tar.xz"
    path.write_bytes(packed[:-lost])
    with pytest.raises(SourceFileError) as caught:
        list(read(path, {}))
    assert caught.value.fix


def test_a_plain_archive_cut_within_a_text_is_refused(tmp_path):
    path = tmp_path / "texts.tar"
    path.write_bytes(archive([("a.txt", b"x" * 4000)])[:2000])
    with pytest.raises(SourceFileError):
        list(read(path, {}))


@pytest.mark.parametrize("content", [b"", b"plain text, no archive" * 100, b"\xfd7zXZ\x00garbage"])
def test_what_is_no_archive_is_refused(tmp_path, content):
    path = tmp_path / "texts.tar"
    path.write_bytes(content)
    with pytest.raises(SourceFileError):
        list(read(path, {}))


def test_an_unknown_option_is_named(tmp_path):
    with pytest.raises(MappingError, match="read: sheet"):
        list(read(tmp_path / "a.tar", {"sheet": "x"}))


@needs_public_data
def test_the_510_contracts_are_read():
    rows = list(read(PUBLIC_DATA / "cuad" / "contracts.tar.xz", {}))
    assert len(rows) == 510
    assert sum(len(row.raw) for row in rows) == 26_820_468
    assert len({row.cells["sha256"] for row in rows}) == 509  # one contract was filed twice
