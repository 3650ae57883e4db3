"""Obligations that a supplier's measured performance breaches.

What is owed, which measurements count, and what a breach is, is the rule of `reasoning.contracts.obligations`.
"""

from collections.abc import Iterator

from reasoning.contracts.obligations import Breach, breaches
from reasoning.findings.finding import Finding, listed, make_finding
from reasoning.findings.network import UpstreamNetwork
from reasoning.network.days import last_day
from reasoning.network.facts import Facts

KIND = "breached_obligation"


def breached_obligations(network: UpstreamNetwork, as_of: str) -> Iterator[Finding]:
    """One finding for each norm owed to the buyer by a supplier whose measured performance breaches it."""
    for supplier in sorted(network.suppliers):
        for breach in breaches(network.facts, supplier, network.buyer, as_of):
            yield _finding(breach, network.facts)


def _finding(breach: Breach, facts: Facts) -> Finding:
    duty, measurements = breach.duty, breach.measurements
    used = [*duty.facts, *(fact for one in measurements for fact in (one.observed, one.measured))]
    values = listed(f"{one.value:g} up to {last_day(one.end)}" for one in measurements)
    text = (
        f"{facts.name(duty.supplier)} owes {duty.metric} {duty.operator} {duty.threshold:g} {duty.unit}".rstrip()
        + f"; measured: {values}."
    )
    related = [duty.norm, *(one.measured.subject for one in measurements)]
    return make_finding(KIND, duty.supplier, used, text, related=related)
