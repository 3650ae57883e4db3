"""Explanations of exposures: every step of a score, for a person or a program to follow."""

from dataclasses import dataclass

from ontology.canonical import Json
from ontology.records import ClaimId, EvidenceId
from reasoning.core.linear.leontief import ALPHA
from reasoning.exposure.exposure import CategoryPart, Exposure, ExposurePath, PathHop, Verification, verify
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.links import SetAside
from reasoning.risk.assessment import Assessment, Ground
from reasoning.risk.own_risk import OwnRisk
from reasoning.risk.weights import UNKNOWN_HIGH, UNKNOWN_LOW, UNKNOWN_MIDDLE

FORMULA = "score = Σ over paths of (1−α) · Π over hops of α·share · Σ over categories of weight·risk, + remainder"


@dataclass(frozen=True, slots=True)
class Explanation:
    """An exposure with everything that it follows from.

    Attributes:
        exposure: The exposure, with its paths and parts.
        revision: The revision of the store that was read.
        set_aside: SUPPLIES claims of the firms on its paths that do not count, and why.
        units: For each customer on its paths: its id, the unit of its links, and why no better unit is used.
        verification: Whether the score follows from the paths, links and risks.
    """

    exposure: Exposure
    revision: int
    set_aside: tuple[SetAside, ...]
    units: tuple[tuple[str, str, str], ...]
    verification: Verification

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """All claims that it cites, ascending."""
        return self.exposure.claims

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """All evidence that it cites, ascending."""
        return self.exposure.evidence

    def document(self) -> dict[str, Json]:
        """The explanation as JSON."""
        exposure = self.exposure
        return {
            "buyer": exposure.buyer,
            "supplier": exposure.supplier,
            "revision": self.revision,
            "formula": FORMULA,
            "alpha": ALPHA,
            "tier": exposure.tier,
            "longest": exposure.longest,
            "score": exposure.score,
            "interval": [exposure.low, exposure.high],
            "coverage": exposure.coverage,
            "reach": dict(zip(("low", "estimate", "high"), exposure.reach, strict=True)),
            "unknown_risk": {"low": UNKNOWN_LOW, "estimate": UNKNOWN_MIDDLE, "high": UNKNOWN_HIGH},
            "categories": [_category(part) for part in exposure.parts],
            "paths": [_path(path) for path in exposure.paths],
            "remainder": exposure.remainder,
            "units": [{"customer": firm, "unit": unit, "why": why} for firm, unit, why in self.units],
            "set_aside": [{"claim": one.claim, "why": one.why} for one in self.set_aside],
            "recomputed": self.verification.recomputed,
            "faults": list(self.verification.faults),
            "claims": list(self.claims),
            "evidence": list(self.evidence),
        }


def explain(exposure: Exposure, snapshot: Snapshot) -> Explanation:
    """Explain an exposure.

    Args:
        exposure: The exposure.
        snapshot: The snapshot from which it was scored.
    """
    firms = {entity for path in exposure.paths for entity in path.entities}
    links = snapshot.links_of(sorted(firms))
    units = tuple((firm, links.units[firm].name, links.units[firm].why) for firm in sorted(firms & links.units.keys()))
    supplied = {fact.claim for firm in firms for fact in snapshot.facts.onto("SUPPLIES", firm)}
    aside = tuple(one for one in links.set_aside if one.claim in supplied)
    return Explanation(exposure, snapshot.revision, aside, units, verify(exposure))


def _category(part: CategoryPart) -> dict[str, Json]:
    own = part.own
    return {
        "category": part.category,
        "weight": part.weight,
        "risk": None if own is None else own.value,
        "because": None if own is None else _because(own),
        "low": part.low,
        "score": part.score,
        "high": part.high,
    }


def _because(own: OwnRisk) -> dict[str, Json]:
    document: dict[str, Json] = {"risk": own.risk, "place": own.place, "claims": list(own.claims)}
    return document if own.assessment is None else {**document, "assessment": _assessment(own.assessment)}


def _assessment(made: Assessment) -> dict[str, Json]:
    return {
        "method": made.method,
        "inputs": made.inputs,
        "at": made.at,
        "value": made.value,
        "interval": [made.low, made.high],
        "coverage": made.coverage,
        "grounds": [_ground(ground) for ground in made.grounds],
        "evidence": list(made.evidence),
    }


def _ground(ground: Ground) -> dict[str, Json]:
    figure = ground.figure
    return {
        "method": ground.method,
        "place": ground.place,
        "figure": [figure.low, figure.value, figure.high],
        "certainty": [figure.certainty.low, figure.certainty.estimate, figure.certainty.high],
        "claims": [fact.claim for fact in (*ground.path, *ground.facts)],
    }


def _path(path: ExposurePath) -> dict[str, Json]:
    return {
        "entities": list(path.entities),
        "contribution": path.contribution,
        "category": path.category,
        "hops": [_hop(hop) for hop in path.hops],
    }


def _hop(hop: PathHop) -> dict[str, Json]:
    return {
        "customer": hop.customer,
        "supplier": hop.supplier,
        "unit": hop.unit,
        "counted": hop.counted,
        "total": hop.total,
        "share": hop.share,
        "inferred": hop.inferred,
        "links": [
            {"claims": list(link.claims), "product": link.product, "weight": link.weight, "counted": link.counted}
            for link in hop.links
        ],
    }
