"""docs/graphql.md says what is so."""

import re
from pathlib import Path

from api.request.idempotency import IdempotencyMemory
from api.request.limits import PAGE_LARGEST, Limits
from ontology import errors
from ontology.errors import TierscopeError

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "graphql.md").read_text(encoding="utf-8")


def row(name: str) -> str:
    found = re.search(rf"^\| {re.escape(name)} \| (.*) \|$", TEXT, re.MULTILINE)
    assert found, name
    return found[1]


def test_the_limits_are_those_of_the_code():
    limits = Limits()
    assert row("body") == f"{limits.body:,} bytes"
    assert row("tokens") == f"{limits.tokens:,}"
    assert row("depth") == f"{limits.depth}"
    assert row("aliases") == f"{limits.aliases}"
    assert row("root fields") == f"{limits.roots}; a mutation 1"
    assert row("repeats of one field in one place") == f"{limits.repeats}"
    assert row("cost") == f"{limits.cost:,}"
    assert row("claims that one read may touch") == f"{limits.claims:,}"
    assert row("time").startswith(f"{limits.deadline:g} s")
    assert row("requests at once") == f"{limits.at_once}, and {limits.waiting - limits.at_once} more waiting"
    assert f"`first` is 1 to {PAGE_LARGEST}" in TEXT
    assert f"the last {IdempotencyMemory()._kept:,}" in TEXT


def test_the_codes_are_those_of_the_error_tree():
    known = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, TierscopeError)}
    told = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)*)`", TEXT.partition("## Errors")[2].partition("## Changing")[0]))
    assert told <= known
    assert {"BAD_QUERY", "QUERY_TOO_COSTLY", "DEADLINE", "NOT_FOUND", "INTERNAL", "IDEMPOTENCY_CONFLICT"} <= told


def test_codes_that_may_be_tried_again_are_said_so():
    retryable = {
        kind.code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, TierscopeError) and kind.retryable
    }
    for line in TEXT.partition("## Errors")[2].splitlines():
        codes = (
            set(re.findall(r"^\| `([A-Z_]+)`(?:, `([A-Z_]+)`)?", line)[0]) - {""} if line.startswith("| `") else set()
        )
        if codes & retryable:
            assert "may be tried again" in line


def test_every_example_is_listed_and_there():
    listed = set(re.findall(r"\.\./examples/([\w-]+)\.graphql", TEXT))
    assert listed == {file.stem for file in (ROOT / "examples").glob("*.graphql")}


def test_what_it_links_to_is_there():
    for target in re.findall(r"\]\((\.\./[^)]+)\)", TEXT):
        assert (ROOT / "docs" / target).resolve().exists(), target
