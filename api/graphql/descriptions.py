"""Descriptions of every type, field, argument and enum value, taken from the docstrings."""

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
    "after": "Cursor of the item to continue behind; the list is then read at the cursor's times.",
    "category": "One of the twelve categories of risk, by its id or short name, such as `cyber`; all by default.",
    "customer": "Id of a customer of the supplier; all its customers by default.",
    "dates": "The dates, 1 to 36 in ascending order. A date means its midnight.",
    "evidence": "Id of the evidence.",
    "explained": f"Number of rows, the greatest first, that come with their explanation, from 1 to {PAGE_LARGEST}.",
    "first": f"Maximum number of items, from 1 to {PAGE_LARGEST}.",
    "history": "The history of alerts, as an earlier answer gave it in `history`; none by default.",
    "id": "Readable id, such as `org:lei-5299001` or `clm:4f1c`.",
    "ids": f"The ids, at most {PAGE_LARGEST}.",
    "kinds": "Detectors (`sanctioned_owner`) or kinds of entities (`Clause`); all by default.",
    "most": f"Maximum number that is computed, from 1 to {PAGE_LARGEST}.",
    "only": "Id of the only firm to list; all by default.",
    "onlyNews": "Whether to list only alerts that the history lacks.",
    "paths": f"Maximum number of listed paths, from 0 to {PAGE_LARGEST}; null for all. `remainder` sums up the others.",
    "predicates": "Predicates of the claims, such as `HEADCOUNT`; all by default.",
    "scope": "The buyer and the two times. By default the service's buyer, the current hour and the latest records.",
    "stopProbability": "Probability that a risk of 1 stops a firm within a year, from 0 to 1.",
    "stopped": "Id of what stops: a product, country, site or firm; each by default.",
    "supplier": "Id of the supplier.",
    "where": "Filters; all organisations by default.",
    "words": "Words of which the name or text holds all; case, accents and punctuation make no difference.",
    "AnalysisFields.concentration.by": "Kind of whole: `input`, `all`, `product`, `tier`, `country`, `countries` or "
    "`tiers`; every kind by default.",
    "AnalysisFields.recommendations.supplier": "Id of the supplier; all suppliers by default.",
    "AnalysisFields.series.scope": "The buyer and the record time. `asOf` is refused: a series is read at its dates.",
    "AnalysisFields.what_if.input": "The hypothetical changes.",
    "MeasureFields.inoperability.by": "How firms are grouped: `product`, `country` or `supplier`. By default the first "
    "of them that gives at least two known groups.",
    "MeasureFields.inoperability.days": "Days until a stopped group has 1 % of its inoperability left, unless claims "
    "give its time to recover.",
    "MeasureFields.production_loss.id": "Id of the supplier, site, region, sector or product that stops.",
    "MeasureFields.production_losses.by": "What stops: each `supplier`, `country` or `product`.",
    "MeasureFields.recovery.by": "What stops: each `supplier`, `site` or `country`.",
    "MeasureFields.recovery.days": "Days to recover, unless claims give the time; losses are null for unknown times by "
    "default.",
    "Mutation.judge.input": "The judgement to record.",
    "Mutation.withdraw_judgement.input": "The judgement to withdraw.",
    "MeasureFields.systemic.supplier": "Id of the firm that closes; each firm by default.",
}  # by argument, or by class, resolver and argument

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
    place = resolver.wrapped_func.__qualname__ if resolver else ""
    for name, argument in getattr(field, "args", {}).items():
        argument.description = ARGUMENTS.get(f"{place}.{name}") or ARGUMENTS[name]


def _read(described: type) -> tuple[str, dict[str, str]]:
    """The summary of a class's docstring, and the descriptions of its attributes; those of its bases too."""
    attributes: dict[str, str] = {}
    for base in reversed(described.__mro__):
        attributes |= _attributes(base.__doc__ or "")
    summary = inspect.cleandoc(described.__doc__ or "").split("\n\nAttributes:")[0]
    return " ".join(summary.split()), attributes


def _attributes(text: str) -> dict[str, str]:
    listed = inspect.cleandoc(text).partition("Attributes:\n")[2]
    found = re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", listed, re.MULTILINE)
    return {name: " ".join(words.split()) for name, words in found}
