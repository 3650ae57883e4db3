"""A small world in a SQLite store, for the tests of the API: every sort of thing that an answer may show."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from api.graphql.execution import GraphQLRequest, GraphQLResponse, GraphQLService
from api.request.deadline import Deadline
from api.request.limits import Limits
from graph.connect import create
from graph.port import GraphStore
from ontology.canonical import Scalar, canonical
from ontology.generated.vocabulary import VOCABULARY, kind_of
from ontology.records import (
    Basis,
    Batch,
    Claim,
    Document,
    Entity,
    EntityId,
    Entry,
    Evidence,
    LedgerKey,
    Review,
)
from reasoning.service.service import ReasoningService
from tests.claims import Said, Saying, make_claim
from tests.waiting import HANG

CLOCK = "2026-03-01T12:34:56Z"
RECORDED = "2026-03-01T09:00:00.000000Z"
BUYER = EntityId("org:t-buyer")
DOCUMENT = Document(
    Document.id_of("ab" * 32),
    "erp",
    "ab" * 32,
    "https://example.org/erp.csv",
    "text/csv",
    "CC0-1.0",
    "Example",
    RECORDED,
)
UNHURRIED = Limits(deadline=HANG)


@dataclass
class Teller:
    """Claims as they are told."""

    claims: list[Claim] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def say(
        self,
        subject: str,
        predicate: str,
        target: Scalar,
        *,
        source: str = "erp",
        valid: tuple[str | None, str | None] = (None, None),
        basis: Basis = "observed",
        review: Review = "accepted",
        confidence: float = 1.0,
        **qualifiers: Scalar,
    ) -> Claim:
        """Add a claim; where the predicate points at entities, `target` is an id."""
        is_entity = bool(VOCABULARY.predicates[predicate].objects)
        entity, value = (EntityId(str(target)), None) if is_entity else (None, target)
        said = Said(EntityId(subject), predicate, entity, value, qualifiers, *valid)
        record = str(len(self.claims) + 1)
        quote = f"{subject} {predicate} {target}"
        locator = canonical({"rows": record}).decode()
        hashed = sha256(quote.encode()).hexdigest()
        cited = Evidence(Evidence.id_of(DOCUMENT.id, locator, hashed), DOCUMENT.id, locator, hashed, quote)
        claim = make_claim(said, Saying(source, record, (cited.id,), basis, review, confidence))
        self.claims.append(claim)
        self.evidence.append(cited)
        return claim

    def firm(self, key: str, name: str, country: str = "") -> str:
        """Add an organisation."""
        entity = f"org:t-{key}"
        self.say(entity, "NAMED", name, kind="primary")
        if country:
            self.say(f"reg:iso3166-{country}", "NAMED", country, kind="primary")
            self.say(entity, "IN_COUNTRY", f"reg:iso3166-{country}")
        return entity

    def batch(self, at: str = RECORDED) -> Batch:
        """All of it as one write."""
        ends = {end for claim in self.claims for end in (claim.subject, claim.object) if end}
        return Batch(
            at=at,
            entities=tuple(Entity(end, kind_of(end)) for end in sorted(ends)),
            documents=(DOCUMENT,),
            evidence=tuple(self.evidence),
            entries=tuple(
                Entry(LedgerKey(claim.source, claim.record, sha256(claim.id.encode()).hexdigest(), "m", "o"), (claim,))
                for claim in self.claims
            ),
        )


def small_world() -> Teller:
    """A buyer with two direct suppliers that share one of the second tier, and what can be known of them."""
    tell = Teller()
    buyer, one, two, deep = (
        tell.firm("buyer", "Buyer & Sons", "DE"),
        tell.firm("one", "Ébène One", "CI"),
        tell.firm("two", "Second Firm", "DE"),
        tell.firm("deep", "Deep Source", "CI"),
    )
    tell.say(one, "SUPPLIES", buyer, annualSpend=300.0, currency="EUR", shareOfSupply=0.6)
    tell.say(two, "SUPPLIES", buyer, annualSpend=200.0, currency="EUR", shareOfSupply=0.4)
    tell.say(deep, "SUPPLIES", one, annualSpend=50.0, currency="EUR", shareOfSupply=1.0)
    tell.say(
        deep, "SUPPLIES", two, annualSpend=70.0, currency="EUR", shareOfSupply=0.5, basis="inferred", confidence=0.5
    )
    tell.say(one, "NAMED", "One SARL", kind="alias", language="fr")
    tell.say(one, "NAMED", "Ebène Wun", source="register", kind="primary", confidence=0.4)
    tell.say(one, "IDENTIFIED_BY", "529900TEST0000000001", scheme="lei")
    tell.say(one, "HEADCOUNT", 12)
    tell.say(two, "HEADCOUNT", 900, source="erp")
    tell.say(two, "HEADCOUNT", 700, source="register", confidence=0.8)
    _places(tell, one)
    _risks(tell, one, deep)
    _contract(tell, buyer, one)
    tell.say("crt:t-iso", "HELD_BY", one, valid=("2024-04-01T00:00:00Z", "2026-04-01T00:00:00Z"))
    tell.say("crt:t-iso", "SCHEME", "ISO 14001")
    tell.say("per:t-mallory", "NAMED", "Mallory", kind="primary")
    tell.say("per:t-mallory", "SANCTIONED", "OFAC SDN", programme="TEST")
    tell.say("per:t-mallory", "OWNS", deep, percentage=60.0)
    return tell


def _places(tell: Teller, one: str) -> None:
    tell.say(one, "OPERATES", "sit:t-plant")
    tell.say("sit:t-plant", "NAMED", "Plant", kind="primary")
    tell.say("sit:t-plant", "ADDRESS", "1 Quay")
    tell.say("sit:t-plant", "LATITUDE", 5.3)
    tell.say("sit:t-plant", "IN_COUNTRY", "reg:iso3166-CI")


def _risks(tell: Teller, one: str, deep: str) -> None:
    for key, entity, category, value in (
        ("flood", deep, "natural-hazard", 0.8),
        ("wages", one, "social", 0.5),
    ):
        tell.say(f"rsk:t-{key}", "NAMED", key, kind="primary")
        tell.say(f"rsk:t-{key}", "AFFECTS", entity)
        tell.say(f"rsk:t-{key}", "IN_CATEGORY", f"rct:tierscope-{category}")
        tell.say(f"rsk:t-{key}", "LIKELIHOOD", value)
        tell.say(f"rsk:t-{key}", "SEVERITY", 1.0)
        tell.say(f"rct:tierscope-{category}", "NAMED", category, kind="primary")
    tell.say("clt:tierscope-audit-rights", "MITIGATES", "rct:tierscope-social", effect=0.5, rule="rule.audit-social")
    tell.say("clt:tierscope-audit-rights", "NAMED", "audit rights", kind="primary")
    tell.say("clt:tierscope-business-continuity", "MITIGATES", "rct:tierscope-natural-hazard", effect=0.5)
    tell.say("clt:tierscope-business-continuity", "NAMED", "business continuity", kind="primary")


def _contract(tell: Teller, buyer: str, one: str) -> None:
    tell.say("ctr:t-frame", "TITLE", "Frame agreement")
    tell.say("ctr:t-frame", "CONTRACT_KIND", "supply")
    tell.say(buyer, "PARTY_TO", "ctr:t-frame", role="buyer")
    tell.say(one, "PARTY_TO", "ctr:t-frame", role="supplier")
    tell.say("ctr:t-frame", "HAS_VERSION", "ctv:t-frame-1")
    tell.say("ctv:t-frame-1", "VERSION_NO", 1)
    for place, (key, words) in enumerate((("term", "The term is one year."), ("level", "98 % arrive in time."))):
        clause = f"cls:t-{key}"
        tell.say("ctv:t-frame-1", "CONTAINS", clause, ordinal=2 - place)
        tell.say(clause, "HEADING", key.title())
        tell.say(clause, "TEXT", words)
    tell.say("cls:t-level", "OF_TYPE", "clt:tierscope-service-level", score=0.9, method="words")
    tell.say("clt:tierscope-service-level", "NAMED", "service level", kind="primary")
    tell.say("cls:t-level", "EXPRESSES", "obl:t-otd", start=0, end=20)
    tell.say("obl:t-otd", "ACTION", "deliver in time")
    tell.say("obl:t-otd", "METRIC", "on-time delivery")
    tell.say("obl:t-otd", "OPERATOR", ">=")
    tell.say("obl:t-otd", "THRESHOLD", 98.0)
    tell.say("obl:t-otd", "UNIT", "%")
    tell.say("obl:t-otd", "OWED_BY", one)
    tell.say("obl:t-otd", "OWED_TO", buyer)


def make_store(folder: Path, tell: Teller | None = None) -> GraphStore:
    """A new store that holds what was told, by default the small world."""
    store = create(f"sqlite:///{folder / 'world.db'}", vocabulary=VOCABULARY)
    store.apply((tell or small_world()).batch())
    return store


def make_desk(
    store: GraphStore, *, clock: Callable[[], str] = lambda: CLOCK, limits: Limits = UNHURRIED, **settings: object
) -> GraphQLService:
    """A desk over it, asked for its buyer; no request is late before its test is taken to hang."""
    return GraphQLService(store, ReasoningService(store), clock, limits=limits, **({"buyer": BUYER} | settings))  # type: ignore[arg-type]


def unhurried() -> Deadline:
    """A deadline that never comes: its clock stands still."""
    return Deadline(1.0, lambda: 0.0)


def ask(desk: GraphQLService, query: str, **variables: object) -> GraphQLResponse:
    """The response to a query."""
    return desk.answer(GraphQLRequest(query, variables), "req-1", unhurried())


def data(desk: GraphQLService, query: str, **variables: object) -> GraphQLResponse:
    """The data of a response that has no errors."""
    response = ask(desk, query, **variables)
    assert "errors" not in response, response["errors"]
    found: GraphQLResponse = response["data"]
    return found
