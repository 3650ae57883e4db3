"""Supply networks to let shocks spread through: strategies, the published example, and the golden public network."""

from typing import Literal

import numpy as np
from hypothesis import strategies as st

from reasoning.core.cascade.network import Supply, input_classes
from reasoning.core.graph.network import Floats, Integers
from tests.public_data import PUBLIC_DATA

# The worked example of 11 firms: each link of weight 1, all inputs non-essential, no substitution.
LINKS = ((2, 1), (2, 3), (7, 4), (9, 5), (3, 7), (6, 7), (10, 7), (9, 10), (7, 11), (8, 11))
SECTORS = (1, 2, 1, 3, 4, 2, 4, 1, 2, 3, 5)
ESRI = (0.1, 0.3666667, 0.2666667, 0.35, 0.1, 0.1666667, 0.7, 0.1, 0.3666667, 0.2666667, 0.45)
ESRI_DOWN = (0, 0.3666667, 0.1666667, 0, 0, 0.1666667, 0.2, 0.1, 0.3666667, 0.1666667, 0)


def example() -> Supply:
    """The worked example, numbered from 0."""
    links = np.array(LINKS) - 1
    return Supply(
        links[:, 0], links[:, 1], np.ones(len(LINKS)), np.array(SECTORS) - 1, input_classes("linear", 5), np.arange(11)
    )


def golden(name: Literal["ihs", "ihs_x1000", "legacy", "linear"]) -> tuple[Supply, Floats]:
    """The public network of 1,232 firms with a class of inputs, and the reference rows for it."""
    folder = PUBLIC_DATA / "esri"
    links = np.loadtxt(folder / "net1k.csv.gz", delimiter=",")
    value = links[:, 2] * (1000 if name == "ihs_x1000" else 1)
    if name == "legacy" or name == "linear":  # noqa: PLR1714 (so that the type narrows)
        inputs = input_classes(name, 616)
    else:
        inputs = np.loadtxt(folder / "essential_inputs_ihs.csv.gz", delimiter=",", dtype=np.int8)
    ends = links[:, :2].astype(np.int64) - 1
    found = Supply(ends[:, 0], ends[:, 1], value, np.arange(1232) // 2, inputs)
    return found, np.loadtxt(folder / f"ref1k_{name}.csv", delimiter=",")


@st.composite
def supplies(draw: st.DrawFn, *, most: int = 8, values: tuple[float, ...] = (0.0, 0.25, 1.0, 3.5, 1e3, 1e-3)) -> Supply:
    """Small networks of any kind: cyclic, self-supplying, with idle links, doubled links and isolated firms."""
    size = draw(st.integers(1, most))
    sectors = draw(st.integers(1, 4))
    firm = st.integers(0, size - 1)
    links = draw(st.lists(st.tuples(firm, firm, st.sampled_from(values)), max_size=24))
    sector = draw(st.lists(st.integers(0, sectors - 1), min_size=size, max_size=size))
    classes = draw(st.lists(st.integers(0, 2), min_size=sectors**2, max_size=sectors**2))
    market = draw(st.none() | st.lists(st.integers(0, 2), min_size=size, max_size=size))
    return Supply(
        np.array([link[0] for link in links], dtype=np.int64),
        np.array([link[1] for link in links], dtype=np.int64),
        np.array([link[2] for link in links], dtype=np.float64),
        np.array(sector, dtype=np.int64),
        np.array(classes, dtype=np.int8).reshape(sectors, sectors),
        None if market is None else np.array(market, dtype=np.int64),
    )


@st.composite
def shocks(draw: st.DrawFn, size: int) -> dict[int, float]:
    """Some firms of a network, each with what it loses from outside."""
    firms = draw(st.lists(st.integers(0, size - 1), unique=True, min_size=1, max_size=3))
    return {firm: draw(st.sampled_from((1.0, 1.0, 0.5, 0.125, 0.7))) for firm in firms}


def random_supply(size: int, links: int, sectors: int, seed: int) -> Supply:
    """A random network with every class of inputs; firms may supply themselves and pairs come twice."""
    random = np.random.default_rng(seed)
    ends: Integers = random.integers(0, size, (2, links))
    classes = random.choice(np.array([0, 1, 2], dtype=np.int8), (sectors, sectors), p=np.array([0.2, 0.3, 0.5]))
    return Supply(ends[0], ends[1], random.lognormal(0, 1, links), random.integers(0, sectors, size), classes)
