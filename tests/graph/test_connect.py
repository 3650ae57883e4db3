"""Addresses of stores."""

from pathlib import Path

import pytest

from graph.connect import StoreOptions, connect, create, upgrade
from graph.port import EntityQuery
from ontology.errors import InputError, NotFoundError, StoreReadOnlyError
from tests.graph.samples import VOCABULARY, batch, claim_of, entry, named


def test_an_absolute_and_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for address in (f"sqlite:///{tmp_path}/absolute.db", "sqlite:///a folder #1?x=%20.db"):
        store = create(address, vocabulary=VOCABULARY)
        store.apply(batch(entry(claim_of(named("org:a", "Alpha")))))
        store.close()
        assert len(connect(address, vocabulary=VOCABULARY).entities(EntityQuery())) == 1
    assert (tmp_path / "a folder #1?x=%20.db").is_file()


@pytest.mark.parametrize(
    "address", ["", "store.db", "sqlite:store.db", "sqlite:///", "http://x", "mysql://root:secret@x"]
)
def test_another_address_is_refused_without_repeating_it(address: str) -> None:
    for function in (connect, create):
        with pytest.raises(InputError) as raised:
            function(address, vocabulary=VOCABULARY)
        assert "sqlite:///" in raised.value.fix
        assert "secret" not in str(raised.value)
    with pytest.raises(InputError):
        upgrade(address)


def test_connecting_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as raised:
        connect(f"sqlite:///{tmp_path}/none.db", vocabulary=VOCABULARY)
    assert "store init" in raised.value.fix
    assert list(tmp_path.iterdir()) == []


def test_creating_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as raised:
        create(f"sqlite:///{tmp_path}/none/store.db", vocabulary=VOCABULARY)
    assert raised.value.fix


def test_creating_twice_keeps_what_is_there(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/store.db"
    store = create(address, vocabulary=VOCABULARY)
    store.apply(batch(entry(claim_of(named("org:a", "Alpha")))))
    again = create(address, vocabulary=VOCABULARY)
    assert again.status().counts["claims"] == 1


def test_a_store_for_reading_refuses_to_write(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/store.db"
    create(address, vocabulary=VOCABULARY).close()
    before = sorted(tmp_path.iterdir())
    store = connect(address, vocabulary=VOCABULARY, options=StoreOptions(read_only=True))
    with pytest.raises(StoreReadOnlyError) as raised:
        store.apply(batch(entry(claim_of(named("org:a", "Alpha")))))
    assert raised.value.fix
    assert store.entities(EntityQuery()) == []
    store.close()
    assert sorted(tmp_path.iterdir()) == before
