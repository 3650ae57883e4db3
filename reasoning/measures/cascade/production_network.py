"""What a buyer can no longer make when others stop: M3, the exact cascade, over a snapshot's links.

Imported late: with it comes numba.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ontology.errors import NotConvergedError
from ontology.records import EntityId
from reasoning.core.cascade.cascade import EXACT, Cascade, shock, spread
from reasoning.core.cascade.kernel import Shock
from reasoning.core.cascade.network import ESSENTIAL, NON_ESSENTIAL, Classes, Production, Supply, prepare
from reasoning.core.graph.network import Integers
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.production import made_by, values
from reasoning.network.links import Link

RULE = EXACT._replace(epsilon=1e-9)


@dataclass(frozen=True, slots=True)
class CascadeLoss:
    """What part of its production the buyer loses, in [0, 1], how many firms lose some, and the steps that it took."""

    value: float
    firms: int
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class CascadeNetwork:
    """Supply links as the cascade takes them; made once for many questions.

    A firm makes what it delivers most of, each customer's need counting alike; what it makes is essential to a sector
    where one claim calls it so, else it is one input among all. Nobody takes over for whoever stops.

    Attributes:
        production: The network; firm v is `Snapshot.nodes[v]`, edge e is `links[e]`.
        sectors: What each sector makes, by its number: "" where nobody says what, of the buyer, and of sectors that
            need no telling apart.
        unit: What the values are in: a currency where all links are, else each link's part of what its customer buys.
            Only what passes from customers to suppliers, and sums over firms, hang on it.
    """

    production: Production
    links: tuple[Link, ...]
    sectors: tuple[str, ...]
    unit: str


class Cascades:
    """The production network of a snapshot, made once for many questions."""

    def __init__(self, snapshot: Snapshot, buyer: EntityId) -> None:
        self._snapshot = snapshot
        self._buyer = snapshot.index.get(buyer)
        self.mapped = mapped(snapshot, buyer, snapshot.links.counted)

    def shock(self, stopped: Mapping[EntityId, float]) -> Shock | None:
        """The parts, in (0, 1], of these firms that stop; None where that is nobody who can take the buyer along."""
        index = self._snapshot.index
        parts = {index[firm]: part for firm, part in stopped.items() if firm in index and index[firm] != self._buyer}
        return shock(list(parts), list(parts.values())) if parts and self._buyer is not None else None

    def loss(self, stopped: Mapping[EntityId, float]) -> CascadeLoss:
        """The loss of the buyer when these parts, in (0, 1], of these firms stop.

        Raises:
            NotConvergedError: The cascade did not end.
        """
        shocked = self.shock(stopped)
        if self._buyer is None or shocked is None:
            return CascadeLoss(0.0, 0, 0)
        found = self._spread(shocked)
        touched = int(np.count_nonzero(found.downstream > 0))
        return CascadeLoss(found.downstream_of(self._buyer), touched, found.steps)

    def _spread(self, shocked: Shock) -> Cascade:
        try:
            return spread(self.mapped.production, shocked, rule=RULE)
        except ArithmeticError as error:
            raise not_ended(error) from error


def not_ended(error: ArithmeticError) -> NotConvergedError:
    """What to tell where a cascade did not end."""
    return NotConvergedError(str(error), fix="check the weights of the supply links")


def mapped(snapshot: Snapshot, buyer: EntityId, counted: Sequence[Link]) -> CascadeNetwork:
    """These links of a snapshot as the cascade takes them; what is essential to whom is as all its links say."""
    value, unit = values(snapshot, counted)
    sector, inputs, sectors = _classes(snapshot, buyer)
    supplier = np.array([snapshot.index[link.supplier] for link in counted], dtype=np.int64)
    customer = np.array([snapshot.index[link.customer] for link in counted], dtype=np.int64)
    alone = np.arange(len(snapshot.nodes), dtype=np.int64)
    production = prepare(Supply(supplier, customer, value, sector, inputs, alone))
    return CascadeNetwork(production, tuple(counted), sectors, unit)


def _classes(snapshot: Snapshot, buyer: EntityId) -> tuple[Integers, Classes, tuple[str, ...]]:
    """The sector of each node, what is essential to whom, and what each sector makes.

    Sectors that neither are essential to anyone nor need anything essential make no difference: they are one, number 0.
    """
    made_in, products = made_by(snapshot, buyer)
    index = snapshot.index
    pairs = {
        (int(made_in[index[link.supplier]]), int(made_in[index[link.customer]]))
        for link in snapshot.links.counted
        if link.is_essential
    }
    kept = sorted({sector for pair in pairs for sector in pair})
    number = np.zeros(len(products), dtype=np.int64)
    number[kept] = np.arange(1, len(kept) + 1)
    inputs = np.full((len(kept) + 1, len(kept) + 1), NON_ESSENTIAL, dtype=np.int8)
    for one, other in pairs:
        inputs[number[one], number[other]] = ESSENTIAL
    return number[made_in], inputs, ("", *(products[sector] for sector in kept))
