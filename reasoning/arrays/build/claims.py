"""The SUPPLIES claims of a store as columns of numbers, read in parts, so that no text of a claim stays in memory."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from graph.identity import Identity
from graph.port import LATEST, WHOLE, ClaimColumns, ColumnsPart, Status
from ontology.canonical import Scalar
from ontology.errors import StoreCorruptError
from ontology.preference import BASIS_PLACE, REVIEW_PLACE
from ontology.records import At, EntityId, StoredJudgement
from reasoning.arrays.columns.texts import Numbers
from reasoning.core.graph.network import Floats, Integers
from reasoning.network.facts import as_number

PART = 50_000  # claims read at once
QUALIFIERS = ("product", "productGroup", "annualSpend", "currency", "shareOfSupply")
_DIGITS = 32  # hex digits of a claim id, and of a statement id as far as it is compared
_HEX = re.compile(r"[0-9a-f]{32,}")
_NEVER = np.iinfo(np.int32).max

Tell = Callable[[str, int], None]
Small = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int8]


class PartReader(Protocol):
    """What arrays are built from: the methods of `graph.port.GraphReader` that they need."""

    def status(self) -> Status:
        """What the store is and holds."""
        ...

    def columns(
        self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST, part: ColumnsPart = WHOLE
    ) -> ClaimColumns:
        """The claims of one predicate open and valid at `at`."""
        ...

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        """The judgements open at `at.known_at`."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The SUPPLIES claims that hold, by claim id: one entry a claim in each column.

    Attributes:
        claim, statement: 16 bytes of each id.
        supplier, customer: Firms, by the place of their ids in `firms`; merged and operated ones are one firm.
        product, group, source, currency: Numbers of texts; equal ones are equal texts.
        recent: Ascending from the latest beginning of validity; what has no beginning comes last.
        basis, review: Their places in the order of belief (`ontology.preference`).
        spend, part: `annualSpend` and `shareOfSupply`; no number where it is missing or of no use.
        firms: Ids, ascending. currencies: By number. turns: (instant, customer as named) of what begins or ends later.
    """

    claim: Bytes
    statement: Bytes
    supplier: Integers
    customer: Integers
    product: Small
    group: Small
    source: Small
    currency: Small
    recent: Small
    spend: Floats
    part: Floats
    basis: Places
    review: Places
    confidence: Floats
    firms: Sequence[str]
    currencies: Sequence[str]
    turns: Sequence[tuple[str, str]]

    @property
    def inferred(self) -> npt.NDArray[np.bool_]:
        """Whether each claim was derived by a rule."""
        found: npt.NDArray[np.bool_] = self.basis == BASIS_PLACE["inferred"]
        return found


def read(reader: PartReader, at: At, *, tell: Tell, size: int = PART) -> Rows:
    """The rows of `at`; `tell` is called with the number of claims read so far.

    Raises:
        StoreCorruptError: A claim's id is not of the form that claims have.
    """
    reading = _ColumnReading(at)
    for part in parts(reader, "SUPPLIES", QUALIFIERS, At(None, at.known_at), size=size):
        reading.add(part)
        tell("supply claims", reading.read)
    identity = Identity(stored.judgement for stored in reader.judgements(at))
    return reading.rows(identity, operators(reader, at, identity))


def parts(
    reader: PartReader, predicate: str, qualifiers: Sequence[str], at: At, *, size: int = PART
) -> Iterator[ClaimColumns]:
    """The columns of a predicate part by part, without evidence."""
    after = ""
    while True:
        found = reader.columns(predicate, qualifiers, at, ColumnsPart(after, size, cited=False))
        if found.claims:
            yield found
        if len(found.claims) < size:
            return
        after = found.claims[-1]


def operators(reader: PartReader, at: At, identity: Identity) -> Mapping[EntityId, EntityId]:
    """The one operator of each site that has just one."""
    found: dict[EntityId, set[EntityId]] = defaultdict(set)
    for part in parts(reader, "OPERATES", (), at):
        for firm, site in zip(part.subjects, part.objects, strict=True):
            if site is not None:
                found[identity.of(site)].add(identity.of(firm))
    return {site: next(iter(firms)) for site, firms in found.items() if len(firms) == 1}


class _ColumnReading:
    """Columns that are being read: one array for each part of each column."""

    def __init__(self, at: At) -> None:
        self._as_of = at.as_of
        self._entities, self._products, self._groups = Numbers(), Numbers([""]), Numbers([""])
        self._sources, self._currencies, self._begins = Numbers(), Numbers([""]), Numbers([""])
        self._held: dict[str, list[npt.NDArray[np.generic]]] = defaultdict(list)
        self._turns: set[tuple[str, str]] = set()
        self.read = 0

    def add(self, part: ClaimColumns) -> None:
        """Add the claims of a part that hold, and note what begins or ends later."""
        self.read += len(part.claims)
        holds = self._valid(part)
        qualifiers = part.qualifiers
        columns: dict[str, npt.NDArray[np.generic]] = {
            "claim": _digits(part.claims, 4),
            "statement": _digits(part.statements, 0),
            "subject": self._entities.of(part.subjects),
            "object": self._entities.of(map(str, part.objects)),
            "product": self._products.of(map(_text, qualifiers["product"])),
            "group": self._groups.of(map(_text, qualifiers["productGroup"])),
            "source": self._sources.of(part.sources),
            "currency": self._currencies.of(map(_text, qualifiers["currency"])),
            "begin": self._begins.of(one or "" for one in part.valid_from),
            "spend": _usable(qualifiers["annualSpend"]),
            "part": _usable(qualifiers["shareOfSupply"]),
            "basis": np.array([BASIS_PLACE[name] for name in part.basis], dtype=np.int8),
            "review": np.array([REVIEW_PLACE[name] for name in part.review], dtype=np.int8),
            "confidence": part.confidence,
        }
        for name, column in columns.items():
            self._held[name].append(column if holds is None else column[holds])

    def _valid(self, part: ClaimColumns) -> npt.NDArray[np.bool_] | None:
        """Which claims hold at the instant; None for all."""
        now = self._as_of
        bounded = now is not None and (any(part.valid_from) or any(part.valid_to))
        if not bounded or now is None:
            return None
        holds = np.ones(len(part.claims), dtype=np.bool_)
        rows = zip(part.valid_from, part.valid_to, part.objects, strict=True)
        for place, (begin, end, customer) in enumerate(rows):
            holds[place] = (begin is None or begin <= now) and (end is None or now < end)
            self._turns.update((turn, str(customer)) for turn in (begin, end) if turn is not None and turn > now)
        return holds

    def rows(self, identity: Identity, operated: Mapping[EntityId, EntityId]) -> Rows:
        """All rows, with every entity replaced by the firm that stands for it."""
        column = self._whole
        subject, target, product = column("subject", "i4"), column("object", "i4"), column("product", "i4")
        supplier, customer, firms = self._firms(subject, target, identity, operated)
        begin = column("begin", "i4")
        return Rows(
            claim=column("claim", "u1").reshape(-1, _DIGITS // 2),
            statement=column("statement", "u1").reshape(-1, _DIGITS // 2),
            supplier=supplier,
            customer=customer,
            product=_merged(self._products, identity)[product],
            group=column("group", "i4"),
            source=self._sources.ranks().astype(np.int32)[column("source", "i4")],
            currency=column("currency", "i4"),
            recent=_recency(self._begins)[begin],
            spend=column("spend", "f8"),
            part=column("part", "f8"),
            basis=column("basis", "i1"),
            review=column("review", "i1"),
            confidence=column("confidence", "f8"),
            firms=firms,
            currencies=self._currencies.texts,
            turns=sorted(self._turns),
        )

    def _whole(self, name: str, kind: str) -> npt.NDArray[Any]:
        """A whole column; its parts are released."""
        held = self._held.pop(name, [])
        return np.concatenate(held) if held else np.empty(0, dtype=kind)

    def _firms(
        self, subject: Small, target: Small, identity: Identity, operated: Mapping[EntityId, EntityId]
    ) -> tuple[Integers, Integers, Sequence[str]]:
        named = self._entities.texts
        stands = np.arange(len(named), dtype=np.int64)
        supplies = stands.copy()
        for number, entity in enumerate(named):
            one = identity.of(EntityId(entity))
            firm = operated.get(one, one)
            if one != entity:
                stands[number] = self._entities.one(one)
            if firm != entity:
                supplies[number] = self._entities.one(firm)
        rank = self._entities.ranks()
        return rank[supplies[subject]], rank[stands[target]], sorted(self._entities.texts)


def _digits(ids: Sequence[str], prefix: int) -> Bytes:
    """The first 16 bytes that ids name in hex, after a prefix of so many letters."""
    try:
        found = bytes.fromhex("".join([one[prefix : prefix + _DIGITS] for one in ids]))
    except ValueError:
        found = b""
    if len(found) * 2 != _DIGITS * len(ids):
        wrong = next((one for one in ids if not _HEX.fullmatch(one[prefix:])), "")
        raise StoreCorruptError(f"{wrong} is no id of a claim", fix="load its source again", id=wrong)
    return np.frombuffer(found, dtype=np.uint8).reshape(len(ids), _DIGITS // 2)


def _text(value: Scalar | None) -> str:
    return "" if value is None else str(value)


def _usable(values: Iterable[Scalar | None]) -> Floats:
    """The values as numbers; no number where one is missing, infinite or below 0."""
    numbers = map(as_number, values)
    return np.array([math.nan if one is None or one < 0 or math.isinf(one) else one for one in numbers])


def _merged(products: Numbers, identity: Identity) -> Small:
    """For each product the number of the one that stands for it."""
    return products.of([text and identity.of(EntityId(text)) for text in products.texts])


def _recency(begins: Numbers) -> Small:
    ranks = begins.ranks()
    found = (len(ranks) - ranks).astype(np.int32)
    found[begins.one("")] = _NEVER
    return found
