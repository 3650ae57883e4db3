"""The rows that reads find, their order, and their pages."""

from dataclasses import replace

import numpy as np
import pytest

from graph.port import ClaimQuery, ColumnsPart, EntityQuery, GraphStore, LedgerQuery
from ontology.preference import BASES, REVIEWS
from ontology.records import At, Batch, Change, ClaimId, EntityId, EvidenceId, StoredClaim, Vector
from tests.claims import Said
from tests.graph.samples import DAY, batch, claim_of, document, entity, entry, evidence, instant, named, supplies

CITED = [evidence(str(row)) for row in range(6)]


def fill(store: GraphStore, count: int = 5) -> list[StoredClaim]:
    """Organisations 0 … count - 1, each named in a record of its own and supplying the next one."""
    for row in range(count):
        claims = (
            claim_of(supplies(f"org:{row}", f"org:{row + 1}", share=row / 8), f"r{row}", cites=[CITED[row % 6]]),
            claim_of(named(f"org:{row}", f"Firm {row}"), f"r{row}"),
        )
        store.apply(batch(entry(*claims), at=instant(row), cites=CITED))
    return store.claims(ClaimQuery())


def test_claims_come_by_id(store: GraphStore) -> None:
    ids = [row.claim.id for row in fill(store)]
    assert len(ids) == 10
    assert ids == sorted(ids)


def test_every_filter_holds(store: GraphStore) -> None:
    rows = fill(store)

    def found(**filters: object) -> list[StoredClaim]:
        return store.claims(ClaimQuery(**filters))  # type: ignore[arg-type]

    assert found(ids=[rows[3].claim.id, rows[1].claim.id, "clm:none"]) == [rows[1], rows[3]]
    assert found(subjects=["org:1"]) == [row for row in rows if row.claim.subject == "org:1"]
    assert found(objects=["org:1", "org:2"]) == [row for row in rows if row.claim.object in {"org:1", "org:2"}]
    assert found(predicates=["NAMED"]) == [row for row in rows if row.claim.predicate == "NAMED"]
    assert found(sources=["demo"]) == rows
    assert found(sources=["other", 'de"mo']) == []
    assert found(records=[("demo", "r2"), ("other", "r1")]) == [row for row in rows if row.claim.record == "r2"]
    assert found(evidence=[CITED[2].id]) == [row for row in rows if CITED[2].id in row.claim.evidence]
    assert found(subjects=["org:1"], predicates=["SUPPLIES"], objects=["org:2"]) == [
        row for row in rows if (row.claim.subject, row.claim.object) == ("org:1", "org:2")
    ]


@pytest.mark.parametrize("field", ["ids", "subjects", "objects", "predicates", "sources", "records", "evidence"])
def test_a_filter_without_values_finds_nothing(store: GraphStore, field: str) -> None:
    fill(store, 2)
    assert store.claims(ClaimQuery(**{field: []})) == []  # type: ignore[arg-type]


def test_entities_filters_hold(store: GraphStore) -> None:
    fill(store, 3)
    store.apply(Batch(DAY, entities=(entity("org:nobody"), entity("per:nobody"))))
    statement = Said(EntityId("per:p"), "OWNS", EntityId("org:0"))
    store.apply(batch(entry(claim_of(statement, "owner"))))
    assert [each.id for each in store.entities(EntityQuery())] == ["org:0", "org:1", "org:2", "org:3", "per:p"]
    assert store.entities(EntityQuery(kinds=["Person"])) == [entity("per:p")]
    assert store.entities(EntityQuery(kinds=["Person"], ids=[EntityId("org:0")])) == []
    assert store.entities(EntityQuery(ids=[EntityId("org:nobody"), EntityId("org:2")])) == [entity("org:2")]
    assert store.entities(EntityQuery(kinds=[])) == []
    assert store.entities(EntityQuery(ids=[])) == []
    store.apply(batch(gone=[("demo", "owner")]))
    assert store.entities(EntityQuery(kinds=["Person"])) == []


def test_pages_of_entities_are_stable_while_others_write(store: GraphStore) -> None:
    fill(store)
    first = store.entities(EntityQuery(limit=2))
    store.apply(batch(entry(claim_of(supplies("org:00", "org:11"), "late"))))
    second = store.entities(EntityQuery(limit=2, after=first[-1].id))
    rest = store.entities(EntityQuery(after=second[-1].id))
    assert [each.id for each in [*first, *second, *rest]] == [
        "org:0", "org:1", "org:11", "org:2", "org:3", "org:4", "org:5"
    ]  # fmt: skip


