"""What analysts ask: concentration, questions and alternatives."""

from collections.abc import Iterable, Sequence

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Entity
from api.types.base.proof import Cited, Proof, Verified
from ontology.records import EntityId
from reasoning.analysis import alternatives, concentration, questions
from reasoning.analysis.alternatives import Alternative as ComputedAlternative
from reasoning.analysis.concentration import Concentration as ComputedConcentration
from reasoning.analysis.questions import Question as ComputedQuestion

_QUESTIONS = 50  # that are worked out; the best of them are shown


@strawberry.type
class Holder:
    """Who holds which part of a whole.

    Attributes:
        id: Id of the firm or country, or the number of the tier; empty where it is not known.
        share: The part, from 0 to 1.
    """

    id: str
    share: float
    scene: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity | None:
        """The firm or country; null for a tier, or where it is not known."""
        return self.scene.maybe(self.id)


@strawberry.type
class Concentration(Cited, Verified):
    """How concentrated one whole is.

    Attributes:
        by: What the whole is: `input` of a customer; or of the buyer's exposure `all`, or that through a `product`, at
            a `tier`, in a `country`; or all of it over `countries` or `tiers`.
        key: Which product, tier or country; empty where it is not known, or there is but one whole.
        part: Of an input, which part of what the customer buys; else, which part of the buyer's exposure.
        index: The Herfindahl–Hirschman index, from 0 to 10,000.
        effective: As how many equal holders that is.
        sole: Whether there is just one holder.
        essential: Whether a claim calls the input essential.
        holders: Who holds it, the greatest first.
        claims: The supply claims of an input; empty for a part of the exposure.
    """

    by: str
    key: str
    part: float
    index: float
    effective: float
    sole: bool
    essential: bool
    holders: list[Holder]
    computed: strawberry.Private[ComputedConcentration]
    scene: strawberry.Private[ConclusionContext]

    @strawberry.field
    def customer(self) -> Entity:
        """Whose input it is; the buyer for its exposure."""
        return self.scene.entity(self.computed.customer)

    def verify(self) -> Iterable[str]:
        """See `Verified`."""
        return concentration.verify(self.computed)


def concentrations_of(view: ReadView, by: str | None) -> Sequence[ComputedConcentration]:
    """How concentrated the buyer's inputs and exposure are.

    Raises:
        InputError: There is no such sort of whole.
    """
    found = view.session.reasoning.analyses.concentrations(view.required_buyer(), view.at)
    return concentration.only_by(by, found)


def concentration_key(found: ComputedConcentration) -> str:
    """What tells it from all other wholes."""
    return f"{found.by}:{found.customer}:{found.key}"


def present_concentrations(view: ReadView, found: Sequence[ComputedConcentration]) -> list[Concentration]:
    """Concentrations as GraphQL shows them, resting on one scene."""
    held = [EntityId(holder.id) for one in found for holder in one.holders if ":" in holder.id]
    customers = [one.customer for one in found]
    scene = ConclusionContext(view, [*customers, *held], [claim for one in found for claim in one.claims])
    return [
        Concentration(
            by=one.by,
            key=one.key,
            part=one.part,
            index=one.index,
            effective=one.effective,
            sole=one.sole,
            essential=one.essential,
            holders=[Holder(id=holder.id, share=holder.share, scene=scene) for holder in one.holders],
            computed=one,
            scene=scene,
            proof=Proof(scene, one.claims),
        )
        for one in found
    ]


@strawberry.type
class PossibleAnswer:
    """What a question may turn out to have as its answer.

    Attributes:
        text: The answer.
        probability: How probable it is held to be.
        low: The least that the whole exposure may be then.
        high: The most that it may be then.
        known_low: The least that it may be then as far as the network is known.
        known_high: The most that it may be then as far as the network is known.
        changes: The changes that say it, one sentence each, for a what-if.
    """

    text: str
    probability: float
    low: float
    high: float
    known_low: float
    known_high: float
    changes: list[str]


@strawberry.type
class Question(Verified):
    """What to find out next.

    Attributes:
        id: What tells it from all other questions.
        sort: `risk`, `shares`, `link` or `suppliers`.
        text: The question.
        about: Id of the category of a risk, or of the supplier of a link; null else.
        tier: Fewest links from the buyer.
        hours: The effort, in hours of one person's work.
        low: The least that the whole exposure may be now.
        high: The most that it may be now.
        known_low: The least that it may be now as far as the network is known.
        known_high: The most that it may be now as far as the network is known.
        shrink: By how much an answer is expected to narrow the former interval.
        known_shrink: By how much it is expected to narrow the latter.
        per_hour: Both for an hour of work; questions are ranked by it.
        answers: What it may turn out to be; the probabilities add to 1.
    """

    id: strawberry.ID
    sort: str
    text: str
    about: strawberry.ID | None
    tier: int
    hours: float
    low: float
    high: float
    known_low: float
    known_high: float
    shrink: float
    known_shrink: float
    per_hour: float
    answers: list[PossibleAnswer]
    computed: strawberry.Private[ComputedQuestion]
    scene: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity:
        """Whom it is about."""
        return self.scene.entity(self.computed.entity)

    def verify(self) -> Iterable[str]:
        """See `Verified`."""
        view = self.scene.view
        return questions.verify(self.computed, view.snapshot(), view.required_buyer())


