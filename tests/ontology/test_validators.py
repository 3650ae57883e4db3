"""The compiled validators compared with pySHACL, over mutated records of every class."""

import random

import pytest

from ontology.compiler.shapes import Property, record_shapes
from ontology.compiler.source import read_schema
from ontology.generated.model import RECORDS
from ontology.generated.validators import CHECKERS, validate
from ontology.generated.vocabulary import VOCABULARY, kind_of
from tests.ontology.mutations import Sampler, edge_cases, mutants
from tests.ontology.oracle import verdicts

SCHEMA = read_schema()
SHAPES = record_shapes(SCHEMA)
MUTANTS_PER_CLASS = 30
CONSTRAINTS = {
    *("class", "closed", "datatype", "disjoint", "in", "lessThan", "lessThanOrEquals", "node", "nodeKind", "not", "or"),
    *("maxCount", "maxExclusive", "maxInclusive", "maxLength", "pattern"),
    *("minCount", "minExclusive", "minInclusive", "minLength"),
}

Records = list[dict[str, object]]


def valid_records() -> Records:
    sampler = Sampler(20)
    return [sampler.record(name, shape, full=full) for name, shape in SHAPES.items() for full in (True, True, False)]


def mutated_records() -> Records:
    sampler = Sampler(21)
    found: Records = []
    seen: set[Property] = set()
    for name, shape in SHAPES.items():
        source = random.Random(f"22 {name}")  # another class changes nothing here
        full = sampler.record(name, shape, full=True)
        small = sampler.record(name, shape, full=False)
        found += edge_cases(shape, full, seen)
        for base in (full, small):
            found += mutants(shape, base, full, source, MUTANTS_PER_CLASS // 2)
    return found


def oracle(records: Records) -> list[bool]:
    return verdicts(records, SCHEMA, RECORDS, VOCABULARY, kind_of)


def test_every_class_has_a_checker():
    assert set(CHECKERS) == set(RECORDS) == set(SHAPES)


def test_valid_records_are_let_pass_by_both():
    records = valid_records()
    assert [fault for record in records for fault in validate(record, kind_of)] == []
    assert all(oracle(records))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_same_verdict_as_pyshacl_on_mutated_records():
    records = mutated_records()
    assert len(records) >= 2000
    ours = [not validate(record, kind_of) for record in records]
    theirs = oracle(records)
    assert [record for record, a, b in zip(records, ours, theirs, strict=True) if a != b] == []
    failed = {fault.rule.rsplit(".", 1)[-1] for record in records for fault in validate(record, kind_of)}
    assert CONSTRAINTS - failed == set()
    assert 0.1 < sum(ours) / len(ours) < 0.9
