"""Readable, deterministic ASCII ids: `<prefix>:<scheme>-<value>`, `<prefix>:name:<source>-<slug>-<hash8>` for names."""

import hashlib
import re
import unicodedata

from ontology.records import EntityId

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_NOT_ID = re.compile(r"[^A-Za-z0-9._~-]+")
_ENTITY_ID = re.compile(r"([a-z]{3}):[!-~]+\Z")
_SLUG_LENGTH = 40


def scheme_id(prefix: str, scheme: str, value: str) -> EntityId:
    """The id of what `scheme` calls `value`: `org:lei-529900…`. Beyond `A–Z a–z 0–9 . _ ~ -` it gets a hash."""
    plain = _NOT_ID.sub("-", value.strip()).strip("-")
    if plain == value.strip() and plain:
        return EntityId(f"{prefix}:{scheme}-{plain}")
    return EntityId(f"{prefix}:{scheme}-{slug(value)}-{_hash8(fold_name(value))}")


def name_id(prefix: str, source: str, name: str) -> EntityId:
    """The id of what the source contract `source` calls exactly `name` (NFC, trimmed, inner spaces folded)."""
    folded = fold_name(name)
    return EntityId(f"{prefix}:name:{source}-{slug(folded)}-{_hash8(folded)}")


def kind_prefix(entity: str) -> str:
    """The prefix that says the kind (`org`), or "" where `entity` is no well-formed id (printable ASCII, no space)."""
    found = _ENTITY_ID.match(entity)
    return found[1] if found else ""


def fold_name(name: str) -> str:
    """`name` in NFC, trimmed, with each run of spaces folded to one: the form that identifies within a source."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def slug(text: str) -> str:
    """Lower-case ASCII letters and digits of `text` joined by hyphens, cut to 40 characters; `x` where none is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_PLAIN.sub("-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "x"


def _hash8(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
