"""Questions: what to find out next, ranked by how much an answer is expected to shrink the buyer's interval per hour.

Questions are of four sorts: a supplier's own risk in a category, the shares of a customer's need, whether an inferred
link exists, and who supplies a firm without known suppliers. Each question is screened by a first-order estimate. For
the best, each possible answer is laid over the snapshot, and both intervals are computed again: the whole one
(`reasoning.analysis.uncertainty`) and M1's. A what-if with that answer gives the same intervals.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ontology.records import EntityId
from reasoning.analysis.uncertainty import Interval, Uncertainty
from reasoning.core.linear.leontief import ALPHA
from reasoning.exposure.scoring import NOISE
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.deliveries import weight_of
from reasoning.risk.own_risk import bounds_in
from reasoning.risk.weights import CATEGORIES, WEIGHTS, short
from reasoning.scenarios.edits import CloseSuppliers, ConfirmLink, DropLink, Edit, SetRisk, SetShare
from reasoning.scenarios.overlay import layers

Sort = Literal["risk", "shares", "link", "suppliers"]

# Hours of one person's work for an answer: rough figures of our own, which a buyer should replace by its own. Public
# figures and registers take the same time at any tier. What a firm must be asked for takes its hours once a tier.
PUBLIC_HOURS: Mapping[str, float] = {"natural-hazard": 1, "geopolitical-trade": 1, "regulatory": 2, "governance": 2}
ASKED_HOURS: Mapping[str, float] = {
    "financial": 3,
    "commercial": 3,
    "concentration": 4,
    "continuity": 6,
    "quality-safety": 6,
    "cyber": 6,
    "environmental": 8,
    "social": 8,
}
SORT_HOURS: Mapping[str, float] = {"shares": 4, "link": 4, "suppliers": 8}
NOBODY_ELSE = 0.5  # prior that a firm without known suppliers has none that matter
SCREENED = 3  # questions computed exactly, for each one requested


@dataclass(frozen=True, slots=True)
class PossibleAnswer:
    """One possible answer to a question.

    Attributes:
        probability: The prior probability of the answer, in [0, 1].
        edits: The changes that state it; none where the answer teaches nothing.
        interval: The whole interval after it.
        known: M1's interval after it, of the known network.
    """

    text: str
    probability: float
    edits: tuple[Edit, ...]
    interval: Interval
    known: Interval


@dataclass(frozen=True, slots=True)
class Question:
    """What to find out about a firm.

    Attributes:
        about: The category of a `risk`, the supplier of a `link`; else "".
        tier: Fewest links from the buyer.
        hours: The effort, of one person's work.
        before: The buyer's whole interval now.
        known: M1's interval now, of the known network.
        answers: The possible answers; their probabilities add up to 1.
    """

    sort: Sort
    entity: EntityId
    about: str
    tier: int
    hours: float
    text: str
    before: Interval
    known: Interval
    answers: tuple[PossibleAnswer, ...]

    @property
    def shrink(self) -> float:
        """The expected shrink of the whole interval: Σ probability · (width before − width after)."""
        return self.before.width - math.fsum(one.probability * one.interval.width for one in self.answers)

    @property
    def known_shrink(self) -> float:
        """The expected shrink of M1's interval; below 0 where an answer adds unknowns to the known network."""
        return self.known.width - math.fsum(one.probability * one.known.width for one in self.answers)

    @property
    def worth(self) -> float:
        """The sum of both shrinks, by which questions are ranked per hour.

        A worst case with many causes keeps the whole interval wide whatever one answer says, but M1's interval shrinks.
        A shrink of M1's interval below 0 is no loss of knowledge and counts 0.
        """
        return self.shrink + max(0.0, self.known_shrink)

    @property
    def per_hour(self) -> float:
        """The worth for an hour."""
        return self.worth / self.hours

    @property
    def key(self) -> str:
        """Identifies the question among all of a buyer."""
        return f"{self.sort}:{self.entity}:{self.about}"


RANKED = 50  # questions that faces rank exactly, at least, so that short and long lists begin with the same


