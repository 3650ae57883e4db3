"""A world: a folder of data files with `world.yaml`, which says who buys, when, and what is loaded in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ontology.errors import InputError, SourceFileError
from ontology.instants import record_instant, world_start
from ontology.records import At, Batch, EntityId, make_judgement

if TYPE_CHECKING:
    from graph.port import GraphStore
    from ingest.mapping.source_spec import SourceSpec
    from ingest.pipeline.report import Progress, Report

SAMPLE = Path(__file__).resolve().parents[2] / "ingest" / "world"
_BEFORE = timedelta(hours=1)  # the loads are recorded an hour before the instant that the world is read at


class _Judged(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    by: str
    why: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    buyer: str
    as_of: str = Field(alias="asOf")
    known_at: str = Field(alias="knownAt")
    sources: tuple[str, ...] = Field(min_length=1)
    judgements: tuple[_Judged, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """A world as `world.yaml` declares it. `at` is the pinned instant of its answers: nothing in it rots."""

    folder: Path
    buyer: EntityId
    at: At
    sources: tuple[str, ...]
    judgements: tuple[_Judged, ...]

    @property
    def clock(self) -> str:
        """The record instant of its loads."""
        return record_instant(datetime.fromisoformat(self.at.known_at or "") - _BEFORE)


def read_world(folder: Path) -> World:
    """Read a world's `world.yaml`.

    Raises:
        SourceFileError: There is none, or it is no YAML.
        InputError: It does not say what a world needs.
    """
    path = folder / "world.yaml"
    try:
        said = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        fix = "name the folder of a world; docs/sample-world.md describes its files"
        raise SourceFileError(f"{path} cannot be read: {error}", fix=fix) from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise InputError(f"{path}: {where}: {first['msg']}", fix="docs/sample-world.md shows what it says") from error
    at = At(world_start(said.as_of), record_instant(said.known_at))
    return World(folder, EntityId(said.buyer), at, said.sources, said.judgements)


def load_world(
    store: GraphStore, world: World, progress: Callable[[str], Callable[[Progress], None]] | None = None
) -> Iterator[Report]:
    """Load every source of a world, in order, then its judgements; a report a source.

    `progress` gives, for the name of a source, what its load tells its progress to.
    """
    from ingest.mapping.source_catalog import load_source_spec
    from ingest.pipeline.load import load

    for name in world.sources:
        spec = load_source_spec(name)
        if _is_there(spec, world.folder):
            tell = (lambda _: None) if progress is None else progress(name)
            yield load(store, spec, world.folder, clock=lambda: world.clock, progress=tell)
    judged = tuple(
        make_judgement((EntityId(j.left), EntityId(j.right)), j.verdict, by=j.by, why=j.why, features={})
        for j in world.judgements
    )
    store.apply(Batch(at=world.clock, judgements=judged))


def _is_there(spec: SourceSpec, folder: Path) -> bool:
    return any(list(folder.glob(file.path)) for file in spec.files.values())
