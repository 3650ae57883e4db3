"""The JSON Schema accepts every valid record, and the validators refuse every record that it refuses."""

import json
import math
import random

from jsonschema import Draft202012Validator

from ontology.compile import ROOT
from ontology.compiler.shapes import record_shapes
from ontology.compiler.source import read_schema
from ontology.generated.validators import validate
from ontology.generated.vocabulary import kind_of
from tests.ontology.mutations import Sampler, mutants

SCHEMA = json.loads((ROOT / "ontology/generated/records.schema.json").read_text(encoding="utf-8"))
JUDGE = Draft202012Validator(SCHEMA)
SHAPES = record_shapes(read_schema())


def test_it_is_a_json_schema():
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]["@type"]["enum"]) == set(SHAPES)


def test_valid_records_pass():
    sampler = Sampler(31)
    for name, shape in SHAPES.items():
        for full in (True, False):
            record = sampler.record(name, shape, full=full)
            assert list(JUDGE.iter_errors(record)) == []


def test_what_it_refuses_the_validators_refuse():
    sampler, source = Sampler(32), random.Random(33)
    refused = 0
    for name, shape in SHAPES.items():
        full = sampler.record(name, shape, full=True)
        for record in mutants(shape, full, full, source, 8):
            if _is_json(record) and not JUDGE.is_valid(record):
                refused += 1
                assert validate(record, kind_of), record
    assert refused > 150


def test_an_unknown_class_or_field_is_refused():
    assert not JUDGE.is_valid({"@type": "Organisation", "id": "org:a-1"})
    assert not JUDGE.is_valid({"@type": "Organization", "id": "org:a-1", "nmae": "x"})
    assert not JUDGE.is_valid({"@type": "Organization"})


def _is_json(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_is_json, value.values()))
    if isinstance(value, list):
        return all(map(_is_json, value))
    return not isinstance(value, float) or math.isfinite(value)
