"""Names of firms, parsed into core, legal forms and numbers, and the likeness of two names."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from graph.words import words
from reasoning.identity.legal_forms import COMMON_FORMS, DROPPED, FORMS, GENERIC, ROMAN, SAME_WORD, SPELT

_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?\b\.?")
_APOSTROPHE = re.compile(r"['’`´]s?\b|['’`´]")  # noqa: RUF001
_UMLAUT = re.compile(r"(?<=[aou])e(?=[^aeiou]|$)")

_LONGEST_SPELT = max(map(len, SPELT))


@dataclass(frozen=True, slots=True)
class FirmName:
    """A parsed name.

    Attributes:
        core: Its words without legal form, in order, with no spaces. Equal cores are equal names.
        tokens: Its words without legal form, ascending.
        forms: Its legal forms, in their short spelling.
        numbers: Its words that are numbers, ascending; other numbers mean another firm.
    """

    core: str
    tokens: tuple[str, ...]
    forms: frozenset[str]
    numbers: tuple[str, ...]


@lru_cache(maxsize=65536)
def read_name(text: str) -> FirmName:
    """The parsed name of a text; a name of nothing but legal forms keeps them as its words."""
    every = list(_with_short_forms(_tokens(text)))
    kept = [word for word in every if word not in FORMS and word not in COMMON_FORMS] or every
    forms = frozenset(word for word in every if word in FORMS) if kept is not every else frozenset[str]()
    numbers = sorted(word for word in kept if any(map(str.isdigit, word)) or word in ROMAN)
    return FirmName("".join(kept), tuple(sorted(kept)), forms, tuple(numbers))


def likeness(left: FirmName, right: FirmName) -> float:
    """The likeness of two names, in [0, 1]: 1 for the same core, 0.95 or less for spellings that typing errors explain.

    Names with other numbers or other words are different names: their likeness is at most 0.5.
    """
    if left.core == right.core or left.tokens == right.tokens:
        return 1.0
    if left.numbers != right.numbers:
        return 0.0
    if _are_spelt_otherwise(left, right):
        return 0.98
    merged = _slip(left.core, right.core) if len(left.tokens) != len(right.tokens) else 0.0
    return merged or _by_words(left.tokens, right.tokens)


def forms_differ(left: FirmName, right: FirmName) -> bool:
    """Whether both have legal forms and none in common."""
    return bool(left.forms and right.forms) and not left.forms & right.forms


def _are_spelt_otherwise(left: FirmName, right: FirmName) -> bool:
    """Whether they differ by umlauts written as two letters, or by a legal form without a space: SiemensAG."""
    umlauts = _UMLAUT.sub("", left.core) == _UMLAUT.sub("", right.core)
    return umlauts or _is_glued(left, right) or _is_glued(right, left)


def _is_glued(left: FirmName, right: FirmName) -> bool:
    return not left.forms and any(left.core == right.core + form for form in right.forms)


def _by_words(left: Sequence[str], right: Sequence[str]) -> float:
    """The likeness by the words that only one of the names has."""
    ours, theirs = Counter(left), Counter(right)
    extra, other = sorted((ours - theirs).elements()), sorted((theirs - ours).elements())
    shared = (ours & theirs).total()
    if not extra or not other:
        generic = shared and all(word in GENERIC for word in (*extra, *other))
        return 0.85 if generic else 0.5 * shared / max(len(left), len(right))
    if len(extra) == len(other) == 1:
        return _slip(extra[0], other[0])
    return 0.0


def _slip(left: str, right: str) -> float:
    """0.95 for one edit, 0.05 less for each further one, up to three edits in long words; 0 beyond that."""
    length = min(len(left), len(right))
    allowed = 0 if length < 5 else 1 + (length >= 10) + (length >= 18)
    if not allowed or left[0] != right[0]:
        return 0.0
    edits = DamerauLevenshtein.distance(left, right, score_cutoff=allowed)
    return 1.0 - 0.05 * edits if edits <= allowed else 0.0


def _tokens(text: str) -> list[str]:
    plain = _APOSTROPHE.sub("", text).replace("&", " and ")
    joined = _DOTTED.sub(lambda match: f"{match.group().replace('.', '')} ", plain)
    return [SAME_WORD.get(word, word) for word in words(joined) if word not in DROPPED]


def _with_short_forms(tokens: Sequence[str]) -> Iterator[str]:
    """The words with each legal form in full replaced by its short form."""
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST_SPELT, len(tokens) - at), 0, -1):
            form = SPELT.get(tuple(tokens[at : at + length]))
            if form is not None:
                yield form
                at += length
                break
        else:
            yield tokens[at]
            at += 1
