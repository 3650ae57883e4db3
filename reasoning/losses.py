"""What a buyer can no longer make when others stop: M3, the exact cascade, over a snapshot's links.

Imported late: with it comes numba.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ontology.errors import NotConvergedError
from ontology.records import NounId
from reasoning.alternatives import Alternative
from reasoning.core.cascade import EXACT, Cascade, shock, spread
from reasoning.core.cascade_network import ESSENTIAL, NON_ESSENTIAL, Production, Supply, prepare
from reasoning.core.network import Integers
from reasoning.patience import step
from reasoning.scenarios.overlay import layers
from reasoning.snapshot import Snapshot

_RULE = EXACT._replace(epsilon=1e-9)


@dataclass(frozen=True, slots=True)
class ProductionLoss:
    """What part of its production the buyer loses, in [0, 1], how many firms lose some, and the steps that it took."""

    value: float
    firms: int
    steps: int


class Cascades:
    """The production network of a snapshot, made once for many questions.

    A firm makes what it delivers most of, each customer's need counting alike; what it makes is essential to a sector
    where one claim calls it so, else it is one input among all. Nobody takes over for whoever stops. Since each link
    counts by its part of what its customer buys, units make no difference.
    """

    def __init__(self, snapshot: Snapshot, buyer: NounId) -> None:
        self._snapshot = snapshot
        self._buyer = snapshot.index.get(buyer)
        self._production = _production(snapshot, buyer)

    def loss(self, stopped: Mapping[NounId, float]) -> ProductionLoss:
        """The loss of the buyer when these parts, in (0, 1], of these firms stop.

        Raises:
            NotConvergedError: The cascade did not end.
        """
        index = self._snapshot.index
        parts = {index[firm]: part for firm, part in stopped.items() if firm in index and index[firm] != self._buyer}
        if self._buyer is None or not parts:
            return ProductionLoss(0.0, 0, 0)
        found = self._spread(parts)
        touched = int(np.count_nonzero(found.downstream > 0))
        return ProductionLoss(found.downstream_of(self._buyer), touched, found.steps)

    def _spread(self, parts: Mapping[int, float]) -> Cascade:
        step()
        try:
            return spread(self._production, shock(list(parts), list(parts.values())), rule=_RULE)
        except ArithmeticError as error:
            raise NotConvergedError(str(error), fix="check the weights of the supply links") from error


def with_losses(found: Sequence[Alternative], snapshot: Snapshot) -> tuple[Alternative, ...]:
    """Alternatives with what the buyer loses when its present supplier stops now, and the other one after the switch.

    Raises:
        NotConvergedError: A cascade did not end.
    """
    now = Cascades(snapshot, found[0].buyer) if found else None
    return tuple(_with_loss(one, snapshot, now.loss({one.supplier: 1.0}).value) for one in found if now)


def _with_loss(one: Alternative, snapshot: Snapshot, loss: float) -> Alternative:
    switched = Cascades(layers(snapshot, one.edits)[-1], one.buyer)
    return replace(one, loss_before=loss, loss_after=switched.loss({one.other: 1.0}).value)


def _production(snapshot: Snapshot, buyer: NounId) -> Production:
    counted = snapshot.links.counted
    need: dict[NounId, float] = defaultdict(float)
    for link in counted:
        need[link.customer] += link.weight
    value = np.array([link.weight / (need[link.customer] or 1.0) for link in counted])
    supplier = np.array([snapshot.index[link.supplier] for link in counted], dtype=np.int64)
    customer = np.array([snapshot.index[link.customer] for link in counted], dtype=np.int64)
    sector, kinds = _sectors(snapshot, need, buyer)
    inputs = np.full((kinds, kinds), NON_ESSENTIAL, dtype=np.int8)
    for number, link in enumerate(counted):
        if link.fact.qualifiers.get("essential") is True:
            inputs[sector[supplier[number]], sector[customer[number]]] = ESSENTIAL
    alone = np.arange(len(snapshot.nodes), dtype=np.int64)
    return prepare(Supply(supplier, customer, value, sector, inputs, alone))


def _sectors(snapshot: Snapshot, need: Mapping[NounId, float], buyer: NounId) -> tuple[Integers, int]:
    """The sector of each node, and how many there are: 0 where nobody says what it makes; the buyer has its own."""
    made: dict[NounId, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for link in snapshot.links.counted:
        if link.product and need[link.customer] > 0:
            made[link.supplier][link.product] += link.weight / need[link.customer]
    main = {firm: min(products, key=lambda one: (-products[one], one)) for firm, products in made.items()}
    numbers = {product: number for number, product in enumerate(sorted(set(main.values())), start=1)}
    own = len(numbers) + 1
    found = [own if firm == buyer else numbers.get(main.get(firm, ""), 0) for firm in snapshot.nodes]
    return np.array(found, dtype=np.int64), own + 1
