"""The picture of `spof`: the essential network by tiers, with the points of failure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.views.pictures import Firm, tier_picture, write_picture
from app.views.tables import name_of

if TYPE_CHECKING:
    from app.runtime.session import ReadSession
    from reasoning.analysis.failure_points import FailurePoints


def draw_failure_points(question: ReadSession, found: FailurePoints, path: Path) -> None:
    """Write the picture: the buyer on the left, its tiers to the right of it.

    Raises:
        StoreReadOnlyError: The file cannot be written.
    """
    from reasoning.analysis.failure_points import EssentialNetwork

    network = EssentialNetwork(question.reasoning.snapshot(question.at), found.buyer)
    marked = {point.entity for point in found.points}
    ways = {
        (str(network.entities[supplier]), str(network.entities[customer]))
        for customer, groups in enumerate(network.needs.groups)
        for group in groups
        for supplier in group
    }
    ends = {end for way in ways for end in way}
    firms = {
        str(entity): Firm(name_of(question, entity), network.tier(entity), entity in marked)
        for entity in network.entities
        if entity in ends or entity == found.buyer
    }
    title = f"What stops {name_of(question, found.buyer)}: {len(found.points)} single points of failure"
    write_picture(path, tier_picture(title, firms, ways))
