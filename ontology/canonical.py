"""Canonical bytes (RFC 8785) and the hashes made of them.

`json.dumps` writes RFC 8785 for ASCII keys and values without floats, in C; the library `rfc8785` writes the rest.
A test holds both to the same bytes.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

import rfc8785

Scalar = str | int | float | bool
Json = None | Scalar | Sequence["Json"] | Mapping[str, "Json"]

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Json) -> bytes:
    """The RFC 8785 bytes of `value`; keys must be ASCII.

    Raises:
        rfc8785.CanonicalizationError: the value has no canonical form (NaN, an integer beyond 2^53).
    """
    if _is_plain(value):
        return _encode(value).encode()
    return rfc8785.dumps(value)


def digest(value: Json) -> str:
    """SHA-256 of the canonical bytes, 64 hex digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _is_plain(value: Json) -> bool:
    if value is None or isinstance(value, str | bool):
        return True
    if isinstance(value, int):
        return -(2**53) < value < 2**53
    if isinstance(value, Mapping):
        return all(map(_is_plain, value.values()))
    return isinstance(value, Sequence) and all(map(_is_plain, value))