def test_pages_of_claims_are_stable_while_others_write(store: GraphStore) -> None:
    rows = fill(store)
    paged: list[StoredClaim] = []
    after = ""
    while page := store.claims(ClaimQuery(limit=3, after=after)):
        paged.extend(page)
        after = page[-1].claim.id
        store.apply(batch(entry(claim_of(named("org:0", f"late {after}"), f"late {after}"))))
    assert [row for row in paged if row in rows] == rows
    assert len({row.claim.id for row in paged}) == len(paged)


def test_no_page_holds_nothing(store: GraphStore) -> None:
    fill(store, 2)
    assert store.claims(ClaimQuery(limit=0)) == []
    assert store.entities(EntityQuery(limit=0)) == []
    assert store.ledger(LedgerQuery(limit=0)) == []
    assert store.changes(0, 0) == []


def test_a_page_of_history_never_cuts_a_claim(store: GraphStore) -> None:
    for step in range(6):
        claims = [claim_of(named("org:a", name), confidence=step / 8) for name in ("Alpha", "Beta", "Gamma")]
        store.apply(batch(entry(*claims), at=instant(step)))
    whole = store.claims(ClaimQuery(history=True))
    assert len(whole) == 18
    assert whole == sorted(whole, key=lambda row: (row.claim.id, row.recorded_at))
    first = store.claims(ClaimQuery(history=True, limit=2))
    rest = store.claims(ClaimQuery(history=True, limit=2, after=first[-1].claim.id))
    assert (len(first), [*first, *rest]) == (12, whole)


def test_evidence_comes_with_its_document(store: GraphStore) -> None:
    fill(store)
    requested = [CITED[3].id, EvidenceId("evd:none"), CITED[1].id, CITED[3].id]
    found = store.evidence(requested)
    assert [each.evidence for each in found] == sorted([CITED[1], CITED[3]], key=lambda each: each.id)
    assert {each.document for each in found} == {document()}
    assert store.evidence([]) == []


def test_a_claim_keeps_all_its_evidence_in_order(store: GraphStore) -> None:
    claim = claim_of(named("org:a", "Alpha"), cites=list(reversed(CITED)))
    store.apply(batch(entry(claim), cites=CITED))
    (row,) = store.claims(ClaimQuery())
    assert row.claim.evidence == tuple(sorted(each.id for each in CITED))
    assert store.columns("NAMED").evidence == [row.claim.evidence]


def test_columns_hold_what_the_claims_hold(store: GraphStore) -> None:
    fill(store)
    statement = Said(EntityId("org:a"), "SUPPLIES", EntityId("org:b"), valid_from="2026-01-01T00:00:00Z", valid_to=None)
    store.apply(batch(entry(claim_of(statement, "last", confidence=0.75))))
    claims = [row.claim for row in store.claims(ClaimQuery(predicates=["SUPPLIES"]))]
    columns = store.columns("SUPPLIES", ["share", "tier"])
    assert columns.claims == [claim.id for claim in claims]
    assert columns.statements == [claim.statement for claim in claims]
    assert columns.sources == [claim.source for claim in claims]
    assert columns.subjects == [claim.subject for claim in claims]
    assert columns.objects == [claim.object for claim in claims]
    assert columns.values == [None] * len(claims)
    assert columns.confidence.dtype == np.float64
    assert columns.confidence.tolist() == [claim.confidence for claim in claims]
    assert columns.basis == [claim.basis for claim in claims]
    assert columns.review == [claim.review for claim in claims]
    assert columns.valid_from == [claim.valid_from for claim in claims]
    assert columns.valid_to == [claim.valid_to for claim in claims]
    assert columns.qualifiers == {
        "share": [claim.qualifiers.get("share") for claim in claims],
        "tier": [None] * len(claims),
    }
    assert columns.evidence == [claim.evidence for claim in claims]


@pytest.mark.parametrize(
    "part", [ColumnsPart(), ColumnsPart(cited=False), ColumnsPart(limit=20), ColumnsPart(limit=20, cited=False)]
)
def test_columns_carry_basis_and_review(store: GraphStore, part: ColumnsPart) -> None:
    pairs = [(basis, review) for basis in BASES for review in REVIEWS]
    claims = [
        replace(claim_of(supplies("org:a", "org:b", tier=number), f"r{number}"), basis=basis, review=review)
        for number, (basis, review) in enumerate(pairs)
    ]
    store.apply(batch(*map(entry, claims)))
    columns = store.columns("SUPPLIES", part=part)
    kept = sorted((claim for claim in claims if claim.review != "rejected"), key=lambda claim: claim.id)
    assert len(kept) == 6
    carried = list(zip(columns.claims, columns.basis, columns.review, strict=True))
    assert carried == [(claim.id, claim.basis, claim.review) for claim in kept]


