"""Entity ids: readable, deterministic ASCII text.

The form is `<prefix>:<scheme>-<value>`, or `<prefix>:name:<source>-<slug>-<hash8>` where only a name is known.
"""

import hashlib
import re
import unicodedata

from ontology.records import EntityId

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_NOT_ID = re.compile(r"[^A-Za-z0-9._~-]+")
_ENTITY_ID = re.compile(r"([a-z]{3}):[!-~]+\Z")
_SLUG_LENGTH = 40


def scheme_id(prefix: str, scheme: str, value: str) -> EntityId:
    """The id of the entity that has the identifier `value` in `scheme`, such as `org:lei-529900…`.

    A value with characters outside `A–Z a–z 0–9 . _ ~ -` is written as a slug and a hash.

    Args:
        prefix: Prefix of the entity's kind, such as `org`.
        scheme: Name of the identifier scheme, such as `lei`.
        value: The identifier; surrounding spaces do not count.
    """
    plain = _NOT_ID.sub("-", value.strip()).strip("-")
    if plain == value.strip() and plain:
        return EntityId(f"{prefix}:{scheme}-{plain}")
    return EntityId(f"{prefix}:{scheme}-{slug(value)}-{_hash8(fold_name(value))}")


def name_id(prefix: str, source: str, name: str) -> EntityId:
    """The id of the entity that a source knows by name only; `fold_name` decides which names are equal.

    Args:
        prefix: Prefix of the entity's kind, such as `org`.
        source: Name of the source. The same name in two sources gives two ids.
        name: The name as the source writes it.
    """
    folded = fold_name(name)
    return EntityId(f"{prefix}:name:{source}-{slug(folded)}-{_hash8(folded)}")


def kind_prefix(entity: str) -> str:
    """The prefix of an entity id (`org`), which names its kind; "" unless the id is printable ASCII without spaces."""
    found = _ENTITY_ID.match(entity)
    return found[1] if found else ""


def fold_name(name: str) -> str:
    """`name` in Unicode NFC, trimmed, with each run of spaces as one: the form that identifies within a source."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def slug(text: str) -> str:
    """The lower-case ASCII letters and digits of `text`, joined by hyphens: at most 40 characters, `x` where empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_PLAIN.sub("-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "x"


def _hash8(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