def questions_of(view: ReadView) -> Sequence[ComputedQuestion]:
    """What to find out next."""
    return view.session.reasoning.analyses.questions(view.required_buyer(), view.at, most=_QUESTIONS)


def present_questions(view: ReadView, found: Sequence[ComputedQuestion]) -> list[Question]:
    """Questions as GraphQL shows them, resting on one scene."""
    scene = ConclusionContext(view, [one.entity for one in found], [])
    return [_question(one, scene) for one in found]


def _question(one: ComputedQuestion, scene: ConclusionContext) -> Question:
    answers = [
        PossibleAnswer(
            text=answer.text,
            probability=answer.probability,
            low=answer.interval.low,
            high=answer.interval.high,
            known_low=answer.known.low,
            known_high=answer.known.high,
            changes=[edit.text for edit in answer.edits],
        )
        for answer in one.answers
    ]
    return Question(
        id=strawberry.ID(one.key),
        sort=one.sort,
        text=one.text,
        about=strawberry.ID(one.about) if one.about else None,
        tier=one.tier,
        hours=one.hours,
        low=one.before.low,
        high=one.before.high,
        known_low=one.known.low,
        known_high=one.known.high,
        shrink=one.shrink,
        known_shrink=one.known_shrink,
        per_hour=one.per_hour,
        answers=answers,
        computed=one,
        scene=scene,
    )


@strawberry.type
class Alternative(Cited, Verified):
    """A switch: a customer buys a product from another known maker of it instead.

    Attributes:
        product: Id of the product.
        share: The part of what the customer buys that is switched, from 0 to 1.
        already: Whether the customer buys the product from the other one too.
        before: The buyer's whole exposure now, as far as the network is known.
        after: The buyer's whole exposure after the switch.
        change: After less before; below 0 where the switch lowers the exposure.
        whole_low_before: The least that it may be now, whoever may stand behind firms of which no supplier is known.
        whole_high_before: The most that it may be now.
        whole_low_after: The least that it may be after the switch.
        whole_high_after: The most that it may be after it.
        loss_before: What part of its production the buyer loses when the present supplier stops now, by the exact
            cascade; null where it was not computed.
        loss_after: What part it loses when the other one stops after the switch.
        changes: The changes that make the switch, one sentence each.
        claims: The claims that the other supplier makes the product.
    """

    product: str
    share: float
    already: bool
    before: float
    after: float
    change: float
    whole_low_before: float
    whole_high_before: float
    whole_low_after: float
    whole_high_after: float
    loss_before: float | None
    loss_after: float | None
    changes: list[str]
    computed: strawberry.Private[ComputedAlternative]
    scene: strawberry.Private[ConclusionContext]

    @strawberry.field
    def customer(self) -> Entity:
        """Who switches."""
        return self.scene.entity(self.computed.customer)

    @strawberry.field
    def supplier(self) -> Entity:
        """Who is replaced."""
        return self.scene.entity(self.computed.supplier)

    @strawberry.field
    def other(self) -> Entity:
        """Who takes over."""
        return self.scene.entity(self.computed.other)

    def verify(self) -> Iterable[str]:
        """See `Verified`."""
        return alternatives.verify(self.computed, self.scene.view.snapshot())


def alternatives_of(view: ReadView, supplier: str, customer: str | None) -> Sequence[ComputedAlternative]:
    """Which other makers the supplier's customers could buy from.

    Raises:
        NotFoundError: The supplier supplies nobody in the buyer's network, or not this customer.
    """
    whose = None if customer is None else EntityId(customer)
    analyses = view.session.reasoning.analyses
    return analyses.alternatives(view.required_buyer(), EntityId(supplier), view.at, customer=whose)


def present_alternatives(view: ReadView, found: Sequence[ComputedAlternative]) -> list[Alternative]:
    """Alternatives as GraphQL shows them, resting on one scene."""
    entities = [entity for one in found for entity in (one.customer, one.supplier, one.other)]
    scene = ConclusionContext(view, entities, [claim for one in found for claim in one.claims])
    return [
        Alternative(
            product=one.product,
            share=one.share,
            already=one.already,
            before=one.before[1],
            after=one.after[1],
            change=one.change,
            whole_low_before=one.whole_before.low,
            whole_high_before=one.whole_before.high,
            whole_low_after=one.whole_after.low,
            whole_high_after=one.whole_after.high,
            loss_before=one.loss_before,
            loss_after=one.loss_after,
            changes=[edit.text for edit in one.edits],
            computed=one,
            scene=scene,
            proof=Proof(scene, one.claims),
        )
        for one in found
    ]
