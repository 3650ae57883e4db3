"""Embeddings after a load: derived data, made by a reasoning job, kept in the store, never needed for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.runtime.clock import now
from app.runtime.output import notes
from app.runtime.settings import Settings
from app.runtime.wiring import find_embedder
from ontology.records import Batch

if TYPE_CHECKING:
    from graph.port import GraphStore

AT_ONCE = 512  # texts that a load embeds by itself, well under a minute's work; more wait for `tierscope embed`


def embed_few(settings: Settings, store: GraphStore) -> None:
    """Embed the clauses that a load brought where they are few; where they are many, say how to."""
    from reasoning.clauses.library import count_unembedded

    embedder = find_embedder(settings)
    if embedder is None:
        return
    waiting = count_unembedded(store, embedder)
    if waiting > AT_ONCE:
        notes().print(f"{waiting:,} clauses have no embedding yet: `tierscope embed` makes them (about 13 a second).")
    elif waiting:
        embed_all(settings, store)


def embed_all(settings: Settings, store: GraphStore) -> int:
    """Embed every clause that has no vector up to date; how many there were. Stopped half way, it goes on next time."""
    from rich.progress import track

    from reasoning.clauses.library import count_unembedded, unembedded

    embedder = find_embedder(settings)
    if embedder is None:
        return 0
    waiting = count_unembedded(store, embedder)
    batches = unembedded(store, embedder)
    shown = track(batches, "Embedding clauses", total=-(-waiting // 64), console=notes(), transient=True)
    for vectors in shown:
        store.apply(Batch(at=now(), vectors=vectors))
    return waiting
