"""A fault names the rule that failed, what is wrong in words, and what to do about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.generated import validators
from ontology.generated.model import RECORDS
from ontology.generated.validators import CHECKERS, validate
from ontology.generated.vocabulary import kind_of
from ontology.validation import conforms, count, is_date, is_instant, is_text, is_uri, nested, values

SUPPLY = {"@type": "SupplyRelation", "supplier": "org:a-1", "customer": "org:b-1"}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def fault(**changes):
    found = validate({**SUPPLY, **changes}, kind_of)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("changes", "rule", "message"),
    [
        (
            {"supplier": "reg:x-1"},
            "supplier.class",
            "supplier is 'reg:x-1'; it must name an entity of kind Organization or Site",
        ),
        ({"customer": None}, "customer.minCount", "customer is missing; it must be present"),
        ({"customer": []}, "customer.minCount", "customer is missing; it must be present"),
        ({"shareOfSupply": 1.7}, "shareOfSupply.maxInclusive", "shareOfSupply is 1.7; it must be at most 1"),
        ({"essential": "yes"}, "essential.datatype", "essential is 'yes'; it must be true or false"),
        ({"suplier": 1}, "suplier.closed", "SupplyRelation has no field suplier"),
        ({"supplier": "org:b-1"}, "supplier.disjoint", "supplier is 'org:b-1'; it must differ from customer"),
        ({"declaredTier": 2}, "or", "the SupplyRelation must have no declaredTier or a declaredFor that fits"),
        ({"basis": "guessed"}, "basis.in", "basis is 'guessed'; it must be one of observed, inferred, confirmed"),
        (
            {"currency": ["EUR", "USD"]},
            "currency.maxCount",
            "currency is ['EUR', 'USD']; it must have at most 1 value",
        ),
    ],
)
def test_a_fault_names_rule_and_wrong(changes, rule, message):
    found = fault(**changes)
    assert (found.rule, found.message) == (f"SupplyRelation.{rule}", message)
    assert found.fix


def test_the_fix_describes_the_field():
    assert fault(leadTimeDays=-1).fix == "give leadTimeDays as described: Days from order to delivery."


def test_the_fix_for_a_misspelt_field_or_class_names_the_nearest():
    assert fault(suplier=1).fix == "write supplier instead, or leave suplier out"
    assert fault(zzzzzz=1).fix == "leave zzzzzz out"
    assert validate({"@type": "Organisation"}, kind_of)[0].fix == "write Organization"


@pytest.mark.parametrize("type_name", [None, 3, "", [], {}, "organization"])
def test_a_record_of_no_class_is_refused(type_name):
    assert [found.rule for found in validate({"@type": type_name}, kind_of)] == ["@type.unknown"]
    assert [found.rule for found in validate({}, kind_of)] == ["@type.unknown"]


def test_several_faults_are_all_reported():
    found = validate({"@type": "SupplyRelation", "supplier": 3, "volume": -1, "when": "x"}, kind_of)
    fields = {each.field for each in found}
    assert fields == {"supplier", "volume", "when", "customer"}


def test_a_long_value_is_cut_in_the_message():
    assert len(fault(currency="x" * 5000).message) < 200


def test_a_fault_inside_an_object_names_its_field():
    record = {"@type": "Organization", "id": "org:a-1", "identifiers": [{"value": "1"}]}
    assert "whose scheme must be present" in validate(record, kind_of)[0].message


@given(st.dictionaries(st.sampled_from(sorted(RECORDS["SupplyRelation"].fields)), ANYTHING, max_size=6))
def test_nothing_that_json_can_hold_makes_a_validator_raise(content):
    for found in validate({**content, "@type": "SupplyRelation"}, kind_of):
        assert found.rule.startswith("SupplyRelation")
        assert found.message
        assert found.fix


@given(st.sampled_from(sorted(RECORDS)), st.dictionaries(st.text(max_size=6), ANYTHING, max_size=3))
def test_what_lacks_its_ends_never_fits(name, content):
    assert validate({**content, "@type": name}, kind_of)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, 0), ("a", 1), ([], 0), (["a", "a"], 1), ([1, 1.0, True], 2), ([{}, {}], 2), (("a", "b"), 2)],
)
def test_count_takes_equal_scalars_for_one(value, expected):
    assert count(value) == expected


def test_values_of_a_field():
    assert (values(None), values("a"), values(["a", "b"]), values(())) == ((), ("a",), ("a", "b"), ())


@pytest.mark.parametrize(
    ("text", "fits"), [("a", True), ("\u00e9", True), ("a\0", False), ("\ud800", False), ("", True)]
)
def test_text_is_what_every_store_keeps(text, fits):
    assert is_text(text) == fits


@given(st.dates())
def test_every_day_is_a_date(day):
    assert is_date(day.isoformat())
    assert is_instant(f"{day.isoformat()}T23:59:59Z")
    assert not is_instant(day.isoformat())
    assert not is_date(f"{day.isoformat()}T00:00:00Z")


@pytest.mark.parametrize("value", [None, 3, "", "2026-13-45", "2026-02-30", "20260301", "2026-03-01\n", "2026-W01-1"])
def test_what_is_no_date(value):
    assert not is_date(value)
    assert not is_instant(value)


def test_uris():
    assert is_uri("https://example.org/a?b#c")
    assert not any(map(is_uri, ("a b", "", None, "<a>", "a\n")))


def test_object_forms():
    identifier = validators._IDENTIFIER
    assert conforms(identifier, {"value": "1", "scheme": "lei"}, kind_of)
    assert not conforms(identifier, "lei", kind_of)
    assert nested(identifier, "lei", kind_of) == ("node", "be an object with scheme and value")
    assert CHECKERS["Organization"].closed
