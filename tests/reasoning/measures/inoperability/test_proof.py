"""An inoperability that was tampered with, in one place, is found out."""

from dataclasses import replace
from typing import Any

import pytest

from reasoning.measures.inoperability.inoperability import measure
from reasoning.measures.inoperability.proof import faults
from tests.reasoning.measures.worlds import BUYER, diamond, snapshot


def tampered():
    """Answers, each tampered with in one place."""
    found: Any = measure(snapshot(diamond()), BUYER)
    first, *rest = found.stops
    group, *others = found.groups
    flow, *flows = found.flows

    def changed(**what):
        return replace(found, stops=(replace(first, **what), *rest))

    bent = (*first.course[:10], first.course[10] + 1e-6, *first.course[11:])
    yield "course", changed(course=bent)
    yield "peak", changed(peak=first.peak + 1e-6)
    yield "peak day", changed(peak_day=first.peak_day + 1)
    yield "recovered", changed(recovered=5)
    yield "never", changed(recovered=None)
    yield "days lost", changed(days_lost=first.days_lost + 1e-6)
    yield "network", changed(network_lost=first.network_lost * 1.01)
    yield "lasting", changed(lasting=first.lasting - 1e-6)
    yield "parts", changed(parts=())
    yield "order", replace(found, stops=(*rest, first))
    yield "output", replace(found, groups=(replace(group, output=group.output * 2), *others))
    yield "itself", replace(found, groups=(replace(group, itself=0.5), *others))
    yield "rate", replace(found, groups=(replace(group, rate=group.rate * 1.1), *others))
    yield "days", replace(found, terms=replace(found.terms, days=30.0))
    yield "flow", replace(found, flows=(replace(flow, value=flow.value + 1), *flows))
    yield "links", replace(found, flows=(replace(flow, links=()), *flows))
    yield "radius", replace(found, radius=1.0)


def test_an_untouched_answer_holds():
    assert faults(measure(snapshot(diamond()), BUYER)) == ()


@pytest.mark.parametrize("touch", [name for name, _ in tampered()])
def test_a_tampered_answer_is_found_out(touch):
    assert faults(dict(tampered())[touch]) != ()


def test_a_fault_names_its_entity():
    (first,) = faults(dict(tampered())["lasting"])
    assert first.startswith("prd:engine: ")
