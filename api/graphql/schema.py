"""The one schema: put together, described from the docstrings, and priced for the limits."""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_list_type,
    print_schema,
)

from api.graphql.mutation import Mutation
from api.graphql.query import Query
from api.request.limits import PAGE_LARGEST, Price, Prices
from api.types.base.entity import Entity, Thing
from api.types.base.scalars import CONFIG
from api.types.entities.certification import Certification
from api.types.entities.contract import Clause, ClauseType, Contract, ContractVersion, Norm, Template
from api.types.entities.organization import Organization
from api.types.entities.place import Region, Site
from ontology.generated.vocabulary import VOCABULARY

_OWN: tuple[type[Entity], ...] = (
    Certification,
    Clause,
    ClauseType,
    Contract,
    ContractVersion,
    Norm,
    Organization,
    Region,
    Site,
    Template,
)
SHAPES: Mapping[str, type[Entity]] = (
    {"": Thing}
    | {shape.__name__: shape for shape in _OWN}
    | {kind.name: Norm for kind in VOCABULARY.kinds.values() if "Norm" in kind.parents}
)

_SIZING = ("first", "ids")
_SIZED_ABOVE = {"edges"}  # lists whose length the field above them counts already
_ASSUMED = 10  # items of a list whose length nobody says
_KNOWN: Mapping[tuple[str, str], Mapping[str, int]] = {
    ("Exposure", "byCategory"): {"": 12},
    ("Exposure", "paths"): {"above": 10},
    ("ExposurePath", "hops"): {"": 5},
    ("ExposurePath", "entities"): {"": 6},
    ("PathHop", "claims"): {"": 2},
    ("OwnRisk", "claims"): {"": 5},
    ("Assessment", "grounds"): {"": 2},
    ("Ground", "claims"): {"": 5},
    ("Claim", "evidence"): {"": 2},
    ("Series", "points"): {"": 36},
    ("ExposurePoint", "byCategory"): {"": 12},
    ("ExposurePoint", "byTier"): {"": 5},
    ("FailurePair", "entities"): {"": 2},
    ("Alert", "way"): {"": 5},
    ("Query", "disruptionByCategory"): {"": 12},
    ("Chance", "way"): {"": 5},
    ("Chance", "linkChances"): {"": 5},
    ("LossChain", "hops"): {"": 5},
    ("LossHop", "contributions"): {"": 5},
    ("LossContribution", "claims"): {"": 2},
    ("ProductionLoss", "stopped"): {"": 5},
    ("GroupStop", "parts"): {"": 5},
    ("RecoveryStop", "stopped"): {"": 2},
    ("RecoveryReason", "limits"): {"": 5},
    ("RecoveryReason", "contingency"): {"": 5},
    ("RecoveryLimit", "claims"): {"": 2},
}
_WEIGHTS = {
    ("Status", "contentHash"): 10_000,
    ("OrganizationConnection", "totalCount"): 100,
    ("Query", "whatIf"): 5_000,
    ("Query", "singlePointsOfFailure"): 1_000,
    ("Query", "concentration"): 1_000,
    ("Query", "questions"): 10_000,
    ("Query", "alternatives"): 5_000,
    ("Query", "series"): 5_000,
    ("Series", "changes"): 2_000,
    ("Series", "alerts"): 5_000,
    ("FailurePointConnection", "faults"): 1_000,
    ("Question", "faults"): 200,
    ("Alternative", "faults"): 100,
    ("ExposurePoint", "faults"): 100,
    ("Alert", "faults"): 100,
    ("Query", "disruption"): 2_000,
    ("Query", "disruptionByCategory"): 12_000,
    ("Disruption", "faults"): 1_000,
    ("Query", "productionLosses"): 5_000,
    ("Query", "productionLoss"): 500,
    ("Query", "systemic"): 5_000,
    ("ClosureConnection", "faults"): 1_000,
    ("Query", "inoperability"): 3_000,
    ("Inoperability", "faults"): 1_000,
    ("GroupStop", "course"): 40,
    ("Query", "recovery"): 5_000,
    ("RecoveryStopConnection", "faults"): 1_000,
}

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

_PROOF = ("Cited", "Verified")

_Described = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType


def build() -> GraphQLSchema:
    """The schema, with a description on every type, field, argument and enum value."""
    schema = strawberry.Schema(query=Query, mutation=Mutation, types=[*_OWN, Thing], config=CONFIG)
    core = schema._schema  # noqa: SLF001 - Strawberry has no public door to the schema that graphql-core executes
    for named in _own_types(core):
        _describe(named)
        _proof_last(named)
    return core


def price(core: GraphQLSchema) -> Prices:
    """What its fields cost. A field of an interface costs as much as the dearest of the types that implement it."""
    fields = {
        (named.name, name): _price((named.name, name), field)
        for named in _own_types(core)
        if isinstance(named, GraphQLObjectType | GraphQLInterfaceType)
        for name, field in named.fields.items()
    }
    interfaces = [named for named in _own_types(core) if isinstance(named, GraphQLInterfaceType)]
    for interface in interfaces:
        shapes = core.get_possible_types(interface)
        for name in interface.fields:
            weight = max(fields[shape.name, name].weight for shape in shapes)
            fields[interface.name, name] = replace(fields[interface.name, name], weight=weight)
    return Prices(fields, frozenset(interface.name for interface in interfaces))


def sdl() -> str:
    """The schema in GraphQL's schema language, as it lies in `api/schema.graphql`."""
    return print_schema(build()) + "\n"


def _price(place: tuple[str, str], field: GraphQLField) -> Price:
    sizes: Mapping[str, int] = {name: _length(field.args[name].default_value) for name in _SIZING if name in field.args}
    if not sizes and place[1] not in _SIZED_ABOVE and is_list_type(get_nullable_type(field.type)):
        sizes = _KNOWN.get(place, {"": _ASSUMED})
    paths = _length(field.args["paths"].default_value) if "paths" in field.args else 0
    aside = place[0].endswith("Connection") and place[1] not in _SIZED_ABOVE
    return Price(get_named_type(field.type).name, sizes, _WEIGHTS.get(place, 0), paths, aside)


def _length(default: object) -> int:
    return default if isinstance(default, int) else PAGE_LARGEST


def _own_types(core: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    return (named for name, named in core.type_map.items() if not name.startswith("__"))


def _describe(named: GraphQLNamedType) -> None:
    definition: Any = named.extensions.get("strawberry-definition")
    if isinstance(named, GraphQLEnumType):
        named.description, members = _read(definition.wrapped_cls)
        for name, value in named.values.items():
            value.description = members[name]
    elif isinstance(named, _Described):
        named.description, attributes = _read((getattr(definition, "concrete_of", None) or definition).origin)
        for field in named.fields.values():
            _describe_field(field, attributes)


def _proof_last(named: GraphQLNamedType) -> None:
    """Put a type's own fields before those of its proof, for readers of the schema."""
    if isinstance(named, GraphQLObjectType):
        for name in [name for one in named.interfaces if one.name in _PROOF for name in one.fields]:
            named.fields[name] = named.fields.pop(name)


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