def test_columns_have_the_new_basis_and_review_after_a_change(store: GraphStore) -> None:
    first = replace(claim_of(named("org:a", "Alpha")), basis="inferred", review="proposed")
    store.apply(batch(entry(first, content="x")))
    store.apply(batch(entry(replace(first, basis="confirmed", review="accepted"), content="y"), at=instant(1)))
    now, before = store.columns("NAMED"), store.columns("NAMED", at=At(None, DAY))
    assert (now.basis, now.review) == (["confirmed"], ["accepted"])
    assert (before.basis, before.review) == (["inferred"], ["proposed"])


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_columns_come_part_by_part(store: GraphStore, limit: int) -> None:
    fill(store, 6)
    whole = store.columns("SUPPLIES", ["share"])
    parts = []
    after = ""
    while (part := store.columns("SUPPLIES", ["share"], part=ColumnsPart(after, limit))).claims:
        parts.append(part)
        after = part.claims[-1]
    assert all(len(part.claims) == limit for part in parts[:-1])
    for name in ("claims", "statements", "subjects", "objects", "values", "basis", "review", "valid_from", "evidence"):
        assert [one for part in parts for one in getattr(part, name)] == getattr(whole, name)
    assert [one for part in parts for one in part.qualifiers["share"]] == whole.qualifiers["share"]
    assert np.concatenate([part.confidence for part in parts]).tolist() == whole.confidence.tolist()


def test_columns_after_an_id_without_a_limit_are_all_the_others(store: GraphStore) -> None:
    fill(store)
    claims = store.columns("NAMED").claims
    assert store.columns("NAMED", part=ColumnsPart(claims[1])).claims == claims[2:]
    assert store.columns("NAMED", part=ColumnsPart(claims[-1])).claims == []


@pytest.mark.parametrize("limit", [None, 2])
def test_columns_without_evidence_are_otherwise_the_same(store: GraphStore, limit: int | None) -> None:
    fill(store, 3)
    cited = store.columns("SUPPLIES", ["share"], part=ColumnsPart(limit=limit))
    bare = store.columns("SUPPLIES", ["share"], part=ColumnsPart(limit=limit, cited=False))
    assert bare.evidence == [()] * len(cited.claims)
    assert all(cited.evidence)
    for name in ("claims", "statements", "sources", "subjects", "objects", "basis", "review", "qualifiers"):
        assert getattr(bare, name) == getattr(cited, name)


def test_a_part_leaves_out_what_was_rejected_before_it_counts(store: GraphStore) -> None:
    rows = [claim_of(named("org:a", name), record=name) for name in ("Alpha", "Beta", "Gamma")]
    first, *others = sorted(rows, key=lambda claim: claim.id)
    store.apply(batch(entry(replace(first, review="rejected")), *map(entry, others)))
    assert store.columns("NAMED", part=ColumnsPart(limit=1)).claims == [others[0].id]


def test_columns_of_values(store: GraphStore) -> None:
    fill(store, 2)
    columns = store.columns("NAMED")
    assert sorted(map(str, columns.values)) == ["Firm 0", "Firm 1"]
    assert (columns.objects, columns.qualifiers) == ([None, None], {})


def test_columns_leave_out_what_was_rejected(store: GraphStore) -> None:
    kept, refused = claim_of(named("org:a", "Alpha")), claim_of(named("org:a", "Beta"))
    store.apply(batch(entry(kept, replace(refused, review="rejected"))))
    assert store.columns("NAMED").values == ["Alpha"]
    assert {row.claim.value for row in store.claims(ClaimQuery(subjects=[EntityId("org:a")]))} == {"Alpha", "Beta"}


def test_columns_of_nothing_are_empty(store: GraphStore) -> None:
    columns = store.columns("OWNS", ["percentage"])
    assert (columns.claims, columns.evidence, columns.qualifiers) == ([], [], {"percentage": []})
    assert (columns.basis, columns.review) == ([], [])
    assert columns.confidence.shape == (0,)
    assert columns.confidence.dtype == np.float64


def test_the_change_feed_has_each_revision(store: GraphStore) -> None:
    first, second = claim_of(named("org:a", "Alpha")), claim_of(named("org:a", "Beta"))
    store.apply(batch(entry(first)))
    store.apply(batch(entry(second)))
    store.apply(batch(gone=[("demo", "r1")]))
    assert store.changes(0) == [
        Change(1, 0, "opened", first.id),
        Change(2, 0, "closed", first.id),
        Change(2, 1, "opened", second.id),
        Change(3, 0, "closed", second.id),
    ]
    assert store.changes(2) == [Change(3, 0, "closed", second.id)]
    assert store.changes(3) == store.changes(99) == []


