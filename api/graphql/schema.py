"""The schema, put together from the types, described and ordered for its readers."""

from collections.abc import Iterator, Mapping

import strawberry
from graphql import (
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    print_schema,
)

from api.graphql.descriptions import describe
from api.graphql.mutation import Mutation
from api.graphql.query import Query
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

_FIRST = ("Query", "Mutation")
_PROOF = ("Traceable", "Verifiable")


def build() -> GraphQLSchema:
    """The schema, with a description on every type, field, argument and enum value."""
    schema = strawberry.Schema(query=Query, mutation=Mutation, types=[*_OWN, Thing], config=CONFIG)
    core = schema._schema  # noqa: SLF001 - Strawberry has no public door to the schema that graphql-core executes
    for named in _own_types(core):
        describe(named)
        _proof_last(named)
    core.type_map = dict(sorted(core.type_map.items(), key=lambda item: (item[0] not in _FIRST, item[0])))
    return core


def sdl() -> str:
    """The schema in GraphQL's schema language, as it lies in `api/schema.graphql`."""
    return print_schema(build()) + "\n"


def _own_types(core: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    return (named for name, named in core.type_map.items() if not name.startswith("__"))


def _proof_last(named: GraphQLNamedType) -> None:
    """Put a type's own fields before those of its proof, for readers of the schema."""
    if isinstance(named, GraphQLObjectType):
        for name in [name for one in named.interfaces if one.name in _PROOF for name in one.fields]:
            named.fields[name] = named.fields.pop(name)
