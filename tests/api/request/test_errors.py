"""What is said of errors."""

import logging

import pytest
from graphql import GraphQLError, Source, parse

from api.request.errors import described, masked, present
from ontology import errors
from ontology.errors import DeadlineError, NotFoundError, StoreUnavailableError, TierscopeError


def raised(error: Exception) -> Exception:
    """The error as it is when somebody raised it."""
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.mark.parametrize(
    ("error", "extensions"),
    [
        (NotFoundError("gone", fix="look"), {"code": "NOT_FOUND", "retryable": False, "fix": "look"}),
        (DeadlineError("late"), {"code": "DEADLINE", "retryable": True}),
        (StoreUnavailableError("away", fix="start"), {"code": "STORE_UNAVAILABLE", "retryable": True, "fix": "start"}),
    ],
)
def test_what_was_raised_on_purpose_is_said(error: TierscopeError, extensions: dict[str, object]):
    assert described(error) == {"message": str(error), "extensions": extensions}


def test_details_are_not_said():
    error = NotFoundError("gone", path="/secret/place")
    assert "secret" not in str(described(error))


@pytest.mark.parametrize(
    "kind",
    sorted(
        {one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, TierscopeError)}, key=str
    ),
)
def test_every_error_of_the_tree_has_a_code_of_its_own_kind(kind: type[TierscopeError]):
    wrapped = GraphQLError("x", original_error=raised(kind("said", fix="do")), path=["a", 0])
    [told] = present([wrapped], "r")
    assert told["message"] == "said"
    assert told["extensions"] == {"code": kind.code, "retryable": kind.retryable, "fix": "do"}
    assert told["path"] == ["a", 0]


def test_an_error_is_found_under_all_its_wrappings():
    inner = GraphQLError("y", original_error=raised(NotFoundError("gone")))
    [told] = present([GraphQLError("x", original_error=inner, path=["a"])], "r")
    assert (told["message"], told["extensions"]["code"]) == ("gone", "NOT_FOUND")


def test_what_nobody_foresaw_keeps_its_words(caplog: pytest.LogCaptureFixture):
    [told] = present([GraphQLError("hunter2", original_error=raised(ValueError("hunter2")), path=["a"])], "r-9")
    assert told["extensions"] == {
        "code": "INTERNAL",
        "retryable": False,
        "fix": "report request id r-9 to the operator of this service",
        "request": "r-9",
    }
    assert "hunter2" not in str(told)
    [record] = caplog.records
    assert "hunter2" not in str(vars(record))
    assert record.exc_info is None
    assert vars(record)["frames"][-1].endswith(" raised")


def test_what_graphql_says_of_our_own_values_is_masked(caplog: pytest.LogCaptureFixture):
    """A leaf that cannot be written is our fault, though GraphQL words it: the words hold the value."""
    inner = GraphQLError("Float cannot represent non numeric value: 'hunter2'")
    [told] = present([GraphQLError(inner.message, original_error=inner, path=["a"])], "r")
    assert told["extensions"]["code"] == "INTERNAL"
    assert "hunter2" not in str(told)
    assert len(caplog.records) == 1


def test_what_graphql_says_of_an_argument_is_the_querys_fault(caplog: pytest.LogCaptureFixture):
    document = parse("{ a(n: $n) }")
    inner = GraphQLError("Argument 'n' of required type 'Int!' was not given", document)
    [told] = present([GraphQLError(inner.message, original_error=inner, path=["a"])], "r")
    assert told["extensions"]["code"] == "BAD_QUERY"
    assert not caplog.records


def test_before_execution_everything_is_the_querys_fault(caplog: pytest.LogCaptureFixture):
    error = GraphQLError("bad value", original_error=ValueError("bad value"), source=Source("{ a }"), positions=[2])
    [told] = present([error], "r")
    assert told["extensions"]["code"] == "BAD_QUERY"
    assert told["locations"] == [{"line": 1, "column": 3}]
    assert "path" not in told
    assert not caplog.records


def test_masking_logs_the_class_and_the_place_of_the_error(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.ERROR)
    masked(raised(KeyError("secret")), "r-1")
    [record] = caplog.records
    assert (record.name, record.levelno, record.getMessage()) == ("api.request.errors", logging.ERROR, "request failed")
    assert (vars(record)["request"], vars(record)["error"]) == ("r-1", "KeyError")
