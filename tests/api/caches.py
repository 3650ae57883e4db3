"""The caches of parsed and validated documents, looked at from outside."""

from api.graphql.documents import _parse_kept, _validate_kept


def forget() -> None:
    """Empty both caches."""
    _parse_kept.cache_clear()
    _validate_kept.cache_clear()


def kept() -> int:
    """How often a validation was answered from the cache."""
    return _validate_kept.cache_info().hits
