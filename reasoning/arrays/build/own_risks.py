"""Own risks of many firms: firms with the same known facts share one profile, computed once by `reasoning.risk`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.identity import Identity
from graph.port import LATEST, ClaimColumns
from ontology.records import At, EntityId, StoredJudgement
from reasoning.arrays.build.claims import PartReader, Tell, parts
from reasoning.core.graph.network import Floats, Integers
from reasoning.network.facts import Facts
from reasoning.risk.own_risk import OwnRisk, Risks
from reasoning.risk.weights import CATEGORIES

# Predicates that own risk is computed from, about their subject or their object. For a firm that has none of them and
# is in one country at most, only this country counts.
ABOUT_SUBJECT = ("OPERATES", "LOCATED_AT", "OBSERVED", "SANCTIONED", "PART_OF", "BROADER", "INDICATOR")
ABOUT_OBJECT = ("AFFECTS", "HELD_BY", "OWNS")
_COUNTRY = "IN_COUNTRY"
_PART = 1_000_000  # claims read at once: there are few of them, or one a firm


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """Own risks: the profile of each firm, and low, value and high by profile and category; no number is unknown."""

    profile: npt.NDArray[np.int32]
    profiles: Floats


def profiles(reader: PartReader, at: At, firms: Sequence[str], *, tell: Tell) -> Profiles:
    """The own risks of firms, named by the ids that stand for them."""
    identity = Identity(stored.judgement for stored in reader.judgements(at))
    alike = _alike(reader, at, firms, identity)
    shown = {entity for entity, *_ in alike.values()}
    risks = Risks(Facts(_Narrowed(reader, shown, identity), at))
    number = {entity: place for place, entity in enumerate(firms)}
    rows = np.empty((len(alike), len(CATEGORIES), 3))
    profile = np.zeros(len(firms), dtype=np.int64)
    for row, same in enumerate(alike.values()):
        rows[row] = profile_row(risks.of(same[0]))
        profile[[number[entity] for entity in same]] = row
        tell("own risks", row + 1)
    return settled(profile, rows)


def settled(profile: Integers, rows: Floats) -> Profiles:
    """The profiles of firms, each once, in a fixed order."""
    used = np.unique(profile)
    texts = [rows[place].tobytes() for place in used.tolist()]
    order = {text: number for number, text in enumerate(sorted(set(texts)))}
    renamed = np.zeros(len(rows), dtype=np.int32)
    renamed[used] = [order[text] for text in texts]
    found = np.frombuffer(b"".join(order), dtype=np.float64).reshape(len(order), len(CATEGORIES), 3)
    return Profiles(renamed[profile], found)


def _alike(reader: PartReader, at: At, firms: Sequence[str], identity: Identity) -> Mapping[object, list[EntityId]]:
    """Firms grouped by what is known of them: all firms of a group have the same own risk."""
    special = set(_special(reader, at, identity))
    country: dict[EntityId, tuple[EntityId, float] | EntityId] = {}
    for part in parts(reader, _COUNTRY, (), at, size=_PART):
        for firm, region, sure in zip(part.subjects, part.objects, part.confidence.tolist(), strict=True):
            entity = identity.of(firm)
            alone = entity not in country and entity not in special and region is not None
            country[entity] = (identity.of(region), sure) if alone and region is not None else entity
    groups: dict[object, list[EntityId]] = defaultdict(list)
    for firm in map(EntityId, firms):
        groups[firm if firm in special else country.get(firm)].append(firm)
    return groups


def _special(reader: PartReader, at: At, identity: Identity) -> Iterator[EntityId]:
    """The entities of which more than a country is known, now or at any other time."""
    ever = At(None, at.known_at)
    for predicate in ABOUT_SUBJECT:
        for part in parts(reader, predicate, (), ever, size=_PART):
            yield from map(identity.of, part.subjects)
    for predicate in ABOUT_OBJECT:
        for part in parts(reader, predicate, (), ever, size=_PART):
            yield from (identity.of(entity) for entity in part.objects if entity is not None)


def profile_row(own: Mapping[EntityId, OwnRisk]) -> Floats:
    """Low, value and high by category."""
    unknown = (np.nan, np.nan, np.nan)
    return np.array([own[name].bounds if name in own else unknown for name in CATEGORIES], dtype=np.float64)


class _Narrowed:
    """A reader that shows the countries of one firm of each group only, and all else."""

    def __init__(self, reader: PartReader, shown: set[EntityId], identity: Identity) -> None:
        self._reader = reader
        self._shown = shown
        self._identity = identity

    def columns(self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST) -> ClaimColumns:
        """The claims of one predicate open and valid at `at`."""
        if predicate != _COUNTRY:
            return self._reader.columns(predicate, qualifiers, at)
        return _joined(
            [self._kept(part) for part in parts(self._reader, predicate, qualifiers, at, size=_PART)], qualifiers
        )

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        """The judgements open at `at.known_at`."""
        return self._reader.judgements(at)

    def _kept(self, part: ClaimColumns) -> ClaimColumns:
        kept = [
            place
            for place, entity in enumerate(part.subjects)
            if not entity.startswith("org:") or self._identity.of(entity) in self._shown
        ]
        return _taken(part, kept)


def _taken(part: ClaimColumns, kept: Sequence[int]) -> ClaimColumns:
    """These claims of a part."""
    return ClaimColumns(
        claims=[part.claims[place] for place in kept],
        statements=[part.statements[place] for place in kept],
        sources=[part.sources[place] for place in kept],
        subjects=[part.subjects[place] for place in kept],
        objects=[part.objects[place] for place in kept],
        values=[part.values[place] for place in kept],
        basis=[part.basis[place] for place in kept],
        review=[part.review[place] for place in kept],
        confidence=part.confidence[list(kept)],
        valid_from=[part.valid_from[place] for place in kept],
        valid_to=[part.valid_to[place] for place in kept],
        qualifiers={name: [values[place] for place in kept] for name, values in part.qualifiers.items()},
        evidence=[part.evidence[place] for place in kept],
    )


def _joined(taken: Sequence[ClaimColumns], qualifiers: Sequence[str]) -> ClaimColumns:
    """Parts one after the other."""
    return ClaimColumns(
        claims=[one for part in taken for one in part.claims],
        statements=[one for part in taken for one in part.statements],
        sources=[one for part in taken for one in part.sources],
        subjects=[one for part in taken for one in part.subjects],
        objects=[one for part in taken for one in part.objects],
        values=[one for part in taken for one in part.values],
        basis=[one for part in taken for one in part.basis],
        review=[one for part in taken for one in part.review],
        confidence=np.concatenate([np.empty(0), *(part.confidence for part in taken)]),
        valid_from=[one for part in taken for one in part.valid_from],
        valid_to=[one for part in taken for one in part.valid_to],
        qualifiers={name: [one for part in taken for one in part.qualifiers[name]] for name in qualifiers},
        evidence=[one for part in taken for one in part.evidence],
    )
