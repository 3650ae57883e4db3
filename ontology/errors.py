"""The error tree of the whole product.

TierscopeError
├── OntologyError            the ontology is invalid                            (start-up fails)
├── SettingsError            a setting is unknown or unusable                   (user's fault)
├── InputError               an input cannot be used                            (user's fault)
│   ├── SourceFileError      a file is missing, broken, too large or misencoded
│   ├── MappingError         a mapping names an unknown column or term
│   └── UnknownSourceError   no source has that name
├── InvalidRecordError       a record does not fit the vocabulary               (goes to quarantine)
├── NotFoundError            a requested id is not in the graph                 (caller's fault)
├── NotGivenError            the graph lacks the figures that an answer needs   (user's fault)
├── JudgementConflictError   a `same` contradicts a `different`                 (caller's fault)
├── NotConvergedError        a computation did not converge                     (a bug, or broken figures)
├── JobError                 a job of a parallel run failed; it is named        (a bug, or broken figures)
├── ClusterError             the cluster is unreachable, or workers die         (retryable)
├── QueryError               a query is malformed                               (caller's fault)
│   ├── QueryTooCostlyError  a query costs more than one request may
│   ├── DeadlineError        a query took too long                              (retryable)
│   ├── OverloadedError      too many queries are running                       (retryable)
│   └── IdempotencyError     an idempotency key was reused for another request
└── StoreError               the store refused or is unreachable
    ├── MissingEndError      a claim names an unknown entity
    ├── MissingEvidenceError a claim names no evidence, or unknown evidence
    ├── StoreLockedError     another process is writing to the store            (retryable)
    ├── StoreUnavailableError the server is unreachable or too slow             (retryable)
    ├── StoreReadOnlyError   the file system or the server refuses writes
    ├── StoreFullError       no space is left
    ├── StoreAuthError       credentials or TLS were refused
    ├── StoreVersionError    the store's layout has another version
    └── StoreCorruptError    the stored data contradict themselves
"""

from typing import ClassVar


class TierscopeError(Exception):
    """Base class of every error that the product raises on purpose.

    Attributes:
        code: Stable name that GraphQL clients and scripts rely on.
        retryable: Whether the same request may succeed later.
        fix: What a person can do about it, in one sentence. Never empty for a user's fault.
        details: Data that locate the fault, such as row, rule or path. Never secrets.
    """

    code: ClassVar[str] = "INTERNAL"
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, fix: str = "", **details: object) -> None:
        super().__init__(message)
        self.fix = fix
        self.details = details


class OntologyError(TierscopeError):
    """The ontology contradicts itself, or uses a construct that the compiler does not know."""

    code = "BAD_ONTOLOGY"


class SettingsError(TierscopeError):
    """A setting is unknown or misspelt, or its value is unusable."""

    code = "BAD_SETTING"


class InputError(TierscopeError):
    """An input, such as an argument, a file or an address, cannot be used."""

    code = "BAD_INPUT"


class SourceFileError(InputError):
    """A source file is missing, broken, too large, or not in the declared encoding."""

    code = "BAD_FILE"


class MappingError(InputError):
    """A mapping does not fit its file or the vocabulary."""

    code = "BAD_MAPPING"


class UnknownSourceError(InputError):
    """No declared source has that name."""

    code = "UNKNOWN_SOURCE"


class InvalidRecordError(TierscopeError):
    """A record does not fit the vocabulary."""

    code = "INVALID_RECORD"


class NotFoundError(TierscopeError):
    """The graph holds nothing with the requested id."""

    code = "NOT_FOUND"


class NotGivenError(TierscopeError):
    """The graph lacks the figures that an answer is computed from; `fix` names what to load."""

    code = "NOT_GIVEN"


class JudgementConflictError(TierscopeError):
    """A judgement `same` contradicts a judgement `different`; both are named."""

    code = "JUDGEMENT_CONFLICT"


class NotConvergedError(TierscopeError):
    """A computation did not converge, so it has no result."""

    code = "NOT_CONVERGED"


class JobError(TierscopeError):
    """A job of a parallel run failed; `details` names it."""

    code = "JOB_FAILED"


class ClusterError(TierscopeError):
    """The cluster is unreachable, offers no worker, or lost more workers than a job's retries allow."""

    code = "CLUSTER_UNAVAILABLE"
    retryable = True


class QueryError(TierscopeError):
    """A query is malformed and cannot be answered."""

    code = "BAD_QUERY"


class QueryTooCostlyError(QueryError):
    """A query is deeper, wider or more costly than one request may be."""

    code = "QUERY_TOO_COSTLY"


class DeadlineError(QueryError):
    """A query was not answered within its deadline."""

    code = "DEADLINE"
    retryable = True


class OverloadedError(QueryError):
    """The service already runs as many queries as it accepts at a time."""

    code = "OVERLOADED"
    retryable = True


class IdempotencyError(QueryError):
    """An idempotency key was used before for another request."""

    code = "IDEMPOTENCY_CONFLICT"


class StoreError(TierscopeError):
    """The store refused a read or a write."""

    code = "STORE"


class MissingEndError(StoreError):
    """A claim names an entity that is neither in the store nor in the batch."""

    code = "MISSING_END"


class MissingEvidenceError(StoreError):
    """A claim names no evidence, or evidence that is neither in the store nor in the batch."""

    code = "MISSING_EVIDENCE"


class StoreLockedError(StoreError):
    """Another process is writing to the store."""

    code = "STORE_LOCKED"
    retryable = True


class StoreUnavailableError(StoreError):
    """The server is unreachable, or did not answer in time."""

    code = "STORE_UNAVAILABLE"
    retryable = True


class StoreReadOnlyError(StoreError):
    """The file system or the server refuses writes."""

    code = "STORE_READ_ONLY"


class StoreFullError(StoreError):
    """The store's disk is full."""

    code = "STORE_FULL"


class StoreAuthError(StoreError):
    """The server refused the credentials, or TLS failed."""

    code = "STORE_AUTH"


class StoreVersionError(StoreError):
    """The store's layout has another version than this program reads."""

    code = "STORE_VERSION"


class StoreCorruptError(StoreError):
    """The stored data contradict themselves."""

    code = "STORE_CORRUPT"
