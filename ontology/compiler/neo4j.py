"""Neo4j Community: constraints and indexes for kinds and predicates, and the queries that audit what it cannot declare.

The store lays out its own labels (`graph.neo4j.schema`); this is what depends on the vocabulary. Community edition
knows only uniqueness, so existence, type and range are enforced when records are validated, and audited here.
"""

from collections.abc import Iterator, Mapping

from ontology.compiler.modules import HEAD
from ontology.compiler.python import literal, snake
from ontology.compiler.shapes import Property, Shape, value_shapes
from ontology.model import Audit, RecordClass
from ontology.vocabulary import Predicate, ValueType, Vocabulary

_TYPES: Mapping[ValueType, str] = {
    "string": "STRING",
    "integer": "INTEGER",
    "decimal": "INTEGER | FLOAT",
    "boolean": "BOOLEAN",
    "date": "STRING",
    "dateTime": "STRING",
    "anyURI": "STRING",
}
_FAILS = {">=": "<", "<=": ">", ">": "<=", "<": ">="}


def statements(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Constraints and indexes: a kind's ids are unique, a native relationship is found by its claim."""
    kinds = tuple(
        f"CREATE CONSTRAINT tierscope_kind_{snake(name)} IF NOT EXISTS FOR (n:{name}) REQUIRE n.id IS UNIQUE"
        for name in vocabulary.kinds
    )
    relations = tuple(
        f"CREATE INDEX tierscope_relation_{name.lower()} IF NOT EXISTS FOR ()-[r:{name}]-() ON (r.claimId)"
        for name, predicate in vocabulary.predicates.items()
        if predicate.value is None
    )
    return kinds + relations


def audits(
    vocabulary: Vocabulary, records: Mapping[str, RecordClass], shapes: Mapping[str, Shape]
) -> tuple[Audit, ...]:
    """Queries that return (`id`, `why`) of whatever breaks the ontology; each finds nothing in a sound store."""
    found = [*_of_claims(vocabulary), _of_kinds(vocabulary), *_of_values(vocabulary)]
    bounds = _bounds(vocabulary, records, shapes)
    for predicate in vocabulary.predicates.values():
        if predicate.value is None:
            found += _of_relation(predicate, bounds.get(predicate.name, []))
    return tuple(found)


def neo4j_module(made: tuple[str, ...], found: tuple[Audit, ...]) -> str:
    """Source of `ontology.generated.neo4j`."""
    return (
        HEAD.format(doc="What Neo4j is told of the vocabulary, and what is asked of it in an audit.")
        + "from ontology.model import Audit\n\n"
        + f"STATEMENTS: tuple[str, ...] = {literal(made)}\n\nAUDITS: tuple[Audit, ...] = {literal(found)}\n"
    )


def neo4j_text(made: tuple[str, ...], found: tuple[Audit, ...]) -> str:
    """The same for `cypher-shell`."""
    rows = [f"// {audit.meaning}\n{audit.query};\n" for audit in found]
    head = "// Written by `python -m ontology.compile`; not to be edited.\n"
    return (
        f"{head}\n"
        + "".join(f"{line};\n" for line in made)
        + "\n// Audit: no query may return a row.\n"
        + "".join(rows)
    )


def _of_claims(vocabulary: Vocabulary) -> Iterator[Audit]:
    labels = " AND ".join(f"NOT n:{name}" for name in vocabulary.kinds)
    yield _audit("entity.kind", "An entity has no kind.", f"MATCH (n:Entity) WHERE {labels}", "n.id")
    claims = {
        "claim.subject": ("A claim is about no entity.", "NOT EXISTS { (c)-[:ABOUT]->(:Entity) }"),
        "claim.evidence": ("A claim has no evidence.", "NOT EXISTS { (c)-[:EVIDENCED_BY]->(:Evidence) }"),
        "claim.predicate": (
            "A claim has a predicate that is not in the vocabulary.",
            _not_in("c.predicate", vocabulary),
        ),
        "claim.basis": ("A claim has no known basis.", "NOT c.basis IN ['observed', 'inferred', 'confirmed']"),
        "claim.review": ("A claim has no known review.", "NOT c.review IN ['proposed', 'accepted', 'rejected']"),
        "claim.confidence": ("A confidence is not in [0, 1].", "NOT 0 <= c.confidence <= 1 OR c.confidence IS NULL"),
        "claim.validity": ("A claim ends before it begins.", "c.validFrom >= c.validTo"),
        "claim.recording": ("A version was superseded before it was recorded.", "c.recordedAt >= c.supersededAt"),
    }
    for name, (meaning, wrong) in claims.items():
        yield _audit(name, meaning, f"MATCH (c:Claim) WHERE {wrong}", "c.id")
    evidence = "MATCH (e:Evidence) WHERE NOT EXISTS { (e)-[:DERIVED_FROM]->(:Document) }"
    yield _audit("evidence.source", "Evidence comes from no source.", evidence, "e.id")


def _not_in(expression: str, vocabulary: Vocabulary) -> str:
    return f"NOT {expression} IN [{', '.join(repr(name) for name in vocabulary.predicates)}]"


def _of_kinds(vocabulary: Vocabulary) -> Audit:
    wrong = [f"n:{name} AND NOT n.id STARTS WITH '{kind.prefix}:'" for name, kind in vocabulary.kinds.items()]
    return _audit("entity.id", "An entity has an id of another kind.", f"MATCH (n:Entity) WHERE {_any(wrong)}", "n.id")


def _of_values(vocabulary: Vocabulary) -> Iterator[Audit]:
    valued = [predicate for predicate in vocabulary.predicates.values() if predicate.value is not None]
    about = [f"c.predicate = '{p.name}' AND NOT {_labels('s', p.subjects)}" for p in valued]
    match = "MATCH (c:Claim)-[:ABOUT]->(s:Entity)"
    yield _audit("value.subject", "A value is claimed of another kind.", f"{match} WHERE {_any(about)}", "c.id")
    for kind in sorted({predicate.value for predicate in valued if predicate.value}):
        of_type = ", ".join(f"'{predicate.name}'" for predicate in valued if predicate.value == kind)
        wrong = f"c.predicate IN [{of_type}] AND (c.value IS NULL OR NOT c.value IS :: {_TYPES[kind]})"
        yield _audit(f"value.{kind}", f"A value is no {kind}.", f"MATCH (c:Claim) WHERE {wrong}", "c.id")


def _of_relation(predicate: Predicate, bounds: list[str]) -> Iterator[Audit]:
    name, match = predicate.name, f"MATCH (s)-[r:{predicate.name}]->(o)"
    ends = f"{match} WHERE NOT {_labels('s', predicate.subjects)} OR NOT {_labels('o', predicate.objects)}"
    yield _audit(f"{name}.ends", f"{name} stands between kinds that it does not take.", ends, "r.claimId")
    claim = f"(c:Claim {{id: r.claimId}}) WHERE c.predicate = '{name}' AND c.recordedAt = r.recordedAt"
    same = "coalesce(c.supersededAt, '') = coalesce(r.supersededAt, '')"
    missing = f"{match} WHERE NOT EXISTS {{ MATCH {claim} AND {same} }}"
    yield _audit(f"{name}.claim", f"A native {name} differs from its claim, or has none.", missing, "r.claimId")
    types = [f"r.{q} IS NOT NULL AND NOT r.{q} IS :: {_TYPES[kind]}" for q, kind in predicate.qualifiers.items()]
    if types:
        wrong = f"{match} WHERE {_any(types + bounds)}"
        yield _audit(
            f"{name}.qualifiers", f"A qualifier of {name} is of another type, or out of bounds.", wrong, "r.claimId"
        )


def _bounds(
    vocabulary: Vocabulary, records: Mapping[str, RecordClass], shapes: Mapping[str, Shape]
) -> dict[str, list[str]]:
    """What is wrong with a qualifier, by predicate, as its relation record says."""
    found: dict[str, list[str]] = {}
    for name, record in records.items():
        if record.predicate and vocabulary.predicates[record.predicate].value is None:
            fields = [f for f in shapes[name].properties if record.fields[f.path].role == "qualifier"]
            found[record.predicate] = [wrong for field in fields for wrong in _beyond(field)]
    return found


def _any(conditions: list[str]) -> str:
    return " OR ".join(f"({condition})" for condition in conditions)


def _beyond(field: Property) -> Iterator[str]:
    for part in value_shapes(field.shape):
        yield from (f"r.{field.path} {_FAILS[sign]} {bound}" for _, sign, bound in part.bounds)
        if part.allowed:
            yield f"NOT r.{field.path} IN [{', '.join(repr(item) for item in part.allowed)}]"


def _labels(variable: str, kinds: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"{variable}:{kind}" for kind in kinds) + ")"


def _audit(name: str, meaning: str, wrong: str, identity: str) -> Audit:
    return Audit(name, meaning, f"{wrong} RETURN {identity} AS id, '{name}' AS why")
