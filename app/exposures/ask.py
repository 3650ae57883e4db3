"""What was asked of `tierscope exposure`, and the shape of every answer."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.progress import counting_bar
from app.wiring import open_workers
from ontology.errors import InputError, NotFoundError
from ontology.ids import kind_prefix
from ontology.records import NounId

if TYPE_CHECKING:
    from app.asking import Question
    from reasoning.core.workers import Crew
    from reasoning.measuring import Measuring

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, as the user wrote it.

    Attributes:
        noun: Who is exposed; or, where a buyer is named otherwise, what the explanation is wanted of.
        by: What rows are about, where the measure gives a choice.
        category: One of the twelve risk categories, by its id or short name.
        strikes: The chance that a risk of 1 stops a firm, for the measure of disruption.
        days: The time to recover of whatever has none that is known, for recovery and inoperability.
    """

    noun: str | None = None
    measure: str = "leontief"
    category: str | None = None
    by: str | None = None
    top: int = 20
    paths: int = 3
    strikes: float = 1.0
    days: float | None = None
    explained: bool = False

    def chosen(self, *known: str) -> str:
        """By what rows are: the first of these where nobody said.

        Raises:
            InputError: The measure has no such rows.
        """
        if self.by is None or self.by in known:
            return self.by or known[0]
        raise InputError(f"{self.measure} has no rows by {self.by}", fix=f"--by takes {', '.join(known)}")

    def asked_category(self) -> NounId | None:
        """The category as an id; None for any."""
        from reasoning.measures.measure import category_of

        return None if self.category is None else category_of(self.category)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its buyer, and what of its network the explanation is wanted of; None for the whole."""

    question: Question
    ask: Ask
    buyer: NounId
    subject: NounId | None

    def measuring(self, crew: Crew | None = None) -> Measuring:
        """The measures over the question's engine."""
        from reasoning.core.workers import ALONE
        from reasoning.measuring import Measuring

        return Measuring(self.question.engine, crew=crew or ALONE)

    @contextmanager
    def crew(self, title: str, count: int) -> Generator[Crew]:
        """Who does what is done for so many firms, as it is set, under a bar."""
        from reasoning.core.workers import Crew

        with open_workers(self.question.settings) as workers, counting_bar(title, count) as tell:
            yield Crew(workers, tell)

    @property
    def suppliers(self) -> Mapping[NounId, int]:
        """The buyer's suppliers of any tier, with their tiers."""
        return self.question.engine.scoring(self.buyer, self.question.at).suppliers

    @property
    def supplier(self) -> NounId | None:
        """What the explanation is wanted of, which must be one of the suppliers; None for the whole.

        Raises:
            NotFoundError: It is none of them.
        """
        if self.subject is None or self.subject in self.suppliers:
            return self.subject
        fix = f"`tierscope exposure --buyer {self.buyer}` lists its suppliers; `tierscope exposure {self.subject}` "
        fix += f"--buyer {self.subject} asks what {self.subject} itself is exposed to"
        raise NotFoundError(f"{self.subject} is not in the supply network of {self.buyer}", fix=fix, id=self.subject)

    def head(self, **more: object) -> dict[str, Any]:
        """What every document begins with."""
        snapshot = self.question.engine.snapshot(self.question.at)
        begun = {"revision": snapshot.revision, "buyer": self.buyer, "measure": self.ask.measure}
        return {**begun, **({} if self.subject is None else {"about": self.subject}), **more}


@dataclass(frozen=True, slots=True)
class Answer:
    """How it is told as one JSON document, proofs among it; in tables; and drawn."""

    document: Callable[[], Document]
    tell: Callable[[], None]
    draw: Callable[[], str]


def asked(question: Question, ask: Ask) -> Asked:
    """Who is exposed, and what is asked about.

    The noun is the buyer where no other is named, else what the explanation is wanted of.

    Raises:
        InputError: Nobody said who is exposed, or the measure knows no categories.
        NotFoundError: Nothing is known about one of them.
    """
    from reasoning.measures.measure import MEASURES, named

    if ask.category is not None and not named(ask.measure).by_category:
        able = " and ".join(measure.name for measure in MEASURES if measure.by_category)
        message = f"{ask.measure} says what a stop does, whatever its cause: it has no categories"
        raise InputError(message, fix=f"--category goes with {able}")
    noun = None if ask.noun is None else question.known(ask.noun)
    if noun is None or question.named_buyer is not None:
        buyer = question.buyer
        return Asked(question, ask, buyer, None if noun == buyer else noun)
    if kind_prefix(noun) != "org":
        fix = "name the buying organisation with --buyer ID or TIERSCOPE_BUYER"
        raise InputError(f"{noun} buys nothing itself", fix=fix)
    return Asked(question, ask, noun, None)