def test_a_limit_never_cuts_a_revision(store: GraphStore) -> None:
    fill(store)
    assert [change.revision for change in store.changes(0, 1)] == [1, 1]
    assert [change.revision for change in store.changes(0, 2)] == [1, 1]
    assert [change.revision for change in store.changes(1, 3)] == [2, 2, 3, 3]


def test_the_ledger_is_read_by_place(store: GraphStore) -> None:
    fill(store, 3)
    store.apply(batch(entry(claim_of(named("org:9", "x"), "r0", source="other")), at=instant(9)))
    places = [(row.key.source, row.key.record) for row in store.ledger(LedgerQuery())]
    assert places == [("demo", "r0"), ("demo", "r1"), ("demo", "r2"), ("other", "r0")]
    assert [row.key.record for row in store.ledger(LedgerQuery(sources=["other"]))] == ["r0"]
    assert [row.key.record for row in store.ledger(LedgerQuery(records=[("demo", "r1"), ("x", "r1")]))] == ["r1"]
    assert store.ledger(LedgerQuery(records=[])) == store.ledger(LedgerQuery(sources=[])) == []
    page = store.ledger(LedgerQuery(limit=2))
    assert [row.key.record for row in page] == ["r0", "r1"]
    after = (page[-1].key.source, page[-1].key.record)
    assert [row.key.source for row in store.ledger(LedgerQuery(after=after))] == ["demo", "other"]
    assert {row.recorded_at for row in store.ledger(LedgerQuery(sources=["other"]))} == {instant(9)}


def test_vectors_come_back_to_the_last_bit(store: GraphStore) -> None:
    store.apply(batch(entry(claim_of(supplies("org:a", "org:b")))))
    rows = np.array([[0.1, -1e-38, 3e38], [np.pi, 1e-45, -0.0]], dtype="<f4")
    before = (store.status(), store.changes(0))
    store.apply(
        Batch(
            DAY,
            vectors=(
                Vector("mini@1", EntityId("org:b"), rows[1].tobytes()),
                Vector("mini@1", EntityId("org:a"), rows[0].tobytes()),
                Vector("other@1", EntityId("org:a"), b"\0" * 8),
            ),
        )
    )
    ids, matrix = store.vectors("mini@1")
    assert ids == ["org:a", "org:b"]
    assert matrix.dtype == np.float32
    assert matrix.tobytes() == rows.tobytes()
    assert (store.status(), store.changes(0)) == before
    store.apply(Batch(DAY, vectors=(Vector("mini@1", EntityId("org:a"), rows[1].tobytes()),)))
    assert store.vectors("mini@1")[1][0].tobytes() == rows[1].tobytes()


def test_an_unknown_model_has_no_vectors(store: GraphStore) -> None:
    ids, matrix = store.vectors("none")
    assert (ids, matrix.shape) == ([], (0, 0))


def test_counts(store: GraphStore) -> None:
    fill(store, 3)
    store.apply(batch(entry(claim_of(named("org:0", "New"), "r0")), at=instant(20)))
    status = store.status()
    assert (status.revision, status.recorded_at) == (4, instant(20))
    assert status.counts == {
        "entities": 4,
        "claims": 5,
        "versions": 7,
        "evidence": 6,
        "documents": 2,
        "judgements": 0,
        "ledger": 3,
        "quarantined": 0,
    }


def test_rows_without_history_are_what_open_claims_use(store: GraphStore) -> None:
    rows = fill(store, 2)
    store.apply(batch(gone=[("demo", "r1")]))
    store.apply(Batch(DAY, entities=(entity("per:unused"),)))
    streamed = list(store.rows())
    left = [row for row in rows if row.claim.record == "r0"]
    cited = sorted([evidence(), CITED[0]], key=lambda each: each.id)
    assert streamed == [entity("org:0"), entity("org:1"), document(), *cited, *left]


def test_rows_with_history_are_everything(store: GraphStore) -> None:
    fill(store, 2)
    store.apply(batch(gone=[("demo", "r1")]))
    streamed = list(store.rows(history=True))
    names = [type(row).__name__ for row in streamed]
    assert list(dict.fromkeys(names)) == ["Entity", "Document", "Evidence", "StoredClaim", "LedgerRow", "Change"]
    assert [row for row in streamed if isinstance(row, StoredClaim)] == store.claims(ClaimQuery(history=True))
    assert [row for row in streamed if isinstance(row, Change)] == store.changes(0)


def test_a_claim_id_that_is_not_there_finds_nothing(store: GraphStore) -> None:
    fill(store, 1)
    assert store.claims(ClaimQuery(ids=[ClaimId("clm:none")], history=True)) == []
    assert store.claims(ClaimQuery(at=At(known_at="2020-01-01T00:00:00.000000Z"))) == []