def questions(snapshot: Snapshot, buyer: EntityId, *, most: int = 20) -> tuple[Question, ...]:
    """The `most` questions worth most for an hour's work, the best first.

    Raises:
        NotConvergedError: The interval did not converge.
    """
    now = Uncertainty(snapshot, buyer)
    drafts = sorted(_Drafts(now).every(), key=lambda one: (-one.estimate / one.question.hours, one.question.key))
    exact = (_answered(draft.question, snapshot, now.buyer) for draft in drafts[: SCREENED * most])
    ranked = sorted((one for one in exact if one.worth > NOISE), key=lambda one: (-one.per_hour, one.key))
    return tuple(ranked[:most])


def verify(question: Question, snapshot: Snapshot, buyer: EntityId) -> tuple[str, ...]:
    """The faults of a question: the intervals after each answer are computed again. Nothing where they agree."""
    return tuple(_faults(question, snapshot, buyer))


def _faults(question: Question, snapshot: Snapshot, buyer: EntityId) -> Iterator[str]:
    if _intervals(snapshot, buyer) != (question.before, question.known):
        yield "the interval before any answer is another"
    if abs(math.fsum(answer.probability for answer in question.answers) - 1) > 1e-12:
        yield "the probabilities do not add up to 1"
    for answer in question.answers:
        if _after(answer.edits, snapshot, buyer) != (answer.interval, answer.known):
            yield f"the answer {answer.text!r} leaves another interval"


def _answered(question: Question, snapshot: Snapshot, buyer: EntityId) -> Question:
    left = ((one, *_after(one.edits, snapshot, buyer)) for one in question.answers)
    return replace(question, answers=tuple(replace(one, interval=whole, known=known) for one, whole, known in left))


def _after(edits: Sequence[Edit], snapshot: Snapshot, buyer: EntityId) -> tuple[Interval, Interval]:
    return _intervals(layers(snapshot, edits)[-1], buyer)


def _intervals(snapshot: Snapshot, buyer: EntityId) -> tuple[Interval, Interval]:
    found = Uncertainty(snapshot, buyer)
    return found.interval, found.known_interval


@dataclass(frozen=True, slots=True)
class _Draft:
    """A question whose answers are not computed yet, with a first-order estimate of its shrink."""

    question: Question
    estimate: float


