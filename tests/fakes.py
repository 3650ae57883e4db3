"""A store in plain Python values: the model of the other stores, and a store for tests that need no file."""

import copy
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from graph.admission import Admission
from graph.identity import check
from graph.port import (
    LATEST,
    WHOLE,
    Cited,
    ClaimColumns,
    ClaimQuery,
    ColumnsPart,
    EntityQuery,
    LedgerQuery,
    LedgerRow,
    Row,
    Status,
)
from graph.words import words
from ontology.errors import (
    InvalidRecordError,
    MissingEndError,
    MissingEvidenceError,
    StoreCorruptError,
    StoreError,
)
from ontology.instants import next_record_instant
from ontology.records import (
    Applied,
    At,
    Batch,
    Change,
    Claim,
    Document,
    Entity,
    EntityId,
    Entry,
    Evidence,
    EvidenceId,
    Judgement,
    StoredClaim,
    StoredJudgement,
    Vector,
)
from ontology.vocabulary import Vocabulary

Place = tuple[str, str]


@dataclass
class State:
    """Everything that the fake stores; a batch changes a copy, which makes it atomic."""

    entities: dict[EntityId, Entity] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    evidence: dict[EvidenceId, Evidence] = field(default_factory=dict)
    claims: list[StoredClaim] = field(default_factory=list)
    judgements: list[StoredJudgement] = field(default_factory=list)
    ledger: dict[Place, LedgerRow] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    vectors: dict[tuple[str, EntityId], Vector] = field(default_factory=dict)
    recorded_at: str | None = None

    @property
    def revision(self) -> int:
        return self.changes[-1].revision if self.changes else 0

    def fork(self) -> "State":
        return State(**{name: copy.copy(getattr(self, name)) for name in self.__dataclass_fields__})


