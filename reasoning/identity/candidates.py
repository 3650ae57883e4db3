"""Candidates: pairs of records that may be one firm, scored by the features that both share.

Two records are compared if they share an identifier or a rare piece of a name, so that comparing costs little. A pair
is scored by declared weights (`WEIGHTS`) and is a candidate from `THRESHOLD` on. A pair that somebody judged, whatever
the verdict, is none; nor is one of which a claim says that the one owns, supplies or is linked to the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graph.words import words
from ontology.records import EntityId
from reasoning.identity.names import FirmName, forms_differ, likeness, read_name
from reasoning.network.facts import Fact, Facts, name_preference

THRESHOLD = 0.8
WEIGHTS: Mapping[str, float] = {
    "name": 0.8,  # times the likeness of the names, which must be LEAST_LIKENESS or more
    "other_form": -0.15,
    "same_country": 0.08,
    "other_country": -0.25,
    "same_address": 0.15,
    "same_identifier": 0.75,
    "other_identifier": -0.5,
}
LEAST_LIKENESS = 0.85  # of the names; chosen on labelled pairs, see docs/findings.md
IDENTIFYING = frozenset({"lei", "vat", "duns", "gln", "os-id", "osid", "register", "registration", "tax"})
_MOST_SHARING = 64  # a piece of a name that more records share is not rare
_MOST_PIECES = 6
_MOST_NAMES = 8
_DECIMALS = 9
_Key = TypeVar("_Key", str, tuple[str, str])


@dataclass(frozen=True, slots=True)
class CandidateFeature:
    """What speaks for a pair or against it, such as `same country`, with the claims of both records that show it."""

    text: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Two records that may be one firm.

    Attributes:
        left, right: Their ids, ascending.
        score: The sum of the weights of all features, at least `THRESHOLD`.
    """

    left: EntityId
    right: EntityId
    score: float
    features: tuple[CandidateFeature, ...]


@dataclass(frozen=True, slots=True)
class _Firm:
    """What identifies an organisation, each with the fact that claims it."""

    id: EntityId
    names: tuple[tuple[FirmName, Fact], ...]
    countries: Mapping[str, Fact]
    addresses: tuple[tuple[frozenset[str], Fact], ...]
    identifiers: Mapping[tuple[str, str], Fact]


def candidate_pairs(facts: Facts, firms: Iterable[EntityId]) -> Iterator[CandidatePair]:
    """The pairs of which at least one is among some firms, each once.

    Args:
        facts: What is known of all organisations.
        firms: Ids that stand for organisations.
    """
    index = _index(facts)
    settled = _judged(facts)
    known: dict[EntityId, _Firm] = {}
    for firm in sorted(firms):
        for other in _sharing(firm, index, facts):
            pair = (min(firm, other), max(firm, other))
            if pair in settled:
                continue
            settled.add(pair)
            left, right = (known.get(entity) or known.setdefault(entity, _firm(entity, facts)) for entity in pair)
            score, features = _score(left, right)
            if score >= THRESHOLD and not _are_related(*pair, facts):
                yield CandidatePair(*pair, score, features)


def _index(facts: Facts) -> Mapping[str, list[EntityId]]:
    """Organisations by each piece of a name and each identifier."""
    index: dict[str, list[EntityId]] = defaultdict(list)
    for entity in facts.by_subject("NAMED"):
        if facts.kind(entity) == "Organization":
            for piece in _pieces(entity, facts):
                index[piece].append(entity)
    return index


def _sharing(firm: EntityId, index: Mapping[str, list[EntityId]], facts: Facts) -> list[EntityId]:
    """The other records that share the rarest pieces of the firm's names or an identifier, ascending."""
    pieces = [(len(index.get(piece, ())), piece) for piece in _pieces(firm, facts)]
    rare = sorted(each for each in pieces if 1 < each[0] <= _MOST_SHARING)[:_MOST_PIECES]
    return sorted({entity for _, piece in rare for entity in index[piece]} - {firm})


def _pieces(entity: EntityId, facts: Facts) -> set[str]:
    """What may be looked up: starts and ends of words, the start of the whole, and identifiers."""
    pieces = {f"{scheme}={value}" for scheme, value in _identifiers(entity, facts)}
    for name, _ in _names(entity, facts):
        pieces |= {f"^{name.core[:6]}", f"={name.core}"}
        pieces |= {f"{word[:4]}-" for word in name.tokens if len(word) >= 4}
        pieces |= {f"-{word[-4:]}" for word in name.tokens if len(word) >= 6}
    return pieces


