"""Prices: what each field of the schema costs, for the limits of a request."""

from collections.abc import Mapping
from dataclasses import replace

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from api.request.cost import Price, Prices
from api.request.limits import PAGE_LARGEST

_SIZING = ("first", "ids")
_SIZED_ABOVE = {"edges"}  # lists whose length the field above them counts already
_ASSUMED = 10  # items of a list of unknown length
_KNOWN: Mapping[tuple[str, str], Mapping[str, int]] = {
    ("Exposure", "byCategory"): {"": 12},
    ("Exposure", "paths"): {"above": 10},
    ("ExposurePath", "hops"): {"": 5},
    ("ExposurePath", "entities"): {"": 6},
    ("PathHop", "claims"): {"": 2},
    ("PathHop", "evidence"): {"": 4},
    ("PathHop", "links"): {"": 2},
    ("HopLink", "claims"): {"": 2},
    ("OwnRisk", "claims"): {"": 5},
    ("Assessment", "grounds"): {"": 2},
    ("Ground", "claims"): {"": 5},
    ("Claim", "evidence"): {"": 2},
    ("Series", "points"): {"": 36},
    ("Query", "claimVersions"): {"": 5},
    ("PossibleAnswer", "edits"): {"": 2},
    ("Alternative", "edits"): {"": 2},
    ("WhatIfBranch", "edits"): {"": 20},
    ("AlertHistory", "dates"): {"": 36},
    ("FailurePair", "entities"): {"": 2},
    ("Alert", "way"): {"": 5},
    ("Chance", "way"): {"": 5},
    ("FirmDisruption", "risks"): {"": 12},
    ("FirmRisk", "claims"): {"": 5},
    ("SupplyPath", "entities"): {"": 5},
    ("SupplyPath", "claims"): {"": 5},
    ("Chance", "linkChances"): {"": 5},
    ("LossChain", "hops"): {"": 5},
    ("LossChain", "entities"): {"": 6},
    ("LossHop", "contributions"): {"": 5},
    ("LossContribution", "claims"): {"": 2},
    ("LossContribution", "evidence"): {"": 4},
    ("ProductionLoss", "stopped"): {"": 5},
    ("GroupStop", "parts"): {"": 5},
    ("RecoveryStop", "stopped"): {"": 2},
    ("RecoveryReason", "limits"): {"": 5},
    ("RecoveryReason", "contingency"): {"": 5},
    ("RecoveryReason", "lost"): {"": 2},
}

_WEIGHTS = {
    ("Status", "contentHash"): 10_000,
    ("OrganizationConnection", "totalCount"): 100,
    ("EntityConnection", "totalCount"): 100,
    ("Exposure", "faults"): 10,
    ("Query", "totalExposure"): 500,
    ("Query", "citedEvidence"): 5_000,
    ("Query", "whatIf"): 5_000,
    ("Query", "singlePointsOfFailure"): 1_000,
    ("Query", "concentration"): 1_000,
    ("Query", "questions"): 10_000,
    ("Query", "alternatives"): 5_000,
    ("Query", "series"): 5_000,
    ("Series", "changes"): 2_000,
    ("Series", "alerts"): 5_000,
    ("FailurePointConnection", "faults"): 1_000,
    ("ExposureShiftConnection", "faults"): 1_000,
    ("Question", "faults"): 200,
    ("Alternative", "faults"): 100,
    ("ExposurePoint", "faults"): 100,
    ("Alert", "faults"): 100,
    ("Query", "disruption"): 2_000,
    ("Query", "disruptionAfter"): 2_000,
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


def price(core: GraphQLSchema) -> Prices:
    """The prices of all fields.

    A field of an interface costs as much as that of the most expensive implementing type.
    """
    own = [named for name, named in core.type_map.items() if not name.startswith("__")]
    fields = {
        (named.name, name): _price((named.name, name), field)
        for named in own
        if isinstance(named, GraphQLObjectType | GraphQLInterfaceType)
        for name, field in named.fields.items()
    }
    interfaces = [named for named in own if isinstance(named, GraphQLInterfaceType)]
    for interface in interfaces:
        shapes = core.get_possible_types(interface)
        for name in interface.fields:
            weight = max(fields[shape.name, name].weight for shape in shapes)
            fields[interface.name, name] = replace(fields[interface.name, name], weight=weight)
    return Prices(fields, frozenset(interface.name for interface in interfaces))


def _price(place: tuple[str, str], field: GraphQLField) -> Price:
    sizes: Mapping[str, int] = {name: _length(field.args[name].default_value) for name in _SIZING if name in field.args}
    if not sizes and place[1] not in _SIZED_ABOVE and is_list_type(get_nullable_type(field.type)):
        sizes = _KNOWN.get(place, {"": _ASSUMED})
    paths = _length(field.args["paths"].default_value) if "paths" in field.args else 0
    aside = place[0].endswith("Connection") and place[1] not in _SIZED_ABOVE
    return Price(get_named_type(field.type).name, sizes, _WEIGHTS.get(place, 0), paths, aside)


def _length(default: object) -> int:
    return default if isinstance(default, int) else PAGE_LARGEST
