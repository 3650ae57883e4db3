"""All evidence that the conclusions about a buyer cite."""

from collections.abc import Sequence

from api.request.batches import cited
from api.request.context import ReadView
from api.types.analyses.finding import detected_for
from api.types.analyses.recommendation import decided_for
from api.types.base.conclusion import Listing
from api.types.base.evidence import Evidence, evidence_list
from api.types.base.page import Connection
from api.types.measures.exposure import exposures_of
from ontology.records import EvidenceId


def find_cited_evidence(view: ReadView, first: int, after: str | None) -> Connection[Evidence]:
    """One page of the evidence that exposures, findings and recommendations cite, by id."""
    found = {item for one in exposures_of(view, None) for item in one.evidence}
    found |= {item for one in detected_for(view, None) for item in one.evidence}
    found |= {item for one in decided_for(view) for item in one.evidence}
    ids = sorted(found)
    listing = Listing(view, ("citedEvidence",), first, after)
    return listing.show(ids, str, lambda rows: _present(view, rows))


def _present(view: ReadView, rows: Sequence[EvidenceId]) -> list[Evidence]:
    return evidence_list(cited(view, rows), rows)
