"""The registry of measures: the view of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.commands.exposure import disruption, inoperability, leontief, loss, recovery, systemic
from app.commands.exposure.request import MeasureView, ResolvedRequest

VIEWS: Mapping[str, Callable[[ResolvedRequest[Any]], MeasureView]] = {
    "leontief": leontief.view,
    "disruption": disruption.view,
    "loss": loss.view,
    "systemic": systemic.view,
    "recovery": recovery.view,
    "inoperability": inoperability.view,
}


def view_of(request: ResolvedRequest[Any]) -> MeasureView:
    """The view of the measure of a request.

    Raises:
        NotFoundError: The subject is nothing in the buyer's network.
        NotGivenError: The store lacks what the measure is made from.
        NotConvergedError: A computation did not converge.
    """
    return VIEWS[request.measure](request)
