"""After `warm`, no query compiles anything."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numba.core.registry import CPUDispatcher

import reasoning.core
from benchmarks.exposure import properties
from benchmarks.exposure.measuring import arranged, shares
from benchmarks.exposure.networks import tiered
from reasoning.core.disruption.best_paths import Finder, ranked_links
from reasoning.core.disruption.reliability import ReliabilityQuery, Sampler, chances
from reasoning.core.warm import main, warm


def entries() -> Iterator[tuple[str, CPUDispatcher]]:
    """Kernels that another module calls; all other kernels are compiled into these."""
    for found in pkgutil.walk_packages(reasoning.core.__path__, "reasoning.core."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if isinstance(value, CPUDispatcher) and value.py_func.__module__ != module.__name__:
                yield f"{value.py_func.__module__}.{name}", value


def signatures() -> dict[str, list[object]]:
    return {name: list(kernel.signatures) for name, kernel in entries()}


def query_a_network_of_another_size() -> None:
    net, value = arranged(tiered(300), 300)
    found = Finder(ranked_links(net, 0.9 * shares(net, value))[0]).top(0, 50)
    found.routes()
    known = chances(net, 0.9 * shares(net, value), np.full(300, 0.1))
    Sampler(known, threads=2).estimate(1, ReliabilityQuery(worlds=3000, instead={4: 1.0, 5: 1.0}))


def query_a_generated_case() -> None:
    case = properties.draw(np.random.default_rng(3))
    for check in (properties.linear, properties.probable, properties.cascading):
        assert all(check(case).values())


@pytest.mark.parametrize("query", [query_a_network_of_another_size, query_a_generated_case])
def test_a_query_after_it_compiles_nothing(query: Callable[[], None]):
    warm()
    before = signatures()
    assert len(before) >= 10
    assert [name for name, known in before.items() if not known] == []
    query()
    assert signatures() == before


def test_it_reports_that_it_is_done(capsys: pytest.CaptureFixture[str]):
    main()
    assert capsys.readouterr().out == "The kernels are compiled.\n"
