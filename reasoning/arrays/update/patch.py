"""Patching arrays: what changes touch is read again, all else is taken over; the result equals a build byte by byte."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from graph.identity import Identity
from graph.port import GraphReader
from ontology.records import At, EntityId
from reasoning.arrays.build.builder import build, silent
from reasoning.arrays.build.claims import Tell
from reasoning.arrays.build.network_arrays import NetworkArrays, Turns, arrays, moved
from reasoning.arrays.build.own_risks import Profiles, profile_row, profiles, settled
from reasoning.arrays.columns.arrays import Arrays, Stamp
from reasoning.arrays.nearby.nearby_facts import NearFacts
from reasoning.arrays.nearby.renewed_links import Bought, RenewedEdge, renewed
from reasoning.arrays.update.touched import Touched, touched, turned, turns_of
from reasoning.core.graph.network import Floats, Integers
from reasoning.network.reading import fixed
from reasoning.risk.own_risk import Risks


def patched(before: Arrays, reader: GraphReader, at: At, *, tell: Tell = silent) -> Arrays:
    """The arrays that `build` would make of the store now, made from earlier ones.

    Where more has changed than can be tracked (`reasoning.arrays.update.touched`), they are built.

    Args:
        before: The earlier arrays.
        reader: The store.
        at: The instants of reading.
        tell: Is called with the progress of a build.

    Raises:
        StoreCorruptError: As `build` does.
    """
    status, now = fixed(reader, at)
    then = known(before.stamp)
    changes = [one for one in reader.changes(before.stamp.revision) if one.revision <= status.revision]
    found = touched(reader, then, now, changes, turned(before, then, now))
    if found.everything or before.stamp.at.known_at != at.known_at:
        return build(reader, at, tell=tell)
    identity = Identity(stored.judgement for stored in reader.judgements(now))
    bought = renewed(reader, now, {identity.of(entity) for entity in found.customers})
    drawn, places = _redrawn(before, found.customers, bought)
    own = _own(before, (drawn.firms, places), found, (reader, now), tell)
    stamp = Stamp(status.address, status.revision, status.recorded_at, at, ())
    return arrays(drawn, own, _turns(before, found, reader, now), stamp)


def known(stamp: Stamp) -> At:
    """The instants that arrays were read at."""
    return At(stamp.at.as_of, stamp.at.known_at or stamp.recorded_at)


def _redrawn(
    before: Arrays, gone: Iterable[EntityId], bought: Mapping[EntityId, Bought]
) -> tuple[NetworkArrays, Integers]:
    """The network without the links of the customers `gone`, and with the links that are bought now.

    With it comes the place of each firm among the earlier ids; new firms have places beyond them.
    """
    edges = [edge for one in bought.values() for edge in one.edges]
    names = list(before.ids)
    code = {entity: place for entity in _ends(edges) if (place := before.ids.find(entity)) is not None}
    for entity in sorted(_ends(edges) - code.keys()):
        code[entity] = len(names)
        names.append(entity)
    kept = _kept(before, gone)
    ends = [
        np.concatenate((before.integers("rank_of")[before.integers(name)[kept]], [code[EntityId(one)] for one in new]))
        for name, new in (
            ("customer", [edge.customer for edge in edges]),
            ("supplier", [edge.supplier for edge in edges]),
        )
    ]
    used = np.zeros(len(names), dtype=np.bool_)
    used[ends[0].astype(np.int64)] = used[ends[1].astype(np.int64)] = True
    places = sorted(np.flatnonzero(used).tolist(), key=names.__getitem__)
    rank = np.full(len(names), -1, dtype=np.int64)
    rank[places] = np.arange(len(places))
    customer, supplier = (rank[end.astype(np.int64)] for end in ends)
    order = np.lexsort((supplier, customer))
    first, claim = _claims(before, kept, edges)
    begin, links = moved(first, order)
    total, unit, units = _customers(before, len(names), gone, {code[entity]: one for entity, one in bought.items()})
    drawn = NetworkArrays(
        firms=[names[place] for place in places],
        customer=customer[order],
        supplier=supplier[order],
        parts=_parts(before, kept, edges, order),
        first=begin,
        claim=claim[links],
        total=total[places],
        unit=unit[places],
        units=units,
    )
    return drawn, np.array(places, dtype=np.int64)


def _ends(edges: Iterable[RenewedEdge]) -> set[EntityId]:
    return {end for edge in edges for end in (edge.customer, edge.supplier)}


def _kept(before: Arrays, gone: Iterable[EntityId]) -> Integers:
    """The edges of all other customers."""
    stays = np.ones(len(before.integers("customer")), dtype=np.bool_)
    for node in (node for entity in gone if (node := before.node(entity)) is not None):
        first, end = before.integers("start")[node : node + 2].tolist()
        stays[first:end] = False
    return np.flatnonzero(stays)


def _parts(
    before: Arrays, kept: Integers, edges: Sequence[RenewedEdge], order: Integers
) -> tuple[Floats, Floats, Floats]:
    new = np.array([(edge.low, edge.share, edge.high) for edge in edges], dtype=np.float64).reshape(-1, 3)
    low, share, high = (np.concatenate((part[kept], new[:, place]))[order] for place, part in enumerate(before.shares))
    return low, share, high


def _claims(before: Arrays, kept: Integers, edges: Sequence[RenewedEdge]) -> tuple[Integers, npt.NDArray[np.uint8]]:
    """Where the links of each edge begin, and the claims of all links."""
    begin, links = moved(before.integers("first").astype(np.int64), kept)
    more = bytes.fromhex("".join(claim[4:] for edge in edges for claim in edge.claims))
    rows = np.frombuffer(more, dtype=np.uint8).reshape(-1, before.columns["claim"].shape[1])
    counts = np.cumsum([len(edge.claims) for edge in edges], dtype=np.int64)
    return np.concatenate((begin, begin[-1] + counts)), np.concatenate((before.columns["claim"][links], rows))


def _customers(
    before: Arrays, size: int, gone: Iterable[EntityId], bought: Mapping[int, Bought]
) -> tuple[Floats, Integers, Sequence[str]]:
    """The total and the unit of each firm, by its place in the names, and the names of units."""
    total, unit = np.zeros(size), np.full(size, -1, dtype=np.int64)
    node_of = before.integers("node_of")
    total[: before.firms], unit[: before.firms] = before.floats("total")[node_of], before.integers("unit")[node_of]
    for place in (place for entity in gone if (place := before.ids.find(entity)) is not None):
        total[place], unit[place] = 0.0, -1
    units = list(before.stamp.units)
    for place, one in bought.items():
        if one.unit not in units:
            units.append(one.unit)
        total[place], unit[place] = one.total, units.index(one.unit)
    return total, unit, units


def _own(
    before: Arrays, firms: tuple[Sequence[str], Integers], found: Touched, read: tuple[GraphReader, At], tell: Tell
) -> Profiles:
    """The own risks of firms; those that may have changed and those of new firms are computed."""
    names, places = firms
    if found.every_risk:
        return profiles(*read, names, tell=tell)
    new = places >= before.firms
    known = before.integers("profile")[before.integers("node_of")[np.where(new, 0, places)]] if before.firms else places
    changed = {place for entity in found.risks if (place := before.ids.find(entity)) is not None}
    again = np.flatnonzero(new | np.isin(places, sorted(changed)))
    risks = Risks(NearFacts(*read))
    rows = [profile_row(risks.of(EntityId(names[place]))) for place in again.tolist()]
    old = before.floats("profiles")
    profile = known.astype(np.int64)
    profile[again] = len(old) + np.arange(again.size)
    return settled(profile, np.concatenate((old, np.array(rows).reshape(-1, *old.shape[1:]))))


def _turns(before: Arrays, found: Touched, reader: GraphReader, at: At) -> Turns:
    """The links that begin or end later; those of customers with opened or closed claims are read again."""
    now = at.as_of
    if now is None:
        return ()
    places = before.integers("turning").tolist()
    known_turns = zip(before.columns["turn"].tolist(), (before.turners[place] for place in places), strict=True)
    kept = {
        (turn.decode(), EntityId(entity))
        for turn, entity in known_turns
        if turn.decode() > now and entity not in found.named
    }
    return sorted(kept | turns_of(reader, at, found.named))
