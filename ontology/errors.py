"""The error tree of the whole product.

TierscopeError
├── OntologyError            the vocabulary itself is wrong                     (start-up fails)
├── SettingsError            a setting is unknown or unusable                   (user's fault)
├── InputError               what was handed in cannot be used                  (user's fault)
│   ├── SourceFileError      a file is missing, broken, too large or misencoded
│   ├── MappingError         a mapping names a column or term that is not there
│   └── UnknownSourceError   no source contract of that name
├── InvalidRecordError       a record does not fit the vocabulary               (goes to quarantine)
├── NotFoundError            a thing asked for by id is not in the graph        (caller's fault)
├── NotGivenError            the figures of an answer are not in the graph          (user's fault)
├── JudgementConflictError   a `same` contradicts a `different`                 (caller's fault)
├── NotConvergedError        a computation did not reach its result             (a bug, or broken figures)
├── JobError                 a job of a parallel run failed; it is named        (a bug, or broken figures)
├── ClusterError             the cluster is away, or workers die                (retryable)
├── QueryError               a query is malformed                               (caller's fault)
│   ├── QueryTooCostlyError  a query would touch more than a request may
│   ├── DeadlineError        a query took too long                              (retryable)
│   ├── OverloadedError      too many queries are being answered                (retryable)
│   └── IdempotencyError     an idempotency key comes again with another body
└── StoreError               the store refused or is away
    ├── MissingEndError      a claim names an entity that is not there
    ├── MissingEvidenceError a claim names no evidence, or evidence not there
    ├── StoreLockedError     another process holds the store                    (retryable)
    ├── StoreUnavailableError the server is away or too slow                    (retryable)
    ├── StoreReadOnlyError   the file system or the server refuses writes
    ├── StoreFullError       no space is left
    ├── StoreAuthError       credentials or TLS were refused
    ├── StoreVersionError    the store was made by another schema version
    └── StoreCorruptError    what is stored contradicts itself
"""

from typing import ClassVar


class TierscopeError(Exception):
    """Anything this product raises on purpose.

    Attributes:
        code: A stable name that GraphQL clients and scripts rely on.
        retryable: Whether doing the same again may succeed.
        fix: What a person can do about it, in one sentence; never empty on the user's own faults.
        details: What is needed to find the culprit (row, rule, path); never secrets.
    """

    code: ClassVar[str] = "INTERNAL"
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, fix: str = "", **details: object) -> None:
        super().__init__(message)
        self.fix = fix
        self.details = details


class OntologyError(TierscopeError):
    """The vocabulary contradicts itself or uses a construct that the compiler does not know."""

    code = "BAD_ONTOLOGY"


class SettingsError(TierscopeError):
    """A setting is unknown, misspelt or unusable."""

    code = "BAD_SETTING"


class InputError(TierscopeError):
    """What was handed in cannot be used as it is."""

    code = "BAD_INPUT"


class SourceFileError(InputError):
    """A source file is missing, broken, too large or in another encoding than declared."""

    code = "BAD_FILE"


class MappingError(InputError):
    """A mapping does not fit its file or the vocabulary."""

    code = "BAD_MAPPING"


class UnknownSourceError(InputError):
    """No source contract has that name."""

    code = "UNKNOWN_SOURCE"


class InvalidRecordError(TierscopeError):
    """A record does not fit the vocabulary."""

    code = "INVALID_RECORD"


class NotFoundError(TierscopeError):
    """A thing asked for by id is not in the graph."""

    code = "NOT_FOUND"


class NotGivenError(TierscopeError):
    """The figures that an answer is made from are not in the graph; `fix` says what to load."""

    code = "NOT_GIVEN"


class JudgementConflictError(TierscopeError):
    """A judgement `same` contradicts a judgement `different`; both are named."""

    code = "JUDGEMENT_CONFLICT"


class NotConvergedError(TierscopeError):
    """A computation did not reach its result, so none is given."""

    code = "NOT_CONVERGED"


class JobError(TierscopeError):
    """A job of a parallel run failed; `details` names it."""

    code = "JOB_FAILED"


class ClusterError(TierscopeError):
    """The cluster cannot be reached, gives no worker, or lost workers more often than a job is tried again."""

    code = "CLUSTER_UNAVAILABLE"
    retryable = True


class QueryError(TierscopeError):
    """A query is malformed: it cannot be answered as it stands."""

    code = "BAD_QUERY"


class QueryTooCostlyError(QueryError):
    """A query is deeper, wider or dearer than one request may be."""

    code = "QUERY_TOO_COSTLY"


class DeadlineError(QueryError):
    """A query was not answered within its deadline."""

    code = "DEADLINE"
    retryable = True


class OverloadedError(QueryError):
    """As many queries are being answered as the service takes at once."""

    code = "OVERLOADED"
    retryable = True


class IdempotencyError(QueryError):
    """An idempotency key was used before, for another request."""

    code = "IDEMPOTENCY_CONFLICT"


class StoreError(TierscopeError):
    """The store refused."""

    code = "STORE"


class MissingEndError(StoreError):
    """A claim names an entity that is neither in the store nor in the batch."""

    code = "MISSING_END"


class MissingEvidenceError(StoreError):
    """A claim names no evidence, or evidence that is neither in the store nor in the batch."""

    code = "MISSING_EVIDENCE"


class StoreLockedError(StoreError):
    """Another process holds the store."""

    code = "STORE_LOCKED"
    retryable = True


class StoreUnavailableError(StoreError):
    """The server is away, or did not answer in time."""

    code = "STORE_UNAVAILABLE"
    retryable = True


class StoreReadOnlyError(StoreError):
    """The file system or the server refuses writes."""

    code = "STORE_READ_ONLY"


class StoreFullError(StoreError):
    """No space is left where the store lies."""

    code = "STORE_FULL"


class StoreAuthError(StoreError):
    """Credentials or TLS were refused."""

    code = "STORE_AUTH"


class StoreVersionError(StoreError):
    """The store was made by another schema version."""

    code = "STORE_VERSION"


class StoreCorruptError(StoreError):
    """What is stored contradicts itself."""

    code = "STORE_CORRUPT"
