"""Production losses under alternatives, by the exact cascade (M3). Imported late: it imports numba."""

from collections.abc import Sequence
from dataclasses import replace

from reasoning.analysis.alternatives import Alternative
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.cascade.production_network import Cascades
from reasoning.scenarios.overlay import layers


def with_losses(found: Sequence[Alternative], snapshot: Snapshot) -> tuple[Alternative, ...]:
    """The alternatives with the buyer's production losses before and after the switch.

    Before, the present supplier stops; after the switch, the other maker does.

    Raises:
        NotConvergedError: A cascade did not end.
    """
    now = Cascades(snapshot, found[0].buyer) if found else None
    return tuple(_with_loss(one, snapshot, now.loss({one.supplier: 1.0}).value) for one in found if now)


def _with_loss(one: Alternative, snapshot: Snapshot, loss: float) -> Alternative:
    switched = Cascades(layers(snapshot, one.edits)[-1], one.buyer)
    return replace(one, loss_before=loss, loss_after=switched.loss({one.other: 1.0}).value)
