"""Progress is drawn where a person watches, and nowhere else."""

import sys

import pytest

from app.runtime.progress import counting_bar


@pytest.mark.parametrize("watched", [True, False])
def test_a_count_is_told_and_leaves_nothing_behind(capsys, monkeypatch, watched):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: watched)
    with counting_bar("closing firms", 3) as tell:
        for _ in range(3):
            tell(1)
    told = capsys.readouterr()
    assert told.out == ""
    assert ("closing firms" in told.err) <= watched


def test_what_fails_inside_is_passed_on(monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with pytest.raises(ZeroDivisionError), counting_bar("closing firms", 3) as tell:
        tell(1 // 0)
