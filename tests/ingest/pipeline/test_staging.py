"""The staging gives back what it was given, and only then may anything be written."""

import errno
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.claims.entries import stage
from ingest.pipeline.staging import StagingFile
from ontology.errors import SourceFileError, StoreFullError, StoreReadOnlyError
from tests.ingest.claims.test_entries import draft

_TEXT = st.text(st.characters(codec="utf-8"), max_size=10)
_JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), _TEXT
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_TEXT, inner, max_size=3)),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(_TEXT, _JSON, max_size=3), max_size=3))
def test_what_goes_in_comes_out(records: list[dict[str, Any]]) -> None:
    entry = stage(draft(records), "b:1", "")
    with StagingFile() as staging:
        staging.put(entry)
        staging.put(entry)
        assert (list(staging), staging.count) == ([entry, entry], 2)


def test_it_lies_where_it_is_told_and_is_gone_at_the_end(tmp_path: Path) -> None:
    with StagingFile(tmp_path) as staging:
        staging.put(stage(draft([]), "b:1", ""))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_typed(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnlyError, match="no temporary file"):
        StagingFile(tmp_path / "none")


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, StoreFullError),
        (errno.EDQUOT, StoreFullError),
        (errno.EROFS, StoreReadOnlyError),
        (errno.EIO, SourceFileError),
    ],
)
@pytest.mark.parametrize("step", ["write", "flush", "read"])
def test_a_disk_that_fails_later_is_typed(number: int, error: type[Exception], step: str) -> None:
    class Broken:
        def _fail(self, *_: object) -> None:
            raise OSError(number, "injected")

        def __getattr__(self, name: str) -> Any:
            return self._fail if name == step else lambda *_: None

        def __iter__(self) -> Any:
            self._fail()

    staging = StagingFile()
    staging._file.close()
    staging._file = Broken()  # type: ignore[assignment]
    with pytest.raises(error):
        _use(staging)


def _use(staging: StagingFile) -> None:
    staging.put(stage(draft([]), "b:1", ""))
    list(staging)
