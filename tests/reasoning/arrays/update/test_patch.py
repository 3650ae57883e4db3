from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings

from graph.port import GraphStore
from ontology.generated.vocabulary import VOCABULARY
from reasoning.arrays.build.builder import build
from reasoning.arrays.columns.files import digest
from reasoning.arrays.update.patch import patched
from tests.fakes import FakeStore
from tests.reasoning.arrays.histories import Step, Telling, histories
from tests.reasoning.arrays.worlds import plain, told, told_plainly
from tests.reasoning.stores import new_store


def follow(store: GraphStore, history: tuple[Step, ...]) -> None:
    """After each step, arrays patched from the step before are those built anew, to the byte."""
    telling = Telling(store)
    telling.tell(history[0])
    held = build(store, telling.at)
    for step in history[1:]:
        telling.tell(step)
        held = patched(held, store, telling.at)
        anew = build(store, telling.at)
        assert told(held) == told(anew)
        assert (held.stamp, digest(held)) == (anew.stamp, digest(anew))
    assert told(held) == told_plainly(plain(store, telling.at))


@settings(max_examples=250, deadline=None)
@given(histories())
def test_patched_arrays_are_those_built_anew(history: tuple[Step, ...]):
    follow(FakeStore(VOCABULARY), history)


_numbers = count()


@settings(max_examples=40, deadline=None)
@given(histories())
def test_in_a_file_too(tmp_path_factory: pytest.TempPathFactory, history: tuple[Step, ...]):
    folder: Path = tmp_path_factory.getbasetemp() / f"history{next(_numbers)}"
    folder.mkdir()
    store = new_store(folder)
    follow(store, history)
    store.close()
