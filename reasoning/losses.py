"""What a buyer can no longer make when others stop: M3, the exact cascade, over a snapshot's links.

Imported late: with it comes numba.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ontology.errors import NotConvergedError
from ontology.records import NounId
from reasoning.alternatives import Alternative
from reasoning.core.cascade import EXACT, Cascade, shock, spread
from reasoning.core.cascade_kernel import Shock
from reasoning.core.cascade_network import ESSENTIAL, NON_ESSENTIAL, Classes, Production, Supply, prepare
from reasoning.core.network import Integers
from reasoning.links import Link
from reasoning.production import made_by, values
from reasoning.scenarios.overlay import layers
from reasoning.snapshot import Snapshot

RULE = EXACT._replace(epsilon=1e-9)


@dataclass(frozen=True, slots=True)
class ProductionLoss:
    """What part of its production the buyer loses, in [0, 1], how many firms lose some, and the steps that it took."""

    value: float
    firms: int
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class Mapped:
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

    def __init__(self, snapshot: Snapshot, buyer: NounId) -> None:
        self._snapshot = snapshot
        self._buyer = snapshot.index.get(buyer)
        self.mapped = mapped(snapshot, buyer, snapshot.links.counted)

    def shock(self, stopped: Mapping[NounId, float]) -> Shock | None:
        """The parts, in (0, 1], of these firms that stop; None where that is nobody who can take the buyer along."""
        index = self._snapshot.index
        parts = {index[firm]: part for firm, part in stopped.items() if firm in index and index[firm] != self._buyer}
        return shock(list(parts), list(parts.values())) if parts and self._buyer is not None else None

    def loss(self, stopped: Mapping[NounId, float]) -> ProductionLoss:
        """The loss of the buyer when these parts, in (0, 1], of these firms stop.

        Raises:
            NotConvergedError: The cascade did not end.
        """
        shocked = self.shock(stopped)
        if self._buyer is None or shocked is None:
            return ProductionLoss(0.0, 0, 0)
        found = self._spread(shocked)
        touched = int(np.count_nonzero(found.downstream > 0))
        return ProductionLoss(found.downstream_of(self._buyer), touched, found.steps)

    def _spread(self, shocked: Shock) -> Cascade:
        try:
            return spread(self.mapped.production, shocked, rule=RULE)
        except ArithmeticError as error:
            raise not_ended(error) from error


def not_ended(error: ArithmeticError) -> NotConvergedError:
    """What to tell where a cascade did not end."""
    return NotConvergedError(str(error), fix="check the weights of the supply links")


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


def mapped(snapshot: Snapshot, buyer: NounId, counted: Sequence[Link]) -> Mapped:
    """These links of a snapshot as the cascade takes them; what is essential to whom is as all its links say."""
    value, unit = values(snapshot, counted)
    sector, inputs, sectors = _classes(snapshot, buyer)
    supplier = np.array([snapshot.index[link.supplier] for link in counted], dtype=np.int64)
    customer = np.array([snapshot.index[link.customer] for link in counted], dtype=np.int64)
    alone = np.arange(len(snapshot.nodes), dtype=np.int64)
    production = prepare(Supply(supplier, customer, value, sector, inputs, alone))
    return Mapped(production, tuple(counted), sectors, unit)


def _classes(snapshot: Snapshot, buyer: NounId) -> tuple[Integers, Classes, tuple[str, ...]]:
    """The sector of each node, what is essential to whom, and what each sector makes.

    Sectors that neither are essential to anyone nor need anything essential make no difference: they are one, number 0.
    """
    made_in, products = made_by(snapshot, buyer)
    index = snapshot.index
    pairs = {
        (int(made_in[index[link.supplier]]), int(made_in[index[link.customer]]))
        for link in snapshot.links.counted
        if link.fact.qualifiers.get("essential") is True
    }
    kept = sorted({sector for pair in pairs for sector in pair})
    number = np.zeros(len(products), dtype=np.int64)
    number[kept] = np.arange(1, len(kept) + 1)
    inputs = np.full((len(kept) + 1, len(kept) + 1), NON_ESSENTIAL, dtype=np.int8)
    for one, other in pairs:
        inputs[number[one], number[other]] = ESSENTIAL
    return number[made_in], inputs, ("", *(products[sector] for sector in kept))
