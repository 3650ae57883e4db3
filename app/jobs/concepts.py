"""Tierscope's own concepts and default playbook: loaded before whatever else is, so that no store is without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.runtime.clock import now

if TYPE_CHECKING:
    from graph.port import GraphStore


def ensure_concepts(store: GraphStore) -> None:
    """Load the source `ontology` into a store that lacks it, or has it of an older product.

    Unchanged it writes nothing, and whoever retracted it keeps it retracted until loading it by name.
    """
    from ingest.mapping.source_catalog import ONTOLOGY, SHIPPED, load_source_spec
    from ingest.pipeline.load import load

    if not _was_retracted(store, ONTOLOGY):
        load(store, load_source_spec(ONTOLOGY), SHIPPED, clock=now)


def _was_retracted(store: GraphStore, source: str) -> bool:
    from graph.port import ClaimQuery, LedgerQuery

    if store.ledger(LedgerQuery(sources=[source], limit=1)):
        return False
    return bool(store.claims(ClaimQuery(sources=[source], history=True, limit=1)))