class _Drafts:
    """Drafts of all questions about a buyer's network."""

    def __init__(self, now: Uncertainty) -> None:
        self._now = now
        self._facts = now.snapshot.facts
        self._tiers = now.tiers()
        self._low, self._high = now.flow("low"), now.flow("high")
        self._known_low, self._known_high = now.known_flow("low"), now.known_flow("high")
        self._intervals = now.interval, now.known_interval
        self._beyond = ALPHA / (1 - ALPHA)  # one link further up, for a unit of own risk here

    def every(self) -> Iterator[_Draft]:
        """All drafts."""
        if not self._now.has_suppliers:
            yield self._first()
        for entity, tier in self._tiers.items():
            node = self._now.snapshot.index[entity]
            if entity != self._now.buyer:
                yield from self._risks(entity, node, tier)
                yield from self._suppliers(entity, node, tier)
            yield from self._shares(entity, node, tier)
        yield from self._links()

    def _risks(self, entity: EntityId, node: int, tier: int) -> Iterator[_Draft]:
        own = self._now.snapshot.risks.of(entity)
        flow = float(self._low[node] + self._high[node] + self._known_low[node] + self._known_high[node])
        for category in CATEGORIES:
            low, _, high = bounds_in(own, category)
            if low < high and flow > 0:
                name = short(category)
                values = (low + (high - low) / 4, high - (high - low) / 4)
                answers = [_AnswerDraft(f"{value:.2f}", 0.5, (SetRisk(entity, category, value),)) for value in values]
                text = f"What is the {name} risk of {self._facts.name(entity)}?"
                hours = PUBLIC_HOURS.get(name, 0.0) or ASKED_HOURS[name] * max(tier, 1)
                estimate = WEIGHTS[category] * (high - low) / 2 * flow
                yield self._draft(_Topic("risk", entity, category, tier, hours, text), answers, estimate)

    def _suppliers(self, entity: EntityId, node: int, tier: int) -> Iterator[_Draft]:
        if self._now.known["high"].unseen[node] and self._high[node] > 0:
            yield self._behind(entity, tier, NOBODY_ELSE * self._beyond * float(self._high[node]))

    def _first(self) -> _Draft:
        """The one question about a buyer without known suppliers: its whole interval is open."""
        return self._behind(self._now.buyer, 0, NOBODY_ELSE * self._now.interval.width)

    def _behind(self, entity: EntityId, tier: int, estimate: float) -> _Draft:
        answers = [
            _AnswerDraft("nobody else that matters", NOBODY_ELSE, (CloseSuppliers(entity),)),
            _AnswerDraft("somebody of whom nothing is known", 1 - NOBODY_ELSE, ()),
        ]
        text = f"Who supplies {self._facts.name(entity)}? No supplier of it is known."
        hours = SORT_HOURS["suppliers"] * max(tier, 1)
        return self._draft(_Topic("suppliers", entity, "", tier, hours, text), answers, estimate)

    def _shares(self, entity: EntityId, node: int, tier: int) -> Iterator[_Draft]:
        if not self._now.known["high"].unsure[node]:
            return
        net, view = self._now.view.net, self._now.view
        edges = slice(int(net.start[node]), int(net.start[node + 1]))
        suppliers = net.supplier[edges]
        high, low = self._now.solved["high"][suppliers], self._now.solved["low"][suppliers]
        gained = self._high[node] * (high.max() - view.high[edges] @ high)
        gained += self._low[node] * (view.low[edges] @ low - low.min())
        weights = np.array([weight_of(view.links[edge]) for edge in range(edges.start, edges.stop)])
        first = self._now.snapshot.nodes[int(suppliers[0])]
        edit = SetShare(first, entity, float(weights[0] / weights.sum()))
        answers = [_AnswerDraft("as the links are weighed now", 1.0, (edit,))]
        text = f"How is what {self._facts.name(entity)} buys shared between its {len(suppliers)} known suppliers?"
        hours = SORT_HOURS["shares"] * max(tier, 1)
        yield self._draft(_Topic("shares", entity, "", tier, hours, text), answers, self._beyond * float(gained))

    def _links(self) -> Iterator[_Draft]:
        for edge, links in enumerate(self._now.view.links):
            customer, supplier = (links[0].customer, links[0].supplier)
            inferred = [link for link in links if link.fact.inferred]
            if customer in self._tiers and len(inferred) == len(links) and supplier != self._now.buyer:
                yield self._link(edge, customer, supplier, max(link.fact.confidence for link in inferred))

    def _link(self, edge: int, customer: EntityId, supplier: EntityId, belief: float) -> _Draft:
        answers = [
            _AnswerDraft("yes", belief, (ConfirmLink(supplier, customer),)),
            _AnswerDraft("no", 1 - belief, (DropLink(supplier, customer),)),
        ]
        below, node = (self._now.snapshot.index[entity] for entity in (customer, supplier))
        share = float(self._now.view.high[edge])
        low = float((self._low[below] + self._known_low[below]) * self._now.solved["low"][node])
        high = float((self._high[below] + self._known_high[below]) * self._now.solved["high"][node])
        text = f"Does {self._facts.name(supplier)} supply {self._facts.name(customer)}? It is only inferred."
        hours = SORT_HOURS["link"] * max(self._tiers[customer], 1)
        topic = _Topic("link", customer, supplier, self._tiers[customer], hours, text)
        return self._draft(topic, answers, self._beyond * share * (belief * low + (1 - belief) * high))

    def _draft(self, topic: "_Topic", drafts: Sequence["_AnswerDraft"], estimate: float) -> _Draft:
        before, known = self._intervals
        answers = tuple(PossibleAnswer(one.text, one.probability, one.edits, before, known) for one in drafts)
        fields = (topic.sort, topic.entity, topic.about, topic.tier, topic.hours, topic.text)
        return _Draft(Question(*fields, before=before, known=known, answers=answers), estimate)


@dataclass(frozen=True, slots=True)
class _Topic:
    sort: Sort
    entity: EntityId
    about: str
    tier: int
    hours: float
    text: str


@dataclass(frozen=True, slots=True)
class _AnswerDraft:
    text: str
    probability: float
    edits: tuple[Edit, ...]
