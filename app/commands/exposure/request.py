"""What was asked of `tierscope exposure`, and the shape of every answer."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from app.commands.options import spelled
from app.runtime.progress import counting_bar
from app.runtime.wiring import open_workers
from ontology.errors import InputError, NotFoundError
from ontology.ids import kind_prefix
from ontology.records import EntityId
from reasoning.measures.options import ROWS

if TYPE_CHECKING:
    from app.runtime.session import ReadSession
    from reasoning.core.execution.executor import Executor
    from reasoning.service.measures import BuyerMeasures

Document = Mapping[str, Any]
OptionsT = TypeVar("OptionsT")


@dataclass(frozen=True, slots=True)
class ExposureRequest:
    """One request, as the user wrote it.

    Attributes:
        entity: Who is exposed; or, where a buyer is named otherwise, what the explanation is wanted of.
        measure: The measure's name.
        given: The options that were given, by their names in the measure's options value; None is not given.
    """

    entity: str | None = None
    measure: str = "leontief"
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResolvedRequest(Generic[OptionsT]):
    """A request with its buyer, its options, and what of its network the explanation is wanted of; None for all."""

    question: ReadSession
    measure: str
    buyer: EntityId
    subject: EntityId | None
    options: OptionsT

    def measures(self, executor: Executor | None = None) -> BuyerMeasures:
        """The measures of the session's service, on an executor of their own where one is given."""
        service = self.question.reasoning
        return (service if executor is None else service.with_executor(executor)).measures

    @contextmanager
    def crew(self, title: str, count: int) -> Generator[Executor]:
        """Who does what is done for so many firms, as it is set, under a bar."""
        from reasoning.core.execution.executor import Executor

        with open_workers(self.question.settings) as workers, counting_bar(title, count) as tell:
            yield Executor(workers, tell)

    @property
    def suppliers(self) -> Mapping[EntityId, int]:
        """The buyer's suppliers of any tier, with their tiers."""
        return self.question.reasoning.scoring(self.buyer, self.question.at).suppliers

    @property
    def supplier(self) -> EntityId | None:
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
        snapshot = self.question.reasoning.snapshot(self.question.at)
        begun = {"revision": snapshot.revision, "buyer": self.buyer, "measure": self.measure}
        return {**begun, **({} if self.subject is None else {"about": self.subject}), **more}


def counted(rows: Sized) -> str:
    """What a title adds where a table shows the first `ROWS` of more rows."""
    return f"; the first {ROWS} of {len(rows)}" if len(rows) > ROWS else ""


@dataclass(frozen=True, slots=True)
class MeasureView:
    """How it is told as one JSON document, proofs among it; in tables; and drawn."""

    document: Callable[[], Document]
    tell: Callable[[], None]
    draw: Callable[[], str]


def asked(question: ReadSession, request: ExposureRequest) -> ResolvedRequest[Any]:
    """Who is exposed, what is asked about, and with which options.

    The entity is the buyer where no other is named, else what the explanation is wanted of.

    Raises:
        InputError: Nobody said who is exposed, or an option was given that the request does not read.
        NotFoundError: Nothing is known about one of them.
    """
    from reasoning.measures.catalogue import named, options_of

    measure = named(request.measure)
    buyer, subject = _ends(question, None if request.entity is None else question.known(request.entity))
    options = options_of(measure, request.given, one=subject is not None, spell=spelled)
    return ResolvedRequest(question, measure.name, buyer, subject, options)


def _ends(question: ReadSession, entity: EntityId | None) -> tuple[EntityId, EntityId | None]:
    """The buyer, and what the explanation is wanted of."""
    if entity is None or question.named_buyer is not None:
        buyer = question.buyer
        return buyer, None if entity == buyer else entity
    if kind_prefix(entity) != "org":
        fix = "name the buying organisation with --buyer ID or TIERSCOPE_BUYER"
        raise InputError(f"{entity} buys nothing itself", fix=fix)
    return entity, None