class FakeStore:
    """A `GraphStore` in memory."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._admission = Admission(vocabulary)
        self.state = State()

    def status(self) -> Status:
        state = self.state
        counts = {
            "entities": len(state.entities),
            "claims": sum(row.superseded_at is None for row in state.claims),
            "versions": len(state.claims),
            "evidence": len(state.evidence),
            "documents": len(state.documents),
            "judgements": sum(row.superseded_at is None for row in state.judgements),
            "ledger": len(state.ledger),
            "quarantined": sum(bool(row.fault) for row in state.ledger.values()),
        }
        return Status("fake:", 1, state.revision, state.recorded_at, counts)

    def entities(self, query: EntityQuery) -> list[Entity]:
        standing = [row.claim for row in self.state.claims if _known(row, query.at) and _valid(row.claim, query.at)]
        about = {end for claim in standing for end in (claim.subject, claim.object) if end}
        tokens = {word for text in query.words for word in words(text)}
        found = [
            entity
            for id_, entity in sorted(self.state.entities.items())
            if id_ in about
            and id_ > query.after
            and _among(id_, query.ids)
            and _among(entity.kind, query.kinds)
            and (not query.words or (tokens and tokens <= self._words_of(id_, standing)))
        ]
        return found[: query.limit]

    def _words_of(self, entity: EntityId, claims: Iterable[Claim]) -> set[str]:
        return {
            word
            for claim in claims
            if claim.subject == entity and self._vocabulary.predicates[claim.predicate].searchable
            for word in words(str(claim.value))
        }

    def claims(self, query: ClaimQuery) -> list[StoredClaim]:
        found = [row for row in self.state.claims if _matches(row, query)]
        ids = sorted({row.claim.id for row in found})[: query.limit]
        return sorted((row for row in found if row.claim.id in ids), key=_by_id)

    def evidence(self, ids: Sequence[EvidenceId]) -> list[Cited]:
        found = [self.state.evidence[id_] for id_ in sorted(set(ids)) if id_ in self.state.evidence]
        return [Cited(each, self.state.documents[each.document]) for each in found]

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        return sorted((row for row in self.state.judgements if _known(row, at)), key=lambda row: row.judgement.id)

    def columns(
        self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST, part: ColumnsPart = WHOLE
    ) -> ClaimColumns:
        rows = self.claims(ClaimQuery(predicates=[predicate], after=part.after, at=at))
        claims = [row.claim for row in rows if row.claim.review != "rejected"][: part.limit]
        return ClaimColumns(
            [claim.id for claim in claims],
            [claim.statement for claim in claims],
            [claim.source for claim in claims],
            [claim.subject for claim in claims],
            [claim.object for claim in claims],
            [claim.value for claim in claims],
            [claim.basis for claim in claims],
            [claim.review for claim in claims],
            np.array([claim.confidence for claim in claims], dtype=np.float64),
            [claim.valid_from for claim in claims],
            [claim.valid_to for claim in claims],
            {name: [claim.qualifiers.get(name) for claim in claims] for name in qualifiers},
            [claim.evidence if part.cited else () for claim in claims],
        )

    def ledger(self, query: LedgerQuery) -> list[LedgerRow]:
        found = [
            row
            for place, row in sorted(self.state.ledger.items())
            if place > tuple(query.after)
            and _among(place[0], query.sources)
            and _among(place, None if query.records is None else [tuple(each) for each in query.records])
            and query.state in {"both", "quarantined" if row.fault else "accepted"}
        ]
        return found[: query.limit]

    def changes(self, after: int, limit: int | None = None) -> list[Change]:
        found: list[Change] = []
        later = (change for change in self.state.changes if change.revision > after)
        for _, lines in itertools.groupby(later, lambda change: change.revision):
            if limit is not None and len(found) >= limit:
                break
            found.extend(lines)
        return found

    def vectors(self, model: str) -> tuple[list[EntityId], npt.NDArray[np.float32]]:
        rows = sorted((v.entity, v.values) for v in self.state.vectors.values() if v.model == model)
        matrix = np.frombuffer(b"".join(values for _, values in rows), dtype="<f4")
        return [entity for entity, _ in rows], matrix.reshape(len(rows), -1) if rows else matrix.reshape(0, 0)

    def rows(self, *, history: bool = False) -> Iterator[Row]:
        state = self.state.fork()
        claims = sorted((row for row in state.claims if history or row.superseded_at is None), key=_by_id)
        cited = {id_ for row in claims for id_ in row.claim.evidence}
        documents = {state.evidence[id_].document for id_ in cited}
        ends = {end for row in claims for end in (row.claim.subject, row.claim.object) if end}
        yield from (entity for id_, entity in sorted(state.entities.items()) if history or id_ in ends)
        yield from (source for id_, source in sorted(state.documents.items()) if history or id_ in documents)
        yield from (each for id_, each in sorted(state.evidence.items()) if history or id_ in cited)
        yield from claims
        judgements = (row for row in state.judgements if history or row.superseded_at is None)
        yield from sorted(judgements, key=lambda row: (row.judgement.id, row.recorded_at))
        if history:
            yield from (row for _, row in sorted(state.ledger.items()))
            yield from state.changes
            yield from (vector for _, vector in sorted(state.vectors.items()))

    def apply(self, batch: Batch) -> Applied:
        self._admission.check(batch)
        state = self.state.fork()
        applied = _Application(state, batch).run()
        self.state = state
        return applied

    def restore(self, rows: Iterable[Row]) -> None:
        if self.state != State():
            raise StoreError("the store is not empty", fix="restore into a new store")
        state = State()
        for row in rows:
            _keep(state, row)
        if any(change.revision != place for place, change in enumerate(_revisions(state), 1)):
            raise StoreCorruptError("revisions are missing", fix="copy from another store")
        versions: list[StoredClaim | StoredJudgement] = [*state.claims, *state.judgements]
        instants = [*(row.recorded_at for row in versions), *(row.recorded_at for row in state.ledger.values())]
        closed = [row.superseded_at for row in versions if row.superseded_at]
        state.recorded_at = max([*instants, *closed], default=None)
        self.state = state

    def close(self) -> None:
        """Nothing to close."""


class _Application:
    """The application of one batch to one state."""

    def __init__(self, state: State, batch: Batch) -> None:
        self._state = state
        self._batch = batch
        self._closed: list[str] = []
        self._opened: list[str] = []
        self._instant = batch.at
        if state.recorded_at is not None:
            self._instant = max(batch.at, next_record_instant(state.recorded_at))

    def run(self) -> Applied:
        self._add_things()
        judgements = self._judge()
        entries = [entry for entry in self._batch.entries if self._has_changed(entry)]
        gone = [place for place in dict.fromkeys(self._batch.gone) if self._state.ledger.pop(place, None)]
        for place in gone:
            self._replace(place, ())
        for entry in entries:
            self._enter(entry)
        if entries or gone or judgements:
            self._state.recorded_at = self._instant
        return self._feed()

    def _add_things(self) -> None:
        state, batch = self._state, self._batch
        state.entities = {entity.id: entity for entity in batch.entities} | state.entities
        state.documents = {source.id: source for source in batch.documents} | state.documents
        state.evidence = {each.id: each for each in batch.evidence} | state.evidence
        if any(each.document not in state.documents for each in batch.evidence):
            raise MissingEvidenceError("evidence without its document", fix="give the document")
        for vector in batch.vectors:
            self._require_entity(vector.entity)
            state.vectors[vector.model, vector.entity] = vector
        for model in {vector.model for vector in batch.vectors}:
            if len({len(each.values) for each in state.vectors.values() if each.model == model}) > 1:
                raise InvalidRecordError("vectors of two lengths", fix="name another model")

    def _judge(self) -> bool:
        standing = {row.judgement.id: row.judgement for row in self._state.judgements if row.superseded_at is None}
        gone = standing.keys() & set(self._batch.withdrawn)
        left = {id_: judgement for id_, judgement in standing.items() if id_ not in gone}
        new = {judgement.id: judgement for judgement in self._batch.judgements if judgement.id not in left}
        check(left.values(), new.values())
        self._state.judgements = [
            replace(row, superseded_at=self._instant) if row.superseded_at is None and row.judgement.id in gone else row
            for row in self._state.judgements
        ]
        for judgement in new.values():
            self._open_judgement(judgement)
        self._closed.extend(gone)
        return bool(gone or new)

    def _open_judgement(self, judgement: Judgement) -> None:
        self._require_entity(judgement.left)
        self._require_entity(judgement.right)
        self._state.judgements.append(StoredJudgement(judgement, self._instant, None))
        self._opened.append(judgement.id)

    def _has_changed(self, entry: Entry) -> bool:
        live = self._state.ledger.get((entry.key.source, entry.key.record))
        return live is None or (live.key, live.fault) != (entry.key, entry.fault)

    def _enter(self, entry: Entry) -> None:
        place = (entry.key.source, entry.key.record)
        self._state.ledger[place] = LedgerRow(entry.key, entry.fault, self._instant)
        if not entry.fault:
            self._replace(place, entry.claims)

    def _replace(self, place: Place, claims: Sequence[Claim]) -> None:
        wanted = {claim.id: claim for claim in claims}
        if any(wanted[claim.id] != claim for claim in claims):
            raise InvalidRecordError("one claim is made in two ways", fix="make it once")
        rows = []
        for row in self._state.claims:
            if row.superseded_at is None and (row.claim.source, row.claim.record) == place:
                if wanted.get(row.claim.id) == row.claim:
                    del wanted[row.claim.id]
                    rows.append(row)
                else:
                    rows.append(replace(row, superseded_at=self._instant))
                    self._closed.append(row.claim.id)
            else:
                rows.append(row)
        self._state.claims = rows + [self._opened_row(claim) for claim in wanted.values()]

    def _opened_row(self, claim: Claim) -> StoredClaim:
        self._require_entity(claim.subject)
        if claim.object is not None:
            self._require_entity(claim.object)
        if any(id_ not in self._state.evidence for id_ in claim.evidence):
            raise MissingEvidenceError("evidence that is not there", fix="give the evidence")
        self._opened.append(claim.id)
        return StoredClaim(claim, self._instant, None)

    def _require_entity(self, entity: EntityId) -> None:
        if entity not in self._state.entities:
            message = f"{entity} is not there"
            raise MissingEndError(message, fix="give the entity")

    def _feed(self) -> Applied:
        revision = self._state.revision + bool(self._closed or self._opened)
        lines = [("closed", id_) for id_ in sorted(self._closed)] + [("opened", id_) for id_ in sorted(self._opened)]
        feed = [Change(revision, place, action, id_) for place, (action, id_) in enumerate(lines)]  # type: ignore[arg-type]
        self._state.changes = self._state.changes + feed
        return Applied(revision, len(self._opened), len(self._closed))


def _known(row: StoredClaim | StoredJudgement, at: At) -> bool:
    if at.known_at is None:
        return row.superseded_at is None
    return row.recorded_at <= at.known_at and (row.superseded_at is None or row.superseded_at > at.known_at)


def _valid(claim: Claim, at: At) -> bool:
    if at.as_of is None:
        return True
    begun = claim.valid_from is None or claim.valid_from <= at.as_of
    return begun and (claim.valid_to is None or claim.valid_to > at.as_of)


def _matches(row: StoredClaim, query: ClaimQuery) -> bool:
    claim = row.claim
    return (
        claim.id > query.after
        and (query.history or _known(row, query.at))
        and _valid(claim, query.at)
        and _among(claim.id, query.ids)
        and _among(claim.subject, query.subjects)
        and _among(claim.object, query.objects)
        and _among(claim.predicate, query.predicates)
        and _among(claim.source, query.sources)
        and _among(
            (claim.source, claim.record), None if query.records is None else [tuple(each) for each in query.records]
        )
        and (query.evidence is None or bool(set(claim.evidence) & set(query.evidence)))
    )


def _among(value: object, wanted: Sequence[object] | None) -> bool:
    return wanted is None or value in wanted


def _by_id(row: StoredClaim) -> tuple[str, str]:
    return row.claim.id, row.recorded_at


def _revisions(state: State) -> Iterator[Change]:
    return (change for change in state.changes if change.ordinal == 0)


def _keep(state: State, row: Row) -> None:
    match row:
        case StoredClaim():
            state.claims.append(row)
        case StoredJudgement():
            state.judgements.append(row)
        case LedgerRow():
            state.ledger[row.key.source, row.key.record] = row
        case Change():
            state.changes.append(row)
        case Vector():
            state.vectors[row.model, row.entity] = row
        case _:
            _keep_thing(state, row)


def _keep_thing(state: State, row: Entity | Document | Evidence) -> None:
    match row:
        case Entity():
            state.entities[row.id] = row
        case Document():
            state.documents[row.id] = row
        case Evidence():
            state.evidence[row.id] = row
