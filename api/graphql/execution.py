"""Execution of one request: parse, measure, validate, execute, and present the errors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema, execute_sync
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.graphql.documents import faults, parsed
from api.graphql.prices import price
from api.graphql.schema import SHAPES, build
from api.request.context import RequestContext
from api.request.cost import Prices, measure
from api.request.deadline import Deadline, TimedReader
from api.request.errors import described, present
from api.request.idempotency import IdempotencyMemory
from api.request.limits import Extent, Limits, check
from graph.port import GraphStore
from ontology.errors import TierscopeError
from ontology.instants import world_start
from ontology.records import EntityId
from reasoning.core.execution.cancellation import within
from reasoning.service.service import ReasoningService

GraphQLResponse = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """A request of a client: a document, its variables, and the name of one of its operations."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation: str | None = None


@dataclass(frozen=True)
class GraphQLService:
    """Answers requests. `answer` blocks, and any thread may call it.

    Attributes:
        clock: The current time as ISO text. The default `asOf` is its full hour, so that answers can be cached.
        buyer: The buying organisation of a read whose scope has none.
        introspection: Whether introspection is allowed.
        memory: The recently used idempotency keys.
    """

    store: GraphStore
    reasoning: ReasoningService
    clock: Callable[[], str]
    buyer: EntityId | None = None
    limits: Limits = field(default_factory=Limits)
    introspection: bool = True
    memory: IdempotencyMemory = field(default_factory=IdempotencyMemory)

    @cached_property
    def schema(self) -> GraphQLSchema:
        """The schema."""
        return build()

    @cached_property
    def prices(self) -> Prices:
        """The prices of its fields."""
        return price(self.schema)

    def answer(self, request: GraphQLRequest, request_id: str, deadline: Deadline) -> GraphQLResponse:
        """The response to one request, including its errors, with keys in the order of the specification."""
        try:
            document = parsed(request.query, self.limits.tokens)
            extent = self._measured(document, request)
            wrong = faults(self.schema, request.query, document, introspection=self.introspection)
        except GraphQLError as error:
            return {"errors": present([error], request_id)}
        except TierscopeError as error:
            return {"errors": [described(error)]}
        if wrong:
            return {"errors": present(wrong, request_id)}
        with within(deadline.check):
            answer = self._executed(document, request, self.session(deadline), request_id)
        return answer | {"extensions": self._cost(extent)}

    def session(self, deadline: Deadline) -> RequestContext:
        """The context of one request."""
        return RequestContext(
            reader=TimedReader(self.store, deadline),
            writer=self.store,
            reasoning=self.reasoning,
            memory=self.memory,
            limits=self.limits,
            clock=self.clock,
            as_of=f"{world_start(self.clock())[:13]}:00:00Z",
            shapes=SHAPES,
            buyer=self.buyer,
        )

    def _measured(self, document: DocumentNode, request: GraphQLRequest) -> Extent:
        extent = measure(document, request.variables, name=request.operation, prices=self.prices, limits=self.limits)
        check(extent, self.limits)
        return extent

    def _cost(self, extent: Extent) -> GraphQLResponse:
        return {"cost": {"requestedQueryCost": extent.cost, "maximumAvailable": self.limits.cost}}

    def execute(self, document: DocumentNode, request: GraphQLRequest, session: RequestContext) -> ExecutionResult:
        """Run a valid document, whatever it costs."""
        return execute_sync(
            self.schema,
            document,
            context_value=session,
            variable_values=dict(request.variables),
            operation_name=request.operation,
            executor_class=StrawberryGraphQLCoreExecutionContext,
            hide_suggestions=True,
        )

    def _executed(
        self, document: DocumentNode, request: GraphQLRequest, session: RequestContext, request_id: str
    ) -> GraphQLResponse:
        result = self.execute(document, request, session)
        if result.errors:
            return {"errors": present(result.errors, request_id), "data": result.data}
        return {"data": result.data}
