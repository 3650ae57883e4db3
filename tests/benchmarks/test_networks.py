"""The generated networks are what they say."""

import numpy as np
import pytest

from benchmarks.exposure.networks import SECTORS, powerlaw, tiered


@pytest.mark.parametrize("generate", [powerlaw, tiered])
@pytest.mark.parametrize("size", [7, 300, 2000])
def test_generated_networks_are_what_they_say(generate, size: int):
    links = generate(size)
    assert not (links.supplier == links.customer).any()
    assert np.unique(links.supplier * size + links.customer).size == links.supplier.size
    assert links.value.min() > 0
    assert np.bincount(links.sector, minlength=SECTORS).max() - np.bincount(links.sector, minlength=SECTORS).min() <= 1
    again, other = generate(size), generate(size, 99)
    assert all((one == two).all() for one, two in zip(links, again, strict=True))
    assert other.value.tolist() != links.value.tolist()


def test_degrees_of_the_generated_networks():
    links = powerlaw(2000)
    sold = np.bincount(links.supplier, minlength=2000)
    assert (sold.mean(), sold.min() >= 1, sold.max() <= 128) == (8.0, True, True)
    hubs = np.bincount(tiered(2000).supplier, minlength=2000)
    assert hubs.max() > 20 * hubs.mean()
