"""`show ID`: an entity with its claims, a claim with its versions, evidence with its document, or a judgement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.runtime.graphql import EVERY
from app.views.tables import print_claims, print_evidence, print_fields, print_judgements
from graph.port import ClaimQuery, EntityQuery
from ontology.errors import NotFoundError
from ontology.records import ClaimId, EntityId, EvidenceId

if TYPE_CHECKING:
    from app.runtime.session import ReadSession
    from ontology.records import StoredClaim

_VERIFIED = {True: "yes", False: "no", None: "the quote is too long to repeat"}


@dataclass(frozen=True, slots=True)
class ShowView:
    """One thing by its id.

    Attributes:
        document: Name of the stored GraphQL document whose data `--json` prints.
        variables: The document's variables, besides its scope.
        print_tables: Prints the tables.
    """

    document: str
    variables: Mapping[str, object]
    print_tables: Callable[[], None]


def find(session: ReadSession, id: str) -> ShowView:  # noqa: A002  # the product's word
    """The thing of an id.

    Raises:
        NotFoundError: There is none.
    """
    views = {"clm": _claim, "evd": _evidence, "jdg": _judgement}
    found = views.get(id.partition(":")[0], _entity)(session, id)
    if found is None:
        raise NotFoundError(f"nothing has the id {id}", fix="`tierscope search WORDS` finds ids by words")
    return found


def _entity(session: ReadSession, id: str) -> ShowView | None:  # noqa: A002
    found = session.store.entities(EntityQuery(ids=[EntityId(id)], at=session.at))
    if not found:
        return None

    def print_tables() -> None:
        facts = session.nearby
        members = list(facts.identity.members(EntityId(id)))
        fields = (
            ("id", id),
            ("kind", found[0].kind),
            ("name", facts.name(EntityId(id))),
            ("members", ", ".join(members)),
        )
        print_fields(id, fields)
        print_claims("Claims", session.store.claims(ClaimQuery(subjects=members, at=session.at)))
        print_claims("Mentions", session.store.claims(ClaimQuery(objects=members, at=session.at)))

    return ShowView("entity", {"id": id, "first": EVERY}, print_tables)


def _claim(session: ReadSession, id: str) -> ShowView | None:  # noqa: A002
    versions = session.store.claims(ClaimQuery(ids=[ClaimId(id)], history=True))
    return ShowView("claim", {"id": id}, lambda: _print_claim(session, id, versions)) if versions else None


def _print_claim(session: ReadSession, id: str, versions: Sequence[StoredClaim]) -> None:  # noqa: A002
    for stored in versions:
        claim = stored.claim
        print_fields(
            id,
            (
                ("statement", claim.statement),
                ("record", claim.record),
                ("qualifiers", ", ".join(f"{name}: {value}" for name, value in claim.qualifiers.items())),
                ("basis", claim.basis),
                ("review", claim.review),
                ("confidence", claim.confidence),
                ("recorded at", stored.recorded_at),
                ("superseded at", stored.superseded_at),
            ),
        )
    print_claims("Versions", versions)
    cited = sorted({each for stored in versions for each in stored.claim.evidence})
    print_evidence(session.store.evidence(cited))


def _evidence(session: ReadSession, id: str) -> ShowView | None:  # noqa: A002
    found = session.store.evidence([EvidenceId(id)])
    if not found:
        return None
    evidence, document = found[0].evidence, found[0].document

    def print_tables() -> None:
        print_fields(
            id,
            (
                ("document", document.id),
                ("name", document.name),
                ("sha256", document.sha256),
                ("uri", document.uri),
                ("licence", document.licence),
                ("publisher", document.publisher),
                ("retrieved at", document.retrieved_at),
                ("locator", evidence.locator),
                ("quote", evidence.quote),
                ("quote sha256", evidence.quote_sha256),
                ("quote verified", _VERIFIED[evidence.quote_verified]),
            ),
        )
        print_claims("Claims citing it", session.store.claims(ClaimQuery(evidence=[EvidenceId(id)], at=session.at)))

    return ShowView("evidence", {"id": id, "first": EVERY}, print_tables)


def _judgement(session: ReadSession, id: str) -> ShowView | None:  # noqa: A002
    found = [stored for stored in session.store.judgements(session.at) if stored.judgement.id == id]
    return ShowView("judgement", {"id": id}, lambda: print_judgements(found)) if found else None
