"""Facts near an entity are those that a plain reading of the whole gives of it."""

from collections.abc import Sequence

from hypothesis import given, settings

from graph.port import LATEST, WHOLE, ClaimColumns, ColumnsPart
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At
from reasoning.arrays.build.own_risks import profiles
from reasoning.arrays.nearby.nearby_facts import NearFacts
from reasoning.network.facts import Facts
from reasoning.risk.own_risk import Risks
from reasoning.risk.weights import CATEGORIES
from tests.fakes import FakeStore
from tests.reasoning.arrays.worlds import FIRMS, REGIONS, SITES, stored, worlds
from tests.reasoning.stores import fill
from tests.reasoning.world import AT, World

_PREDICATES = ("SUPPLIES", "OPERATES", "IN_COUNTRY", "AFFECTS", "LIKELIHOOD", "OWNS")


@settings(max_examples=80, deadline=None)
@given(worlds())
def test_facts_about_and_onto_a_entity_are_those_of_the_whole(world: World):
    store = stored(world)
    ours, theirs = NearFacts(store, AT), Facts(store, AT)
    for entity in (*FIRMS, *SITES, *REGIONS, "rsk:1", "org:nobody"):
        for predicate in _PREDICATES:
            assert ours.about(predicate, entity) == theirs.about(predicate, entity)
            assert ours.onto(predicate, entity) == theirs.onto(predicate, entity)
            assert ours.ever.about(predicate, entity) == theirs.ever.about(predicate, entity)
            assert ours.preferred(predicate, entity) == theirs.preferred(predicate, entity)
        assert ours.name(entity) == theirs.name(entity)
    assert ours["SUPPLIES"] == theirs["SUPPLIES"]


@settings(max_examples=80, deadline=None)
@given(worlds())
def test_own_risks_are_the_same_by_near_facts(world: World):
    store = stored(world)
    ours, theirs = Risks(NearFacts(store, AT)), Risks(Facts(store, AT))
    facts = Facts(store, AT)
    for firm in map(facts.of, FIRMS):
        assert ours.of(firm) == theirs.of(firm)


class Asked(FakeStore):
    """A store that counts the countries that it tells in one go."""

    most = 0

    def columns(
        self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST, part: ColumnsPart = WHOLE
    ) -> ClaimColumns:
        found = super().columns(predicate, qualifiers, at, part)
        if predicate == "IN_COUNTRY" and part.cited:
            self.most = max(self.most, len(found.claims))
        return found


def test_firms_of_which_the_same_is_known_share_a_profile():
    world = World()
    firms = [f"org:{number:03d}" for number in range(90)]
    for number, firm in enumerate(firms[:80]):
        world.say(firm, "IN_COUNTRY", "reg:n" if number % 2 else "reg:s", confidence=0.5 if number < 10 else 1.0)
    world.risk("north", "reg:n", "continuity", 0.5)
    world.risk("own", firms[85], "cyber", 0.25)
    store = Asked(VOCABULARY)
    fill(store, world)
    found = profiles(store, AT, firms, tell=lambda _what, _count: None)
    place = CATEGORIES.index("rct:tierscope-continuity")
    assert len(found.profiles) == 3  # in the north, of its own, and nothing known
    assert (found.profiles[found.profile[1:80:2], place] == 0.5).all()
    assert len(set(found.profile[0:80:2].tolist()) | set(found.profile[86:].tolist())) == 1
    assert store.most == 0  # countries are read in parts, without evidence
