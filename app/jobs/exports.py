"""Exports, streamed: the open claims as JSON lines, and the graph as Turtle.

In Turtle, as in Neo4j, every claim is there twice: as a resource with its source, times and evidence (PROV), and as the
plain triple that it states. IRIs are the base plus the id; predicates and kinds are the ontology's terms.
"""

import json
from collections.abc import Iterator, Mapping

from graph.port import GraphReader
from ontology.canonical import Json
from ontology.records import Claim, Document, Entity, Evidence, StoredClaim, StoredJudgement

BASE = "https://w3id.org/tierscope/id/"
TERMS = "https://w3id.org/tierscope/ns#"
_PREFIXES = f"""@prefix ts: <{TERMS}> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""


def claim_lines(reader: GraphReader) -> Iterator[str]:
    """Yield one line of JSON for each open claim, with what is needed to check it."""
    for row in reader.rows():
        if isinstance(row, StoredClaim):
            yield json.dumps(_claim_document(row), ensure_ascii=False, sort_keys=True) + "\n"


def _claim_document(stored: StoredClaim) -> Mapping[str, Json]:
    """A claim with what is needed to check it, under the names of GraphQL's `Claim`."""
    claim = stored.claim
    return {
        "id": claim.id,
        "statement": claim.statement,
        "source": claim.source,
        "record": claim.record,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "value": claim.value,
        "qualifiers": dict(claim.qualifiers),
        "validFrom": claim.valid_from,
        "validTo": claim.valid_to,
        "basis": claim.basis,
        "review": claim.review,
        "confidence": claim.confidence,
        "recordedAt": stored.recorded_at,
        "supersededAt": stored.superseded_at,
        "evidence": list(claim.evidence),
    }


def turtle_lines(reader: GraphReader) -> Iterator[str]:
    """Yield the open graph as Turtle, a few lines a row."""
    yield _PREFIXES
    for row in reader.rows():
        match row:
            case Entity():
                yield f"{_iri(row.id)} a ts:{row.kind} .\n"
            case Document():
                yield _source(row)
            case Evidence():
                yield _evidence(row)
            case StoredClaim():
                yield _claim(row)
            case StoredJudgement():
                yield _judgement(row)
            case _:  # ledger, changes and vectors are the store's own affair
                pass


def _source(source: Document) -> str:
    texts = {"name": source.name, "sha256": source.sha256, "uri": source.uri, "licence": source.licence}
    statements = "".join(f" ;\n  ts:{name} {_literal(text)}" for name, text in texts.items() if text)
    retrieved = f"prov:generatedAtTime {_instant(source.retrieved_at)}"
    return f"{_iri(source.id)} a ts:Document, prov:Entity{statements} ;\n  {retrieved} .\n"


def _evidence(evidence: Evidence) -> str:
    return (
        f"{_iri(evidence.id)} a ts:Evidence, prov:Entity ;\n  prov:wasDerivedFrom {_iri(evidence.document)} ;\n"
        f"  ts:locator {_literal(evidence.locator)} ;\n  ts:quoteSha256 {_literal(evidence.quote_sha256)} .\n"
    )


def _claim(stored: StoredClaim) -> str:
    claim = stored.claim
    target = _literal(claim.value) if claim.object is None else _iri(claim.object)
    lines = [f"{_iri(claim.subject)} ts:{claim.predicate} {target} .\n{_iri(claim.id)} a ts:Claim"]
    lines += [f"ts:subject {_iri(claim.subject)}", f"ts:predicate ts:{claim.predicate}", f"ts:target {target}"]
    lines += [f"ts:{name} {_literal(value)}" for name, value in sorted(claim.qualifiers.items())]
    lines += _meta(stored, claim)
    return " ;\n  ".join(lines) + " .\n"


def _meta(stored: StoredClaim, claim: Claim) -> list[str]:
    statements = [f"ts:source {_literal(claim.source)}", f"ts:basis {_literal(claim.basis)}"]
    statements += [f"ts:review {_literal(claim.review)}", f"ts:confidence {_literal(claim.confidence)}"]
    statements += [f"ts:recordedAt {_instant(stored.recorded_at)}"]
    statements += [f"ts:validFrom {_instant(claim.valid_from)}"] if claim.valid_from else []
    statements += [f"ts:validTo {_instant(claim.valid_to)}"] if claim.valid_to else []
    return statements + [f"ts:EVIDENCED_BY {_iri(evidence)}" for evidence in claim.evidence]


def _judgement(stored: StoredJudgement) -> str:
    judged = stored.judgement
    texts = {"verdict": judged.verdict, "by": judged.by, "why": judged.why}
    statements = "".join(f" ;\n  ts:{name} {_literal(text)}" for name, text in texts.items())
    return f"{_iri(judged.id)} a ts:Judgement ;\n  ts:about {_iri(judged.left)}, {_iri(judged.right)}{statements} .\n"


def _iri(entity: str) -> str:
    return f"<{BASE}{entity}>"  # ids are ASCII letters, digits and `:._~-`


def _instant(text: str) -> str:
    return f'"{text}"^^xsd:dateTime'


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f'"{value!r}"^^xsd:double'
    return json.dumps(str(value), ensure_ascii=False)  # JSON's escapes are Turtle's too
