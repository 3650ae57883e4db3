"""The query type: the root fields, put together from one module for each room of types."""

import strawberry

from api.graphql.analyses import AnalysisFields
from api.graphql.entities import EntityFields
from api.graphql.measures import MeasureFields


@strawberry.type
class Query(EntityFields, AnalysisFields, MeasureFields):
    """Fields that read the store and compute conclusions."""
