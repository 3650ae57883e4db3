"""Shared parts of the benchmarks: the folder of public data, a loader of one source into a store, and output."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Unpack

from graph.connect import StoreOptions, create
from graph.port import GraphStore
from ingest.mapping.source_catalog import load_source_spec
from ingest.pipeline.load import load
from ingest.pipeline.report import Report
from ingest.pipeline.run import LoadOptions
from ontology.generated.vocabulary import VOCABULARY
from ontology.instants import record_instant

PUBLIC_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_TIMEOUT = 600.0  # seconds that one query may take


def say(line: str) -> None:
    """Print a line without buffering."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def now() -> str:
    """The current time as a record instant."""
    return record_instant(datetime.now(UTC))


def open_at(address: str, *, user: str = "", password: str = "") -> GraphStore:
    """Open the store at an address, and create it where there is none."""
    settings = StoreOptions(user=user, password=password, query_timeout=_TIMEOUT)
    return create(address, vocabulary=VOCABULARY, options=settings)


def loader(store: GraphStore, source: str, **options: Unpack[LoadOptions]) -> Callable[[Path], Report]:
    """A function that loads a folder of a source into a store."""
    return partial(load, store, load_source_spec(source), clock=now, **options)
