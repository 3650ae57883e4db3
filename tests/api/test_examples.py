"""The examples, run over HTTP on the sample world: they prove what they say, and both stores answer alike."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.graphql.execution import GraphQLService
from api.graphql.schema import build
from api.http.application import assemble
from app.jobs.world import SAMPLE, World, load_world, read_world
from graph.connect import StoreOptions, create
from graph.port import ClaimQuery, GraphStore
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, ClaimId, EvidenceId
from reasoning.service.service import ReasoningService
from tests.api.small_world import UNHURRIED, ask
from tests.neo4j_server import Endpoint
from tests.stored_documents import stored_documents

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = sorted(EXAMPLES.glob("*.graphql"))
# The one that writes comes last, so that the others see the world as it was loaded.
ORDER = sorted(FILES, key=lambda file: ("mutation" in file.read_text(encoding="utf-8"), file.name))

Answers = Mapping[str, bytes]


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(SAMPLE)


def loaded(store: GraphStore, world: World) -> GraphStore:
    for report in load_world(store, world):
        assert report.refusals == ()
    return store


@pytest.fixture(scope="module")
def file_store(tmp_path_factory: pytest.TempPathFactory, world: World) -> Iterator[GraphStore]:
    store = create(f"sqlite:///{tmp_path_factory.mktemp('sample') / 's.db'}", vocabulary=VOCABULARY)
    yield loaded(store, world)
    store.close()


@pytest.fixture(scope="module")
def as_loaded(file_store: GraphStore, world: World) -> At:
    """The instant at which the examples read, before one of them writes."""
    return At(world.at.as_of, file_store.status().recorded_at)


@pytest.fixture(scope="module")
def answers(file_store: GraphStore, world: World, as_loaded: At) -> Answers:
    return answer_all(file_store, world)


def variables(text: str) -> dict[str, Any]:
    written = re.search(r"^# variables: (.*)$", text, re.MULTILINE)
    found: dict[str, Any] = json.loads(written[1]) if written else {}
    return found


def answer_all(store: GraphStore, world: World) -> Answers:
    """The bytes of the answers to all examples, in order."""
    app = assemble(GraphQLService(store, ReasoningService(store), lambda: world.at.as_of or "", world.buyer, UNHURRIED))

    async def story() -> Answers:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://example.org") as http:
            told = {}
            for file in ORDER:
                text = file.read_text(encoding="utf-8")
                response = await http.post("/graphql", json={"query": text, "variables": variables(text)})
                assert response.status_code == 200
                told[file.stem] = response.content
            return told

    return asyncio.run(story())


def data(answers: Answers, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answers[name])["data"]
    return found


def collect(found: object, key: str) -> Iterator[Any]:
    """Every value under `key`, however deep."""
    if isinstance(found, dict):
        for name, inner in found.items():
            if name == key:
                yield inner
            yield from collect(inner, key)
    elif isinstance(found, list):
        for inner in found:
            yield from collect(inner, key)


def test_the_examples_that_the_documents_name_are_there():
    told = (EXAMPLES.parent / "docs" / "graphql.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(\.\./examples/([a-z0-9-]+)\.graphql\)", told)) == {file.stem for file in FILES}


def test_the_query_of_the_document_has_the_printed_answer(file_store: GraphStore, world: World):
    text = (EXAMPLES.parent / "docs" / "graphql.md").read_text(encoding="utf-8")
    query, answer = (re.search(rf"```{kind}\n(.*?)```", text, re.DOTALL) for kind in ("graphql", "json"))
    assert query
    assert answer
    service = GraphQLService(file_store, ReasoningService(file_store), lambda: world.at.as_of or "", world.buyer)
    assert ask(service, query[1]) == json.loads(answer[1])


def test_every_question_is_in_an_example_or_in_a_stored_document():
    asked = "\n".join([*(file.read_text(encoding="utf-8") for file in FILES), *stored_documents().values()])
    core = build()
    assert core.query_type
    # The sample world says no stocks and capacities; `tests.api.test_recovery` asks for recovery.
    plain = {"status", "node", "nodes", "organization", "claim", "evidence", "judgements", "recovery"}
    assert [name for name in core.query_type.fields if name not in plain and not re.search(rf"\b{name}\b", asked)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_whatever_is_verified_holds(answers: Answers, file: Path):
    told = data(answers, file.stem)
    assert [fault for faults in collect(told, "faults") for fault in faults] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_example_is_answered_without_errors(answers: Answers, file: Path):
    response = json.loads(answers[file.stem])
    assert "errors" not in response, response["errors"]
    assert 0 < response["extensions"]["cost"]["requestedQueryCost"] <= 50_000


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_example_says_what_it_is_for(file: Path):
    assert file.read_text(encoding="utf-8").startswith("# ")


CITING = ["supplier-360", "exposure-explained", "recommendations", "findings", "failure-points", "what-if", "over-time"]


@pytest.mark.parametrize("name", [*CITING, "disruption", "losses"])
def test_what_an_example_cites_is_in_the_store(answers: Answers, file_store: GraphStore, name: str):
    keys = {value for value in collect(data(answers, name), "id") if isinstance(value, str)}
    cited = sorted(EvidenceId(key) for key in keys if key.startswith("evd:"))
    claims = sorted(ClaimId(key) for key in keys if key.startswith("clm:"))
    assert claims
    assert [item.evidence.id for item in file_store.evidence(cited)] == cited
    assert [stored.claim.id for stored in file_store.claims(ClaimQuery(ids=claims))] == claims


def test_the_explained_number_follows_from_its_explanation(answers: Answers):
    told = data(answers, "exposure-explained")["explain"]
    assert told["holds"] is True
    added = sum(path["contribution"] for path in told["exposure"]["paths"]) + told["exposure"]["remainder"]
    assert added == pytest.approx(told["exposure"]["score"], abs=1e-9)
    assert all(claim["evidence"] for claims in collect(told["exposure"]["paths"], "claims") for claim in claims)
    part = data(answers, "exposure-explained")["hazard"]
    assert (part["holds"], part["faults"]) == (True, [])
    assert part["recomputed"] == pytest.approx(part["exposure"]["score"], abs=1e-9)
    assert part["exposure"]["score"] < told["exposure"]["score"]


def test_recommendations_have_text_or_a_reason(answers: Answers):
    listed = [edge["node"] for edge in data(answers, "recommendations")["recommendations"]["edges"]]
    assert len({one["supplier"]["id"] for one in listed}) >= 3
    assert len({one["rule"] for one in listed}) >= 3
    for one in listed:
        assert bool(one["text"]) != bool(one["abstained"])
        assert one["claims"]
        assert one["evidence"]


def test_findings_are_those_of_the_service(answers: Answers, file_store: GraphStore, world: World, as_loaded: At):
    listed = [edge["node"] for edge in data(answers, "findings")["findings"]["edges"]]
    detected = ReasoningService(file_store).findings(world.buyer, as_loaded)
    assert [(one["kind"], one["subject"]["id"]) for one in listed] == [(one.kind, one.subject) for one in detected]


def test_another_time_is_another_answer(answers: Answers):
    told = data(answers, "as-of")
    assert told["today"]["exposure"]["score"] != told["then"]["exposure"]["score"]
    assert len(told["today"]["findings"]) != len(told["then"]["findings"])
    assert told["expiringToday"]["totalCount"] > told["expiringThen"]["totalCount"] == 0
    assert told["beforeAnythingWasRecorded"] is None


def test_a_stopped_magnet_maker_stops_the_buyer_by_its_chain(answers: Answers):
    told = data(answers, "losses")
    assert told["productionLoss"]["value"] == data(answers, "what-if")["whatIf"]["productionLoss"] == 1
    hops = told["productionLoss"]["chain"]["hops"]
    assert hops[-1]["customer"]["id"] == "org:world-f-001"
    for hop in hops:
        assert min(1, sum(one["passed"] for one in hop["contributions"])) == pytest.approx(hop["loss"])


def test_what_each_firm_adds_is_the_disruption(answers: Answers, file_store: GraphStore, world: World, as_loaded: At):
    told = data(answers, "disruption")["disruption"]
    found = ReasoningService(file_store).measures.disruption(world.buyer, as_loaded)
    assert sum(share for _, share in found.middle.shares) == pytest.approx(told["estimate"]["estimate"], abs=1e-12)
    for edge in told["firms"]["edges"]:
        assert dict(found.middle.shares)[edge["node"]["firm"]["id"]] == edge["node"]["value"]
    for end in ("low", "estimate", "high"):
        assert told[end]["lower"] - 4 * told[end]["error"] <= told[end]["estimate"]
        assert told[end]["estimate"] <= told[end]["upper"] + 4 * told[end]["error"]


def test_searching_finds(answers: Answers):
    told = data(answers, "search")
    assert told["byName"]["edges"]
    assert all("agnets" in edge["node"]["name"] for edge in told["byName"]["edges"])
    assert told["directInGermany"]["totalCount"] >= 1


def test_the_judgement_is_made(answers: Answers):
    told = data(answers, "judge")["judge"]
    assert told["errors"] == []
    assert told["judgement"]["verdict"] == "SAME"


@pytest.mark.neo4j
def test_both_stores_answer_with_the_same_bytes(answers: Answers, world: World, neo4j_endpoint: Endpoint):
    options = StoreOptions(user=neo4j_endpoint.user or "", password=neo4j_endpoint.password or "")
    store = create(neo4j_endpoint.address, vocabulary=VOCABULARY, options=options)
    try:
        told = answer_all(loaded(store, world), world)
    finally:
        store.close()
    for name, expected in answers.items():
        assert told[name] == expected, name
