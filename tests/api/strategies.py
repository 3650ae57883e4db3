"""Any query that the schema allows: for each type some of its fields, with arguments from a small stock."""

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_required_argument,
)
from hypothesis import strategies as st

IDS = [
    "org:t-one",
    "org:t-two",
    "org:t-deep",
    "org:t-buyer",
    "sit:t-plant",
    "ctr:t-frame",
    "cls:t-level",
    "obl:t-otd",
    "crt:t-iso",
    "rsk:t-flood",
    "reg:iso3166-CI",
    "per:t-mallory",
    "clm:0",
    "evd:0",
    "jdg:0",
    "org:nobody",
    "",
    "☃",
]
TIMES = ["2026-03-01", "2025-06-01T12:00:00Z", "2027-01-01", "1999-12-31", "soon"]

BUYERS = ["org:t-buyer", "org:t-one", "org:nobody"]
SCOPES = st.fixed_dictionaries(
    {},
    optional={
        "buyer": st.sampled_from([*(f'"{key}"' for key in BUYERS), "null"]),
        "asOf": st.sampled_from([f'"{time}"' for time in TIMES]),
        "knownAt": st.sampled_from([f'"{time}"' for time in TIMES]),
    },
).map(lambda scope: "{" + ", ".join(f"{name}: {value}" for name, value in scope.items()) + "}")

ARGUMENTS: dict[str, st.SearchStrategy[str]] = {
    "first": st.sampled_from(["1", "2", "3", "100", "0"]),
    "paths": st.sampled_from(["0", "1", "5"]),
    "after": st.sampled_from(["null", '"x"', '"org:t-one||2026-03-01T09:00:00.000000Z|00000000"']),
    "id": st.sampled_from([f'"{key}"' for key in IDS]),
    "supplier": st.sampled_from([f'"{key}"' for key in IDS]),
    "customer": st.sampled_from(['"org:t-one"', '"org:t-buyer"', '"org:nobody"', "null"]),
    "by": st.sampled_from(['"all"', '"input"', '"country"', '"supplier"', '"product"', '"nothing"']),
    "category": st.sampled_from(["null", '"cyber"', '"rct:tierscope-social"', '"weather"']),
    "explained": st.sampled_from(["1", "20", "0"]),
    "most": st.sampled_from(["1", "20", "0"]),
    "stopProbability": st.sampled_from(["1", "0.5", "2"]),
    "history": st.sampled_from(
        ["null", "{}", '{dates: ["2025-06-01"], alerts: [{key: "x", since: "2025-06-01", until: "soon"}]}']
    ),
    "onlyNews": st.sampled_from(["true", "false"]),
    "only": st.sampled_from(["null", '"org:t-one"', '"org:nobody"']),
    "words": st.sampled_from(['"one"', '""', '"\\"*("']),
    "evidence": st.sampled_from([f'"{key}"' for key in IDS]),
    "days": st.sampled_from(["90", "0.5", "0", "-1"]),
    "scope": SCOPES,
    "stopped": st.sampled_from(["null", '"org:t-one"', '"org:nobody"', '"reg:iso3166-CI"']),
    "input": st.sampled_from(
        [
            "{}",
            '{stop: ["org:t-one"]}',
            '{stop: ["sit:t-plant", "reg:iso3166-CI"]}',
            '{stop: ["org:nobody"]}',
            '{dropLinks: [{supplier: "org:t-one", customer: "org:t-buyer"}]}',
            '{addLinks: [{supplier: "org:t-deep", customer: "org:t-buyer", share: 0.5}]}',
            '{setRisks: [{entity: "org:t-one", category: "rct:tierscope-cyber", value: 0.5}]}',
            '{edits: [{what: "stop", entity: "org:t-one"}], name: "x"}',
            '{edits: [{what: "boom"}]}',
            '{stop: ["org:t-one"], name: "no name"}',
            '{setShares: [{supplier: "org:t-one", customer: "org:t-buyer", share: 7}]}',
        ]
    ),
    "dates": st.sampled_from(
        ['["2026-03-01"]', '["2025-06-01", "2026-03-01"]', '["2026-03-01", "2025-06-01"]', "[]", '["soon"]']
    ),
    "ids": st.lists(st.sampled_from([f'"{key}"' for key in IDS]), max_size=4).map(lambda ids: f"[{', '.join(ids)}]"),
    "kinds": st.sampled_from(["null", "[]", '["sanctioned_owner"]', '["nothing"]']),
    "predicates": st.sampled_from(["null", '["NAMED"]', '["SUPPLIES", "HEADCOUNT"]', '["NOTHING"]']),
    "where": st.sampled_from(["null", "{}", '{search: "one"}', '{country: "CI"}', "{tier: 1}", '{search: "\\"*("}']),
}

Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def queries(draw: Draw, schema: GraphQLSchema) -> str:
    """One query document."""
    assert schema.query_type
    return "query " + _selection(draw, schema, schema.query_type, 5)


def _selection(draw: Draw, schema: GraphQLSchema, on: Any, depth: int) -> str:
    fields: dict[str, GraphQLField] = on.fields if isinstance(on, GraphQLObjectType | GraphQLInterfaceType) else {}
    usable = {name: field for name, field in fields.items() if depth > 1 or not is_composite_type(_named(field))}
    names = draw(st.lists(st.sampled_from(sorted(usable) or ["__typename"]), min_size=1, max_size=3, unique=True))
    parts = [_field(draw, schema, name, usable[name], depth) if name in usable else name for name in names]
    if is_abstract_type(on) and depth > 1 and draw(st.booleans()):
        special = draw(st.sampled_from(sorted(schema.get_possible_types(on), key=lambda one: one.name)))
        parts.append(f"... on {special.name} {_only_new(draw, special, fields)}")
    return "{ " + " ".join(parts) + " }"


def _only_new(draw: Draw, special: GraphQLObjectType, known: dict[str, GraphQLField]) -> str:
    """One field without arguments that the interface does not have; two of one name might not merge."""
    new = [
        name
        for name, field in special.fields.items()
        if name not in known and not field.args and not is_composite_type(_named(field))
    ]
    return "{ " + (draw(st.sampled_from(new)) if new else "__typename") + " }"


def _field(draw: Draw, schema: GraphQLSchema, name: str, field: GraphQLField, depth: int) -> str:
    given = [
        f"{key}: {draw(ARGUMENTS[key])}"
        for key, argument in field.args.items()
        if is_required_argument(argument) or draw(st.booleans())
    ]
    arguments = f"({', '.join(given)})" if given else ""
    inner = _named(field)
    return name + arguments + (" " + _selection(draw, schema, inner, depth - 1) if is_composite_type(inner) else "")


def _named(field: GraphQLField) -> Any:
    return get_named_type(field.type)
