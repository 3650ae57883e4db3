"""What was asked of `tierscope exposure`, and the shape of every answer."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from app.options import spelled
from app.progress import counting_bar
from app.wiring import open_workers
from ontology.errors import InputError, NotFoundError
from ontology.ids import kind_prefix
from ontology.records import NounId
from reasoning.measures.options import ROWS

if TYPE_CHECKING:
    from app.asking import Question
    from reasoning.core.workers import Crew
    from reasoning.measuring import Measuring

Document = Mapping[str, Any]
OptionsT = TypeVar("OptionsT")


@dataclass(frozen=True, slots=True)
class ExposureRequest:
    """One request, as the user wrote it.

    Attributes:
        noun: Who is exposed; or, where a buyer is named otherwise, what the explanation is wanted of.
        measure: The measure's name.
        given: The options that were given, by their names in the measure's options value; None is not given.
    """

    noun: str | None = None
    measure: str = "leontief"
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked(Generic[OptionsT]):
    """A request with its buyer, its options, and what of its network the explanation is wanted of; None for all."""

    question: Question
    measure: str
    buyer: NounId
    subject: NounId | None
    options: OptionsT

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
        begun = {"revision": snapshot.revision, "buyer": self.buyer, "measure": self.measure}
        return {**begun, **({} if self.subject is None else {"about": self.subject}), **more}


def counted(rows: Sized) -> str:
    """What a title adds where a table shows the first `ROWS` of more rows."""
    return f"; the first {ROWS} of {len(rows)}" if len(rows) > ROWS else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """How it is told as one JSON document, proofs among it; in tables; and drawn."""

    document: Callable[[], Document]
    tell: Callable[[], None]
    draw: Callable[[], str]


def asked(question: Question, request: ExposureRequest) -> Asked[Any]:
    """Who is exposed, what is asked about, and with which options.

    The noun is the buyer where no other is named, else what the explanation is wanted of.

    Raises:
        InputError: Nobody said who is exposed, or an option was given that the request does not read.
        NotFoundError: Nothing is known about one of them.
    """
    from reasoning.measures.measure import named, options_of

    measure = named(request.measure)
    buyer, subject = _ends(question, None if request.noun is None else question.known(request.noun))
    options = options_of(measure, request.given, one=subject is not None, spell=spelled)
    return Asked(question, measure.name, buyer, subject, options)


def _ends(question: Question, noun: NounId | None) -> tuple[NounId, NounId | None]:
    """The buyer, and what the explanation is wanted of."""
    if noun is None or question.named_buyer is not None:
        buyer = question.buyer
        return buyer, None if noun == buyer else noun
    if kind_prefix(noun) != "org":
        fix = "name the buying organisation with --buyer ID or TIERSCOPE_BUYER"
        raise InputError(f"{noun} buys nothing itself", fix=fix)
    return noun, None
