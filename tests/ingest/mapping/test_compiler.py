"""The compiler: what it refuses, and with which fix."""

import re

import pytest

from ingest.mapping.compiler import compile_source
from ontology.errors import MappingError
from ontology.generated.model import RECORDS
from ontology.generated.vocabulary import VOCABULARY
from tests.ingest.loading import changed, source_spec


def compile_text(text: str) -> None:
    compile_source(source_spec(text), VOCABULARY, RECORDS, {})


@pytest.mark.parametrize(
    ("text", "says", "fix"),
    [
        (changed('"@type": Product', '"@type": Produkt'), "no record class is called 'Produkt'", "Product"),
        (changed("annualSpend:", "anualSpend:"), "SupplyRelation has no field 'anualSpend'", "annualSpend"),
        (changed('"@type": SupplyRelation', "kind: x"), '"@type"', "mapping.md"),
        (changed("{ref: Product,", "{ref: Produce,"), "no kind is called 'Produce'", "mapping.md"),
        (changed("currency: EUR", "currency: ${Amount}"), "'Amount' is not grouped by", "mapping.md"),
    ],
)
def test_what_the_compiler_refuses(text: str, says: str, fix: str) -> None:
    with pytest.raises(MappingError, match=re.escape(says)) as caught:
        compile_text(text)
    assert fix in caught.value.fix
    assert str(caught.value.details["path"]).startswith("records.")
