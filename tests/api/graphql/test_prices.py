"""Prices: each names a field of the schema, and an interface is never cheaper than its types."""

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType

from api.graphql.prices import _KNOWN, _WEIGHTS, price
from api.graphql.schema import build

CORE = build()
PRICES = price(CORE)


@pytest.mark.parametrize("place", sorted({*_KNOWN, *_WEIGHTS}), ids=".".join)
def test_a_price_is_of_a_field_that_is_there(place: tuple[str, str]):
    shape = CORE.type_map[place[0]]
    assert isinstance(shape, GraphQLObjectType)
    field = shape.fields[place[1]]
    assert place not in _KNOWN or not {"first", "ids"} & set(field.args), "its argument sizes it"
    assert PRICES.of(*place).weight == _WEIGHTS.get(place, 0)


def test_an_interface_costs_as_much_as_its_dearest_type():
    for name in PRICES.interfaces:
        interface = CORE.type_map[name]
        assert isinstance(interface, GraphQLInterfaceType)
        for field in interface.fields:
            weights = [PRICES.of(shape.name, field).weight for shape in CORE.get_possible_types(interface)]
            assert PRICES.of(name, field).weight == max(weights)
    assert PRICES.of("Verifiable", "faults").weight == 1_000


def test_introspection_is_not_priced():
    assert not [place for place in PRICES.fields if place[0].startswith("__")]
