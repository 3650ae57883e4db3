"""Descriptions: every type, field, argument and enum value, described from the docstrings."""

import inspect
import re
from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
)

from api.request.limits import PAGE_LARGEST

ARGUMENTS: Mapping[str, str] = {
    "after": "The cursor to go on behind; the list is then read on at the cursor's own times.",
    "by": "By what: wholes of one sort only, such as `country`; or what stops, a `supplier`, `country` or `product`.",
    "category": "One of the twelve categories of risk, by its id or the end of it, such as `cyber`; any by default.",
    "customer": "Id of the customer; all by default.",
    "dates": "The dates, at most 36, the earliest first; midnight where no time of day is said.",
    "days": "How many days something that stops takes to recover, where no claim says it.",
    "first": f"How many items at most, from 1 to {PAGE_LARGEST}.",
    "id": "The id.",
    "ids": f"The ids, at most {PAGE_LARGEST}.",
    "input": "What to change.",
    "kinds": "Which detectors, such as `sanctioned_owner`; all by default.",
    "paths": f"How many paths to list at most, from 0 to {PAGE_LARGEST}; the remainder says what the others add.",
    "predicates": "Only claims with one of these predicates; all by default.",
    "scope": "The buyer and the two times; by default the service's buyer, the current hour and the latest records.",
    "stopped": "Id of the group that stops; each by default.",
    "supplier": "Id of the supplier.",
    "where": "Which ones; all by default.",
}


_Described = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType


def describe(named: GraphQLNamedType) -> None:
    """Describe a type and its parts from the docstring of its class and those of its resolvers."""
    definition: Any = named.extensions.get("strawberry-definition")
    if isinstance(named, GraphQLEnumType):
        named.description, members = _read(definition.wrapped_cls)
        for name, value in named.values.items():
            value.description = members[name]
    elif isinstance(named, _Described):
        named.description, attributes = _read((getattr(definition, "concrete_of", None) or definition).origin)
        for field in named.fields.values():
            _describe_field(field, attributes)


def _describe_field(field: GraphQLField | GraphQLInputField, attributes: Mapping[str, str]) -> None:
    definition: Any = field.extensions["strawberry-definition"]
    resolver = definition.base_resolver
    text = attributes.get(definition.python_name) or inspect.getdoc(resolver.wrapped_func)
    field.description = " ".join((text or "").split())
    for name, argument in getattr(field, "args", {}).items():
        argument.description = ARGUMENTS[name]


def _read(described: type) -> tuple[str, dict[str, str]]:
    """What a class's docstring says of it, and of its attributes; those of its bases too."""
    attributes: dict[str, str] = {}
    for base in reversed(described.__mro__):
        attributes |= _attributes(base.__doc__ or "")
    summary = inspect.cleandoc(described.__doc__ or "").split("\n\nAttributes:")[0]
    return " ".join(summary.split()), attributes


def _attributes(text: str) -> dict[str, str]:
    listed = inspect.cleandoc(text).partition("Attributes:\n")[2]
    found = re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", listed, re.MULTILINE)
    return {name: " ".join(words.split()) for name, words in found}
