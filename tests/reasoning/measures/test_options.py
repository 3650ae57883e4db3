"""Every option of every measure either changes the request or is refused by name."""

from dataclasses import fields
from typing import Any

import pytest

from ontology.errors import InputError
from ontology.records import EntityId
from reasoning.measures.catalogue import MEASURES, Measure, named, options_of
from reasoning.measures.options import (
    DisruptionOptions,
    InoperabilityOptions,
    LeontiefOptions,
    LossOptions,
    RecoveryOptions,
)

# A value of each option that no measure has by default, and what the options value makes of it; `by` has its own tests.
SAMPLES: dict[str, tuple[object, object]] = {
    "category": ("cyber", EntityId("rct:tierscope-cyber")),
    "stop_probability": (0.5, 0.5),
    "days": (7.5, 7.5),
    "explain": (True, True),
    "top": (3, 3),
    "paths": (1, 1),
}
OPTIONS = sorted({name for measure in MEASURES for name in measure.reads})
FORMS = [
    (measure, by, one) for measure in MEASURES for by in (None, *measure.groupings) for one in (False, True)
]  # every kind of request


def spelled(name: str) -> str:
    return f"<{name}>"


def test_every_option_has_a_sample():
    assert sorted({"by", *SAMPLES}) == OPTIONS


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
def test_an_options_value_is_frozen_and_has_all_defaults(measure: Measure):
    assert measure.options() == measure.options()
    assert hash(measure.options())
    assert options_of(measure, dict.fromkeys(OPTIONS)) == measure.options()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(
    ("measure", "by", "one"), FORMS, ids=[f"{form[0].name}-{form[1]}-{'one' if form[2] else 'rows'}" for form in FORMS]
)
def test_an_option_changes_the_request_or_is_refused_by_name(measure: Measure, by: str | None, one: bool, name: str):
    given, expected = SAMPLES[name]
    base: Any = measure.options() if by is None else measure.options(by=by)  # type: ignore[call-arg]
    unread = base.unread(one=one)
    if "by" in unread and by is not None:
        with pytest.raises(InputError, match=f"{measure.name} of one entity does not read <by>"):
            options_of(measure, {"by": by}, one=one, spell=spelled)
        return
    if name in measure.reads and name not in unread:
        changed = options_of(measure, {"by": by, name: given}, one=one)
        assert getattr(changed, name) == expected != getattr(base, name)
        return
    with pytest.raises(InputError) as caught:
        options_of(measure, {"by": by, name: given}, one=one, spell=spelled)
    form = " of one entity" if one else f" by {by}" if by else ""
    assert str(caught.value) == f"{measure.name}{form} does not read <{name}>"
    reads = ", ".join(spelled(field) for field in measure.reads if field not in unread)
    able = " and ".join(other.name for other in MEASURES if name in other.reads)
    elsewhere = "" if name in measure.reads else f"; <{name}> goes with {able}"
    assert caught.value.fix == f"{measure.name}{form} takes {reads}{elsewhere}"


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
def test_rows_are_by_what_was_given_or_refused_with_what_there_is(measure: Measure):
    every = {by for other in MEASURES for by in other.groupings}
    for by in sorted(every):
        if by in measure.groupings:
            found: Any = options_of(measure, {"by": by})
            assert found.by == by
        else:
            with pytest.raises(InputError, match=f"{measure.name} has no rows by {by}") as caught:
                options_of(measure, {"by": by}, spell=spelled)
            assert caught.value.fix == f"<by> takes {', '.join(measure.groupings)}"


def test_several_refused_options_are_all_named():
    with pytest.raises(InputError) as caught:
        options_of(named("loss"), {"days": 3.0, "paths": 2, "top": 5})
    assert str(caught.value) == "loss does not read days, paths"
    assert (
        caught.value.fix
        == "loss takes by, top, explain; days goes with recovery and inoperability; paths goes with leontief"
    )


def test_what_a_kind_of_request_does_not_read():
    nothing = frozenset[str]()
    assert LeontiefOptions().unread(one=False) == nothing
    assert LeontiefOptions(by="tier").unread(one=False) == {"category", "paths"}
    assert LeontiefOptions().unread(one=True) == {"by", "top"}
    assert DisruptionOptions(by="category").unread(one=False) == {"category"}
    assert LossOptions(by="country").unread(one=False) == nothing
    assert LossOptions().unread(one=True) == {"by", "top"}
    assert RecoveryOptions().unread(one=True) == InoperabilityOptions().unread(one=True) == {"top"}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
def test_only_options_of_the_measure_may_be_unread(measure: Measure):
    names = {field.name for field in fields(measure.options)}  # type: ignore[arg-type]
    for by in measure.groupings:
        for one in (False, True):
            assert measure.options(by=by).unread(one=one) <= names  # type: ignore[call-arg]
