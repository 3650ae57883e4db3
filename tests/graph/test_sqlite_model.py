"""The embedded store against the plain Python model, step by step, with reads, reopening and copies in between."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from graph.connect import connect, create
from graph.copying import copy
from ontology.records import Batch
from tests.fakes import FakeStore
from tests.graph.batches import batches
from tests.graph.contract.test_model import compare, outcome
from tests.graph.samples import VOCABULARY


class StoreMachine(RuleBasedStateMachine):
    """Batches, and the events that may happen between them."""

    @initialize()
    def make(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.address = f"sqlite:///{self.folder.name}/store.db"
        self.store = create(self.address, vocabulary=VOCABULARY)
        self.model = FakeStore(VOCABULARY)
        self.last: Batch | None = None
        self.copies = 0

    @rule(batch=batches())
    def apply(self, batch: Batch) -> None:
        self.last = batch
        assert outcome(self.store, batch) == outcome(self.model, batch)

    @rule()
    @precondition(lambda self: self.last is not None)
    def apply_again(self) -> None:
        assert self.last is not None
        assert outcome(self.store, self.last) == outcome(self.model, self.last)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = connect(self.address, vocabulary=VOCABULARY)

    @rule()
    def move_into_a_copy(self) -> None:
        self.copies += 1
        self.address = f"sqlite:///{self.folder.name}/copy{self.copies}.db"
        target = create(self.address, vocabulary=VOCABULARY)
        copy(self.store, target)
        self.store.close()
        self.store = target

    @rule()
    def compare(self) -> None:
        compare(self.store, self.model)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            compare(self.store, self.model)
            self.store.close()
            assert list(Path(self.folder.name).glob("*-wal")) == []
            self.folder.cleanup()


def test_the_embedded_store_follows_the_model() -> None:
    run_state_machine_as_test(StoreMachine, settings=settings(max_examples=15, stateful_step_count=20))
