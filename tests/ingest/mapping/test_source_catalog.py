"""The sources that come with the product: each compiles and is found by its name."""

import pytest

from ingest.mapping.compiler import compile_source
from ingest.mapping.source_catalog import load_source_spec, load_source_specs, source_names
from ontology.errors import UnknownSourceError
from ontology.generated.model import RECORDS
from ontology.generated.vocabulary import VOCABULARY


@pytest.mark.parametrize("name", source_names())
def test_every_source_that_comes_along_compiles(name: str) -> None:
    found = load_source_spec(name)
    assert found.source == name
    assert found.publisher
    assert found.licence
    compile_source(found, VOCABULARY, RECORDS, {})


def test_all_sources_are_found_by_name() -> None:
    assert {"scms", "debian_deps", "apple_suppliers"} <= load_source_specs().keys()


def test_an_unknown_source_gets_the_nearest_name() -> None:
    with pytest.raises(UnknownSourceError, match="no source is called 'scsm'") as caught:
        load_source_spec("scsm")
    assert caught.value.fix == "did you mean scms?"


def test_a_source_like_no_other_gets_all_names() -> None:
    with pytest.raises(UnknownSourceError) as caught:
        load_source_spec("qqqqqq")
    assert "scms" in caught.value.fix
