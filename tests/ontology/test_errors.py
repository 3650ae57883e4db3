"""The error tree: its drawing is right, and its codes are stable."""

import inspect
import re

import pytest

from ontology import errors
from ontology.errors import TierscopeError

ALL = [found for _, found in inspect.getmembers(errors, inspect.isclass) if issubclass(found, TierscopeError)]


def test_every_class_is_drawn_in_the_docstring():
    assert [found.__name__ for found in ALL if found.__name__ not in (errors.__doc__ or "")] == []


def test_codes_are_unique():
    codes = [found.code for found in ALL]
    assert len(set(codes)) == len(codes)
    assert all(code.isupper() and code.replace("_", "").isalpha() for code in codes)


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.__name__)
def test_each_says_what_it_is_and_carries_fix_and_details(found):
    assert found.__doc__
    error = found("wrong", fix="mend it", row=3)
    assert (str(error), error.fix, error.details) == ("wrong", "mend it", {"row": 3})


def test_only_what_may_pass_is_retryable():
    retryable = {found for found in ALL if found.retryable}
    assert {errors.StoreLockedError, errors.StoreUnavailableError} <= retryable
    assert not retryable & {errors.InvalidRecordError, errors.StoreReadOnlyError, errors.StoreAuthError}


def test_the_drawing_has_the_shape_of_the_tree():
    above = TierscopeError
    for line in (errors.__doc__ or "").splitlines():
        drawn = re.match(r"(│   |    )?[├└]── (\w+)", line)
        if drawn:
            found = getattr(errors, drawn[2])
            assert found.__bases__ == ((above if drawn[1] else TierscopeError),), line
            above = above if drawn[1] else found
