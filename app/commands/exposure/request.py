"""A request of `tierscope exposure`, from the words of the user to a buyer, a subject and options."""

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

OptionsT = TypeVar("OptionsT")


@dataclass(frozen=True, slots=True)
class ExposureRequest:
    """One request, as the user wrote it.

    Attributes:
        entity: The buyer; or, where a buyer is named otherwise, the one supplier or stop to explain.
        measure: The measure's name.
        given: Values by the names of the fields of the measure's options; None for what the user left out.
    """

    entity: str | None = None
    measure: str = "leontief"
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResolvedRequest(Generic[OptionsT]):
    """A request whose ids and options are checked.

    Attributes:
        session: Where it is read.
        measure: The measure's name.
        buyer: Id of the buying organisation.
        subject: Id of the one supplier or stop to explain; None for a list of all.
        options: The options of the measure.
    """

    session: ReadSession
    measure: str
    buyer: EntityId
    subject: EntityId | None
    options: OptionsT

    def measures(self, executor: Executor | None = None) -> BuyerMeasures:
        """The measures of the session's service, on an executor of their own where one is given."""
        service = self.session.reasoning
        return (service if executor is None else service.with_executor(executor)).measures

    @contextmanager
    def executor(self, title: str, count: int) -> Generator[Executor]:
        """An executor for `count` jobs on the workers of the settings, under a progress bar."""
        from reasoning.core.execution.executor import Executor

        with open_workers(self.session.settings) as workers, counting_bar(title, count) as report:
            yield Executor(workers, report)

    @property
    def suppliers(self) -> Mapping[EntityId, int]:
        """The buyer's suppliers of all tiers, with their tiers."""
        return self.session.reasoning.scoring(self.buyer, self.session.at).suppliers

    @property
    def supplier(self) -> EntityId | None:
        """The subject, which must be one of the buyer's suppliers; None for all of them.

        Raises:
            NotFoundError: It is none of them.
        """
        if self.subject is None or self.subject in self.suppliers:
            return self.subject
        fix = f"`tierscope exposure --buyer {self.buyer}` lists its suppliers; `tierscope exposure {self.subject}` "
        fix += f"--buyer {self.subject} shows what {self.subject} itself is exposed to"
        raise NotFoundError(f"{self.subject} is not in the supply network of {self.buyer}", fix=fix, id=self.subject)


@dataclass(frozen=True, slots=True)
class MeasureView:
    """The answer of a measure, in its three forms.

    Attributes:
        document: Name of the stored GraphQL document whose data `--json` prints.
        variables: The document's variables, besides its scope.
        print_tables: Prints the tables.
        draw: Draws the picture, as SVG.
    """

    document: str
    variables: Mapping[str, object]
    print_tables: Callable[[], None]
    draw: Callable[[], str]


def cut_note(rows: Sized) -> str:
    """What a title says of a table that shows only the first `ROWS` rows; "" where it shows all."""
    return f"; the first {ROWS} of {len(rows)}" if len(rows) > ROWS else ""


def resolve(session: ReadSession, request: ExposureRequest) -> ResolvedRequest[Any]:
    """Check a request. Its entity is the buyer where no other is named, else the subject.

    Raises:
        InputError: No buyer is named, there is no such measure, or the request does not read an option.
        NotFoundError: Nothing is known about one of the ids.
    """
    from reasoning.measures.catalogue import named, options_of

    measure = named(request.measure)
    buyer, subject = _ends(session, None if request.entity is None else session.known(request.entity))
    options = options_of(measure, request.given, one=subject is not None, spell=spelled)
    return ResolvedRequest(session, measure.name, buyer, subject, options)


def _ends(session: ReadSession, entity: EntityId | None) -> tuple[EntityId, EntityId | None]:
    """The buyer, and the subject."""
    if entity is None or session.named_buyer is not None:
        buyer = session.buyer
        return buyer, None if entity == buyer else entity
    if kind_prefix(entity) != "org":
        fix = "name the buying organisation with --buyer ID or TIERSCOPE_BUYER"
        raise InputError(f"{entity} buys nothing itself", fix=fix)
    return entity, None
