"""Each error of the driver or the server becomes one of ours, with a fix and without secrets."""

import ssl

import pytest
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DatabaseError,
    IncompleteCommit,
    Neo4jError,
    ResultConsumedError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.neo4j.faults import corrupt, of_driver, translated
from ontology.errors import (
    InvalidRecordError,
    MissingEndError,
    StoreAuthError,
    StoreCorruptError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreUnavailableError,
    TierscopeError,
)

ADDRESS = "bolt://graph.example:7687"

OF_THE_SERVER = [
    ("Neo.ClientError.Security.Unauthorized", "wrong", StoreAuthError),
    ("Neo.ClientError.Security.AuthenticationRateLimit", "too many", StoreAuthError),
    ("Neo.ClientError.Security.CredentialsExpired", "change it", StoreAuthError),
    ("Neo.ClientError.Security.Forbidden", "no", StoreAuthError),
    ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "no", StoreReadOnlyError),
    ("Neo.ClientError.Cluster.NotALeader", "no", StoreReadOnlyError),
    ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", "this is a read-only database", StoreReadOnlyError),
    ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "limit", StoreUnavailableError),
    ("Neo.TransientError.General.OutOfMemoryError", "heap", StoreUnavailableError),
    ("Neo.TransientError.Transaction.DeadlockDetected", "cycle", StoreUnavailableError),
    ("Neo.ClientError.Transaction.LockClientStopped", "stopped", StoreLockedError),
    ("Neo.TransientError.Transaction.LockAcquisitionTimeout", "waited", StoreLockedError),
    ("Neo.ClientError.Transaction.TransactionTimedOut", "too long", StoreUnavailableError),
    ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", "too long", StoreUnavailableError),
    ("Neo.TransientError.Database.DatabaseUnavailable", "starting", StoreUnavailableError),
    ("Neo.DatabaseError.Transaction.TransactionCommitFailed", "No space left on device", StoreFullError),
    ("Neo.DatabaseError.General.UnknownError", "odd", StoreError),
    ("Neo.ClientError.Statement.SyntaxError", "odd", StoreError),
]


@pytest.mark.parametrize(("code", "text", "expected"), OF_THE_SERVER)
def test_the_servers_codes(code: str, text: str, expected: type[StoreError]):
    error = of_driver(Neo4jError._hydrate_neo4j(code=code, message=text), ADDRESS)
    assert type(error) is expected
    assert error.fix
    assert ADDRESS in str(error)


OF_THE_DRIVER = [
    (ServiceUnavailable("refused"), StoreUnavailableError),
    (SessionExpired("gone"), StoreUnavailableError),
    (IncompleteCommit("lost"), StoreUnavailableError),
    (ConnectionResetError("reset"), StoreUnavailableError),
    (TimeoutError("timed out"), StoreUnavailableError),
    (ConfigurationError("scheme"), StoreError),
    (ResultConsumedError(None, "consumed"), StoreError),
    (AuthError("no"), StoreAuthError),
]


@pytest.mark.parametrize(("raised", "expected"), OF_THE_DRIVER)
def test_the_drivers_errors(raised: Exception, expected: type[StoreError]):
    error = of_driver(raised, ADDRESS)
    assert type(error) is expected
    assert error.fix


def test_a_lost_commit_may_be_repeated_safely():
    assert "not written twice" in of_driver(IncompleteCommit("lost"), ADDRESS).fix


def test_an_unanswered_plain_address_suggests_tls_and_a_safe_one_does_not():
    assert "bolt+s://graph.example:7687" in of_driver(ServiceUnavailable("x"), ADDRESS).fix
    assert "+s" not in of_driver(ServiceUnavailable("x"), "neo4j+s://graph.example").fix


def test_a_certificate_deep_in_the_causes_decides():
    outer = ServiceUnavailable("could not connect")
    middle = OSError("handshake")
    middle.__context__ = ssl.SSLCertVerificationError(1, "certificate verify failed")
    outer.__cause__ = middle
    error = of_driver(outer, ADDRESS)
    assert type(error) is StoreAuthError
    assert "PEM" in error.fix


def test_causes_that_go_in_a_circle_end():
    one, other = ServiceUnavailable("one"), ServiceUnavailable("other")
    one.__cause__, other.__cause__ = other, one
    assert type(of_driver(one, ADDRESS)) is StoreUnavailableError


@pytest.mark.parametrize("raised", [ClientError("x"), DatabaseError("x"), TransientError("x"), OSError("x")])
def test_within_the_block_everything_of_the_drivers_is_translated(raised: Exception):
    with pytest.raises(StoreError) as caught, translated(ADDRESS):
        raise raised
    assert caught.value.__cause__ is raised


def test_values_beyond_the_server_are_a_records_fault():
    with pytest.raises(InvalidRecordError), translated(ADDRESS):
        raise OverflowError("integer out of range")


@pytest.mark.parametrize("raised", [MissingEndError("x", fix="y"), ValueError("x"), KeyboardInterrupt()])
def test_other_errors_pass(raised: BaseException):
    with pytest.raises(type(raised)) as caught, translated(ADDRESS):
        raise raised
    assert caught.value is raised


def test_damage_names_the_store():
    error: TierscopeError = corrupt(ADDRESS, "odd")
    assert isinstance(error, StoreCorruptError)
    assert ADDRESS in str(error)
