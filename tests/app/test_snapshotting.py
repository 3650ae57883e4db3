import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.jobs.world import SAMPLE, load_world, read_world
from app.runtime import progress
from app.runtime.progress import building_bar
from app.runtime.settings import cache_folder, read_settings
from app.runtime.wiring import large_stores
from graph.connect import create
from ingest.pipeline.retraction import retract
from ontology.generated.vocabulary import VOCABULARY

AT = ("--as-of", "2026-03-01")


class Clock:
    """Stands for the module `time`: it goes on only while somebody sleeps, or when it is set."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.now = 0.0
        self._then = then

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self._then()


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The cache folder of the commands."""
    monkeypatch.setenv("TIERSCOPE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A store that holds the sample world."""
    made = f"sqlite:///{tmp_path_factory.mktemp('snapshotting') / 'world.db'}"
    store = create(made, vocabulary=VOCABULARY)
    assert list(load_world(store, read_world(SAMPLE)))
    store.close()
    return made


@pytest.fixture
def world(tierscope, cache, address):
    """The command line over the sample world."""
    return lambda *words: tierscope(*words, "--store", address)


def test_a_snapshot_is_built_then_opened(world, cache):
    first, again = (world("snapshot", *AT, "--json").document for _ in range(2))
    assert (first["how"], again["how"]) == ("built", "opened")
    assert first["folder"] == again["folder"]
    assert Path(first["folder"]).is_relative_to(cache)
    assert {name: first[name] for name in ("firms", "links", "bytes", "revision")} == {
        name: again[name] for name in ("firms", "links", "bytes", "revision")
    }
    assert first["links"] > 50
    assert first["bytesPerLink"] == round(first["bytes"] / first["links"], 1)
    assert first["checked"] == again["checked"] == "CRC-32"


def test_it_is_built_again_on_demand_and_checked_wholly(world):
    world("snapshot", *AT)
    found = world("snapshot", *AT, "--refresh", "--check", "--json").document
    assert (found["how"], found["checked"]) == ("built", "SHA-256")


def test_a_damaged_one_is_built_again(world):
    folder = Path(world("snapshot", *AT, "--json").document["folder"])
    whole = bytearray((folder / "columns.bin").read_bytes())
    whole[1000] ^= 4
    (folder / "columns.bin").write_bytes(whole)
    assert world("snapshot", *AT, "--json").document["how"] == "built"
    assert world("snapshot", *AT, "--check", "--json").document["how"] == "opened"


def test_a_later_day_is_made_from_an_earlier_one(world):
    world("snapshot", *AT)
    assert world("snapshot", "--as-of", "2026-04-01", "--json").document["how"] == "patched"


def test_where_the_cache_cannot_be_written_it_stays_in_memory(world, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TIERSCOPE_CACHE", str(tmp_path / "file"))
    found = world("snapshot", *AT, "--json").document
    assert (found["how"], found["folder"], found["checked"]) == ("built", None, "in memory only")


def test_a_table_says_the_same(world):
    out = world("snapshot", *AT).out
    assert "bytes per link" in out
    assert "built" in out


def test_the_most_exposed_come_first_with_their_names(world):
    found = world("exposed", *AT, "--top", "5", "--json").document
    scores = [one["score"] for one in found["exposed"]]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    assert all(one["low"] <= one["score"] <= one["high"] <= 1 for one in found["exposed"])
    assert all(one["name"] != one["firm"] for one in found["exposed"])
    assert found["exposed"][0]["firm"] in world("exposed", *AT, "--top", "1").out


def test_following_tells_whose_exposure_a_judgement_of_the_evidence_changes(tierscope, cache, tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path / 'followed.db'}"
    store = create(address, vocabulary=VOCABULARY)
    assert list(load_world(store, read_world(SAMPLE)))
    before = tierscope("exposure", "--buyer", "org:world-f-001", *AT, "--json", "--store", address).document
    source, told = "world_risks", []

    def retract_once() -> None:
        told.append(source)
        if len(told) == 1:
            retract(store, source, clock=lambda: "2026-11-23T12:00:00.000000Z")

    monkeypatch.setattr("app.commands.exposed.time", Clock(retract_once))
    words = ("exposed", *AT, "--follow", "--for", "2", "--top", "3", "--store", address)
    (line,) = tierscope(*words, "--json").out.splitlines()
    found = json.loads(line)
    assert not found["rebuilt"]
    moves = [abs(one["after"] - one["before"]) for one in found["changed"]]
    assert len(moves) == 3 < found["all"]
    assert moves == sorted(moves, reverse=True)
    assert len(told) == 2  # seconds, and looks
    assert before != tierscope("exposure", "--buyer", "org:world-f-001", *AT, "--json", "--store", address).document
    store.close()


def test_a_large_store_gives_the_same_answers(world, monkeypatch):
    words = ("exposure", "--buyer", "org:world-f-001", *AT, "--json")
    small = world(*words).document
    monkeypatch.setenv("TIERSCOPE_LARGE", "1")
    assert world(*words).document == small
    assert world(*words).document == small


def test_reading_a_small_store_keeps_no_snapshot(world, cache):
    world("exposure", "--buyer", "org:world-f-001", *AT)
    assert not cache.exists()


def test_the_cache_is_the_users(monkeypatch, tmp_path):
    monkeypatch.delenv("TIERSCOPE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert read_settings().cache == cache_folder() == tmp_path / "tierscope"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder() == Path.home() / ".cache" / "tierscope"


def test_the_settings_say_from_when_on_a_store_is_large(monkeypatch):
    monkeypatch.setenv("TIERSCOPE_LARGE", "17")
    assert large_stores(read_settings()).claims == 17


def test_a_bar_is_drawn_only_after_a_while(monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    drawn = []
    bar = progress._bar()
    monkeypatch.setattr(bar, "start", lambda: drawn.append("start"))
    monkeypatch.setattr(bar, "stop", lambda: drawn.append("stop"))
    monkeypatch.setattr(progress, "_bar", lambda: bar)
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    with building_bar() as tell:
        tell("supply claims", 1)
        assert drawn == []
        clock.now = 3.0
        tell("supply claims", 2)
        assert drawn == ["start"]
    assert drawn == ["start", "stop"]


def test_a_program_that_reads_gets_no_bar(monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    with building_bar() as tell:
        assert tell("supply claims", 1) is None