def _names(entity: EntityId, facts: Facts) -> list[tuple[FirmName, Fact]]:
    named = sorted(facts.about("NAMED", entity), key=name_preference)
    return [(read_name(str(fact.value)), fact) for fact in named if fact.text("kind") != "weak"][:_MOST_NAMES]


def _identifiers(entity: EntityId, facts: Facts) -> dict[tuple[str, str], Fact]:
    found: dict[tuple[str, str], Fact] = {}
    for fact in facts.about("IDENTIFIED_BY", entity):
        if (scheme := fact.text("scheme").casefold()) in IDENTIFYING:
            found.setdefault((scheme, "".join(words(str(fact.value)))), fact)
    return found


def _firm(entity: EntityId, facts: Facts) -> _Firm:
    addresses = [(fact, str(fact.value)) for fact in facts.about("ADDRESS", entity)]
    addresses += [(fact, text) for fact in facts.about("LOCATED_AT", entity) if (text := fact.text("address"))]
    return _Firm(
        id=entity,
        names=tuple(_names(entity, facts)),
        countries={fact.object: fact for fact in facts.about("IN_COUNTRY", entity) if fact.object is not None},
        addresses=tuple((frozenset(words(text)), fact) for fact, text in addresses),
        identifiers=_identifiers(entity, facts),
    )


def _judged(facts: Facts) -> set[tuple[EntityId, EntityId]]:
    """Pairs that somebody judged, by the ids that stand for them."""
    pairs = (sorted((facts.of(each.left), facts.of(each.right))) for each in facts.judgements)
    return {(left, right) for left, right in pairs}


def _are_related(left: EntityId, right: EntityId, facts: Facts) -> bool:
    """Whether a claim says that the one owns, supplies or is linked to the other, so that they are two."""
    relations = (
        fact
        for name in ("OWNS", "SUPPLIES", "LINKED_TO")
        for entity in (left, right)
        for fact in facts.about(name, entity)
    )
    return any(fact.object in {left, right} and fact.object != fact.subject for fact in relations)


def _score(left: _Firm, right: _Firm) -> tuple[float, tuple[CandidateFeature, ...]]:
    """The sum of the weights of all features that hold, and these features."""
    alike, forms, named = _best_names(left, right)
    total = WEIGHTS["name"] * alike + WEIGHTS["other_form"] * forms
    features = [CandidateFeature(f"names {alike:.2f} alike", named)] if alike else []
    for feature, facts in (
        *_compared("country", left.countries, right.countries),
        *_compared("identifier", left.identifiers, _comparable(left, right)),
        *_same_address(left, right),
    ):
        total += WEIGHTS[feature]
        features.append(CandidateFeature(feature.replace("_", " "), facts))
    return round(total, _DECIMALS), tuple(features)


def _best_names(left: _Firm, right: _Firm) -> tuple[float, bool, tuple[Fact, ...]]:
    best: tuple[float, bool, tuple[Fact, ...]] = (0.0, False, ())
    for ours, our_fact in left.names:
        for theirs, their_fact in right.names:
            alike, differ = likeness(ours, theirs), forms_differ(ours, theirs)
            if alike >= LEAST_LIKENESS and (alike, not differ) > (best[0], not best[1]):
                best = (alike, differ, (our_fact, their_fact))
    return best


def _comparable(left: _Firm, right: _Firm) -> dict[tuple[str, str], Fact]:
    """The right firm's identifiers of schemes that the left one has too."""
    schemes = {scheme for scheme, _ in left.identifiers}
    return {key: fact for key, fact in right.identifiers.items() if key[0] in schemes}


def _compared(
    what: str, left: Mapping[_Key, Fact], right: Mapping[_Key, Fact]
) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """`same_<what>` or `other_<what>` with the facts that show it; nothing where one side is not known."""
    if not left or not right:
        return
    shared = sorted(left.keys() & right.keys())
    if shared:
        yield f"same_{what}", (left[shared[0]], right[shared[0]])
    else:
        yield f"other_{what}", (left[min(left)], right[min(right)])


def _same_address(left: _Firm, right: _Firm) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    for ours, our_fact in left.addresses:
        for theirs, their_fact in right.addresses:
            if min(len(ours), len(theirs)) >= 3 and len(ours & theirs) >= 0.75 * len(ours | theirs):
                yield "same_address", (our_fact, their_fact)
                return
